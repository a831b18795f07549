"""The data dictionary: what every column and key of our files means. Pages, files and notes take it from here.

What may be relied on is said in docs/forms.md; a test holds this against the real files.
"""

from igtoolkit.reports.data_dictionary.board import BOARD, LIST
from igtoolkit.reports.data_dictionary.entries import COLUMNS, File
from igtoolkit.reports.data_dictionary.national import NATIONAL, WORKBOOK
from igtoolkit.reports.data_dictionary.organisations import ASSESSMENT, PUBLISHED, SCORES
from igtoolkit.reports.forms import csv_bytes, json_bytes

FILES: tuple[File, ...] = (BOARD, NATIONAL, *WORKBOOK, LIST, PUBLISHED, SCORES, ASSESSMENT)


def dictionary_csv() -> bytes:
    """A row for each name in each form of each file."""
    rows = ([row[name] for name in COLUMNS] for file in FILES for row in file.rows())
    return csv_bytes([COLUMNS, *rows])


def dictionary_json() -> bytes:
    """The same, file by file."""
    files = [
        {"file": each.code, "title": each.title, "about": each.about, "address": each.address, "fields": _fields(each)}
        for each in FILES
    ]
    return json_bytes({"dictionary": "igtoolkit-data-1", "files": files})


def _fields(file: File) -> list[dict[str, object]]:
    return [{name: value or None for name, value in row.items() if name != "file"} for row in file.rows()]
