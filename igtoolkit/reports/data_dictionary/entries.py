"""What the dictionary of our files is made of: fields that mean the same in each form of a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

FIRST = "0.1"  # the version of the toolkit


@dataclass(frozen=True)
class Field:
    """One thing that a file says, under its name in each form that has it.

    json: the keys that lead to it, `recommendations[].share`; in capitals what stands for any key. column: in CSV
    or in a sheet. values: which there are, in words or codes. unit: of a number. empty: what null or an empty cell
    means; "" where it never is. since: the version of the toolkit that first had it.
    """

    json: str
    column: str
    meaning: str
    values: str = ""
    unit: str = ""
    empty: str = ""
    since: str = FIRST


@dataclass(frozen=True)
class File:
    """One file, in one or two forms. row: what one row of its CSV or sheet is about. sheet: of a workbook, or ""."""

    code: str
    title: str
    about: str
    address: str
    row: str
    fields: tuple[Field, ...]
    sheet: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """json, csv, xlsx: those in which anything of it is named."""
        table = "xlsx" if self.sheet else "csv"
        named = {"json": any(each.json for each in self.fields), table: any(each.column for each in self.fields)}
        return tuple(form for form, has in named.items() if has)

    def rows(self) -> Iterator[dict[str, Any]]:
        """A row for each name in each form, in the columns of the dictionary's own files."""
        for form in self.forms:
            for each in self.fields:
                name = each.json if form == "json" else each.column
                if name:
                    facts = (
                        self.code,
                        form,
                        self.sheet or None,
                        name,
                        each.meaning,
                        each.values,
                        each.unit,
                        each.empty,
                    )
                    yield dict(zip(COLUMNS, (*facts, each.since), strict=True))


COLUMNS = ("file", "form", "sheet", "name", "meaning", "values", "unit", "empty", "since")


def codes(words: Any) -> str:
    """The codes of an enumeration: met, partly_met, …"""
    return ", ".join(each.value for each in words)
