"""The trend over stages and years in words, in a picture and in a table, with its breaks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from igtoolkit.reports.charts.chart import FEW, Chart, Table, percent_words
from igtoolkit.reports.charts.drawn import Figures
from igtoolkit.reports.national_trend import Point, unbroken
from igtoolkit.reports.national_words import decimal, trusts

DESCRIPTION = (
    "A line over the stages and years: recommendations met on average, with the shape of each stage (Baseline a hollow"
    " circle, Performance Update a diamond, Final a solid square) and the number that submitted under it. The line"
    " stops at the end of each year, and wherever the framework or the crosswalk changes."
)
NO_REPORT = "no Caldicott2 report"


@dataclass(frozen=True)
class Step:
    """One row of the trend. broken: why it may not be compared with the row before it; empty where it may."""

    point: Point
    average: str
    broken: str


@dataclass(frozen=True)
class Trend:
    """chart: None while there is one stage alone. shares: the share met by recommendation at each stage."""

    steps: tuple[Step, ...]
    chart: Chart | None
    shares: Table


def trend(points: tuple[Point, ...]) -> Trend | None:
    """None where nothing was ever submitted."""
    if not points:
        return None
    return Trend(tuple(_steps(points)), _chart(points), _shares(points))


def name(point: Point) -> str:
    """2015-16 Final"""
    return f"{point.year} {point.stage.words}"


def _steps(points: Sequence[Point]) -> Iterator[Step]:
    before: Point | None = None
    for each in points:
        average = NO_REPORT if each.average is None else f"{decimal(each.average)} of {_most(each)}"
        yield Step(each, average, _broken(before, each) if before else "")
        before = each


def _most(point: Point) -> int:
    return len(point.framework.recommendations)


def _broken(before: Point, after: Point) -> str:
    """Why two stages may not be compared. Years without a crosswalk have nothing to compare."""
    if after.follows(before) or not (before.is_reported or after.is_reported):
        return ""
    if not after.is_reported:
        return f"{after.year} has no Caldicott2 report: its framework, {after.framework.code}, has no crosswalk."
    if not before.is_reported:
        return f"Caldicott2 reports begin with {after.year}: the framework before had no crosswalk."
    told = [("framework", before.framework.code, after.framework.code)]
    told.append(("crosswalk", before.framework.crosswalk.code, after.framework.crosswalk.code))
    changes = " and ".join(f"the {what} changed from {then} to {now}" for what, then, now in told if then != now)
    return f"From {after.year} {changes}: figures before and after may not be compared."


def _chart(points: tuple[Point, ...]) -> Chart | None:
    reported = [each for each in points if each.average is not None]
    if len(reported) < 2:
        return None
    most = max(map(_most, reported))
    data = {"runs": [[_drawn(each) for each in run] for run in _runs(points)], "most": most}
    return Chart(Figures("trend", _title(points), DESCRIPTION, data), _note(reported), _shares(points))


def _runs(points: tuple[Point, ...]) -> Iterator[tuple[Point, ...]]:
    """The runs of the line; stages of years without a report stand together, as one gap."""
    gap: tuple[Point, ...] = ()
    for run in unbroken(points):
        if run[0].is_reported:
            yield from filter(None, (gap, run))
            gap = ()
        else:
            gap += run
    yield from filter(None, (gap,))


def _drawn(point: Point) -> dict[str, Any]:
    average = None if point.average is None else float(point.average)
    words = "" if point.average is None else decimal(point.average)
    return {
        "year": point.year,
        "stage": point.stage.value,
        "average": average,
        "words": words,
        "submitted": point.submitted,
    }


def _title(points: tuple[Point, ...]) -> str:
    """From where to where in the last run that has two stages; a break keeps the rest apart."""
    runs = [run for run in unbroken(points) if run[0].is_reported]
    run = next((each for each in reversed(runs) if len(each) > 1), None)
    if run is None:
        return "No two stages may be compared: framework or crosswalk changed between them"
    enough = [each for each in run if each.submitted >= FEW]
    first, *_, last = enough if len(enough) > 1 else run
    return f"Trusts met {_said(first)} on average, and {_said(last)}"


def _said(point: Point) -> str:
    few = f" ({trusts(point.submitted)})" if point.submitted < FEW else ""
    return f"{decimal(point.average)} recommendations at {name(point)}{few}" if point.average is not None else ""


def _note(reported: Sequence[Point]) -> str:
    years = " Years are not joined: different trusts submitted." if len({each.year for each in reported}) > 1 else ""
    return (
        "Averages are of the trusts that submitted each stage: not the same trusts each time. The number that submitted"
        f" stands under each stage.{years}"
    )


def _shares(points: tuple[Point, ...]) -> Table:
    reported = [each for each in points if each.is_reported]
    summaries = {one.number: one.summary for each in reported for one in each.framework.recommendations}
    rows = tuple(
        (f"{number} {words}", *(_cell(each, number) for each in reported))
        for number, words in sorted(summaries.items())
    )
    heads = ("Recommendation", *map(name, reported))
    return Table("Share of trusts that met each recommendation, by year and stage", heads, rows)


def _cell(point: Point, number: int) -> str:
    share = point.shares.get(number)
    return percent_words(share.exact) if share else "–"
