"""What the national report says, as a page reads it: headline, who submitted, weakest first, what moved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from igtoolkit.reports.national import Organisation, Report, Statuses
from igtoolkit.reports.national_counts import NOT_BEFORE, Counted, counted_of, met_of
from igtoolkit.reports.national_moved import Moved, Mover, average_met, moved
from igtoolkit.standard.calendar import Calendar
from igtoolkit.standard.framework import Recommendation
from igtoolkit.standard.words import Stage, Status

Counts = Mapping[str, int]
APPLYING = (Status.MET, Status.PARTLY_MET, Status.NOT_MET)
_NO_COUNTS = dict.fromkeys((each.value for each in Status), 0)


@dataclass(frozen=True)
class Group:
    """The organisations of one kind, or of all: how many are registered, have submitted, were late.

    `both` have submitted at the stage before too: changes are measured in them alone.
    """

    code: str
    words: str
    registered: int
    submitted: int
    late: int
    both: int

    @property
    def missing(self) -> int:
        return self.registered - self.submitted


@dataclass(frozen=True)
class Line:
    """One recommendation over one group. `change`: how many more meet it than at the stage before; None without one."""

    counts: Counts
    change: int | None

    @property
    def met(self) -> int:
        return self.counts[Status.MET]

    @property
    def applying(self) -> int:
        """Those that submitted and to which it applies: what the share met is taken of."""
        return sum(self.counts[each] for each in APPLYING)

    @property
    def share(self) -> Fraction | None:
        """The exact share that meets it, 0 to 1; None where it applies to nobody who submitted."""
        return Fraction(self.met, self.applying) if self.applying else None

    @property
    def percent(self) -> int | None:
        """The share as a whole percent, rounded down."""
        return int(self.share * 100) if self.share is not None else None


@dataclass(frozen=True)
class Row:
    """One recommendation: over all, and for each kind in the order of the groups."""

    recommendation: Recommendation
    total: Line
    lines: tuple[Line, ...]

    @property
    def number(self) -> int:
        return self.recommendation.number


@dataclass(frozen=True)
class Page:
    """Everything above the table of organisations. `rows` are weakest first.

    `average_before`: recommendations met on average by all that submitted the stage before, as its own
    page says it; None when nobody did. `not_submitted`: each kind with some missing, and those of them to be named.
    """

    year: str
    stage: Stage
    calendar: Calendar
    at: datetime
    total: Group
    groups: tuple[Group, ...]
    rows: tuple[Row, ...]
    moved: Moved | None
    average_before: Fraction | None
    not_submitted: tuple[tuple[Group, tuple[Organisation, ...]], ...]

    @property
    def is_open(self) -> bool:
        """Whether the deadline is still ahead."""
        return not self.calendar.is_late(self.stage, self.at)

    @property
    def before(self) -> Stage | None:
        """The stage changes are measured from."""
        return self.stage.earlier[-1] if self.stage.earlier else None

    @property
    def average(self) -> Fraction:
        """Recommendations met by those that submitted, on average; 0 when nobody has."""
        met = sum(each.total.met for each in self.rows)
        return Fraction(met, self.total.submitted) if self.total.submitted else Fraction(0)

    @property
    def weakest(self) -> tuple[Row, ...]:
        """The recommendations that share the lowest share met, none when each is met wherever it applies."""
        shares = [each.total.share for each in self.rows if each.total.share is not None]
        if not shares or min(shares) == 1:
            return ()
        return tuple(each for each in self.rows if each.total.share == min(shares))


def national_page(report: Report, before: Mapping[str, Statuses], at: datetime) -> Page:
    """The page of a whole report, with everybody that has not submitted.

    before: {organisation code: its statuses} at the stage before. at: the (aware) instant it is read,
    which decides whether the deadline is still ahead.
    """
    movers = [
        Mover(each, met_of(before[each["code"]]), met_of(each["statuses"]))
        for each in report["organisations"]
        if each["submitted"] and each["code"] in before
    ]
    missing = [each for each in report["organisations"] if not each["submitted"]]
    return page_of(counted_of(report, before), at, movers, missing)


def page_of(counted: Counted, at: datetime, movers: Iterable[Mover], missing: Iterable[Organisation]) -> Page:
    """The page of these figures. movers, missing: those to be named, the latter in code order."""
    groups = tuple(_group(counted, each.code, each.plural) for each in counted.framework.reported_kinds)
    named = list(missing)
    return Page(
        year=counted.year,
        stage=counted.stage,
        calendar=counted.framework.calendar(counted.year),
        at=at,
        total=_total(groups),
        groups=groups,
        rows=_rows(counted, groups),
        moved=moved(counted, movers) if counted.stage.earlier else None,
        average_before=average_met(counted.before),
        not_submitted=tuple(
            (each, tuple(one for one in named if one["kind"] == each.code)) for each in groups if each.missing
        ),
    )


def _group(counted: Counted, code: str, words: str) -> Group:
    here = [(key, n) for key, n in counted.submitted.items() if key[0] == code]
    return Group(
        code=code,
        words=words,
        registered=counted.registered[code],
        submitted=sum(n for _, n in here),
        late=sum(n for (_, late, *_), n in here if late),
        both=sum(n for (*_, before), n in here if before != NOT_BEFORE),
    )


def _total(groups: tuple[Group, ...]) -> Group:
    names = ("registered", "submitted", "late", "both")
    return Group("", "All trusts", **{name: sum(getattr(each, name) for each in groups) for name in names})


def _rows(counted: Counted, groups: tuple[Group, ...]) -> tuple[Row, ...]:
    lines: dict[tuple[int, str], Line] = {}
    for each in counted.framework.recommendations:
        for group in groups:
            lines[each.number, group.code] = Line({**_NO_COUNTS, Status.NOT_SUBMITTED.value: group.missing}, None)
    for (kind, number, status, was), n in counted.results.items():
        if (number, kind) in lines:
            lines[number, kind] = _with(lines[number, kind], status, was, n)
    rows = []
    for each in counted.framework.recommendations:
        own = tuple(lines[each.number, group.code] for group in groups)
        rows.append(Row(each, _over_all(own), own))
    return tuple(sorted(rows, key=_weakness))


def _with(line: Line, status: str, was: str, n: int) -> Line:
    """A line and some more organisations. The change is counted in those that submitted the stage before too."""
    change = line.change
    if was:
        change = (change or 0) + n * ((status == Status.MET) - (was == Status.MET))
    return Line({**line.counts, status: line.counts[status] + n}, change)


def _over_all(lines: tuple[Line, ...]) -> Line:
    counts = {status.value: sum(each.counts[status] for each in lines) for status in Status}
    changes = [each.change for each in lines if each.change is not None]
    return Line(counts, sum(changes) if changes else None)


def _weakness(row: Row) -> tuple[bool, Fraction, Fraction, int]:
    """Smallest share met first, then smallest share partly met, then number; last what applies to nobody."""
    line = row.total
    partly = Fraction(line.counts[Status.PARTLY_MET], line.applying) if line.applying else Fraction(0)
    return line.share is None, line.share or Fraction(0), partly, row.number
