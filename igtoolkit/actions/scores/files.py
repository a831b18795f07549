"""Reading a file of levels: what each row says and, line by line, what is wrong with it."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import StringIO

from igtoolkit.actions.said import kept_name, shown
from igtoolkit.standard.framework import MAX_LEVEL
from igtoolkit.standard.score_files import LEVEL_COLUMNS as COLUMNS
from igtoolkit.standard.words import Stage

STAGES = {each.words.casefold(): each for each in Stage} | {each.value: each for each in Stage}
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
VERSION = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True)
class Fault:
    """What is wrong on one line of a file, and what to do about it."""

    line: int
    words: str


class WrongFile(ValueError):
    """The file cannot be imported. `faults` says why, in line order; nothing was written."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults, key=lambda each: each.line)
        super().__init__("; ".join(f"line {each.line}: {each.words}" for each in self.faults))


@dataclass(frozen=True)
class Row:
    """The level of one requirement at one stage. `day` is the day of submission in London."""

    line: int
    stage: Stage
    version: int
    day: date
    requirement: str
    level: int


@dataclass(frozen=True)
class ScoresFile:
    """What a file says, and the SHA-256 of its bytes."""

    name: str
    sha256: str
    rows: tuple[Row, ...]


def read_scores(data: bytes, name: str) -> ScoresFile:
    """Read a CSV file with the columns stage, toolkit_version, date, requirement and level, in any order.

    Stages go by their words or codes, capitals or not; rows without any text are skipped. Raises WrongFile.
    """
    lines = [(line, cells) for line, cells in _lines(_text(data)) if any(each.strip() for each in cells)]
    if not lines:
        raise _whole(f"the file is empty: it needs the column names {', '.join(COLUMNS)} and a row for each level")
    (at, header), *rest = lines
    places = _places(at, header)
    if not rest:
        raise _whole("the file has column names but no row: add a row for each requirement")
    rows, faults = [], []
    for line, cells in rest:
        wrong = _faults(line, cells, places)
        faults += wrong
        rows += [] if wrong else [_row(line, cells, places)]
    if faults:
        raise WrongFile(faults)
    return ScoresFile(kept_name(name), sha256(data).hexdigest(), tuple(rows))


def _whole(words: str, line: int = 1) -> WrongFile:
    return WrongFile([Fault(line, words)])


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _whole("this is not UTF-8 text: save the file as “CSV UTF-8” and import that", line) from error


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """(the line a row begins on, its cells)"""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _whole(f"this row is not CSV ({error}): look at its quotation marks", begins) from error


def _places(line: int, header: list[str]) -> dict[str, int]:
    """{column: its place}. Raises WrongFile for one that is missing, not known or given twice."""
    names = [each.strip().casefold() for each in header]
    missing = [each for each in COLUMNS if each not in names]
    unknown = [shown(each) for each in names if each not in COLUMNS]
    twice = [each for each in COLUMNS if names.count(each) > 1]
    found = [f"there is no column {each}" for each in missing]
    found += [f"the column “{each}” is not known: remove or rename it" for each in unknown]
    found += [f"the column {each} is given twice: keep one of them" for each in twice]
    if found:
        raise WrongFile([Fault(line, f"{words}; the columns are {', '.join(COLUMNS)}") for words in found])
    return {each: names.index(each) for each in COLUMNS}


def _faults(line: int, cells: list[str], places: dict[str, int]) -> list[Fault]:
    if len(cells) != len(places):
        words = f"{len(cells)} cells where there are {len(places)} columns: a comma too many or too few"
        return [Fault(line, words)]
    return [Fault(line, words) for words in _cell_faults(*_cells(cells, places))]


def _cells(cells: list[str], places: dict[str, int]) -> list[str]:
    return [cells[places[each]].strip() for each in COLUMNS]


def _cell_faults(stage: str, version: str, day: str, requirement: str, level: str) -> Iterator[str]:
    if stage.casefold() not in STAGES:
        yield f"stage “{shown(stage)}” is not known: write {', '.join(each.words for each in Stage)}"
    if not VERSION.fullmatch(version):
        yield f"toolkit_version “{shown(version)}” is not a version: write the number alone, such as 13"
    if _day(day) is None:
        yield f"date “{shown(day)}” is not a date: write year, month and day, such as 2015-07-31"
    if not requirement:
        yield "requirement is empty: write a code such as 13-101"
    if level not in [str(each) for each in range(MAX_LEVEL + 1)]:
        yield f"level “{shown(level)}” is not a level: write 0, 1, 2 or 3"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if ISO_DAY.fullmatch(text) else None
    except ValueError:
        return None


def _row(line: int, cells: list[str], places: dict[str, int]) -> Row:
    stage, version, day, requirement, level = _cells(cells, places)
    return Row(line, STAGES[stage.casefold()], int(version), date.fromisoformat(day), requirement, int(level))
