"""`igtoolkit organisations`: who is registered in a year."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from igtoolkit.config.commands import organisation_lives
from igtoolkit.config.commands.terminal import BadInput, check_year, plainly, progress_bar, with_records

if TYPE_CHECKING:
    from igtoolkit.actions.register.changes import Change
    from igtoolkit.actions.register.files import OrganisationFile
    from igtoolkit.actions.register.loading import Loaded


NOT_SET = "to be set"
MOST_SHOWN = 200


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
    """Register the organisations of FILE for a year.

    FILE is CSV in UTF-8 (divided at commas, $, semicolons or tabs) or XLSX. It has columns by name, in any
    order: code and name, and where it has them region, kind, open and close date, successors, predecessors;
    or it has no line of names and the published layout of 15, 24 or 27 fields. Without a kind the
    organisations are loaded as "kind to be set". With a wrong row nothing is loaded, unless
    --accept-good-rows. Loading a file twice changes nothing the second time.
    """
    from igtoolkit.actions.register.loading import load_organisations

    given = _read(file, check_year(year))
    with plainly(), progress_bar("Loading") as progress:
        loaded = load_organisations(given, year, accept_good_rows=accept_good_rows, dry_run=dry_run, progress=progress)
    for wrong in loaded.wrong:
        click.echo(f"{file}:{wrong.line}: {wrong.reason}.", err=True)
    for line in _summary(given, loaded, year, dry_run):
        click.echo(line)
    if loaded.wrong:
        _refuse(loaded, dry_run, accept_good_rows)


def _read(file: Path, year: str) -> "OrganisationFile":
    from igtoolkit.actions.register.files import FileProblem, read_organisations
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
    yield from (f"  {_changed(each)}" for each in loaded.changed[:MOST_SHOWN])
    if len(loaded.changed) > MOST_SHOWN:
        yield f"  and {len(loaded.changed) - MOST_SHOWN:,} more"
    yield f"New:       {len(loaded.new):>6,}"
    yield f"Changed:   {len(loaded.changed):>6,}"
    yield f"Unchanged: {loaded.unchanged:>6,}"
    yield f"Refused:   {refused:>6,}"
    if loaded.not_of_year:
        yield f"Not registered for {year}, closed before it or opened after it: {loaded.not_of_year:,}"
    if loaded.successions:
        yield f"Successions: {loaded.successions:,}"
    for each in loaded.unknown:
        yield f"  {each.predecessor} to {each.successor}: left out, for not both are known. Load a file that has them."
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
    text = facts.get(name, "")
    if name == "kind" and not text:
        return NOT_SET
    return f"“{text}”" if text or name == "name" else "nothing"


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


for each in (organisation_lives.change_code, organisation_lives.rename, organisation_lives.close):
    organisations.add_command(each)
