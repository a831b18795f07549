"""Where the rows of a chart go: labels beside the marks on a wide sheet, above them on a narrow one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from igtoolkit.reports.charts.looks import INK, QUIET
from igtoolkit.reports.charts.sheet import Sheet, wrapped

WIDE, NARROW, PAPER = "wide", "narrow", "paper"
NUMBER_ROOM = 25.0
GAP = 14.0
THICK = 16.0
HEADING = 32.0


@dataclass(frozen=True)
class Measure:
    """A form's measures in pixels. A paper's picture is shown at 7 tenths: its 13 pixels are more than 9 points."""

    width: float
    size: float
    leading: float
    row: float
    label_room: float


MEASURES = {
    WIDE: Measure(width=600, size=13.5, leading=17, row=36, label_room=238),
    PAPER: Measure(width=540, size=13, leading=15, row=31, label_room=226),
    NARROW: Measure(width=300, size=14, leading=17, row=0, label_room=0),
}


@dataclass(frozen=True)
class Label:
    """What a row is called: a number in bold, where it has one, and its words. heading: a row of words alone."""

    words: str
    number: str = ""
    heading: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a chart: its label in lines, from a first baseline, and the middle of its marks."""

    label: Label
    lines: tuple[str, ...]
    baseline: float
    middle: float


@dataclass(frozen=True)
class Layout:
    """A sheet's measures in pixels: marks go between `left` and `right`, rows from `top` to `bottom`."""

    form: str
    width: float
    left: float
    right: float
    top: float
    bottom: float
    rows: tuple[Row, ...]

    @property
    def measure(self) -> Measure:
        return MEASURES[self.form]

    def across(self, share: float) -> float:
        """Where a share of the room for marks, 0 to 1, ends."""
        return self.left + share * (self.right - self.left)

    def line_down(self, sheet: Sheet, x: float, colour: str, width: float = 1, *, over: bool = False) -> None:
        """A line through every row: whole on a wide sheet, beside the marks alone where labels stand above them."""
        if self.form != NARROW:
            sheet.line((x, self.top - 6), (x, self.bottom), colour=colour, width=width, over=over)
            return
        for each in (row for row in self.rows if not row.label.heading):
            ends = (each.middle - THICK / 2 - 2, each.middle + THICK / 2 + 2)
            sheet.line(*((x, y) for y in ends), colour=colour, width=width, over=over)

    def write_labels(self, sheet: Sheet) -> None:
        for row in self.rows:
            if row.label.number:
                sheet.words(0, row.baseline, row.label.number, size=self.measure.size, colour=QUIET, bold=True)
            indent = NUMBER_ROOM if row.label.number else 0
            for n, line in enumerate(row.lines):
                bold = row.label.heading
                sheet.words(
                    indent, row.baseline + n * self.measure.leading, line, size=self.measure.size, colour=INK, bold=bold
                )


def layout(form: str, labels: Sequence[Label], *, top: float, right: float, room: float | None = None) -> Layout:
    """form: wide, paper or narrow. top, right: pixels kept for what is said above and to the right of the marks.

    room: pixels for the labels beside the marks, where the form's own are too many.
    """
    measure = MEASURES[form]
    left = 0.0 if form == NARROW else room or measure.label_room
    rows = tuple(_rows(form, labels, top, left))
    ends = (max(each.middle + THICK / 2, _last_line(each, measure)) for each in rows)
    return Layout(form, measure.width, left, measure.width - right, top, max(ends, default=top) + 6, rows)


def _last_line(row: Row, measure: Measure) -> float:
    return row.baseline + (len(row.lines) - 1) * measure.leading


def _rows(form: str, labels: Sequence[Label], top: float, room: float) -> Iterator[Row]:
    measure, y = MEASURES[form], top
    for each in labels:
        indent = NUMBER_ROOM if each.number else 0
        lines = tuple(wrapped(each.words, measure.size, (room - GAP if room else measure.width) - indent))
        tall = len(lines) * measure.leading
        if each.heading:
            height = HEADING
            yield Row(each, lines, y + height - 8, y + height - 12)
        elif form == NARROW:
            height = tall + THICK + GAP
            yield Row(each, lines, y + measure.leading * 0.76, y + tall + 2 + THICK / 2)
        else:
            height = max(measure.row if each.number else 30.0, tall + 5)
            middle = y + height / 2
            yield Row(each, lines, middle - tall / 2 + measure.leading * 0.76, middle)
        y += height
