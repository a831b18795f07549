"""Dots on one scale: recommendations met on average, by kind of trust and by region, around the average of all."""

from math import ceil, floor
from typing import Any

from igtoolkit.reports.charts.layout import NARROW, Label, Layout, layout
from igtoolkit.reports.charts.looks import DOTS, INK, LINE, QUIET
from igtoolkit.reports.charts.sheet import Sheet

TOP = 34.0
BASELINE, SMALL, MARGIN = 20.0, 13.0, 8.0
ROOM = 132.0
LABEL_ROOM = 190.0
NARROWEST = 4


def draw(data: dict[str, Any], form: str) -> str:
    """data: {rows: [{heading} or {name, average, words, size: many|few}], average, average_words, most}

    average: of all trusts. words: the row's average and of how many trusts. most: how many could be met.
    """
    labels = [Label(each.get("heading") or each["name"], heading="heading" in each) for each in data["rows"]]
    places = layout(form, labels, top=TOP, right=ROOM, room=LABEL_ROOM)
    sheet = Sheet(places.width, places.bottom + 22)
    low, high = _ends(data)
    at = _Scale(places, low, high)
    for tick in (low, high):
        places.line_down(sheet, at(tick), LINE)
        sheet.words(at(tick), places.bottom + 16, str(tick), size=SMALL, colour=QUIET, at="center")
    places.line_down(sheet, at(data["average"]), INK, 1.2)
    _average(sheet, places, at(data["average"]), data["average_words"])
    for row, each in zip(places.rows, data["rows"], strict=True):
        if "heading" in each:
            continue
        sheet.line((at(data["average"]), row.middle), (at(each["average"]), row.middle), colour=QUIET, width=1.6)
        sheet.mark(at(each["average"]), row.middle, DOTS[each["size"]], size=10)
        number, of = each["words"]
        sheet.words(places.right + 14, row.middle + 5, number, bold=True)
        sheet.words(places.right + 50, row.middle + 5, of, size=SMALL, colour=QUIET)
    places.write_labels(sheet)
    return sheet.svg()


class _Scale:
    """Where a number of recommendations stands between the two ends."""

    def __init__(self, places: Layout, low: int, high: int) -> None:
        self.left, self.room = places.left + MARGIN, places.right - places.left - 2 * MARGIN
        self.low, self.high = low, high

    def __call__(self, number: float) -> float:
        return self.left + self.room * (number - self.low) / (self.high - self.low)


def _ends(data: dict[str, Any]) -> tuple[int, int]:
    """Whole numbers around every average, at least NARROWEST apart, so that a small difference looks small."""
    averages = [each["average"] for each in data["rows"] if "average" in each]
    low, high = floor(min(averages)), ceil(max(averages))
    while high - low < min(NARROWEST, data["most"]):
        low, high = max(0, low - 1), min(data["most"], high + 1)
    return low, high


def _average(sheet: Sheet, places: Layout, x: float, words: str) -> None:
    at = "center" if places.form != NARROW else "left" if x < places.width / 2 else "right"
    sheet.words(x, BASELINE, words, size=SMALL, bold=True, at=at)
