"""Opening a file of organisations: text or spreadsheet becomes numbered rows of cells, whatever its shape."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import IO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

SEPARATORS = ",$;\t"
SEPARATOR_NAMES = {",": "commas", "$": "dollar signs", ";": "semicolons", "\t": "tabs"}
ZIP = b"PK\x03\x04"
PIECE = 65_536  # bytes read at once
MEMBERS_MAX = 1_000  # files in a workbook, which has a dozen
UNPACKED_MAX = 200_000_000  # bytes; the public register of 31,970 organisations unpacks to 10 million
ROWS_MAX = 300_000
COLUMNS_MAX = 100
EXACT = 1e15  # a spreadsheet's number keeps 15 figures: beyond that its code is lost


class FileProblem(ValueError):
    """The file as a whole cannot be read; the words say what to do."""


@dataclass(frozen=True)
class Table:
    """(line, cells) of every row that holds any text, and what the cells were divided at, in words."""

    rows: tuple[tuple[int, list[str]], ...]
    divided: str


def read_table(data: bytes, name: str) -> Table:
    """Read CSV in UTF-8 (with commas, `$`, semicolons or tabs) or the first sheet of an XLSX workbook.

    Raises FileProblem when it cannot be read, or holds nothing.
    """
    if data.startswith(ZIP):
        rows, divided = _sheet(data, name), "columns"
    else:
        text = _text(data, name)
        separator = _separator(text)
        rows, divided = _lines(text, separator), SEPARATOR_NAMES[separator]
    filled = tuple((line, cells) for line, cells in rows if any(each.strip() for each in cells))
    if not filled:
        raise FileProblem(f"{name} is empty: it needs a line of column names and a row for each organisation.")
    return Table(filled, divided)


def _text(data: bytes, name: str) -> str:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileProblem(f"{name} is an old kind of spreadsheet (XLS): save it as XLSX or as “CSV UTF-8”.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileProblem(f"Line {line} is not UTF-8 text: save the file as “CSV UTF-8” and load that.") from error


def _separator(text: str) -> str:
    """The separator that divides the first line into most cells; the comma where none does."""
    first = next((each for each in text.splitlines() if each.strip(f" {SEPARATORS}")), "")
    return max(SEPARATORS, key=lambda each: len(next(csv.reader([first], delimiter=each), [])))


def _lines(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """(the line a row begins on, its cells); a quoted cell may run over several lines."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise FileProblem(f"The row on line {begins} is not CSV ({error}): look at its quotation marks.") from error


def _sheet(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a workbook's first sheet, each as wide as the first one that holds text."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            members = packed.infolist()
            if len(members) > MEMBERS_MAX or sum(each.file_size for each in members) > UNPACKED_MAX:
                raise FileProblem(f"{name} unpacks to more than a register can be: save it as “CSV UTF-8”.")
            for each in members:
                with packed.open(each) as part:
                    if _defines(part):
                        raise FileProblem(f"{name} holds definitions, as no workbook does: save it as “CSV UTF-8”.")
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        yield from _squared(book.worksheets[0].iter_rows(values_only=True))
    except FileProblem:
        raise
    except (BadZipFile, KeyError, ValueError, TypeError, IndexError, OSError, SyntaxError) as error:
        raise FileProblem(f"{name} cannot be read as an XLSX workbook: save it as “CSV UTF-8”.") from error


class _Begun(Exception):
    """The first element of a part: nothing can be defined after it."""


def _defines(part: IO[bytes]) -> bool:
    """Whether a part of a workbook has a document type, with which it could name files or blow itself up.

    Looked at here, before any reader whose own guard might be missing where the service runs. A part that is no XML
    defines nothing.
    """
    found = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *told: found.append(told)
    parser.StartElementHandler = _begin
    try:
        while not found and (some := part.read(PIECE)):
            parser.Parse(some)
    except (_Begun, expat.ExpatError):
        pass
    return bool(found)


def _begin(*told: object) -> None:
    raise _Begun


def _squared(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[int, list[str]]]:
    """A sheet leaves out empty cells at the end of a row, or adds some: no sign of a slid row, as it is in a CSV."""
    width = 0
    for line, values in enumerate(rows, start=1):
        if line > ROWS_MAX:
            raise FileProblem(f"The sheet has more than {ROWS_MAX:,} rows: divide it.")
        cells = [_cell(each) for each in values[:COLUMNS_MAX]]
        while cells and not cells[-1]:
            cells.pop()
        width = width or len(cells)
        yield line, cells + [""] * (width - len(cells))


def _cell(value: object) -> str:
    """A cell as text: whole numbers without a point, dates as 2006-04-01 00:00:00, lost figures as 8E+61."""
    match value:
        case None:
            return ""
        case datetime() | date():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < EXACT else f"{value:G}"
    return str(value)
