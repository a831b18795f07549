"""A small nation of two years, with corrections: what the facts of access are told of."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, Person, Submission
from tests.conftest import YEAR

BEFORE = "2014-15"
VISITOR = AnonymousUser()


def assess(organisation, *, year=YEAR, kind="acute"):
    facts = {"kind": kind, "framework_code": "igt-13", "started_at": clock.now()}
    return Assessment.unscoped.get_or_create(organisation=organisation, year=year, defaults=facts)[0]


def send(organisation, stage, *, number=1, year=YEAR, kind="acute", **rest):
    """A submission as the database keeps it, with nothing worked out."""
    count = Submission.unscoped.count()
    assessment = assess(organisation, year=year, kind=kind)
    facts = {"name": organisation.name, "submitted_at": clock.now(), "late": False, "document": "{}", **rest}
    place = {"organisation": organisation, "year": year, "stage": stage, "number": number, "kind": kind}
    return Submission.unscoped.create(assessment=assessment, **place, **facts, key=str(count), digest=f"{count:064}")


@pytest.fixture
def nation(cast):
    """DMA001: two Baselines, and Baseline the year before. DMA002: Baseline, Final twice. A practice: Final."""
    one, two, practice = cast.ada.organisation, cast.cleo.organisation, cast.dev.organisation
    return SimpleNamespace(
        one=one,
        two=two,
        practice=practice,
        first=send(one, "baseline"),
        corrected=send(one, "baseline", number=2),
        before=send(one, "baseline", year=BEFORE),
        other=send(two, "baseline"),
        final=send(two, "final"),
        final_corrected=send(two, "final", number=2),
        practices=send(practice, "final", kind="gp"),
    )


def gone(person: Person) -> Person:
    person.is_active = False
    return person


def refuse_nul(execute, sql, params, many, context):
    """As PostgreSQL does: SQLite would look for the text up to it."""
    if any("\0" in each for each in params or () if isinstance(each, str)):
        raise ValueError("PostgreSQL takes no NUL in a text.")
    return execute(sql, params, many, context)
