"""Telling the audit trail: one chain per organisation, each event sealed to the one before.

Actions tell of changes through actions/audit.py, the reports of what they keep for ever, and the pages of who was
let in and who was not.
"""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from igtoolkit.access.reach import reaching
from igtoolkit.access.scope import everything
from igtoolkit.records import clock
from igtoolkit.records.models import AuditEvent, Organisation, Person, Submission
from igtoolkit.records.models.audit import FIRST, SERVICE
from igtoolkit.records.rows import AUDIT
from igtoolkit.standard.canonical import canonical

OPERATOR = "operator"
LAST = "the last event of a chain seals the next"
LOCK_CLASS = 1903  # PostgreSQL's advisory locks are shared by the whole database: this class is ours
ALL_CHAINS = -1  # held by many at once for one event each, and alone by whoever tells of a whole register
AT_ONCE = 500  # organisations
WHICH = ("year", "stage", "number", "digest")  # what tells one submission from all others


@dataclass(frozen=True)
class Telling:
    """One event of one organisation, for telling many at once."""

    organisation: Organisation
    event: str
    facts: Mapping[str, object]


def telling_of(submission: Submission, event: str, **facts: object) -> Telling:
    """An event of the organisation of a submission that says which one it was."""
    return Telling(submission.organisation, event, facts | {name: getattr(submission, name) for name in WHICH})


@reaching(AUDIT)
def audit(organisation: Organisation | None, event: str, *, by: Person | None, **facts: object) -> AuditEvent:
    """Add one event to the organisation's chain (or the service's), inside the caller's transaction.

    event: past tense, `answer_saved`. facts: plain values, usually before and after. by: None is the operator.
    """
    _check_transaction()
    _lock_chain(organisation)
    last = _events().filter(organisation=organisation).order_by("-number").first()
    told = _sealed(organisation, event, by, facts, last or _new_chain(organisation))
    told.save(force_insert=True)
    return told


@reaching(AUDIT)
def audit_many(
    tellings: Sequence[Telling],
    *,
    by: Person | None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Add an event to the chain of each of many organisations, one event each, inside the caller's transaction.

    Everybody else's events wait until it ends: a lock for each organisation of the register is more than
    PostgreSQL's table of locks takes. Call it before `audit`, or two at once may wait for each other for ever.
    progress is called with (done, total) as it goes on.
    """
    _check_transaction()
    if len({each.organisation.pk for each in tellings}) < len(tellings):
        raise ValueError("One event for each organisation at a time.")
    _lock_all_chains()
    for start in range(0, len(tellings), AT_ONCE):
        some = tellings[start : start + AT_ONCE]
        _events().bulk_create(_sealed_after_the_last(some, by))
        progress(start + len(some), len(tellings))


def _sealed_after_the_last(tellings: Sequence[Telling], by: Person | None) -> list[AuditEvent]:
    organisations = [each.organisation for each in tellings]
    # One look at the index for each: a trust's year is thousands of events.
    newest = _events().filter(organisation=OuterRef("pk")).order_by("-number").values("pk")[:1]
    last = Organisation.objects.filter(pk__in=[each.pk for each in organisations]).values(event=Subquery(newest))
    rows = _events().filter(pk__in=last).only("chain", "number", "hash", "organisation")
    ends: dict[int, AuditEvent | str] = {each.organisation_id: each for each in rows if each.organisation_id}
    ends |= _new_chains([each for each in organisations if each.pk not in ends])
    return [_sealed(each.organisation, each.event, by, each.facts, ends[each.organisation.pk]) for each in tellings]


def _sealed(
    organisation: Organisation | None, event: str, by: Person | None, facts: Mapping[str, object], end: AuditEvent | str
) -> AuditEvent:
    """The event that follows `end`: the last of its chain, or the name of a chain that begins with it."""
    last, chain = (end, end.chain) if isinstance(end, AuditEvent) else (None, end)
    told = AuditEvent(
        chain=chain,
        number=last.number + 1 if last else 1,
        organisation=organisation,
        at=clock.now(),
        event=event,
        by=by.email if by else OPERATOR,
        facts=canonical(facts),
        previous=last.hash if last else FIRST,
    )
    told.hash = told.reckoned_hash()
    return told


def _events() -> Any:
    return everything(AuditEvent, reason=LAST)


def _new_chain(organisation: Organisation | None, given: Container[str] = ()) -> str:
    """What an organisation's trail goes by for ever: its first code, with a number where another had that before."""
    if organisation is None:
        return SERVICE
    firsts = _events().filter(number=1)
    return next(name for name in _names(organisation) if name not in given and not firsts.filter(chain=name).exists())


def _new_chains(organisations: Sequence[Organisation]) -> dict[int, str]:
    """{organisation pk: the name of its new chain}, in one query unless a code was somebody's before."""
    wanted = [next(_names(each)) for each in organisations]
    taken = set(_events().filter(number=1, chain__in=wanted).values_list("chain", flat=True))
    named: dict[int, str] = {}
    for each, name in zip(organisations, wanted, strict=True):
        named[each.pk] = _new_chain(each, taken) if name in taken else name
        taken.add(named[each.pk])
    return named


def _names(organisation: Organisation) -> Iterator[str]:
    code = organisation.code.partition("~")[0]
    yield from (code if n == 1 else f"{code}~{n}" for n in count(1))


def _check_transaction() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An audit event belongs to the transaction of its change.")


def _lock_chain(organisation: Organisation | None) -> None:
    """One writer a chain at a time. SQLite's IMMEDIATE transactions already queue."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            own = organisation.pk if organisation else 0
            cursor.execute(
                "SELECT pg_advisory_xact_lock_shared(%s, %s), pg_advisory_xact_lock(%s, %s)",
                [LOCK_CLASS, ALL_CHAINS, LOCK_CLASS, own],
            )


def _lock_all_chains() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_CLASS, ALL_CHAINS])
