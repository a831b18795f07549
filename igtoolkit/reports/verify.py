"""Whether the records are as they were written: chains, snapshots, results, counts, peer figures, papers and triggers.

What this cannot see by itself is an audit chain whose last events were cut off together with what they tell of, or
that was written anew from the start; against that the heads of the chains are kept elsewhere (actions/witnessing.py)
and given here.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, transaction

from igtoolkit.access.scope import everything
from igtoolkit.records import triggers
from igtoolkit.records.counts import RESULT, TURNOUT, met, results, turnout
from igtoolkit.records.models import PeerFigures, RollUp, StoredDocument, Submission, Turnout
from igtoolkit.records.snapshots import instant
from igtoolkit.reports.peers import peers_digest
from igtoolkit.reports.verify_chains import WHY, Faults, Heads, Told, chain_faults
from igtoolkit.standard.canonical import digest

Key = TypeVar("Key", int, str)
Place = tuple[Any, ...]  # the table, year, stage, kind, region, then what is counted there


def verify(counted: Counter[str], witnessed: Heads | None = None) -> Faults:
    """Every fault, in words that name the place; none when all is well. Rows are streamed, not gathered.

    counted: gains how many of each sort of row were looked at, {"audit events": 1234, …}. witnessed: the heads that
    a witness saw (reports/witnessed.py).
    """
    with one_moment():
        yield from _triggers(counted)
        told = Told({}, {})
        yield from chain_faults(counted, told, dict(witnessed or {}))
        expected: Counter[Place] = Counter()
        yield from _submissions(counted, told.submissions, expected)
        yield from _roll_ups(counted, expected)
        yield from _peers(counted, told.peers)
        yield from _documents(counted)


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything as it was at one moment, without holding up anybody who writes."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Not atomic(): that takes SQLite's only place for a writer, as our settings ask.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _triggers(counted: Counter[str]) -> Faults:
    counted["triggers"] += len(triggers.names(connection.vendor))
    for name in sorted(triggers.missing()):
        yield f"Trigger {name} is missing: rows that must stay could have been changed. `igtoolkit set-up` restores it."


def _submissions(counted: Counter[str], told: dict[str, str], expected: Counter[Place]) -> Faults:
    """Faults of submissions and their results. expected: gains what the roll-ups should come to."""
    rows = everything(Submission, reason=WHY).select_related("organisation", "assessment", "submitted_by")
    rows = rows.prefetch_related("performance", "second_looks", "organisation__former_codes").order_by(
        "organisation", "pk"
    )
    for _, group in groupby(rows.iterator(chunk_size=100), key=attrgetter("organisation_id")):
        made = list(group)
        counted["submissions"] += len(made)
        for before, submission in zip([None, *made], made, strict=False):
            counted["results"] += len(submission.performance.all())
            counted["second looks"] += len(submission.second_looks.all())
            yield from (f"{_place(submission)}: {fault}." for fault in _faults(submission, before, told))
        yield from _number_faults(made)
        for latest in {(each.assessment_id, each.stage): each for each in sorted(made, key=_number)}.values():
            expected.update(_counts(latest))
    yield from (f"{where} tells of a submission that is not there." for where in told.values())


def _place(submission: Submission) -> str:
    where = f"{submission.organisation.code} {submission.year} {submission.stage}"
    return f"Submission {where} number {submission.number}"


def _faults(submission: Submission, before: Submission | None, told: dict[str, str]) -> Faults:
    if digest(submission.document) != submission.digest:
        yield "its document was changed: the digest does not fit"
    if told.pop(submission.digest, None) is None:
        yield "the audit trail does not tell of its digest"
    try:
        said = _said(submission.snapshot)
        results, looks = _results_said(submission.snapshot), _looks_said(submission.snapshot)
    except (ValueError, KeyError, TypeError):
        yield "its document cannot be read"
        return
    columns = {**_columns(submission, said), "previous": before.digest if before else None}
    for name in [name for name in said if said[name] != columns[name]]:
        yield f"{name} is {columns[name]!r} in the table and {said[name]!r} in the document"
    for number in _differing(results, _results_kept(submission)):
        yield f"the result of recommendation {number} is not what the document says"
    for rule in _differing(looks, {each.rule: each.requirements for each in submission.second_looks.all()}):
        yield f"the second look {rule} is not what the document says"


def _said(document: dict[str, Any]) -> dict[str, Any]:
    """What the document says of itself, under the names of the columns."""
    names = ("year", "stage", "number", "late", "submitted_at", "previous")
    organisation = {name: document["organisation"][name] for name in ("code", "name", "kind", "region")}
    by = document["submitted_by"]
    return {
        **organisation,
        **{name: document[name] for name in names},
        "login": by["login"] if by else None,
        "imported": document.get("imported", False),
        **met(document),
    }


def _code_then(submission: Submission, said: str) -> str:
    """The code that the document gives, if the organisation ever had it; else its present one."""
    former = {each.code for each in submission.organisation.former_codes.all()}
    return said if said in former else submission.organisation.code


def _columns(submission: Submission, said: dict[str, Any]) -> dict[str, Any]:
    owner = submission.assessment.organisation_id == submission.organisation_id
    return {
        "code": _code_then(submission, said["code"]) if owner else "not that of the assessment",
        "name": submission.name,
        "kind": submission.kind,
        "region": submission.region,
        "year": submission.year if submission.assessment.year == submission.year else "not that of the assessment",
        "stage": submission.stage,
        "number": submission.number,
        "late": submission.late,
        "submitted_at": instant(submission.submitted_at),
        "login": submission.submitted_by.email if submission.submitted_by else None,
        "imported": submission.imported,
        "met": submission.met,
        "met_before": submission.met_before,
    }


def _results_said(document: dict[str, Any]) -> dict[int, tuple[object, ...]]:
    return {
        each["number"]: (each["status"], each["share"], each["target_date"]) for each in document["recommendations"]
    }


def _results_kept(submission: Submission) -> dict[int, tuple[object, ...]]:
    return {
        each.recommendation: (each.status, each.share, each.target_date.isoformat() if each.target_date else None)
        for each in submission.performance.all()
    }


def _looks_said(document: dict[str, Any]) -> dict[str, str]:
    return {each["rule"]: " ".join(each["requirements"]) for each in document.get("second_look", ())}


def _differing(one: Mapping[Key, object], other: Mapping[Key, object]) -> list[Key]:
    return sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))


def _number(submission: Submission) -> int:
    return submission.number


def _number_faults(made: Iterable[Submission]) -> Faults:
    """Faults between one organisation's submissions: a stage's numbers run on, and late stays that of the first."""
    stages: dict[tuple[int, str], list[Submission]] = {}
    for each in made:
        stages.setdefault((each.assessment_id, each.stage), []).append(each)
    for several in stages.values():
        numbers = [each.number for each in several]
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"{_place(several[-1])}: the numbers of this stage are {', '.join(map(str, numbers))}."
        if len({each.late for each in several}) > 1:
            yield f"{_place(several[-1])}: late is not the same as for number 1."


def _counts(latest: Submission) -> dict[Place, int]:
    place = (latest.year, latest.stage, latest.kind, latest.region)
    try:
        keys = [(RollUp, *place, *each) for each in results(latest)]
    except (ValueError, KeyError, TypeError):
        return {}
    return dict.fromkeys([*keys, (Turnout, *place, *turnout(latest))], 1)


def _roll_ups(counted: Counter[str], expected: Counter[Place]) -> Faults:
    for table, names in ((RollUp, RESULT), (Turnout, TURNOUT)):
        for row in table.objects.iterator(chunk_size=2000):
            counted["roll-ups"] += 1
            place = (table, *(getattr(row, name) for name in ("year", "stage", "kind", "region", *names)))
            should = expected.pop(place, 0)
            if row.n != should:
                yield f"{_roll_up(place)} counts {row.n}, and the submissions give {should}."
    yield from (f"{_roll_up(place)} is missing, and the submissions give {n}." for place, n in expected.items())


def _roll_up(place: Place) -> str:
    table, year, stage, kind, region, *counted = place
    where = f"Roll-up {year} {stage}, {kind}, {region or 'no region'}"
    if table is Turnout:
        late, met, before = counted
        then = "not submitted before" if before == Turnout.NOT_BEFORE else f"{before} before"
        return f"{where}, {met} met{' late' if late else ''}, {then}"
    number, status, was = counted
    return f"{where}, recommendation {number} {status}{f' after {was}' if was else ''}"


def _peers(counted: Counter[str], told: dict[str, str]) -> Faults:
    for row in PeerFigures.objects.order_by("pk").iterator(chunk_size=100):
        counted["peer figures"] += 1
        place = {"year": row.year, "stage": row.stage, "kind": row.kind}
        if told.pop(peers_digest(place, row.document), None) is None:
            yield f"Peer figures {row.year} {row.stage}, {row.kind}: the audit trail does not tell of their digest."
    yield from (f"{where} tells of peer figures that are not there." for where in told.values())


def _documents(counted: Counter[str]) -> Faults:
    rows = everything(StoredDocument, reason=WHY).select_related("submission__organisation")
    for row in rows.defer("submission__document").order_by("pk").iterator(chunk_size=50):
        counted["stored documents"] += 1
        if hashlib.sha256(row.content).hexdigest() != row.sha256:
            yield f"Stored document {row.form} of {_place(row.submission)}: its SHA-256 does not fit its content."
