"""One row of a file of organisations as it stands: its cells under our names for the columns, and words for kinds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from igtoolkit.actions.register.columns import Columns
from igtoolkit.actions.register.faults import folded
from igtoolkit.standard.framework import Framework


@dataclass(frozen=True)
class Kinds:
    """{a file's words for a kind: its code}, and the kinds that nobody is just because it says so itself."""

    words: Mapping[str, str]
    not_by_claim: frozenset[str]

    @classmethod
    def of(cls, framework: Framework) -> "Kinds":
        words = {**framework.kind_words, **{each.code: each.code for each in framework.kinds}}
        return cls(words, frozenset(each.code for each in framework.reported_kinds))

    def kind(self, words: Iterable[str], *, claimed: bool) -> str:
        """The kind that these words agree on; empty where they do not, or where a claim is not enough."""
        found = {self.words[folded(each)] for each in words}
        kind = found.pop() if len(found) == 1 else ""
        return "" if claimed and kind in self.not_by_claim else kind


@dataclass(frozen=True)
class Given:
    """A row as it stands: its cells, and where each column is in them."""

    line: int
    cells: list[str]
    columns: Columns

    @property
    def is_whole(self) -> bool:
        return len(self.cells) == self.columns.width

    def cell(self, column: str) -> str:
        place = self.columns.places.get(column)
        return "" if place is None else self.cells[place].strip()

    @property
    def code(self) -> str:
        """In capitals; letters that only become plain ones that way (ß, ſ) stay as they are, and are refused."""
        return capitals(self.cell("code"))

    @property
    def is_claimed(self) -> bool:
        """Whether its kind is what the body chose to call itself."""
        return "kind" not in self.columns.places

    @property
    def kinds(self) -> tuple[str, ...]:
        """Each kind it is given, in the file's words."""
        cell = self.cell("claimed" if self.is_claimed else "kind")
        return tuple(filter(None, (" ".join(each.split()) for each in cell.split(";"))))

    def codes(self, column: str) -> tuple[str, ...]:
        return tuple(capitals(each) for each in self.cell(column).replace(";", " ").replace(",", " ").split())

    @property
    def sameness(self) -> tuple[str, ...]:
        """What rows of one organisation must agree on to be read as one."""
        return tuple(self.cell(each) for each in ("name", "region", "grouping", "opened", "closed", "merged"))


def capitals(code: str) -> str:
    return code.upper() if code.isascii() else code
