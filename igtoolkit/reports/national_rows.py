"""The rows of the table organisation x recommendation: filtered, ordered and cut into pages by the database."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Collate, Lower

from igtoolkit.access.addresses import addressed
from igtoolkit.access.scope import latest_submissions, made_results, made_submissions, with_made
from igtoolkit.records.models import Registration
from igtoolkit.reports.national import Organisation, not_open, organisation
from igtoolkit.reports.national_counts import Counted
from igtoolkit.reports.national_table import DEFAULTS, NO_REGION, Asked, Section, ordered
from igtoolkit.standard.words import Status

PAGE = 250
LATE = {"": (True, False), "yes": (True,), "no": (False,)}


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
    """{kind: how many organisations are asked for}; what the figures know already is not counted again."""
    known = None if asked.region or asked.q else _known(counted, asked)
    if known is not None:
        return Counter({kind: n for kind, n in known.items() if asked.kind in ("", kind)})
    rows = _wanted(counted, asked).order_by().values_list("kind").annotate(n=Count("pk"))
    return Counter(dict(rows))


def _known(counted: Counted, asked: Asked) -> Mapping[str, int] | None:
    """The same for one question at a time, whatever the kind; None where the figures do not tell."""
    match asked:
        case Asked(status="", submitted="", late=""):
            return counted.registered
        case (
            Asked(status="" | Status.NOT_SUBMITTED, submitted="no", late="")
            | Asked(status=Status.NOT_SUBMITTED, submitted="", late="")
        ):
            return {kind: counted.missing_of(kind) for kind in counted.registered}
        case Asked(status="", submitted="yes" | "", late=late):
            return _tallied((kind, n) for (kind, was, *_), n in counted.submitted.items() if was in LATE[late])
        case Asked(status=status, recommendation=number, submitted="yes" | "", late="") if number:
            found = ((kind, n, each) for (kind, each, stands, _), n in counted.results.items() if stands == status)
            return _tallied((kind, n) for kind, n, each in found if str(each) == number)
    return None


def _tallied(found: Iterable[tuple[str, int]]) -> Counter[str]:
    tally: Counter[str] = Counter()
    for kind, n in found:
        tally[kind] += n
    return tally


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
        chosen = _in_order(_wanted(counted, asked).filter(kind=kind), asked).values("pk")[cut]
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


def _kinds(counted: Counted) -> list[str]:
    return [each.code for each in counted.framework.reported_kinds]


def _silent(counted: Counted) -> Any:
    """That the organisation of a registration, or of the register, has not submitted."""
    made = made_submissions(counted.year, counted.stage)
    return ~Exists(made.filter(organisation=OuterRef("organisation")))


def members(counted: Counted) -> QuerySet[Registration]:
    """Everybody in the report: those that had the stage to submit, and those that did."""
    made = made_submissions(counted.year, counted.stage).filter(organisation=OuterRef("pk"))
    excused = not_open(counted.year, counted.stage).filter(~Exists(made))
    rows = Registration.objects.filter(year=counted.year, kind__in=_kinds(counted))
    return rows.exclude(organisation__in=excused)


def waiting(counted: Counted) -> QuerySet[Registration]:
    """Those that had the stage to submit and did not."""
    rows = Registration.objects.filter(_silent(counted), year=counted.year, kind__in=_kinds(counted))
    return rows.exclude(organisation__in=not_open(counted.year, counted.stage))


def _wanted(counted: Counted, asked: Asked) -> QuerySet[Any]:
    """Those of the report that are asked for."""
    silent = asked.submitted == "no" or asked.status == Status.NOT_SUBMITTED
    rows: QuerySet[Any] = waiting(counted) if silent else members(counted)
    if asked.late or asked.status or asked.submitted or asked.region or asked.q or asked.sort != DEFAULTS["sort"]:
        rows = with_made(rows, counted.year, counted.stage)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.late:
        rows = rows.filter(made_late=asked.late == "yes")
    if asked.status and asked.status != Status.NOT_SUBMITTED:
        rows = rows.filter(made_results(status=asked.status, among=asked.numbers(counted.framework)))
    if asked.submitted == "yes":
        rows = rows.filter(made_pk__isnull=False)
    if asked.region:
        rows = rows.alias(of=Coalesce("made_region", "region")).filter(of=asked.region.replace(NO_REGION, ""))
    if asked.q:
        rows = rows.alias(called=Coalesce("made_name", "name"))
        rows = rows.filter(_named(asked.q) | Q(code__icontains=asked.q))
    return rows


def _named(words: str) -> Q:
    """A name with these words in it, whatever their case. SQLite compares letters beyond ASCII exactly."""
    found = Q(called__icontains=words)
    for spelling in {words.lower(), words.upper(), words.title()} if not words.isascii() else ():
        found |= Q(called__icontains=spelling)
    return found


def _in_order(rows: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
    """As `ordered` does with the rows of one page, by what the database knows: the code is that of the year."""
    falling = asked.direction == "desc"
    if asked.sort == "met":
        met = F("made_met").desc(nulls_last=True) if falling else F("made_met").asc(nulls_last=True)
        return rows.order_by(met, "code", "organisation")
    by: list[Any] = [F("code"), F("organisation")]
    if asked.sort == "name":
        rows = rows.alias(letters=_letters(Coalesce("made_name", "name")))
        by.insert(0, F("letters"))
    return rows.order_by(*(each.desc() if falling else each.asc() for each in by))


def _letters(name: Coalesce) -> Any:
    """A name in the order of its letters on both databases, whatever the case."""
    return Collate(Lower(name), "C") if connection.vendor == "postgresql" else Lower(name)
