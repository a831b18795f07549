"""Telling every trust of a nation that its results went out in one file: how long it takes, and who waits meanwhile."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from statistics import median

import pytest
from django.db import connection, transaction

from igtoolkit.access.scope import everything
from igtoolkit.actions.audit import Telling, audit
from igtoolkit.actions.files import begin_file, finish_file, request_file
from igtoolkit.actions.reading import tell_read
from igtoolkit.records.frameworks import frameworks
from igtoolkit.records.models import Assessment, AuditEvent, Organisation, Person, Submission
from tests.conftest import YEAR, make_person
from tests.proofs import full, report

TRUSTS = 214
EVENTS = full(25, 1_000)  # that each of them has already: a year's work
JULY = datetime(2015, 7, 30, 9, tzinfo=UTC)
# Seconds; in `make test` beside much else, where they still tell a moment from as long as the trusts one by one take.
BAR = full(15.0, 1.0)
PATIENCE = full(30.0, 5.0)  # of somebody else's
AT_REST = 0.02


@pytest.fixture
def nation(committed) -> Person:
    """A reader, and trusts that have worked for a year and submitted once."""
    codes = [f"R{n:03}" for n in range(TRUSTS)]
    trusts = Organisation.objects.bulk_create([Organisation(code=each, name=each) for each in codes])
    begun = [
        Assessment(organisation=each, year=YEAR, kind="acute", framework_code="igt-13", started_at=JULY)
        for each in trusts
    ]
    assessments = Assessment.unscoped.bulk_create(begun)
    facts = {
        "year": YEAR,
        "stage": "baseline",
        "number": 1,
        "kind": "acute",
        "late": False,
        "key": "k",
        "document": "{}",
    }
    made = [
        Submission(assessment=each, organisation=each.organisation, submitted_at=JULY, digest=f"{each.pk:064}", **facts)
        for each in assessments
    ]
    Submission.unscoped.bulk_create(made)
    for trust in trusts:
        _work(trust)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE records_auditevent")
    frameworks()  # as the web server has read them before its first visitor
    return make_person("nia", reads_for_ndg=True)


def _work(trust: Organisation) -> None:
    facts = {"organisation": trust, "chain": trust.code, "event": "answer_saved", "by": "a@example.org", "facts": "{}"}
    seals = [f"{trust.pk:032}{n:032}" for n in range(EVENTS + 1)]
    numbers = range(1, EVENTS + 1)
    rows = [AuditEvent(**facts, at=JULY, number=n, previous=seals[n - 1], hash=seals[n]) for n in numbers]
    everything(AuditEvent, reason="a proof fills it").bulk_create(rows, batch_size=5_000)


def test_every_trust_is_told_in_a_moment_and_nobody_waits_for_long(nation):
    trusts = list(Organisation.objects.order_by("pk"))
    file = begin_file(request_file("board_pdfs", YEAR, "baseline", by=nation).pk)
    tellings = [Telling(each, "report_gathered", {"report": "board", "digest": "0" * 64}) for each in trusts]
    with ThreadPoolExecutor(1) as pool:
        going = [True]
        waits = pool.submit(_save_meanwhile, trusts[0], going)
        time.sleep(0.2)
        gathered = _took(lambda: finish_file(file, "boards.zip", b"zip", tellings))
        address = {"year": YEAR, "stage": "baseline"}
        downloaded = [
            _took(lambda sha=n: tell_read(nation, "national.csv", None, address, sha256=str(sha), reasons=False))
            for n in range(3)
        ]
        again = _took(lambda: tell_read(nation, "national.csv", None, address, sha256="0", reasons=False))
        going[0] = False
        longest = max(waits.result(60))
    told = everything(AuditEvent, reason="a proof looks").exclude(organisation=None)
    assert told.filter(event="report_gathered").count() == TRUSTS
    assert told.filter(event="report_downloaded").count() == 3 * TRUSTS
    assert max(gathered, median(downloaded)) < BAR
    assert longest < PATIENCE
    report(
        "told to each",
        f"{connection.vendor}: {TRUSTS} trusts of {EVENTS:,} events each; the worker {gathered * 1e3:.0f} ms, "
        f"a download {median(downloaded) * 1e3:.0f} ms, the same again {again * 1e3:.0f} ms; "
        f"somebody else's event waited {longest * 1e3:.0f} ms at most",
    )


def _took(do) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def _save_meanwhile(trust: Organisation, going: list[bool]) -> list[float]:
    """How long each of somebody's own events took, one after the other."""
    found = []
    try:
        while going[0]:
            found.append(_took(lambda: _saved(trust)))
            time.sleep(AT_REST)
    finally:
        connection.close()
    return found


def _saved(trust: Organisation) -> None:
    with transaction.atomic():
        audit(trust, "answer_saved", by=None)
