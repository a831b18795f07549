"""Signed out while typing: without JavaScript nothing is lost, and with it one is asked in time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from igtoolkit.access import scope
from igtoolkit.records.models import Person
from igtoolkit.records.sessions import whose
from tests.conftest import PASSWORD, started

ASKED = "/organisations/DMA001/2015-16/requirements/13-202/"
# So many seconds later by this machine's clock, as when it has slept; then a look at the time.
LATER = """seconds => {
  const now = Date.now.bind(Date)
  Date.now = () => now() + seconds * 1000
  document.dispatchEvent(new Event("visibilitychange"))
}"""
TYPED = "Typed while the half hour ran out.\nSecond line: “é”."


@pytest.fixture(scope="module")
def trust(service):
    """A trust that has started."""
    started(service.cast.ada)
    return service


def half_an_hour_passes(person: Person) -> None:
    """Of this person's sessions alone."""
    theirs = Session.objects.filter(session_key__startswith=whose(person.pk))
    assert theirs.update(expire_date=datetime.now(UTC) - timedelta(seconds=1)) > 0


def sign_in_here(seen, person: Person) -> None:
    seen.page.fill("[name=login]", person.email)
    seen.page.fill("[name=password]", PASSWORD)
    seen.page.get_by_role("button", name="Sign in", exact=True).click()


def test_without_javascript_what_was_typed_is_back_after_signing_in(trust, window):
    con, person = window("phone", javascript=False), trust.cast.con
    con.sign_in(person)
    page = con.open(ASKED)
    expect(page.locator(".igt-stay")).to_contain_text("You stay signed in until")
    page.fill("[name=comment]", TYPED)
    page.get_by_label("1a").first.check()
    half_an_hour_passes(person)

    page.get_by_role("button", name="Save", exact=True).last.click()
    con.titled("Sign in")
    expect(page.locator(".igt-panel").first).to_contain_text("It is kept.")
    sign_in_here(con, person)
    con.titled("Nothing has been saved yet")
    expect(page.locator("main dl")).to_contain_text("Typed while the half hour ran out.")
    expect(page.get_by_text("Typed while the half hour ran out.")).to_be_visible()

    page.get_by_role("button", name="Send it now").click()
    con.titled("Saved: 13-202")
    expect(page.locator("[name=comment]")).to_have_value(TYPED)
    expect(page.get_by_label("1a").first).to_be_checked()
    found = scope.find_assessment(person, "DMA001", "2015-16").answer_list()
    assert [(each.requirement, each.comment, each.ticked) for each in found] == [("13-202", TYPED, ["1a"])]


def test_somebody_else_at_the_same_computer_sees_nothing_of_it(trust, window):
    seen, person = window(javascript=False), trust.cast.rex
    seen.sign_in(person)
    page = seen.open(ASKED)
    page.fill("[name=comment]", "For Rex's eyes.")
    half_an_hour_passes(person)
    page.get_by_role("button", name="Save", exact=True).last.click()
    seen.titled("Sign in")
    sign_in_here(seen, trust.cast.cleo)
    seen.titled("Nothing is waiting")
    expect(page.locator("body")).not_to_contain_text("For Rex's eyes.")


def test_a_notice_asks_in_time_and_one_press_keeps_one_signed_in(trust, window):
    seen, person = window(), trust.cast.con
    seen.sign_in(person)
    page = seen.open(ASKED)
    expect(page.locator(".igt-ending")).to_have_count(0)
    page.evaluate(LATER, 28 * 60)
    notice = page.get_by_role("alert").filter(has_text="You will be signed out in 2 minutes")
    expect(notice).to_be_visible()
    seen.check_accessible()
    notice.get_by_role("button", name="Stay signed in").click()
    expect(page.locator(".igt-ending")).to_have_count(0)
    page.evaluate(LATER, 31 * 60)
    expect(page.locator(".igt-ending")).to_contain_text("You have been signed out. What is typed on this page")


def test_signing_in_again_before_what_counts(trust, window):
    seen = window(refusals=(422,))
    seen.sign_in(trust.cast.ada)
    page = seen.open("/account/sessions/")
    seen.check_accessible()
    seen.open("/sign-in/again/")
    seen.check_accessible()
    page.get_by_role("button", name="Sign in again").click()
    seen.titled("Error: Sign in again")
    seen.check_accessible()
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in again").click()
    seen.titled("Where you are signed in")
    seen.open("/account/stay/")
    seen.check_accessible()
