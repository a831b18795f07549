"""The national report as a workbook: summary, table, conditions, and notes on what each column means."""

from io import BytesIO

from xlsxwriter import Workbook

from igtoolkit.reports.national import Report
from igtoolkit.reports.national_made import Made
from igtoolkit.reports.national_page import Page
from igtoolkit.reports.national_snapshots import read_snapshots
from igtoolkit.reports.national_xlsx import conditions, notes, summary, table
from igtoolkit.reports.national_xlsx.sheet import Book, title


def national_xlsx(report: Report, page: Page, made: Made) -> bytes:
    """The workbook, for people who sort and filter; the same records give the same bytes."""
    out = BytesIO()
    workbook = Workbook(out, _plain())
    read = read_snapshots(report)
    book = Book(workbook, page, made)
    summary.write(book, read)
    table.write(book, report, read)
    conditions.write(book, report, read)
    notes.write(book, report, read)
    workbook.set_properties(
        {"title": title(page), "author": "IG Toolkit", "created": made.instant.replace(tzinfo=None, microsecond=0)}
    )
    workbook.close()
    return out.getvalue()


def _plain() -> dict[str, object]:
    """Words stay words: no cell of ours is worked out, followed as a link, or taken for a number.

    A new one for each workbook: the writer changes what it is given.
    """
    never = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    return {"in_memory": True, "default_format_properties": {"font_name": "Arial", "font_size": 10}, **never}
