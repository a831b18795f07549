"""How our workbooks look, and how a cell is written: as the words or the number it is, never as a formula."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from igtoolkit.reports.national_made import Made
from igtoolkit.reports.national_page import Page
from igtoolkit.standard.words import Stage, Status

Value = str | int | Fraction | None

DEMONSTRATION = "Demonstration: invented organisations with invented figures."
UNFINISHED = "Work in progress: not for publication."
A4 = 9
TOP = {"valign": "top"}
LINED = {**TOP, "border": 1, "border_color": "#D5DDE2"}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "font_color": "#003A75"},
    "mark": {"bold": True, "font_color": "#744600"},
    "lead": {"bold": True, "font_size": 11},
    "plain": TOP,
    "heading": {**LINED, "bold": True, "font_color": "#FFFFFF", "bg_color": "#003A75", "text_wrap": True},
    "cell": LINED,
    "wrapped": {**LINED, "text_wrap": True},
    "strong": {**LINED, "bold": True},
    "percent": {**LINED, "num_format": '0"%"'},
    "change": {**LINED, "num_format": "+0;-0;0"},
    Status.MET: {**LINED, "font_color": "#00603A", "bg_color": "#E3F2EA"},
    Status.PARTLY_MET: {**LINED, "font_color": "#744600", "bg_color": "#FDF3D9"},
    Status.NOT_MET: {**LINED, "font_color": "#A3131F", "bg_color": "#FBE5E6", "bold": True},
    Status.NOT_APPLICABLE: {**LINED, "font_color": "#4A5D6A"},
    Status.NOT_SUBMITTED: {**LINED, "font_color": "#4A5D6A", "bg_color": "#F1F4F6", "italic": True},
}


class Column(NamedTuple):
    """A column: its heading, how wide in characters, and what it means, for the notes."""

    heading: str
    width: float
    meaning: str
    look: str = "cell"


class Book:
    """The workbook with what every sheet of it shows."""

    def __init__(self, workbook: Workbook, page: Page, made: Made) -> None:
        self.workbook, self.page, self.made = workbook, page, made
        self.looks: dict[str, Format] = {name: workbook.add_format(look) for name, look in LOOKS.items()}

    def sheet(self, name: str, columns: Sequence[Column]) -> "Sheet":
        """A new sheet with the title, the marks and the widths of its columns."""
        made = self.workbook.add_worksheet(name)
        for n, each in enumerate(columns):
            made.set_column(n, n, each.width)
        sheet = Sheet(made, self.looks)
        sheet.line([f"{name}: {title(self.page)}"], "title")
        sheet.line([marks(self.page, self.made)], "mark")
        self._for_paper(made, name)
        return sheet

    def _for_paper(self, sheet: Worksheet, name: str) -> None:
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        mark = "Demonstration" if self.made.demonstration else ""
        sheet.set_footer(f"&L{title(self.page)} · {name}&C{mark}&R&P of &N")


class Sheet:
    """A sheet that is written from top to bottom."""

    def __init__(self, sheet: Worksheet, looks: dict[str, Format]) -> None:
        self.sheet, self.looks, self.row = sheet, looks, 0

    def line(self, values: Sequence[Value], looks: str | Sequence[str] = "cell", *, first: int = 0) -> None:
        """The next row, from column `first` on; one look for all its cells, or one for each."""
        each_look = [looks] * len(values) if isinstance(looks, str) else looks
        for n, (value, look) in enumerate(zip(values, each_look, strict=True), first):
            self._cell(n, value, self.looks[look])
        self.row += 1

    def headings(self, columns: Sequence[Column], *, first: int = 0) -> int:
        """The row of headings. Returns its place."""
        self.line([each.heading for each in columns], "heading", first=first)
        return self.row - 1

    def filtered(self, heading: int, columns: Sequence[Column], *, frozen: int | None = None) -> None:
        """Filters on the headings, down to the last row; with `frozen`, they and that many columns stay in sight."""
        self.sheet.autofilter(heading, 0, max(self.row - 1, heading), len(columns) - 1)
        if frozen is not None:
            self.sheet.freeze_panes(heading + 1, frozen)
            self.sheet.repeat_rows(heading)

    def _cell(self, column: int, value: Value, look: Format) -> None:
        match value:
            case None | "":
                self.sheet.write_blank(self.row, column, None, look)
            case str():
                self.sheet.write_string(self.row, column, value, look)
            case _:
                self.sheet.write_number(self.row, column, float(value) if isinstance(value, Fraction) else value, look)


def title(page: Page) -> str:
    return f"Caldicott2 performance report, all trusts, {page.year} {page.stage.words}"


def marks(page: Page, made: Made) -> str:
    """What must not be overlooked: an invented nation, a stage that is not public. Empty when neither."""
    told = (made.demonstration and DEMONSTRATION, page.stage is not Stage.FINAL and UNFINISHED)
    return " ".join(each for each in told if each)
