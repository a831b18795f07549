"""Diverging bars: met to the right of the line, partly and not met to the left, weakest first."""

from typing import Any

from igtoolkit.reports.charts.layout import NARROW, THICK, Label, Layout, layout
from igtoolkit.reports.charts.looks import BARS, INK, LINE, QUIET
from igtoolkit.reports.charts.sheet import Sheet, wide

WORDS = {"not_met": "Not met", "partly_met": "Partly met", "met": "Met"}
TOP = 54.0
BASELINE, NARROW_BASELINE = 42.0, 18.0
HALF_BASELINE = 42.0
SWATCH, SMALL = 12.0, 13.0
HALF = 0.5


def draw(data: dict[str, Any], form: str) -> str:
    """data: {rows: [{number, summary, met, partly_met, not_met, applying, percent}], usual: the usual `applying`}"""
    ends = [_end(each, data["usual"]) for each in data["rows"]]
    room = max(wide(percent, 14, bold=True) + wide(of, SMALL) for percent, of in ends) + 14
    labels = [Label(each["summary"], str(each["number"])) for each in data["rows"]]
    places = layout(form, labels, top=TOP, right=room)
    sheet = Sheet(places.width, places.bottom)
    axis, scale = _axis(data["rows"], places)
    _heads(sheet, places, axis)
    if axis + HALF * scale < places.right:
        _half(sheet, places, axis + HALF * scale)
    for row, each, (percent, of) in zip(places.rows, data["rows"], ends, strict=True):
        end = _bars(sheet, each, axis, scale, row.middle - THICK / 2)
        sheet.words(end + 6, row.middle + 5, percent, bold=True)
        sheet.words(end + 9 + wide(percent, 14, bold=True), row.middle + 5, of, size=SMALL, colour=QUIET)
    places.line_down(sheet, axis, INK, 1.2, over=True)
    places.write_labels(sheet)
    return sheet.svg()


def _end(each: dict[str, Any], usual: int) -> tuple[str, str]:
    """45%; and of how many, where that is not the number for most rows."""
    return each["percent"], f"of {each['applying']:,}" if each["applying"] != usual else ""


def _axis(rows: list[dict[str, Any]], places: Layout) -> tuple[float, float]:
    """Where the line between met and the rest stands, and how many pixels the whole of the trusts are wide."""
    met = [each["met"] / each["applying"] for each in rows]
    left, right = 1 - min(met), max(met)
    scale = (places.right - places.left) / (left + right)
    return places.left + left * scale, scale


def _bars(sheet: Sheet, each: dict[str, Any], axis: float, scale: float, y: float) -> float:
    """The parts of a row, none for nobody; returns where the right end is."""
    width = {status: scale * each[status] / each["applying"] for status in BARS}
    starts = {"met": axis, "partly_met": axis - width["partly_met"]}
    starts["not_met"] = starts["partly_met"] - width["not_met"]
    for status, x in starts.items():
        if each[status]:
            sheet.bar(x, y, width[status], THICK, BARS[status])
    return axis + width["met"]


def _half(sheet: Sheet, places: Layout, x: float) -> None:
    """The line that half of the trusts would reach."""
    places.line_down(sheet, x, LINE)
    sheet.words(x, HALF_BASELINE, "half", size=SMALL, colour=QUIET, at="center")


def _heads(sheet: Sheet, places: Layout, axis: float) -> None:
    """What each part shows, above the first row; on a wide sheet each on its own side of the line."""
    y = NARROW_BASELINE if places.form == NARROW else BASELINE
    rooms = {status: SWATCH + 5 + wide(words, SMALL, bold=True) + 12 for status, words in WORDS.items()}
    starts = _one_after_another(rooms)
    if places.form != NARROW:
        left = axis + 6 - starts["met"]
        starts = {status: x + max(left, 0) for status, x in starts.items()}
    for status, x in starts.items():
        sheet.bar(x, y - SWATCH + 2, SWATCH, SWATCH, BARS[status])
        sheet.words(x + SWATCH + 5, y, WORDS[status], size=SMALL, bold=True)


def _one_after_another(rooms: dict[str, float]) -> dict[str, float]:
    """Where each begins when they stand in a line."""
    starts, x = {}, 0.0
    for each, room in rooms.items():
        starts[each] = x
        x += room
    return starts
