"""What the national report says, as a page reads it: headline, who submitted, weakest first, what moved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from igtoolkit.reports.national import Organisation, Report, Statuses, framework_of, status_of
from igtoolkit.reports.national_moved import Moved, average_met, moved
from igtoolkit.standard.calendar import Calendar
from igtoolkit.standard.framework import Recommendation
from igtoolkit.standard.words import Stage, Status

Counts = Mapping[str, int]
APPLYING = (Status.MET, Status.PARTLY_MET, Status.NOT_MET)


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
    page says it; None when nobody did.
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
    """The page of a report.

    before: {organisation code: its statuses} at the stage before. at: the (aware) instant it is read,
    which decides whether the deadline is still ahead.
    """
    framework = framework_of(report)
    organisations = report["organisations"]
    stage = Stage(report["stage"])
    groups = tuple(
        _group(each.code, each.plural, (one for one in organisations if one["kind"] == each.code), before)
        for each in framework.reported_kinds
    )
    return Page(
        year=report["year"],
        stage=stage,
        calendar=framework.calendar(report["year"]),
        at=at,
        total=_group("", "All trusts", organisations, before),
        groups=groups,
        rows=_rows(report, groups, before),
        moved=moved(organisations, before) if stage.earlier else None,
        average_before=average_met(before.values()),
        not_submitted=tuple((each, _missing(organisations, each)) for each in groups if each.missing),
    )


def _group(code: str, words: str, organisations: Iterable[Organisation], before: Mapping[str, Statuses]) -> Group:
    here = list(organisations)
    submitted = [each for each in here if each["submitted"]]
    return Group(
        code=code,
        words=words,
        registered=len(here),
        submitted=len(submitted),
        late=sum(each["late"] for each in submitted),
        both=sum(each["code"] in before for each in submitted),
    )


def _missing(organisations: list[Organisation], group: Group) -> tuple[Organisation, ...]:
    return tuple(each for each in organisations if each["kind"] == group.code and not each["submitted"])


def _rows(report: Report, groups: tuple[Group, ...], before: Mapping[str, Statuses]) -> tuple[Row, ...]:
    counts = {each["number"]: each["counts"] for each in report["recommendations"]}
    rows = []
    for each in framework_of(report).recommendations:
        change = _change(report["organisations"], each.number, before)
        lines = tuple(Line(counts[each.number][one.code], change.get(one.code)) for one in groups)
        rows.append(Row(each, _over_all(lines, change), lines))
    return tuple(sorted(rows, key=_weakness))


def _over_all(lines: tuple[Line, ...], change: Mapping[str, int]) -> Line:
    counts = {status.value: sum(each.counts[status] for each in lines) for status in Status}
    return Line(counts, sum(change.values()) if change else None)


def _change(organisations: list[Organisation], number: int, before: Mapping[str, Statuses]) -> dict[str, int]:
    """{kind: how many more meet it now}, for kinds with organisations that submitted both times."""
    change: dict[str, int] = {}
    for each in organisations:
        if each["submitted"] and each["code"] in before:
            now = status_of(each, number) == Status.MET
            then = before[each["code"]].get(str(number)) == Status.MET
            change[each["kind"]] = change.get(each["kind"], 0) + now - then
    return change


def _weakness(row: Row) -> tuple[bool, Fraction, Fraction, int]:
    """Smallest share met first, then smallest share partly met, then number; last what applies to nobody."""
    line = row.total
    partly = Fraction(line.counts[Status.PARTLY_MET], line.applying) if line.applying else Fraction(0)
    return line.share is None, line.share or Fraction(0), partly, row.number
