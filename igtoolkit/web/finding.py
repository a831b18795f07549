"""Finding an organisation by its name or code, for anybody."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Collate, Length, Upper
from django.db.models.lookups import Contains

from igtoolkit.access.scope import published_years
from igtoolkit.records.frameworks import framework_for
from igtoolkit.records.models import Organisation, Registration

SHOWN = 50
LONGEST = 200


@dataclass(frozen=True)
class Row:
    """One organisation found. `kind` and `year` are those of its latest registration; empty if it has none.

    `published`: {year whose Final anyone may read: the code it is found by}, newest first.
    """

    code: str
    name: str
    kind: str
    year: str
    published: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What a search came to: at most SHOWN rows, and how many there are in all."""

    asked: str
    rows: tuple[Row, ...]
    total: int


def find(asked: str) -> Found:
    """Organisations whose code begins with these words or whose name holds them, whatever their case, in code order.

    At most four queries, and a fifth once a minute. Nothing asked finds nothing.
    """
    words = tidy(asked)
    if not words:
        return Found("", (), 0)
    matching = Organisation.objects.filter(code_begins(words) | name_holds(words))
    # Few are found fastest in the order in which they lie: by code, the whole register is walked through twice over.
    keys = list(matching.order_by().values_list("pk", flat=True)[: SHOWN + 1])
    total = len(keys) if len(keys) <= SHOWN else matching.count()
    shown = Organisation.objects.filter(pk__in=keys) if total <= SHOWN else matching
    rows = list(_with_registration(shown)[:SHOWN]) if keys else []
    published = published_years(rows) if rows else {}
    return Found(words, tuple(_row(each, published.get(each.pk, {})) for each in rows), total)


def tidy(asked: str) -> str:
    """What was typed, on one line, composed, and without the NUL that PostgreSQL takes nowhere."""
    return " ".join(unicodedata.normalize("NFC", asked.replace("\0", "")).split())[:LONGEST]


def code_begins(words: str) -> Q:
    """A code that begins with these words. SQLite's LIKE would look at each code; its order is that of the letters."""
    code = words.upper()
    return (
        Q(code__gte=code, code__lt=f"{code}\U0010ffff") if connection.vendor == "sqlite" else Q(code__startswith=code)
    )


def name_holds(words: str, model: type[Organisation] | type[Registration] = Organisation) -> Q:
    """A name with these words in it, whatever their case, and with or without accents: ty gwyn finds Tŷ Gwyn.

    SQLite compares letters beyond ASCII exactly, so each likely spelling is tried; and the few names that
    have such letters are compared here.
    """
    plain = folded(words)
    spellings = {words} if words.isascii() else {words, words.lower(), words.upper(), words.title()}
    found = Q(name__in=[each for each in _accented(model) if plain in folded(each)])
    for spelling in sorted(spellings | ({plain} if plain.isascii() and plain != words.lower() else set())):
        found |= _has(spelling)
    return found


def _has(words: str) -> Q:
    """A name with these words. Capitals of plain letters alone take PostgreSQL half the time."""
    if connection.vendor == "postgresql" and words.isascii():
        return Q(Contains(Upper(Collate("name", "C")), words.upper()))
    return Q(name__icontains=words)


def folded(text: str) -> str:
    """A text without case and accents, as names are compared."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(each for each in apart if not unicodedata.combining(each)).casefold()


def _accented(model: type[Organisation] | type[Registration]) -> list[str]:
    """The names with letters beyond ASCII, looked for once a minute: it takes a walk through the whole register."""
    key = f"accented-names-{model.__name__}"
    found: list[str] | None = cache.get(key)
    if found is None:
        rows = model.objects.annotate(octets=_Octets("name")).filter(octets__gt=Length("name")).order_by()
        found = list(rows.values_list("name", flat=True).distinct())
        cache.set(key, found, 60)
    return found


class _Octets(Func):
    """How many bytes a text takes: more than it has characters, where one of them is beyond ASCII."""

    function = "OCTET_LENGTH"
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="LENGTH(CAST(%(expressions)s AS BLOB))", **more)


def _with_registration(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    latest = Registration.objects.filter(organisation=OuterRef("pk")).order_by("-year")
    return organisations.annotate(
        kind=Subquery(latest.values("kind")[:1]), year=Subquery(latest.values("year")[:1])
    ).order_by("code")


def _row(organisation: Organisation, published: Mapping[str, str]) -> Row:
    kind, year = getattr(organisation, "kind", None) or "", getattr(organisation, "year", None) or ""
    words = kind_words(kind, year) if year else ""
    return Row(organisation.code, organisation.name, words, year, published)


def kind_words(kind: str, year: str) -> str:
    """Acute trust; “Kind to be set” for an empty kind, and the code itself where no framework names it."""
    if not kind:
        return "Kind to be set"
    try:
        return framework_for(year).kind(kind).name
    except LookupError:
        return kind
