"""Joined dots: the share that meets each recommendation at each stage, every stage with a shape of its own."""

from typing import Any

from igtoolkit.reports.charts.layout import Label, Layout, layout
from igtoolkit.reports.charts.looks import LINE, QUIET, STAGES
from igtoolkit.reports.charts.sheet import Sheet, wide

TOP = 54.0
SCALE = {0.0: "0%", 0.5: "half", 1.0: "100%"}
KEY_BASELINE, SCALE_BASELINE = 18.0, 42.0
SMALL, ROOM, MARGIN = 13.0, 46.0, 7.0


def draw(data: dict[str, Any], form: str) -> str:
    """data: {rows: [{number, summary, shares: {stage: share}, percent}], stages: {stage: words}}; shares are 0 to 1"""
    labels = [Label(each["summary"], str(each["number"])) for each in data["rows"]]
    places = layout(form, labels, top=TOP, right=ROOM)
    sheet = Sheet(places.width, places.bottom)
    _scale(sheet, places)
    _key(sheet, places, data["stages"])
    for row, each in zip(places.rows, data["rows"], strict=True):
        dots = [(_at(places, share), STAGES[stage]) for stage, share in each["shares"].items()]
        if len(dots) > 1:
            sheet.line(*((x, row.middle) for x, _ in dots), colour=QUIET, width=1.6)
        for x, look in dots:
            sheet.mark(x, row.middle, look)
        sheet.words(places.width, row.middle + 5, each["percent"], bold=True, at="right")
    places.write_labels(sheet)
    return sheet.svg()


def _at(places: Layout, share: float) -> float:
    """Where a share stands; a dot at either end stays inside its room."""
    return places.left + MARGIN + share * (places.right - places.left - 2 * MARGIN)


def _scale(sheet: Sheet, places: Layout) -> None:
    for share, words in SCALE.items():
        places.line_down(sheet, _at(places, share), LINE)
        x = max(_at(places, share), wide(words, SMALL) / 2)
        sheet.words(x, SCALE_BASELINE, words, size=SMALL, colour=QUIET, at="center")


def _key(sheet: Sheet, places: Layout, stages: dict[str, str]) -> None:
    """Each shape with its stage, above the labels."""
    x = 5.0
    for stage, words in stages.items():
        sheet.mark(x, KEY_BASELINE - 4.5, STAGES[stage])
        sheet.words(x + 9, KEY_BASELINE, words, size=SMALL, bold=True)
        x += 9 + wide(words, SMALL, bold=True) + 16
