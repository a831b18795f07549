"""Telling the audit trail: one chain per organisation, each event sealed to the one before."""

from django.db import connection, transaction

from igtoolkit.access.scope import everything
from igtoolkit.records import clock
from igtoolkit.records.models import AuditEvent, Organisation, Person
from igtoolkit.records.models.audit import FIRST, SERVICE
from igtoolkit.standard.canonical import canonical

OPERATOR = "operator"
LOCK_CLASS = 1903  # PostgreSQL's advisory locks are shared by the whole database: this class is ours


def audit(organisation: Organisation | None, event: str, *, by: Person | None, **facts: object) -> AuditEvent:
    """Add one event to the organisation's chain (or the service's), inside the caller's transaction.

    event: past tense, `answer_saved`. facts: plain values, usually before and after. by: None is the operator.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An audit event belongs to the transaction of its change.")
    _lock_chain(organisation)
    chain = organisation.code if organisation else SERVICE
    last = (
        everything(AuditEvent, reason="the chain's last event seals the next")
        .filter(chain=chain)
        .order_by("-number")
        .first()
    )
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
    told.save(force_insert=True)
    return told


def _lock_chain(organisation: Organisation | None) -> None:
    """One writer a chain at a time. SQLite's IMMEDIATE transactions already queue."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_CLASS, organisation.pk if organisation else 0])
