"""Where in a file of organisations each fact stands: by the name of its column, or by the published layout."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from igtoolkit.actions.register.tables import FileProblem, Table

# What each column is called in public files, letters and figures alone. Of several in a file the first here counts.
NAMES: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "odscode", "organisationcode", "orgcode", "trustcode"),
    "name": ("name", "organisationname", "orgname", "trustname"),
    "region": ("commissioningregion", "region", "regionname", "nhser20nm"),
    "grouping": ("nationalgrouping", "nationalgroupingcode"),
    "kind": ("kind", "organisationtype", "type", "sector"),
    "claimed": ("primarysector",),  # what a body chose to call itself
    "opened": ("opendate", "opened", "start", "startdate"),
    "closed": ("closedate", "closed", "close", "enddate"),
    "successors": ("successorcode", "successorcodes", "successor", "successors"),
    "predecessors": ("predecessorcode", "predecessorcodes", "predecessor", "predecessors"),
    "merged": ("mergerdate", "mergedon"),
    "source": ("source",),
}
NEEDED = ("code", "name")
SAID = {"code": "code (or ODSCode)", "name": "name (or OrganisationName)", "kind": "kind (or organisation_type)"}
# The Organisation Data Service's layout: 27 fields without a line of names, 24 or 15 in its shorter forms.
LAYOUT: Mapping[str, int] = {"code": 0, "name": 1, "grouping": 2, "opened": 10, "closed": 11}
LAYOUT_WIDTHS = (15, 24, 27)
# National groupings of the layout in words; the first four were in use until 2018.
GROUPINGS: Mapping[str, str] = {
    "Y54": "North of England",
    "Y55": "Midlands and East of England",
    "Y56": "London",
    "Y57": "South of England",
    "Y58": "South West",
    "Y59": "South East",
    "Y60": "Midlands",
    "Y61": "East of England",
    "Y62": "North West",
    "Y63": "North East and Yorkshire",
}


@dataclass(frozen=True)
class Columns:
    """{our column: its place}, how many cells a row has, and whether the first row only names them."""

    places: Mapping[str, int]
    width: int
    has_header: bool


def columns_of(table: Table, name: str) -> Columns:
    """Find the columns of a register. Raises FileProblem when it has no code or no name, or one of them twice."""
    first = table.rows[0][1]
    if _is_layout(table):
        return Columns(LAYOUT, len(first), has_header=False)
    widths = ", ".join(map(str, LAYOUT_WIDTHS))
    otherwise = f" Without a line of names it must have the published layout of {widths} fields; it has {len(first)}."
    return named_columns(table, name, NEEDED, otherwise)


def named_columns(table: Table, name: str, needed: Sequence[str], otherwise: str = "") -> Columns:
    """Find columns by their names alone. Raises FileProblem when a needed one is missing, or one is there twice."""
    header = table.rows[0][1]
    plain = [_plain(each) for each in header]
    found = {ours: next((each for each in theirs if each in plain), "") for ours, theirs in NAMES.items()}
    missing = [SAID[each] for each in needed if not found[each]]
    if missing:
        there = ", ".join(shown(each.strip()) for each in header[:12])
        lacks = " and no column ".join(missing)
        said = f"The file has no column {lacks}. Its columns, divided at {table.divided}, are: {there}."
        raise FileProblem(said + otherwise)
    twice = [ours for ours, name in found.items() if name and plain.count(name) > 1]
    if twice:
        raise FileProblem(f"The file has the column {twice[0]} more than once: keep one of them.")
    if len(table.rows) == 1:
        raise FileProblem(f"{name} has column names but no row: add a row for each organisation.")
    return Columns({ours: plain.index(name) for ours, name in found.items() if name}, len(header), has_header=True)


def _is_layout(table: Table) -> bool:
    first = table.rows[0][1]
    named = {_plain(each) for each in first} & {each for needed in NEEDED for each in NAMES[needed]}
    return len(first) in LAYOUT_WIDTHS and not named


def _plain(header: str) -> str:
    """Successor.Code, successor_code and SUCCESSOR CODE are one name."""
    return re.sub(r"[\W_]+", "", header.casefold())


def shown(text: str) -> str:
    """A text from a file as it can be shown on a terminal: quoted, unseen characters written out, not endless."""
    return ascii(text[:60]) if any(not each.isprintable() for each in text) else f"“{text[:60]}”"
