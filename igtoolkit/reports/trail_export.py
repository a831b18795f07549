"""The audit trail as lines that a program without this one can check: docs/forms.md says what is in them.

docs/verifier/verify_export.py is such a program. The operator's export holds every chain; the one that an
organisation's administrator downloads holds its own, with what must not be told them sealed.
"""

import base64
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from igtoolkit.access.scope import everything
from igtoolkit.records import clock
from igtoolkit.records.models import AuditEvent, Organisation, StoredDocument, Submission
from igtoolkit.records.snapshots import instant
from igtoolkit.reports.verify_chains import SEALED, instant_of
from igtoolkit.standard.canonical import canonical

FORM = "igtoolkit-trail-1"
EVERYTHING = "everything"
WHY = "the operator's export holds what the operator asks for"
NAMES = ("chain", "number", "at", "event", "by", "facts", "previous", "hash")
CHUNK = 2000


def export_all(organisation: Organisation | None = None, *, papers: bool = False) -> Iterator[str]:
    """Every line of the operator's export: of one organisation, or of all with the service itself.

    papers: with what is in the stored papers, not their SHA-256 alone.
    """
    events: Any = everything(AuditEvent, reason=WHY)
    made: Any = everything(Submission, reason=WHY)
    if organisation is not None:
        events, made = events.filter(organisation=organisation), made.filter(organisation=organisation)
    of = organisation.code if organisation else EVERYTHING
    return _lines(of, events, made, papers=papers, sealed=frozenset())


def export_of(events: QuerySet[Any], made: QuerySet[Any], of: str) -> Iterator[str]:
    """The lines of what one person may read: `events` and the submissions `made`, reached through scope."""
    return _lines(of, events, made, papers=False, sealed=SEALED)


def _lines(
    of: str, events: QuerySet[Any], made: QuerySet[Any], *, papers: bool, sealed: frozenset[str]
) -> Iterator[str]:
    counted: Counter[str] = Counter()
    yield canonical({"line": "begin", "form": FORM, "of": of, "made_at": instant(clock.now())})
    for each in chain(_events(events, sealed), _submissions(events, made), _papers(made, papers)):
        counted[each["line"]] += 1
        yield canonical(each)
    yield canonical({"line": "end", **{name: counted[name] for name in ("event", "sealed", "submission", "paper")}})


def _events(events: QuerySet[Any], sealed: frozenset[str]) -> Iterator[dict[str, Any]]:
    """Each chain's events and then its head. Of a sealed one that it was there, and nothing of what it says."""
    rows = events.order_by("chain", "number").annotate(instant=instant_of("at"))
    last: dict[str, Any] | None = None
    names = ("chain", "number", "instant", *NAMES[3:])
    for row in rows.values_list(*names).iterator(chunk_size=CHUNK):
        each = dict(zip(NAMES, row, strict=True))
        if last and last["chain"] != each["chain"]:
            yield _head(last)
        if each["event"] in sealed:
            yield {"line": "sealed", **{name: each[name] for name in ("chain", "number", "previous", "hash")}}
        else:
            yield {"line": "event", **each}
        last = each
    if last:
        yield _head(last)


def _head(last: dict[str, Any]) -> dict[str, Any]:
    return {"line": "head", **{name: last[name] for name in ("chain", "number", "hash")}}


def _submissions(events: QuerySet[Any], made: QuerySet[Any]) -> Iterator[dict[str, Any]]:
    chains = dict(events.filter(number=1).values_list("organisation", "chain"))
    rows = made.order_by("organisation", "pk").values_list("organisation", "digest", "document")
    for organisation, digest, document in rows.iterator(chunk_size=100):
        yield {"line": "submission", "chain": chains.get(organisation, ""), "digest": digest, "document": document}


def _papers(made: QuerySet[Any], with_content: bool) -> Iterator[dict[str, Any]]:
    rows = everything(StoredDocument, reason=WHY).filter(submission__in=made.values("pk")).order_by("pk")
    names = ("submission__digest", "form", "sha256", *(("content",) if with_content else ()))
    for digest, form, sha256, *content in rows.values_list(*names).iterator(chunk_size=50):
        more = dict(zip(names[3:], (base64.b64encode(bytes(each)).decode() for each in content), strict=True))
        yield {"line": "paper", "submission": digest, "form": form, "sha256": sha256, **more}


def as_array(lines: Iterable[str]) -> Iterator[str]:
    """The same as one JSON value: an array with an object on each line, which the verifier reads as well."""
    before = "[\n"
    for line in lines:
        yield f"{before}{line}"
        before = ",\n"
    yield "\n]\n"
