"""Submitting at each instant through the real view, in a process whose time zone is the machine's own.

TZ=America/New_York python -m tests.proofs.deadline_views     prints as JSON what it found
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import django
import time_machine

ZONE = os.environ["TZ"]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.proofs.served")
django.setup()
os.environ["TZ"] = ZONE  # Django sets its own: here the machine stands where it stands
time.tzset()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from igtoolkit.access import scope  # noqa: E402
from igtoolkit.actions.submissions import draft_digest  # noqa: E402
from igtoolkit.records.models import Person, Submission  # noqa: E402
from igtoolkit.standard.words import Stage  # noqa: E402
from igtoolkit.web.views import submitting  # noqa: E402
from tests.conftest import Cast, make_cast, make_organisation, make_person, stand_ready, started  # noqa: E402
from tests.proofs.deadline_cases import YEARS, Case, cases  # noqa: E402
from tests.proofs.small_service import calendar, three_requirements  # noqa: E402

WHY = "the proof reads what was found late"
CSRF = "k" * 32
FORM = "application/x-www-form-urlencoded"


class Trust:
    """One trust that is about to submit a stage: a new one for each case, for late is that of the first time."""

    def __init__(self, number: int, case: Case, cast: Cast) -> None:
        self.case, self.year = case, calendar(case.first).year
        self.code = f"DMA{number:03d}"
        trust = make_organisation(self.code, year=self.year)
        self.ada: Person = make_person(f"ada{number}", trust, "administrator")
        self.draft = started(self.ada, self.year)
        if case.stage is Stage.FINAL:
            self.draft = stand_ready(self.draft, cast)

    @property
    def address(self) -> str:
        return f"/organisations/{self.code}/{self.year}/{self.case.stage}/submit/"

    @property
    def form(self) -> dict[str, str]:
        return {"key": "a-key-of-the-deadline-proof", "draft": draft_digest(self.draft), "assurance": "accepted"}

    def session(self) -> str:
        client = Client()
        client.force_login(self.ada)
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def kept(self) -> Submission | None:
        rows = scope.everything(Submission, reason=WHY).filter(organisation=self.draft.organisation)
        return rows.first()

    def fault(self, late: bool, arrived: datetime) -> str:
        """What is wrong with what was kept; empty when nothing is."""
        kept = self.kept()
        if kept is None:
            return f"{self.case}: nothing was submitted"
        whole = arrived.replace(microsecond=0)
        told = (kept.late, kept.snapshot["late"], kept.submitted_at)
        return "" if told == (late, late, whole) else f"{self.case}: {told}, and not {(late, whole)}"


def plainly(trust: Trust) -> str:
    """A request that is there at once."""
    with time_machine.travel(trust.case.arrives, tick=False):
        send(trust, BytesIO)
    return trust.fault(trust.case.late, trust.case.arrives)


def slowly(trust: Trust) -> str:
    """A request that arrives when the case says, and whose work ends a minute later: what counts is when it arrived."""
    whole = submitting.submissions.submit
    with time_machine.travel(trust.case.arrives, tick=False) as clock:

        def submit(*args: Any, **given: Any) -> Submission:
            clock.shift(timedelta(minutes=1))
            return whole(*args, **given)

        with patch.object(submitting.submissions, "submit", submit):
            send(trust, BytesIO)
    return trust.fault(trust.case.late, trust.case.arrives)


def in_drops(trust: Trust) -> str:
    """A request that begins a minute before the case's instant, and whose last byte comes at it."""
    before = trust.case.arrives - timedelta(minutes=1)
    with time_machine.travel(before, tick=False) as clock:

        class Dropping(BytesIO):
            def read(self, size: int | None = -1) -> bytes:
                clock.move_to(trust.case.arrives)
                return super().read(size)

        send(trust, Dropping)
    return trust.fault(trust.case.late, trust.case.arrives)


def send(trust: Trust, body_of: type[BytesIO]) -> None:
    """Post the form to the WSGI application, as a web server hands it on."""
    from igtoolkit.config.wsgi import application

    body = urlencode({**trust.form, "csrfmiddlewaretoken": CSRF}).encode()
    given = {"REQUEST_METHOD": "POST", "PATH_INFO": trust.address, "CONTENT_TYPE": FORM}
    given |= {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={trust.session()}; {settings.CSRF_COOKIE_NAME}={CSRF}"}
    given |= {"CONTENT_LENGTH": str(len(body)), "wsgi.input": body_of(body), "SERVER_NAME": "127.0.0.1"}
    given |= {"SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1", "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr}
    answered: list[str] = []
    list(application(given, lambda status, headers, *rest: answered.append(status)))
    if not answered[0].startswith("302"):
        raise SystemExit(f"{trust.case}: answered with {answered[0]}")


@contextmanager
def years_to_come() -> Iterator[None]:
    with three_requirements({calendar(first).year: calendar(first) for y in YEARS for first in (y - 1, y)}):
        yield


def main() -> dict[str, Any]:
    """Each case plainly; those at the edge slowly and in drops as well."""
    with years_to_come():
        cast, number = make_cast(), 9
        faults = []
        for case in cases():
            ways = (plainly, slowly, in_drops) if case.name in ("23:59:59.999999", "midnight") else (plainly,)
            for way in ways:
                number += 1
                faults.append(way(Trust(number, case, cast)))
    return {"requests": len(faults), "wrong": [each for each in faults if each], "zone": list(time.tzname)}


if __name__ == "__main__":
    json.dump(main(), sys.stdout)
