"""Two readers for the National Data Guardian, by keyboard alone, on a phone: a view is shared, a look answered."""

import pytest
from playwright.sync_api import expect

from igtoolkit.records.models import SavedView
from igtoolkit.standard.words import Stage
from tests.conftest import make_person, with_password
from tests.journeys.test_keyboard import Keys
from tests.reports.small_nation import report_at

REPORT = "/national/2015-16/baseline/caldicott2/"


@pytest.fixture(scope="module")
def steady(service):
    """DMA001 stands at exactly level 2 throughout."""
    report_at(service.cast.ada, Stage.BASELINE, 2)
    return service


def test_a_view_is_kept_shared_and_a_second_look_answered(steady, window):
    nia, nils = window("phone"), window("phone")
    nia.sign_in(steady.cast.nia)
    keys, page = Keys(nia), nia.open(REPORT)
    keys.to("#filter-kind")
    while page.input_value("#filter-kind") != "acute":
        keys.press("ArrowDown")
    page.wait_for_url("**kind=acute**")
    expect(page.locator(".igt-result")).to_contain_text("2 trusts of 2")
    keys.to('a[href*="views/save/"]')
    page.keyboard.press("Enter")
    nia.titled("Save this view")
    nia.check_accessible()
    keys.to("[name=name]")
    page.keyboard.type("Acute trusts for June")
    keys.to("[name=note]")
    page.keyboard.type("Ask DMA002 why it is silent.")
    keys.to("main form button")
    page.keyboard.press("Enter")
    nia.titled("Baseline 2015-16")
    expect(page.locator(".igt-view")).to_contain_text("Ask DMA002 why it is silent.")
    nia.check_accessible()
    for more in ("edit/", "delete/"):
        nia.open(f"/national/views/{SavedView.objects.get().pk}/{more}")
        nia.check_accessible()
    nils.sign_in(with_password(make_person("nils", reads_for_ndg=True)))
    keys, page = Keys(nils), nils.open("/national/views/")
    nils.check_accessible()
    keys.to('main a[href^="/national/views/"]')
    page.keyboard.press("Enter")
    nils.titled("Baseline 2015-16")
    expect(page.locator(".igt-view")).to_contain_text("Saved by Nia")
    expect(page.locator("#filter-kind")).to_have_value("acute")
    answers_a_second_look(nils, keys)


def answers_a_second_look(nils, keys) -> None:
    page = nils.page
    keys.to('a[href="/organisations/DMA001/2015-16/baseline/caldicott2/#second-look"]')
    page.keyboard.press("Enter")
    nils.titled("Trust DMA001")
    keys.to('.igt-second-look a[href$="/second-look/all_at_level_2/"]')
    page.keyboard.press("Enter")
    nils.titled("Worth a second look")
    nils.check_accessible()
    keys.to("[name=reason]")
    page.keyboard.type("Level 2 is its plan for the year.")
    keys.to("main form button")
    page.keyboard.press("Enter")
    nils.titled("Answered: ")
    nils.check_accessible()
    nils.open(REPORT).get_by_text("Answered: 1, with its reason").click()
    expect(page.locator(".igt-looks__answered[open]")).to_contain_text("Level 2 is its plan for the year.")
    nils.check_accessible()
    nils.open("/national/2015-16/baseline/second-look/all_at_level_2/?answered=yes")
    nils.check_accessible()
