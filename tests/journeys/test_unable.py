"""A save that the service cannot make now: with and without JavaScript, what was typed is there to be sent again."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError
from playwright.sync_api import expect

from igtoolkit.access import scope
from tests.conftest import started
from tests.journeys.conftest import SIZES

ASKED = "/organisations/DMA001/2015-16/requirements/13-202/"
TYPED = "Typed while the disk was full.\nSecond line <b>."


@pytest.fixture(scope="module")
def trust(service):
    """A trust that has started."""
    started(service.cast.ada)
    return service


@contextmanager
def full() -> Iterator[None]:
    """The disk of the database is full."""

    def fail(*args, **kwargs):
        cause = sqlite3.OperationalError("database or disk is full")
        cause.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise OperationalError("database or disk is full") from cause

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("igtoolkit.web.views.requirement.save_answer", fail)
        yield


def save(page):
    page.get_by_role("button", name="Save", exact=True).last.click()


def comment(trust) -> str:
    found = scope.find_assessment(trust.cast.con, "DMA001", "2015-16")
    return next(each.comment for each in found.answer_list() if each.requirement == "13-202")


def test_without_javascript_the_page_gives_the_text_back_and_sends_it_again(trust, window):
    seen = window(javascript=False, refusals=(503,))
    page = seen.sign_in(trust.cast.con)
    seen.open(ASKED)
    page.fill("[name=comment]", TYPED)
    with full():
        save(page)
        seen.titled("The service cannot save anything just now")
        expect(page.locator("main")).to_contain_text("Nothing of what you sent was saved.")
        expect(page.locator(".igt-given")).to_contain_text("Second line <b>.")
        page.get_by_role("button", name="Send it again").click()
        seen.titled("The service cannot save anything just now")
    page.get_by_role("button", name="Send it again").click()
    seen.titled("Saved: 13-202")
    assert comment(trust) == TYPED


def test_with_javascript_the_page_stays_and_says_that_nothing_was_saved(trust, window):
    seen = window(refusals=(503,))
    page = seen.sign_in(trust.cast.con)
    seen.open(ASKED)
    page.fill("[name=comment]", "Typed with a script.")
    with full():
        save(page)
        told = page.locator(".igt-told")
        expect(told).to_contain_text("The service cannot save anything just now. Nothing was saved. What you typed is")
        expect(page.locator("[name=comment]")).to_have_value("Typed with a script.")
    told.get_by_role("button", name="Try again").click()
    seen.titled("Saved: 13-202")
    assert comment(trust) == "Typed with a script."


def test_the_page_that_gives_the_text_back_can_be_used_by_everybody(trust, window):
    seen = window(refusals=(503,))
    page = seen.sign_in(trust.cast.con)
    seen.open(ASKED)
    page.fill("[name=comment]", TYPED * 20)
    with full():
        page.evaluate("document.querySelector('form[data-igt-save]').submit()")  # as without our scripts
        seen.titled("The service cannot save anything just now")
        seen.check_accessible()
        if folder := os.environ.get("PICTURES"):
            for size in SIZES.values():
                page.set_viewport_size(size)
                page.screenshot(path=f"{folder}/{size['width']}.png", full_page=True)
