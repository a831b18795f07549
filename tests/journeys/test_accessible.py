"""Every page with axe, at 320 and at 1280 pixels, errors shown too."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from igtoolkit.access import scope
from igtoolkit.actions.submissions import submit
from igtoolkit.records import clock
from igtoolkit.standard.words import Stage
from igtoolkit.web.links import FORGOTTEN
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
    "/sign-in/forgotten/sent/",
    "/api/v1/",
    "/check/",
]
OWN = [
    TRUST,
    TRUST + "requirements/13-202/",
    TRUST + "requirements/13-209/",
    TRUST + "senior-people/",
    TRUST + "update/submit/",
    TRUST + "baseline/submitted/",
    TRUST + "baseline/caldicott2/",
    TRUST + "baseline/caldicott2/?annex=1",
    TRUST + "baseline/1/caldicott2/",
    TRUST + "baseline/submit/",
    TRUST + "preview/caldicott2/",
    TRUST + "baseline/what-if/?13-112=2&tick=13-206.3b&pick=1&13-999=3",
    TRUST + "baseline/evidenced/",
    TRUST + "?show=unscored",
    "/account/tokens/",
    "/sign-out/",
]
NATION = [
    "/national/2015-16/baseline/caldicott2/",
    "/national/2015-16/update/caldicott2/",
    "/national/2015-16/baseline/caldicott2/?status=met&recommendation=11",
]


@pytest.fixture(scope="module")
def nation(service):
    """Two trusts: one that submitted Baseline and a correction of it, one that did not."""
    ada = service.cast.ada
    assessment = started(ada)
    record_all(assessment, 2, by=ada, r112=1, r202=3)
    for key, reason in (("first", ""), ("second", "The ticks for 13-202 were left out.")):
        found = scope.find_assessment(ada, "DMA001", "2015-16")
        submit(found, Stage.BASELINE, key=key, arrived=clock.now(), by=ada, reason=reason)
    return service


def test_public_pages(nation, window):
    seen = window()
    for path in PUBLIC:
        seen.open(path)
        seen.check_accessible()


def test_a_trusts_pages(nation, window):
    seen = window()
    seen.sign_in(nation.cast.ada)
    for path in OWN:
        seen.open(path)
        seen.check_accessible()


def test_a_viewer_and_a_trust_that_has_not_started(nation, window):
    for person, path in (
        (nation.cast.ben, TRUST),
        (nation.cast.ben, TRUST + "requirements/13-202/"),
        (nation.cast.cleo, "/organisations/DMA002/2015-16/"),
    ):
        seen = window()
        seen.sign_in(person)
        seen.open(path)
        seen.check_accessible()


def test_the_national_report(nation, window):
    seen = window()
    seen.sign_in(nation.cast.nia)
    for path in NATION:
        seen.open(path)
        seen.check_accessible()


def test_errors_shown(nation, window):
    seen = window(refusals=(422,))
    page = seen.open("/sign-in/")
    page.fill("[name=login]", "nobody@example.org")
    page.fill("[name=password]", "wrong wrong wrong")
    page.click("main button[type=submit]")
    seen.titled("Error: ")
    seen.check_accessible()
    seen.sign_in(nation.cast.con)
    page = seen.open(TRUST + "requirements/13-202/")
    page.fill("[name=comment]", "x" * 10_001)
    page.select_option("[name=target_level]", "3")
    page.get_by_role("button", name="Save", exact=True).last.click()
    seen.titled("Error: ")
    expect(page.locator("[name=comment]")).to_have_value("x" * 10_001)
    seen.check_accessible()


def test_errors_where_people_are_named_and_a_correction_has_no_reason(nation, window):
    seen = window(refusals=(422,))
    seen.sign_in(nation.cast.ada)
    page = seen.open(TRUST + "senior-people/")
    page.fill("[name=siro-title]", "Director of Finance")
    page.get_by_role("button", name="Save", exact=True).click()
    seen.titled("Error: ")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    seen.check_accessible()
    page = seen.open(TRUST + "baseline/submit/")
    page.get_by_role("button", name="Submit the correction").click()
    seen.titled("Error: ")
    seen.check_accessible()


def test_a_second_window_and_what_a_save_says(nation, window):
    seen, other = window(refusals=(409,)), window()
    for each in (seen, other):
        each.sign_in(nation.cast.con)
        each.open(TRUST + "requirements/13-209/")
    for each, typed in ((other, "First"), (seen, "Second")):
        each.page.fill("[name=comment]", typed)
        each.page.get_by_role("button", name="Save", exact=True).last.click()
        each.titled("Saved: 13-209" if each is other else "Changed in another window: ")
    expect(other.page.locator(".igt-message--success")).to_contain_text("13-209 saved")
    other.check_accessible()
    expect(seen.page.locator(".igt-stale")).to_be_focused()
    expect(seen.page.locator("[name=comment]")).to_have_value("Second")
    seen.check_accessible()


def test_a_stage_submitted_in_another_window(nation, window):
    seen = window(refusals=(409,))
    seen.sign_in(nation.cast.ada)
    page = seen.open(TRUST + "baseline/submit/")
    found = scope.find_assessment(nation.cast.ada, "DMA001", "2015-16")
    key = "another window"
    submit(found, Stage.BASELINE, key=key, arrived=clock.now(), by=nation.cast.ada, reason="Left out")
    page.fill("[name=reason]", "Left out")
    page.get_by_role("button", name="Submit the correction").click()
    seen.titled("Already submitted: ")
    seen.check_accessible()


def test_a_new_password_with_the_link_from_the_mail(nation, window):
    seen = window()
    person = nation.cast.rex
    page = seen.open(urlsplit(FORGOTTEN.made_for(person)).path)
    expect(page.locator("input[type=password]")).to_have_count(2)
    seen.check_accessible()


def test_refusals(nation, window):
    seen = window("phone", refusals=(404,))
    seen.sign_in(nation.cast.ada)
    for path in ("/nowhere/", "/organisations/ZZZ/2015-16/", "/check/00/"):
        seen.open(path)
        seen.check_accessible()
