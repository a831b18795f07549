"""`igtoolkit organisations`: who is registered in a year."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from igtoolkit.config.commands.terminal import BadInput, check_year, progress_bar, with_records

if TYPE_CHECKING:
    from igtoolkit.actions.organisation_files import OrganisationFile
    from igtoolkit.actions.organisations import Change, Loaded


NOT_SET = "to be set"


@click.group()
def organisations() -> None:
    """Organisations of the health and care service."""


@organisations.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--year", required=True, help="The year they are registered for: 2015-16.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--accept-good-rows", is_flag=True, help="Load the good rows although others are wrong.")
@with_records
def load(file: Path, year: str, dry_run: bool, accept_good_rows: bool) -> None:
    """Register the organisations of the CSV file FILE for a year.

    FILE has the columns code, name, region (or commissioning_region) and kind (or organisation_type),
    in any order. With a wrong row nothing is loaded, unless --accept-good-rows. Loading a file twice
    changes nothing the second time.
    """
    from igtoolkit.actions.organisations import load_organisations
    from igtoolkit.actions.said import Invalid

    given = _read(file, check_year(year))
    try:
        with progress_bar("Loading") as progress:
            loaded = load_organisations(
                given, year, accept_good_rows=accept_good_rows, dry_run=dry_run, progress=progress
            )
    except Invalid as invalid:
        raise BadInput(". ".join(invalid.errors.values()) + ".") from invalid
    for wrong in loaded.wrong:
        click.echo(f"{file}:{wrong.line}: {wrong.reason}.", err=True)
    for line in _summary(given, loaded, year, dry_run):
        click.echo(line)
    if loaded.wrong:
        _refuse(loaded, dry_run, accept_good_rows)


def _read(file: Path, year: str) -> "OrganisationFile":
    from igtoolkit.actions.organisation_files import FileProblem, read_organisations
    from igtoolkit.records.frameworks import framework_for

    try:
        return read_organisations(file.read_bytes(), file.name, framework_for(year))
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}.") from error
    except FileProblem as problem:
        raise BadInput(f"{file}: {problem}") from problem


def _summary(given: "OrganisationFile", loaded: "Loaded", year: str, dry_run: bool) -> Iterator[str]:
    refused = len({each.line for each in loaded.wrong})
    yield f"{given.name} for {year}{' (dry run: nothing is written)' if dry_run else ''}"
    yield from (f"  {_changed(each)}" for each in loaded.changed)
    yield f"New:       {len(loaded.new):>6,}"
    yield f"Changed:   {len(loaded.changed):>6,}"
    yield f"Unchanged: {loaded.unchanged:>6,}"
    yield f"Refused:   {refused:>6,}"
    counts = [f"{kind or f'kind {NOT_SET}'} {n:,}" for kind, n in sorted(loaded.kinds.items(), key=_kind_order)]
    yield f"Kinds: {', '.join(counts) or 'none'}"


def _kind_order(item: tuple[str, int]) -> tuple[bool, int, str]:
    """Most organisations first; those whose kind is to be set last."""
    kind, n = item
    return not kind, -n, kind


def _changed(change: "Change") -> str:
    """What changes, in words. A kind's words in the file are worth a mention only where the kind itself stays."""
    names = [name for name in change.differing if name != "kind_words" or "kind" not in change.differing]
    return f"{change.code}: " + "; ".join(
        f"{name.replace('_', ' ')} from {_quoted(name, change.before)} to {_quoted(name, change.after)}"
        for name in names
    )


def _quoted(name: str, facts: dict[str, str]) -> str:
    return NOT_SET if name == "kind" and not facts[name] else f"“{facts[name]}”"


def _refuse(loaded: "Loaded", dry_run: bool, accept_good_rows: bool) -> None:
    number = len({each.line for each in loaded.wrong})
    rows = f"{number:,} row{'s are' if number > 1 else ' is'} wrong"
    if accept_good_rows:
        words = f"{rows}: correct and load the file again to add {'them' if number > 1 else 'it'}."
    elif dry_run:
        words = f"{rows}: correct the file, or load the other rows with --accept-good-rows."
    else:
        words = f"{rows}, so nothing was loaded: correct the file, or load the other rows with --accept-good-rows."
    click.echo(words, err=True)
    sys.exit(1)
