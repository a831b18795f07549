"""Telling the trail who read or took away a restricted report, and who asked for what is not theirs.

A report's readers stand in the chain of the organisation that it is about, so that its administrators see them; who
took a file away that holds every trust's results stands in the chain of each, and in the service's. Who
is refused stands in the chain of their own organisation; of the National Data Guardian's readers and the service team
in the service's. Visitors are nobody's: they are in the log alone.
"""

from collections.abc import Mapping

from django.db import transaction

from igtoolkit.access.policy import Action, Record, own
from igtoolkit.access.reach import raised
from igtoolkit.access.scope import latest_submissions
from igtoolkit.access.trail import WHICH, telling_of
from igtoolkit.actions.audit import audit, audit_many
from igtoolkit.actions.tries import Limit, seconds_to_wait
from igtoolkit.records.models import Organisation, Person, Submission
from igtoolkit.records.rows import SUBMITTED

AN_HOUR = 3600  # seconds
NATIONAL = "national"  # the report that holds every trust's results
DOWNLOADED = "report_downloaded"
LISTED = 60  # refusals of one person in an hour; then one event says that more are not listed
LONGEST = 300  # characters of an address


def tell_read(
    person: Person, report: str, record: Record, address: Mapping[str, object], *, sha256: str | None, reasons: bool
) -> None:
    """Tell that a report went out. report: `board.pdf`, or `board` for the page, of which own people are not told.

    address: what the report's address named. sha256: of the bytes that went out, None where they were streamed.
    """
    name, _, form = report.partition(".")
    if not form and record is not None and own(person, record):
        return
    facts: dict[str, object] = {"report": name, "format": form or "page", **_about(record, address)}
    facts |= {"sha256": sha256} if sha256 and form else {}
    facts |= {"with_reasons": True} if reasons else {}
    with transaction.atomic(savepoint=False):
        if name == NATIONAL and form:
            _tell_each(person, form, sha256=sha256, year=str(address["year"]), stage=str(address["stage"]))
        audit(_place(record), DOWNLOADED if form else "report_read", by=person, **facts)


def _tell_each(person: Person, form: str, *, sha256: str | None, year: str, stage: str) -> None:
    """Tell each organisation whose results went out. The same bytes to the same reader again within the hour tell
    nothing new, and so nobody who asks for them over and over keeps all others waiting.

    Without the file's SHA-256: with that, who knows their own results could try out those of a few others.
    """
    if seconds_to_wait([Limit("nation taken away", f"{person.pk} {year} {stage} {form} {sha256}", 1, AN_HOUR)]):
        return
    rows = latest_submissions(year, stage).select_related("organisation").only(*WHICH, "organisation__code")
    each = (telling_of(one, DOWNLOADED, report=NATIONAL, format=form) for one in raised(rows, SUBMITTED))
    audit_many(list(each), by=person)


def tell_refused(person: Person, action: Action, *, method: str, address: str) -> None:
    """Tell of a request that was refused: the first sixty of an hour one by one, then one event for the rest."""
    facts = {"action": action.value, "method": method, "address": address[:LONGEST]}
    with transaction.atomic(savepoint=False):
        if not seconds_to_wait([Limit("refused", str(person.pk), LISTED, AN_HOUR)]):
            audit(person.organisation, "access_refused", by=person, **facts)
        elif not seconds_to_wait([Limit("refused and not listed", str(person.pk), 1, AN_HOUR)]):
            audit(person.organisation, "refusals_not_listed", by=person, listed=LISTED)


def _about(record: Record, address: Mapping[str, object]) -> dict[str, object]:
    if isinstance(record, Submission):
        names = ("year", "stage", "number", "digest")
        return {name: getattr(record, name) for name in names}
    if record is not None:
        return {"year": record.year, "stage": "preview"}
    return {name: str(each) for name, each in address.items()}


def _place(record: Record) -> Organisation | None:
    return None if record is None else record.organisation


def tell_trail(person: Person, form: str) -> None:
    """Tell that somebody took the trail away that they may read."""
    with transaction.atomic(savepoint=False):
        audit(person.organisation, "trail_downloaded", by=person, format=form)
