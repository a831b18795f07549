"""Reading a file of organisations: what each row says and, line by line, what is wrong with it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from igtoolkit.actions.register.cells import Given, Kinds
from igtoolkit.actions.register.columns import GROUPINGS, columns_of, shown
from igtoolkit.actions.register.faults import (
    KIND_WORDS_MAX,
    REGION_MAX,
    code_faults,
    date_in,
    kind_faults,
    name_faults,
    slid_faults,
    text_faults,
)
from igtoolkit.actions.register.tables import FileProblem, read_table
from igtoolkit.actions.said import kept_name
from igtoolkit.standard.framework import Framework

__all__ = ["FileProblem", "OrganisationFile", "Row", "WrongRow", "read_organisations"]


@dataclass(frozen=True)
class Row:
    """One organisation as the file gives it, empty where it says nothing.

    kind: a code of the framework, empty for “to be set”. grouping: its region in the words of a national
    grouping, for where no other is known. merged: the day on which its predecessors went into it.
    """

    line: int
    code: str
    name: str
    region: str = ""
    kind: str = ""
    kind_words: str = ""
    grouping: str = ""
    opened: date | None = None
    closed: date | None = None
    successors: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    merged: date | None = None


@dataclass(frozen=True)
class WrongRow:
    """A row that cannot be loaded, and why."""

    line: int
    reason: str


@dataclass(frozen=True)
class OrganisationFile:
    """What a file says: its good rows, one an organisation, and its wrong ones, both in line order.

    `sha256` is of its bytes.
    """

    name: str
    sha256: str
    rows: tuple[Row, ...]
    wrong: tuple[WrongRow, ...]


def read_organisations(data: bytes, name: str, framework: Framework) -> OrganisationFile:
    """Read a register: by column name, in any order, or by the published layout where it has no line of names.

    framework: that of the year, whose data says which kind each word for a kind stands for. Rows
    without any text are skipped. Raises FileProblem when the file as a whole cannot be read.
    """
    table = read_table(data, name)
    columns = columns_of(table, name)
    kinds = Kinds.of(framework)
    given = [Given(line, cells, columns) for line, cells in table.rows[columns.has_header :]]
    same = _by_code(given)
    codes = frozenset(same)
    reasons = {each.line: [*_faults(each, kinds, codes), *_twice(each, same)] for each in given}
    good = [each for each in given if not reasons[each.line] and not _said_before(each, same, reasons)]
    return OrganisationFile(
        name=kept_name(name),
        sha256=sha256(data).hexdigest(),
        rows=tuple(_row([each for each in same[first.code] if not reasons[each.line]], kinds) for first in good),
        wrong=tuple(WrongRow(line, reason) for line, found in reasons.items() for reason in found),
    )


def _faults(given: Given, kinds: Kinds, codes: frozenset[str]) -> Iterator[str]:
    if not given.is_whole:
        there, width = len(given.cells), given.columns.width
        beside = f"where the {'column names' if given.columns.has_header else 'first row'} are {width}"
        yield f"{there} cells {beside}: a separator too many or too few"
        return
    name = given.cell("name")
    yield from code_faults(given.code)
    yield from name_faults(name)
    yield from slid_faults(given.code, name) if name != given.code and name not in codes else _anothers(given, name)
    yield from text_faults("region", given.cell("region"), REGION_MAX)
    if given.kinds or not given.is_claimed:
        for each in given.kinds or ("",):
            yield from kind_faults(each, kinds.words, (name, given.cell("region")))
    yield from _date_faults(given)
    for column in ("successors", "predecessors"):
        yield from (f"{column}: {fault}" for code in given.codes(column) for fault in code_faults(code))
        if given.code in given.codes(column):
            yield f"{column}: {given.code} cannot be its own"


def _anothers(given: Given, name: str) -> Iterator[str]:
    if name != given.code:
        yield f"name {shown(name)} is the code of another row: its cells look slid by one"


def _date_faults(given: Given) -> Iterator[str]:
    found: dict[str, date | None] = {}
    for column, words in (("opened", "open date"), ("closed", "close date"), ("merged", "merger date")):
        try:
            found[column] = date_in(given.cell(column))
        except ValueError as error:
            yield f"{words} {error}"
    opened, closed = found.get("opened"), found.get("closed")
    if opened and closed and closed < opened:
        yield f"closed on {closed}, before it opened on {opened}"


def _by_code(given: Iterable[Given]) -> dict[str, list[Given]]:
    found: defaultdict[str, list[Given]] = defaultdict(list)
    for each in given:
        if each.is_whole and each.code:
            found[each.code].append(each)
    return found


def _twice(given: Given, same: Mapping[str, list[Given]]) -> Iterator[str]:
    """Rows of one code are one organisation's, of several kinds or successors; but not under several names."""
    rows = same[given.code] if given.is_whole and given.code else []
    others = [str(each.line) for each in rows if each.line != given.line]
    if len({each.sameness for each in rows}) > 1:
        yield f"code {shown(given.code)} is given more than once, and not alike: also on line {', '.join(others)}"
    if len("; ".join(_words(rows))) > KIND_WORDS_MAX:
        yield f"its words for a kind have more than {KIND_WORDS_MAX} characters together"


def _said_before(given: Given, same: Mapping[str, list[Given]], reasons: Mapping[int, list[str]]) -> bool:
    return any(each.line < given.line and not reasons[each.line] for each in same[given.code])


def _words(rows: Iterable[Given]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for given in rows for each in given.kinds))


def _row(rows: list[Given], kinds: Kinds) -> Row:
    """What the rows of one organisation say together. Kinds that do not agree are to be set, and both words kept."""
    first, words = rows[0], _words(rows)
    grouping = first.cell("grouping")
    return Row(
        line=first.line,
        code=first.code,
        name=first.cell("name"),
        region=first.cell("region"),
        kind=kinds.kind(words, claimed=first.is_claimed),
        kind_words="; ".join(words),
        grouping=GROUPINGS.get(grouping, ""),
        opened=date_in(first.cell("opened")),
        closed=date_in(first.cell("closed")),
        successors=tuple(dict.fromkeys(code for each in rows for code in each.codes("successors"))),
        predecessors=tuple(dict.fromkeys(code for each in rows for code in each.codes("predecessors"))),
        merged=date_in(first.cell("merged")),
    )
