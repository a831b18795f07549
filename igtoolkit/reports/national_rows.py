"""The rows of the table organisation x recommendation: filtered, ordered and cut into pages by the database."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Collate, Lower

from igtoolkit.access.addresses import addressed
from igtoolkit.access.scope import latest_submissions
from igtoolkit.records.models import Registration
from igtoolkit.reports.national import Organisation, not_open, organisation
from igtoolkit.reports.national_counts import Counted
from igtoolkit.reports.national_table import NO_REGION, Asked, Section, ordered
from igtoolkit.standard.words import Status

PAGE = 250


@dataclass(frozen=True)
class Table:
    """One page of the table. `matching`: organisations on all its pages. `page` is counted from 1."""

    sections: tuple[Section, ...]
    matching: int
    page: int
    pages: int

    @property
    def first(self) -> int:
        """The place of its first row among all that match."""
        return (self.page - 1) * PAGE + 1

    @property
    def last(self) -> int:
        return min(self.page * PAGE, self.matching)


def table(counted: Counted, asked: Asked) -> Table:
    """The page asked for, or the last one there is: in at most three queries, however many organisations there are."""
    matching = _matching(counted, asked)
    pages = -(-matching.total() // PAGE) or 1
    page = min(asked.page, pages)
    cuts = _cuts(counted, matching, (page - 1) * PAGE)
    shown = _shown(counted, asked, cuts) if cuts else []
    found = []
    for kind in counted.framework.reported_kinds:
        here = ordered((each for each in shown if each["kind"] == kind.code), asked)
        if here:
            found.append(Section(kind, counted.registered[kind.code], matching[kind.code], tuple(here)))
    return Table(tuple(found), matching.total(), page, pages)


def _matching(counted: Counted, asked: Asked) -> Counter[str]:
    """{kind: how many organisations are asked for}; without a question that is known already."""
    if not asked.leaves_out:
        return counted.registered
    rows = _wanted(counted, asked).order_by().values_list("kind").annotate(n=Count("pk"))
    return Counter(dict(rows))


def _cuts(counted: Counted, matching: Mapping[str, int], begin: int) -> dict[str, slice]:
    """{kind: which of its rows are on the page}: kinds follow one another, and a page goes on from one to the next."""
    found, place = {}, 0
    for kind in counted.framework.reported_kinds:
        first, last = max(begin - place, 0), min(begin + PAGE - place, matching[kind.code])
        if first < last:
            found[kind.code] = slice(first, last)
        place += matching[kind.code]
    return found


def _shown(counted: Counted, asked: Asked, cuts: Mapping[str, slice]) -> list[Organisation]:
    """The organisations of these cuts, with their statuses."""
    parts = []
    for kind, cut in cuts.items():
        chosen = _in_order(_wanted(counted, asked).filter(kind=kind), counted, asked).values("pk")[cut]
        rows = addressed(Registration.objects.filter(pk__in=chosen)).order_by()
        parts.append(rows.values_list("organisation", "address", "name", "kind", "region"))
    found = {
        body: organisation(*facts, submitted=False, late=None)
        for body, *facts in (parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0])
    }
    _say_what_was_submitted(counted, found)
    return list(found.values())


def _say_what_was_submitted(counted: Counted, found: Mapping[int, Organisation]) -> None:
    """Name, region and statuses as on the day of the latest submission. found: {organisation pk: its row}."""
    rows = latest_submissions(counted.year, counted.stage).filter(organisation__in=list(found)).order_by()
    names = ("organisation", "name", "region", "late", "performance__recommendation", "performance__status")
    for body, name, region, late, number, status in rows.values_list(*names):
        found[body] |= {"name": name, "region": region, "submitted": True, "late": late}
        if number is not None:
            found[body]["statuses"][str(number)] = status
    for each in found.values():
        each["statuses"] = dict(sorted(each["statuses"].items(), key=lambda one: int(one[0])))


def _latest(counted: Counted) -> QuerySet[Any]:
    kinds = [each.code for each in counted.framework.reported_kinds]
    return latest_submissions(counted.year, counted.stage).filter(kind__in=kinds).order_by()


def _made(counted: Counted) -> QuerySet[Any]:
    """The latest submission of a registration's organisation."""
    return _latest(counted).filter(organisation=OuterRef("organisation"))


def members(counted: Counted) -> QuerySet[Registration]:
    """Everybody in the report: those that had the stage to submit, and those that did."""
    kinds = [each.code for each in counted.framework.reported_kinds]
    had = ~Q(organisation__in=not_open(counted.year, counted.stage))
    return Registration.objects.filter(had | Exists(_made(counted)), year=counted.year, kind__in=kinds)


def waiting(counted: Counted) -> QuerySet[Registration]:
    """Those that had the stage to submit and did not."""
    kinds = [each.code for each in counted.framework.reported_kinds]
    rows = Registration.objects.filter(~Exists(_made(counted)), year=counted.year, kind__in=kinds)
    return rows.exclude(organisation__in=not_open(counted.year, counted.stage))


def _wanted(counted: Counted, asked: Asked) -> QuerySet[Registration]:
    """Those of the report that are asked for."""
    silent = asked.submitted == "no" or asked.status == Status.NOT_SUBMITTED
    rows = waiting(counted) if silent else members(counted)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.late:
        late = _latest(counted).filter(late=asked.late == "yes")
        rows = rows.filter(organisation__in=late.values("organisation"))
    if asked.status and asked.status != Status.NOT_SUBMITTED:
        numbers = asked.numbers(counted.framework)
        stands = _made(counted).filter(performance__recommendation__in=numbers, performance__status=asked.status)
        rows = rows.filter(Exists(stands))
    if asked.submitted == "yes":
        rows = rows.filter(Exists(_made(counted)))
    if asked.region:
        rows = rows.filter(_then_or_now(counted, Q(region=asked.region.replace(NO_REGION, ""))))
    if asked.q:
        rows = rows.filter(_then_or_now(counted, _named(asked.q)) | Q(code__icontains=asked.q))
    return rows


def _then_or_now(counted: Counted, fact: Q) -> Q:
    """A fact of the day of the submission; of the registration where nothing was submitted."""
    then = Q(organisation__in=_latest(counted).filter(fact).values("organisation"))
    return then | Q(fact & ~Exists(_made(counted)))


def _named(words: str) -> Q:
    """A name with these words in it, whatever their case. SQLite compares letters beyond ASCII exactly."""
    found = Q(name__icontains=words)
    for spelling in {words.lower(), words.upper(), words.title()} if not words.isascii() else ():
        found |= Q(name__icontains=spelling)
    return found


def _in_order(rows: QuerySet[Registration], counted: Counted, asked: Asked) -> QuerySet[Registration]:
    """As `ordered` does with the rows of one page, by what the database knows: the code is that of the year."""
    made, falling = _made(counted), asked.direction == "desc"
    if asked.sort == "met":
        met = F("made_met").desc(nulls_last=True) if falling else F("made_met").asc(nulls_last=True)
        return rows.alias(made_met=Subquery(made.values("met")[:1])).order_by(met, "code", "organisation")
    by: list[Any] = [F("code"), F("organisation")]
    if asked.sort == "name":
        rows = rows.alias(then=_letters(Coalesce(Subquery(made.values("name")[:1]), "name")))
        by.insert(0, F("then"))
    return rows.order_by(*(each.desc() if falling else each.asc() for each in by))


def _letters(name: Coalesce) -> Any:
    """A name in the order of its letters on both databases, whatever the case."""
    return Collate(Lower(name), "C") if connection.vendor == "postgresql" else Lower(name)
