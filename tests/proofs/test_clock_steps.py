"""The machine's clock is stepped by an hour, forward and back: nobody is locked out, and nothing is lost."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from igtoolkit.access import scope
from igtoolkit.actions.files import begin_file, clear_files, finish_file, request_file, waiting_files
from igtoolkit.actions.submissions import submit
from igtoolkit.actions.tries import clear_tries
from igtoolkit.records.models import AuditEvent
from igtoolkit.reports.verify import verify
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR, make_cast, stand_ready, started, with_password
from tests.proofs import report

NOON = datetime(2015, 7, 10, 11, 0, tzinfo=UTC)
PAGE = f"/organisations/DMA001/{YEAR}/requirements/13-101/"
SIGN_IN = {"login": "ada@example.org", "password": "a long password for tests"}


def form(version: int, comment: str) -> dict[str, str]:
    return {"version": str(version), "comment": comment, "not_yet": "1", "then": "save"}


def saved(browser: Client, version: int, comment: str) -> bool:
    """Whether the page says so: it leads back to itself."""
    return browser.post(PAGE, form(version, comment)).headers.get("Location", "") == PAGE


@pytest.mark.parametrize("step", [timedelta(hours=1), timedelta(hours=-1)], ids=["forward", "back"])
def test_a_stepped_clock_locks_nobody_out_and_loses_nothing(committed, step):
    browser = Client()
    with time_machine.travel(NOON, tick=True):
        cast = make_cast()
        with_password(cast.ada)
        record = stand_ready(started(cast.ada), cast)
        browser.post("/sign-in/", SIGN_IN | {"password": "a wrong one"})
        browser.post("/sign-in/", SIGN_IN)
        assert saved(browser, 0, "Before the step.")
        asked_for = request_file("board_pdfs", YEAR, "baseline", by=cast.nia)
    with time_machine.travel(NOON + timedelta(minutes=1) + step, tick=True):
        assert saved(browser, 1, "After it.") or (browser.post("/sign-in/", SIGN_IN) and saved(browser, 1, "After it."))
        assert not submit(record, Stage.BASELINE, key="once", arrived=datetime.now(UTC), by=cast.ada).late
        clear_files()
        clear_tries()
        assert waiting_files() == [asked_for.pk]
        finish_file(begin_file(asked_for.pk), "boards.zip", b"zip")
        trail = scope.everything(AuditEvent, reason="the proof reads every chain").order_by("organisation", "number")
        numbers = [each.number for each in trail.filter(organisation=cast.ada.organisation)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert list(verify(Counter())) == []
    report(f"clock stepped by {step.total_seconds() / 3600:+.0f} h", "saved, submitted, file made, trail whole, 0 lost")
