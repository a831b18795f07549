"""A trust's year in a browser: four people, from the invitation to the published Final, with and without JavaScript."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from igtoolkit.access import scope
from igtoolkit.records.models import Person
from tests.conftest import (
    SENIOR_PEOPLE,
    confirm_all,
    make_organisation,
    make_person,
    mark_complete,
    record,
    with_password,
)

PASSWORD = "seven quiet herons wade"
CODES = {True: "DMA003", False: "DMA004"}  # a trust for each of the two years that are lived through


class Year:
    """One trust's year, and everybody's window on it."""

    def __init__(self, service, window, javascript: bool) -> None:
        self.service, self.window, self.javascript = service, window, javascript
        self.code = CODES[javascript]
        self.place = f"/organisations/{self.code}/2015-16/"
        self.people: dict[str, object] = {}

    def open_window(self, who: str):
        if who not in self.people:
            self.people[who] = self.window(javascript=self.javascript)
        return self.people[who]

    def person(self, name: str) -> Person:
        return Person.objects.get(email=self.login(name))

    def login(self, name: str) -> str:
        return f"{name}@{self.code.lower()}.example"

    def invite(self, by: str, name: str, role: str) -> None:
        """Invite somebody, who follows the link in the mail, sets a password and signs in."""
        page = self.people[by].open(f"/people/invite/?organisation={self.code}")
        page.fill("[name=name]", name.capitalize())
        page.fill("[name=login]", self.login(name))
        page.check(f"[name=role][value={role}]")
        page.get_by_role("button", name="Send the invitation").click()
        self.people[by].titled("Sent: Invite somebody")
        [link] = re.findall(r"https?://[^/\s]+(/sign-in/invited/\S+)", mail.outbox[-1].body)
        guest = self.open_window(name)
        page = guest.open(link)
        page.fill("[name=password1]", PASSWORD)
        page.fill("[name=password2]", PASSWORD)
        page.locator("main button[type=submit]").click()
        page.wait_for_url(re.compile("/done/"))
        page = guest.open("/sign-in/")
        page.fill("[name=login]", self.login(name))
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda address: "/sign-in/" not in address)

    def draft(self, name: str):
        return scope.find_assessment(self.person(name), self.code, "2015-16")

    def submit(self, stage: str, words: str) -> Page:
        page = self.people["una"].open(f"{self.place}{stage}/submit/")
        if stage == "final":
            page.check("[name=assurance]")
        page.get_by_role("button", name=f"Submit {words}").click()
        return self.people["una"].titled(f"{words} submitted")


@pytest.fixture(scope="module")
def somebody_serves(service) -> Person:
    return with_password(make_person("vera", serves=True))


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_year_from_the_invitation_to_the_published_final(service, window, javascript, somebody_serves):
    make_organisation(CODES[javascript], name="St Cuthbert and Tynedale NHS Trust")
    year = Year(service, window, javascript)

    # The service team invites the first administrator, who invites a contributor and a reviewer.
    year.open_window("vera").sign_in_by_hand(somebody_serves)
    year.invite("vera", "una", "administrator")
    year.invite("una", "carl", "contributor")
    year.invite("una", "rita", "reviewer")

    # Una starts; Carl records one requirement by hand, and the rest in the same way without a browser.
    page = year.people["una"].open(year.place)
    page.get_by_role("button", name=re.compile("Start")).click()
    expect(page.locator("main")).to_contain_text("0 of 45")
    codes = [each.code for each in year.draft("carl").framework.requirements]
    record(year.draft("carl"), dict.fromkeys(codes[1:], 2), by=year.person("carl"))
    page = year.people["carl"].open(f"{year.place}requirements/{codes[0]}/")
    for criterion in year.draft("carl").framework.requirement(codes[0]).criteria:
        if criterion.level < 3:
            page.check(f"input[name=ticked][value='{criterion.code}']")
    page.fill("[name=comment]", "The group met every quarter.")
    page.get_by_role("button", name="Save", exact=True).last.click()
    year.people["carl"].titled(f"Saved: {codes[0]}")
    expect(page.locator(".igt-rec__level")).to_contain_text("Level 2")

    year.submit("baseline", "Baseline")
    year.submit("update", "Performance Update")

    # Final says who must do what; each does it.
    page = year.people["una"].open(f"{year.place}final/submit/")
    expect(page.get_by_role("button", name="Submit Final")).to_be_disabled()
    expect(page.locator("main")).to_contain_text("Mark 45 requirements complete")
    page = year.people["carl"].open(f"{year.place}requirements/{codes[0]}/")
    page.get_by_role("button", name="Save and mark complete").click()
    expect(page.locator("main")).to_contain_text("Complete marked by Carl")
    mark_complete(year.draft("carl"), codes[1:], by=year.person("carl"))
    page = year.people["rita"].open(f"{year.place}requirements/{codes[0]}/")
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.locator("main")).to_contain_text("Confirmed by Rita")
    confirm_all(year.draft("rita"), codes[1:], by=year.person("rita"))
    page = year.people["una"].open(f"{year.place}senior-people/")
    for post, (name, job) in SENIOR_PEOPLE.items():
        page.fill(f"[name={post}-name]", name)
        page.fill(f"[name={post}-title]", job)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("main")).to_contain_text("saved")
    year.submit("final", "Final")

    # The draft is closed; the reader has it in the nation; anybody reads levels, score and grade.
    page = year.people["carl"].open(f"{year.place}requirements/{codes[0]}/")
    expect(page.locator("main")).to_contain_text("Final has been submitted, so answers can no longer change.")
    reader = window(javascript=javascript)
    reader.sign_in(service.cast.nia)
    page = reader.open("/national/2015-16/final/caldicott2/")
    expect(page.locator("main")).to_contain_text("St Cuthbert and Tynedale NHS Trust")
    visitor = window("phone", javascript=javascript)
    page = visitor.open(f"/?q={year.code}")
    page.get_by_role("link", name=re.compile("2015-16")).first.click()
    visitor.titled("Published result")
    expect(page.locator("main")).to_contain_text("66%")
    expect(page.locator("main")).to_contain_text("Satisfactory")
    expect(page.locator("main")).not_to_contain_text("The group met every quarter.")
    if javascript:
        visitor.check_accessible()
