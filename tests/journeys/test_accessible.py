"""Every page with axe, at 320 and at 1280 pixels, errors shown too."""

import pytest

from igtoolkit.access import scope
from igtoolkit.actions.submissions import submit
from igtoolkit.records import clock
from igtoolkit.standard.words import Stage
from tests.conftest import record_all, started

TRUST = "/organisations/DMA001/2015-16/"
PUBLIC = [
    "/",
    "/?q=trust",
    "/?q=nothing-like-it",
    "/caldicott2/",
    "/help/",
    "/accessibility/",
    "/news/",
    "/sign-in/",
    "/sign-in/forgotten/",
]
OWN = [
    TRUST,
    TRUST + "requirements/13-202/",
    TRUST + "requirements/13-209/",
    TRUST + "senior-people/",
    TRUST + "update/submit/",
    TRUST + "baseline/submitted/",
    TRUST + "baseline/caldicott2/",
    TRUST + "preview/caldicott2/",
]
NATION = [
    "/national/2015-16/baseline/caldicott2/",
    "/national/2015-16/update/caldicott2/",
    "/national/2015-16/baseline/caldicott2/?status=met&recommendation=11",
]


@pytest.fixture(scope="module")
def nation(service):
    """Two trusts: one that submitted Baseline, one that did not."""
    ada = service.cast.ada
    assessment = started(ada)
    record_all(assessment, 2, by=ada, r112=1, r202=3)
    submit(scope.find_assessment(ada, "DMA001", "2015-16"), Stage.BASELINE, key="k", arrived=clock.now(), by=ada)
    return service


@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages(nation, window, size, path):
    seen = window(size)
    seen.open(path)
    seen.check_accessible()


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_a_trusts_pages(nation, window, size):
    seen = window(size)
    seen.sign_in(nation.cast.ada)
    for path in OWN:
        seen.open(path)
        seen.check_accessible()


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_a_viewer_and_a_trust_that_has_not_started(nation, window, size):
    for person, path in (
        (nation.cast.ben, TRUST),
        (nation.cast.ben, TRUST + "requirements/13-202/"),
        (nation.cast.cleo, "/organisations/DMA002/2015-16/"),
    ):
        seen = window(size)
        seen.sign_in(person)
        seen.open(path)
        seen.check_accessible()


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_the_national_report(nation, window, size):
    seen = window(size)
    seen.sign_in(nation.cast.nia)
    for path in NATION:
        seen.open(path)
        seen.check_accessible()


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_errors_shown(nation, window, size):
    seen = window(size, refusals=(422,))
    page = seen.open("/sign-in/")
    page.fill("[name=login]", "nobody@example.org")
    page.fill("[name=password]", "wrong wrong wrong")
    page.click("main button[type=submit]")
    assert page.title().startswith("Error: ")
    seen.check_accessible()
    seen.sign_in(nation.cast.con)
    page = seen.open(TRUST + "requirements/13-202/")
    page.fill("[name=comment]", "x" * 10_001)
    page.select_option("[name=target_level]", "3")
    page.get_by_role("button", name="Save", exact=True).last.click()
    assert page.title().startswith("Error: ")
    assert page.input_value("[name=comment]") == "x" * 10_001
    seen.check_accessible()


@pytest.mark.parametrize("status_path", [(404, "/nowhere/"), (404, "/organisations/ZZZ/2015-16/"), (404, "/check/00/")])
def test_refusals(nation, window, status_path):
    status, path = status_path
    seen = window("phone", refusals=(status,))
    seen.sign_in(nation.cast.ada)
    seen.open(path)
    seen.check_accessible()
