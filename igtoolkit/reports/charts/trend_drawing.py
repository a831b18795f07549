"""A line over the stages of each year, with a break wherever the figures before and after may not be compared."""

from itertools import groupby
from typing import Any

from igtoolkit.reports.charts.layout import MEASURES, NARROW
from igtoolkit.reports.charts.looks import INK, LINE, QUIET, STAGES
from igtoolkit.reports.charts.sheet import Sheet, wide

TOP, BOTTOM, HEIGHT = 40.0, 212.0, 274.0
MARGIN, SMALL = 30.0, 13.0
FEW = 10
STAGE_WORDS = {"baseline": "Baseline", "update": "Update", "final": "Final"}
SHORT_WORDS = {"baseline": "Base.", "update": "Upd.", "final": "Final"}
BREAK, SHORT_BREAK = "not comparable", "break"

Spot = tuple[float, float]


def draw(data: dict[str, Any], form: str) -> str:
    """data: {runs: [[{year, stage, average, words, submitted}]], most: how many could be met}

    A point whose average is None had nothing to be met: it has its place below the line, and no dot.
    """
    places = _Places(data, form)
    sheet = Sheet(places.width, HEIGHT)
    for number in (0, data["most"]):
        sheet.line((0, places.down(number)), (places.width, places.down(number)), colour=LINE)
    sheet.words(0, TOP - 8, f"all {data['most']}", size=SMALL, colour=QUIET)
    sheet.words(0, BOTTOM - 6, "0", size=SMALL, colour=QUIET)
    for run in places.runs:
        _run(sheet, places, run)
    for before, after in zip(places.runs, places.runs[1:], strict=False):
        _gap(sheet, places, (before[-1][0] + after[0][0]) / 2)
    _years(sheet, places)
    return sheet.svg()


class _Places:
    """Where each point goes: evenly across, by its average down."""

    def __init__(self, data: dict[str, Any], form: str) -> None:
        self.form, self.width, self.most = form, MEASURES[form].width, data["most"]
        n = sum(map(len, data["runs"]))
        self.step = (self.width - 2 * MARGIN) / max(1, n - 1)
        xs = iter(MARGIN + self.step * at for at in range(n))
        self.runs = [[(next(xs), each) for each in run] for run in data["runs"]]

    def down(self, number: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * number / self.most

    @property
    def points(self) -> list[tuple[float, dict[str, Any]]]:
        return [each for run in self.runs for each in run]

    def labelled(self, run: list[tuple[float, dict[str, Any]]], n: int) -> bool:
        """Every point where there is room, else the ends of a run."""
        return self.step >= 34 or n in (0, len(run) - 1)


def _run(sheet: Sheet, places: _Places, run: list[tuple[float, dict[str, Any]]]) -> None:
    for _, stages in groupby(run, key=lambda one: one[1]["year"]):
        dots = [(x, places.down(each["average"])) for x, each in stages if each["average"] is not None]
        if len(dots) > 1:
            sheet.line(*dots, colour=QUIET, width=1.8)
    for n, (x, each) in enumerate(run):
        if each["average"] is not None:
            sheet.mark(x, places.down(each["average"]), STAGES[each["stage"]], size=10)
            if places.labelled(run, n):
                sheet.words(x, places.down(each["average"]) - 12, each["words"], bold=True, at="center")
        _below(sheet, places, x, each)


def _below(sheet: Sheet, places: _Places, x: float, each: dict[str, Any]) -> None:
    """The stage, and how many submitted, where there is room to say it; its shape tells it everywhere."""
    words = STAGE_WORDS if places.step >= 62 else SHORT_WORDS
    if places.step >= 40:
        sheet.words(x, BOTTOM + 18, words[each["stage"]], size=SMALL, at="center")
    if places.step >= 30:
        sheet.words(x, BOTTOM + 34, _how_many(each["submitted"]), size=SMALL, colour=QUIET, at="center")


def _how_many(n: int) -> str:
    return f"{n:,} few" if n < FEW else f"{n:,}"


def _gap(sheet: Sheet, places: _Places, x: float) -> None:
    """A break, in a line across and in words."""
    sheet.line((x, TOP - 4), (x, BOTTOM), colour=INK, width=1.2)
    words = SHORT_BREAK if places.form == NARROW else BREAK
    half = wide(words, SMALL) / 2
    sheet.words(min(max(x, half), places.width - half), TOP - 10, words, size=SMALL, at="center")


def _years(sheet: Sheet, places: _Places) -> None:
    """Each year under its stages."""
    for year in dict.fromkeys(each["year"] for _, each in places.points):
        xs = [x for x, each in places.points if each["year"] == year]
        reach = min(places.step / 2, MARGIN) - 4
        sheet.line((xs[0] - reach, BOTTOM + 42), (xs[-1] + reach, BOTTOM + 42), colour=QUIET)
        if (xs[-1] - xs[0]) + 2 * reach >= wide(year, SMALL) - 12 or places.step > 20:
            sheet.words((xs[0] + xs[-1]) / 2, BOTTOM + 58, year, size=SMALL, bold=True, at="center")
