"""Inviting, and a plan from its writing to its acceptance: with axe, on a phone without scripts and at a desk."""

import re
from datetime import UTC, datetime

import pytest
from django.core import mail
from playwright.sync_api import expect

from igtoolkit.records.models import Person
from tests.conftest import PASSWORD, started
from tests.plan_examples import final_of

NEXT_YEAR = str(datetime.now(UTC).year + 1)
OWN = "/organisations/DMA001/2015-16/improvement-plan/"
LINK = re.compile(r"https?://[^/]+(/sign-in/invited/\S+)")


@pytest.fixture(scope="module")
def with_a_final(service):
    started(service.cast.ada)
    final_of(service.cast, r112=1, r202=0)
    return service


def test_from_an_invitation_to_a_first_page(service, window):
    ada, una = window(refusals=(422,)), window()
    ada.sign_in(service.cast.ada)
    page = ada.open("/people/")
    ada.check_accessible()
    page.get_by_role("button", name="Invite somebody").or_(page.get_by_role("link", name="Invite somebody")).click()
    ada.titled("Invite somebody")
    ada.check_accessible()
    page.get_by_role("button", name="Send the invitation").click()
    ada.titled("Error: ")
    ada.check_accessible()
    page.fill("[name=name]", "Una Marsh")
    page.fill("[name=login]", "una@trust.example")
    page.get_by_label("Contributor").check()
    page.get_by_role("button", name="Send the invitation").click()
    ada.titled("Sent: ")
    ada.check_accessible()
    invited = Person.objects.get(email="una@trust.example")
    ada.open("/people/")
    page.get_by_role("row").filter(has_text=invited.email).get_by_role("link").click()
    ada.titled("Una Marsh")
    ada.check_accessible()
    ada.open(f"/people/{service.cast.ada.pk}/")
    ada.check_accessible()
    page = una.open(LINK.search(mail.outbox[-1].body)[1])
    una.titled("Set your password")
    for field in ("password1", "password2"):
        page.fill(f"[name={field}]", PASSWORD)
    page.click("main button[type=submit]")
    una.titled("Your new password is set")
    una.sign_in_by_hand(invited)
    expect(una.page.locator("header")).to_contain_text("Contributor at Trust DMA001")


def test_the_service_team_and_people(service, window):
    seen = window()
    seen.sign_in(service.cast.sam)
    for path in ("/people/", "/people/?q=trust", "/people/?q=xyzzy", "/people/?organisation=DMA002", "/plans/"):
        seen.open(path)
        seen.check_accessible()


def test_a_plan_is_written_sent_returned_and_accepted(with_a_final, window):
    con, ada, sam = window("phone", refusals=(422,)), window("phone"), window("desk", refusals=(422,))
    for each, person in ((con, "con"), (ada, "ada"), (sam, "sam")):
        each.sign_in(getattr(with_a_final.cast, person))
    page = con.open(OWN)
    con.check_accessible()
    page.fill('[name="13-112-action"]', "Train every new starter within a month.")
    page.get_by_role("button", name="Save the plan").click()
    con.titled("Error: ")
    con.check_accessible()
    for code in ("13-112", "13-202"):
        page.fill(f'[name="{code}-action"]', "Train every new starter within a month.")
        page.fill(f'[name="{code}-owner"]', "Paul Threlfall")
        for part, value in (("day", "1"), ("month", "3"), ("year", NEXT_YEAR)):
            page.fill(f'[name="{code}-due-{part}"]', value)
    page.get_by_role("button", name="Save the plan").click()
    con.titled("Saved: ")
    ada.open(OWN).get_by_role("button", name="Send the plan").click()
    ada.titled("Saved: ")
    ada.check_accessible()
    decide(sam, "return", "Who trains them?")
    ada.open(OWN)
    ada.check_accessible()
    ada.page.get_by_role("button", name="Send the plan").click()
    ada.titled("Saved: ")
    decide(sam, "accept", "Sound.")
    sam.open("/plans/")
    sam.check_accessible()
    sam.open("/plans/DMA001/2015-16/")
    sam.check_accessible()
    ada.open(OWN)
    ada.check_accessible()


def decide(sam, decision: str, reason: str) -> None:
    sam.open("/plans/").get_by_role("link", name="Trust DMA001").first.click()
    sam.titled("Improvement plan")
    sam.check_accessible()
    sam.page.get_by_role("button", name="Take the decision").click()
    sam.titled("Error: ")
    sam.check_accessible()
    sam.page.check(f"[name=decision][value={decision}]")
    sam.page.fill("[name=reason]", reason)
    sam.page.get_by_role("button", name="Take the decision").click()
    sam.titled("Improvement plans")
