"""Reading a spreadsheet of kinds: what it would change, and line by line what is wrong with it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from igtoolkit.access.scope import assessed
from igtoolkit.actions.register.columns import Columns, named_columns, shown
from igtoolkit.actions.register.faults import code_faults, folded, kind_faults, text_faults
from igtoolkit.actions.register.files import WrongRow
from igtoolkit.actions.register.kinds import SOURCE_MAX
from igtoolkit.actions.register.tables import FileProblem, read_table
from igtoolkit.actions.said import kept_name
from igtoolkit.records.frameworks import framework_for
from igtoolkit.records.models import Registration

NEEDED = ("code", "kind")
ROWS_MAX = 20_000


@dataclass(frozen=True)
class Proposed:
    """One kind that a spreadsheet would set."""

    registration: Registration
    kind: str
    source: str


@dataclass(frozen=True)
class KindFile:
    """What a spreadsheet would change, how many rows say what is so already, and the wrong rows in line order."""

    name: str
    changes: tuple[Proposed, ...]
    unchanged: int
    wrong: tuple[WrongRow, ...]


def read_kinds(data: bytes, name: str, year: str, *, source: str = "") -> KindFile:
    """Read CSV or XLSX with the columns code, kind and perhaps source, and hold it against the year's register.

    A kind is given by its code, its name or the words of public files; “to be set” takes one away. source:
    for rows that give none; the file's name where that is empty too. Raises FileProblem.
    """
    name = kept_name(name)
    table = read_table(data, name)
    columns = named_columns(table, name, NEEDED)
    rows = table.rows[1:]
    if len(rows) > ROWS_MAX:
        raise FileProblem(f"{name} has {len(rows):,} rows, and may have {ROWS_MAX:,}: divide it.")
    reading = _Reading(year, columns, (source or name)[:SOURCE_MAX])
    given = Counter(reading.code(cells) for _, cells in rows if len(cells) == columns.width)
    changes, unchanged, wrong = [], 0, []
    for line, cells in rows:
        faults = [*reading.faults(cells, given)]
        wrong += [WrongRow(line, each) for each in faults]
        if not faults:
            proposed = reading.proposed(cells)
            changes += [proposed] if proposed.kind != proposed.registration.kind else []
            unchanged += proposed.kind == proposed.registration.kind
    return KindFile(name, tuple(changes), unchanged, tuple(wrong))


class _Reading:
    """One file's columns, the year's registrations by code, and the words for kinds."""

    def __init__(self, year: str, columns: Columns, source: str) -> None:
        self.year, self.columns, self.source = year, columns, source
        self.words = kind_words(year)
        rows = Registration.objects.filter(year=year).select_related("organisation").order_by("pk")
        # Of two that had a code in the year, the one that has it now comes last and counts.
        by_age = sorted(rows, key=lambda each: each.organisation.code == each.code)
        self.registered = {each.code: each for each in by_age}
        self.started = assessed(year)

    def cell(self, cells: list[str], column: str) -> str:
        place = self.columns.places.get(column)
        return "" if place is None else cells[place].strip()

    def code(self, cells: list[str]) -> str:
        given = self.cell(cells, "code")
        return given.upper() if given.isascii() else given

    def proposed(self, cells: list[str]) -> Proposed:
        kind = self.words[folded(self.cell(cells, "kind"))]
        return Proposed(self.registered[self.code(cells)], kind, self.cell(cells, "source") or self.source)

    def faults(self, cells: list[str], given: Mapping[str, int]) -> Iterator[str]:
        if len(cells) != self.columns.width:
            yield f"{len(cells)} cells where the column names are {self.columns.width}"
            return
        code = self.code(cells)
        yield from code_faults(code)
        others = tuple(each for each in cells if each.strip() != self.cell(cells, "kind"))
        yield from kind_faults(" ".join(self.cell(cells, "kind").split()), self.words, others)
        yield from text_faults("source", self.cell(cells, "source"), SOURCE_MAX)
        if given[code] > 1:
            yield f"code {shown(code)} is given more than once"
        if code and code not in self.registered and not next(code_faults(code), None):
            yield f"{shown(code)} is not registered for {self.year}"
        yield from self._kept(code, folded(self.cell(cells, "kind")))

    def _kept(self, code: str, words: str) -> Iterator[str]:
        registration = self.registered.get(code)
        if registration is None or words not in self.words or registration.organisation_id not in self.started:
            return
        if self.words[words] != registration.kind:
            yield f"{code} has started its assessment of {self.year}, so its kind stays"


def kind_words(year: str) -> dict[str, str]:
    """{folded words: kind}: the words of public files, each kind's code and name, and “to be set”."""
    framework = framework_for(year)
    named = {folded(each.name): each.code for each in framework.kinds}
    coded = {each.code: each.code for each in framework.kinds}
    return {**framework.kind_words, **named, **coded, "to be set": "", "kind to be set": ""}
