"""Reading a file of organisations: what each row says and, line by line, what is wrong with it."""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from io import StringIO

from igtoolkit.standard.framework import Framework

COLUMNS = {
    "code": ("code",),
    "name": ("name",),
    "region": ("commissioning_region", "region"),
    "kind": ("organisation_type", "kind"),
}
NAME_MAX = 200
REGION_MAX = 100
CODE = re.compile(r"[A-Z0-9]{2,10}")
EXPONENT = re.compile(r"[0-9]+(\.[0-9]+)?E[+-][0-9]+")  # 8E461 is a true code; a spreadsheet writes the sign
MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
# A month alone is no sign of damage: APR6 is a code of the register. A separator is.
DATE = re.compile(rf"\d{{1,4}}[-/ ](\d{{1,2}}|({MONTHS})[A-Z]*)([-/ ]\d.*)?|({MONTHS})[A-Z]*[-/ ]\d+")
FORMULA_STARTS = tuple("=+-@＝＋－＠")
UNSEEN = {"Cc", "Cs", "Co", "Zl", "Zp"}  # control characters, half pairs, private use, line separators
BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class FileProblem(ValueError):
    """The file as a whole cannot be read; the words say what to do."""


@dataclass(frozen=True)
class Row:
    """One organisation as the file gives it. `kind` is a code of the framework, empty for “to be set”."""

    line: int
    code: str
    name: str
    region: str
    kind: str
    kind_words: str


@dataclass(frozen=True)
class WrongRow:
    """A row that cannot be loaded, and why."""

    line: int
    reason: str


@dataclass(frozen=True)
class OrganisationFile:
    """What a file says: its good rows and its wrong ones, both in line order. `sha256` is of its bytes."""

    name: str
    sha256: str
    rows: tuple[Row, ...]
    wrong: tuple[WrongRow, ...]


def read_organisations(data: bytes, name: str, framework: Framework) -> OrganisationFile:
    """Read a CSV file with the columns code, name, region and kind, in any order and whatever their case.

    framework: that of the year, whose data says which kind each word for a kind stands for. Rows
    without any text are skipped. Raises FileProblem when the file as a whole cannot be read.
    """
    lines = ((line, cells) for line, cells in _lines(_text(data)) if any(each.strip() for each in cells))
    _, header = next(lines, (0, []))
    if not header:
        raise FileProblem(f"{name} is empty: it needs a line of column names and a row for each organisation.")
    given = [_Given(line, cells, _places(header), len(header)) for line, cells in lines]
    if not given:
        raise FileProblem(f"{name} has column names but no row: add a row for each organisation.")
    words = {**framework.kind_words, **{each.code: each.code for each in framework.kinds}}
    lines_of = _by_code(given)
    reasons = {each.line: [*_row_faults(each, words), *_twice(each, lines_of)] for each in given}
    return OrganisationFile(
        name=name,
        sha256=sha256(data).hexdigest(),
        rows=tuple(_row(each, words) for each in given if not reasons[each.line]),
        wrong=tuple(WrongRow(line, reason) for line, found in reasons.items() for reason in found),
    )


@dataclass(frozen=True)
class _Given:
    """A row as it stands: its cells, the place of each column in them, and how many there should be."""

    line: int
    cells: list[str]
    places: Mapping[str, int]
    width: int

    @property
    def is_whole(self) -> bool:
        return len(self.cells) == self.width

    def cell(self, column: str) -> str:
        return self.cells[self.places[column]].strip()

    @property
    def code(self) -> str:
        """In capitals; letters that only become plain ones that way (ß, ſ) stay as they are, and are refused."""
        given = self.cell("code")
        return given.upper() if given.isascii() else given


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileProblem(f"Line {line} is not UTF-8 text: save the file as “CSV UTF-8” and load that.") from error


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """(the line a row begins on, its cells); a quoted cell may run over several lines."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise FileProblem(f"The row on line {begins} is not CSV ({error}): look at its quotation marks.") from error


def _places(header: list[str]) -> dict[str, int]:
    """{our column: its place}. Raises FileProblem for one that is missing or given twice."""
    names = [re.sub(r"[\s_-]+", "_", each.strip().casefold()) for each in header]
    found = {ours: [i for i, name in enumerate(names) if name in theirs] for ours, theirs in COLUMNS.items()}
    missing = [" or ".join(COLUMNS[ours]) for ours, places in found.items() if not places]
    if missing:
        there = ", ".join(shown(each.strip()) for each in header[:12])
        raise FileProblem(f"The file has no column {'; '.join(missing)}. Its columns, divided at commas, are: {there}.")
    twice = [ours for ours, places in found.items() if len(places) > 1]
    if twice:
        raise FileProblem(f"The file has the column {twice[0]} more than once: keep one of them.")
    return {ours: places[0] for ours, places in found.items()}


def _row(given: _Given, words: Mapping[str, str]) -> Row:
    kind = " ".join(given.cell("kind").split())
    return Row(given.line, given.code, given.cell("name"), given.cell("region"), words[kind.casefold()], kind)


def _row_faults(given: _Given, words: Mapping[str, str]) -> Iterator[str]:
    if not given.is_whole:
        yield f"{len(given.cells)} cells where the column names are {given.width}: a comma too many or too few"
        return
    yield from _code_faults(given.code)
    yield from _text_faults("name", given.cell("name"), NAME_MAX)
    if not given.cell("name"):
        yield "no name"
    yield from _text_faults("region", given.cell("region"), REGION_MAX)
    yield from _kind_faults(given.cell("kind"), words)


def _code_faults(code: str) -> Iterator[str]:
    if not code:
        yield "no code"
    elif EXPONENT.fullmatch(code):
        yield f"code {shown(code)} is a number with an exponent, as spreadsheets make of codes: look up the true one"
    elif DATE.fullmatch(code):
        yield f"code {shown(code)} is a date, as spreadsheets make of codes: look up the true one"
    elif not CODE.fullmatch(code):
        yield f"code {shown(code)} is not an ODS code: 2 to 10 letters and figures, A to Z and 0 to 9"


def _text_faults(column: str, text: str, limit: int) -> Iterator[str]:
    if len(text) > limit:
        yield f"{column} has {len(text):,} characters, and may have {limit}"
    if text.startswith(FORMULA_STARTS):
        yield f"{column} begins with {text[0]}, which a spreadsheet would take for a formula"
    hidden = next((each for each in text if unicodedata.category(each) in UNSEEN or each in BIDI), None)
    if hidden is not None:
        yield f"{column} holds the unseen character U+{ord(hidden):04X}, which can make it read as something else"


def _kind_faults(kind: str, words: Mapping[str, str]) -> Iterator[str]:
    if not kind:
        yield "no kind"
    elif _folded(kind) not in words:
        near = get_close_matches(_folded(kind), words, n=3) or sorted(words)
        yield f"kind {shown(kind)} is not known. Nearest: {', '.join(near)}"


def _by_code(given: Iterable[_Given]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for each in given:
        if each.is_whole and each.code:
            found[each.code].append(each.line)
    return found


def _twice(given: _Given, lines: Mapping[str, list[int]]) -> Iterator[str]:
    others = [str(line) for line in lines[given.code] if line != given.line] if given.is_whole and given.code else []
    if others:
        yield f"code {shown(given.code)} is given more than once: also on line {', '.join(others)}"


def _folded(kind: str) -> str:
    return " ".join(kind.split()).casefold()


def shown(text: str) -> str:
    """A text from a file as it can be shown on a terminal: quoted, unseen characters written out, not endless."""
    return ascii(text[:60]) if any(not each.isprintable() for each in text) else f"“{text[:60]}”"
