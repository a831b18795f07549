"""Finding an organisation by its name or code, for anybody."""

import unicodedata
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery

from igtoolkit.records.frameworks import framework_for
from igtoolkit.records.models import Organisation, Registration

SHOWN = 50
LONGEST = 200


@dataclass(frozen=True)
class Row:
    """One organisation found. `kind` and `year` are those of its latest registration; empty if it has none."""

    code: str
    name: str
    kind: str
    year: str


@dataclass(frozen=True)
class Found:
    """What a search came to: at most SHOWN rows, and how many there are in all."""

    asked: str
    rows: tuple[Row, ...]
    total: int


def find(asked: str) -> Found:
    """Organisations whose name or code holds these words, whatever their case, in code order.

    At most two queries. Nothing asked finds nothing.
    """
    words = tidy(asked)
    if not words:
        return Found("", (), 0)
    matching = Organisation.objects.filter(_holds(words))
    rows = tuple(_row(each) for each in _with_registration(matching)[:SHOWN])
    return Found(words, rows, matching.count() if len(rows) == SHOWN else len(rows))


def tidy(asked: str) -> str:
    """What was typed, on one line, composed, and without the NUL that PostgreSQL takes nowhere."""
    return " ".join(unicodedata.normalize("NFC", asked.replace("\0", "")).split())[:LONGEST]


def _holds(words: str) -> Q:
    """SQLite compares letters beyond ASCII exactly, so each likely spelling is tried."""
    found = Q(code__icontains=words)
    for spelling in sorted({words, words.lower(), words.upper(), words.title()}):
        found |= Q(name__icontains=spelling)
    return found


def _with_registration(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    latest = Registration.objects.filter(organisation=OuterRef("pk")).order_by("-year")
    return organisations.annotate(
        kind=Subquery(latest.values("kind")[:1]), year=Subquery(latest.values("year")[:1])
    ).order_by("code")


def _row(organisation: Organisation) -> Row:
    kind, year = getattr(organisation, "kind", None) or "", getattr(organisation, "year", None) or ""
    return Row(organisation.code, organisation.name, kind_words(kind, year) if year else "", year)


def kind_words(kind: str, year: str) -> str:
    """Acute trust; “Kind to be set” for an empty kind, and the code itself where no framework names it."""
    if not kind:
        return "Kind to be set"
    try:
        return framework_for(year).kind(kind).name
    except LookupError:
        return kind
