"""The nation over the stages and years, from the roll-ups alone: who submitted, and what was met on average."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import F, Sum

from igtoolkit.records.frameworks import framework_for, years
from igtoolkit.records.models import RollUp, Turnout
from igtoolkit.reports.national_page import APPLYING
from igtoolkit.standard.framework import Framework
from igtoolkit.standard.words import Stage, Status

When = tuple[str, Stage]


@dataclass(frozen=True)
class Share:
    """How many meet a recommendation, of those that submitted and to which it applies: never of nobody."""

    met: int
    applying: int

    @property
    def exact(self) -> Fraction:
        return Fraction(self.met, self.applying)

    @property
    def percent(self) -> int:
        """A whole percent, rounded down."""
        return 100 * self.met // self.applying


@dataclass(frozen=True)
class Place:
    """Trusts of one kind in one region at one stage: how many submitted, and the recommendations they met in all."""

    kind: str
    region: str
    submitted: int
    met: int


@dataclass(frozen=True)
class Point:
    """One stage of one year. shares: {recommendation: Share}; one that applied to nobody who submitted is absent."""

    year: str
    stage: Stage
    places: tuple[Place, ...]
    shares: Mapping[int, Share]

    @property
    def framework(self) -> Framework:
        return framework_for(self.year)

    @property
    def is_reported(self) -> bool:
        """Whether the year's framework has a crosswalk, so that there is something to be met."""
        return bool(self.framework.reported_kinds)

    @property
    def submitted(self) -> int:
        return sum(each.submitted for each in self.places)

    @property
    def average(self) -> Fraction | None:
        """Recommendations met on average by those that submitted; None in a year without a crosswalk."""
        return Fraction(sum(each.met for each in self.places), self.submitted) if self.is_reported else None

    @property
    def versions(self) -> tuple[str, str]:
        """The framework's code and its crosswalk's."""
        return self.framework.code, self.framework.crosswalk.code

    def follows(self, other: "Point") -> bool:
        """Whether the two may be compared: the same framework and the same crosswalk."""
        return self.is_reported and self.versions == other.versions


def national_trend() -> tuple[Point, ...]:
    """Every stage that something was submitted of, oldest first, in two queries however many organisations there are.

    Trusts are the kinds that have a report in the year; in a year without a crosswalk, those that have one in any.
    """
    reported = {year: {each.code for each in framework_for(year).reported_kinds} for year in years()}
    every = set().union(*reported.values())
    shares = _shares(every)
    places = _places({year: kinds or every for year, kinds in reported.items()})
    order = [(year, stage) for year in years() for stage in Stage]
    return tuple(Point(*each, tuple(places[each]), shares.get(each, {})) for each in order if each in places)


def _shares(kinds: set[str]) -> dict[When, dict[int, Share]]:
    """{(year, stage): {recommendation: Share}}; results are of a year's reported kinds alone."""
    rows = RollUp.objects.filter(kind__in=sorted(kinds), status__in=APPLYING, n__gt=0).order_by()
    names = ("year", "stage", "recommendation", "status")
    found: dict[When, dict[int, Share]] = defaultdict(dict)
    for year, stage, number, status, n in rows.values_list(*names).annotate(total=Sum("n")):
        had = found[year, Stage(stage)].get(number, Share(0, 0))
        found[year, Stage(stage)][number] = Share(had.met + n * (status == Status.MET), had.applying + n)
    return found


def _places(kinds: Mapping[str, set[str]]) -> dict[When, list[Place]]:
    """{(year, stage): its places}. kinds: those that count, by year."""
    rows = Turnout.objects.filter(n__gt=0).order_by("year", "stage", "kind", "region")
    summed = rows.values_list("year", "stage", "kind", "region").annotate(
        total=Sum("n"), all_met=Sum(F("n") * F("met"))
    )
    found: dict[When, list[Place]] = defaultdict(list)
    for year, stage, kind, region, n, met in summed:
        if kind in kinds.get(year, ()):
            found[year, Stage(stage)].append(Place(kind, region, n, met))
    return found


def unbroken(points: tuple[Point, ...]) -> Iterator[tuple[Point, ...]]:
    """The points in runs that may be compared: a run ends where framework or crosswalk change, or there is none."""
    run: list[Point] = []
    for each in points:
        if run and not each.follows(run[-1]):
            yield tuple(run)
            run = []
        run.append(each)
    if run:
        yield tuple(run)
