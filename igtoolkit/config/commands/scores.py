"""`igtoolkit scores import`: levels and whole assessments, in from files."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from igtoolkit.config.commands.scores_export import export, person_called
from igtoolkit.config.commands.terminal import BadInput, nearest, with_records

if TYPE_CHECKING:
    from igtoolkit.actions.scores.importing import Taken
    from igtoolkit.records.models import Organisation, Person


@click.group()
def scores() -> None:
    """The scores of one organisation, as files."""


scores.add_command(export)


@scores.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--organisation", "code", metavar="CODE", required=True, help="The organisation whose scores they are.")
@click.option("--reason", default="", help="Why a stage that was imported before changes; printed on its report.")
@click.option("--as", "login", metavar="LOGIN", help="In whose name and scope a whole assessment is recorded.")
@click.option("--dry-run", is_flag=True, help="Show what would be imported, and write nothing.")
@with_records
def import_(file: Path, code: str, reason: str, login: str | None, dry_run: bool) -> None:
    """Import the scores in FILE.

    A CSV file with the columns stage, toolkit_version, date, requirement and level is submitted, a
    submission for each stage, marked imported. The JSON file of a whole assessment (`scores export
    --format full`) is recorded where nothing is recorded yet. With anything wrong nothing is
    imported; the same file of levels again imports nothing.
    """
    from igtoolkit.actions.scores.full_files import is_assessment

    organisation, data = _organisation(code), _read(file)
    if is_assessment(data):
        if reason:
            raise BadInput("--reason is for a file of levels: a whole assessment is recorded and not yet submitted.")
        _import_assessment(organisation, data, file, person_called(login), dry_run)
        return
    if login is not None:
        raise BadInput("Levels are imported by the operator alone: leave out --as.")
    _import_levels(organisation, data, file, reason, dry_run)


def _import_levels(organisation: "Organisation", data: bytes, file: Path, reason: str, dry_run: bool) -> None:
    from igtoolkit.actions.said import Invalid
    from igtoolkit.actions.scores.files import WrongFile, read_scores
    from igtoolkit.actions.scores.importing import import_scores

    try:
        read = read_scores(data, file.name)
        taken = import_scores(organisation, read, reason=reason, dry_run=dry_run)
    except WrongFile as wrong:
        _refuse([f"{file}:{each.line}: {each.words}." for each in wrong.faults])
    except Invalid as invalid:
        raise BadInput(". ".join(invalid.errors.values()) + ".") from invalid
    for line in _taken(organisation, read.name, taken, dry_run):
        click.echo(line)


def _import_assessment(
    organisation: "Organisation", data: bytes, file: Path, person: "Person | None", dry_run: bool
) -> None:
    from igtoolkit.access.policy import Refused
    from igtoolkit.actions.said import Invalid
    from igtoolkit.actions.scores.full import import_assessment
    from igtoolkit.actions.scores.full_files import UnreadableAssessment, read_assessment

    try:
        read = read_assessment(data, file.name)
        assessment = import_assessment(organisation, read, by=person, dry_run=dry_run)
    except UnreadableAssessment as wrong:
        _refuse([f"{file}: {each}." for each in wrong.faults])
    except Refused as refused:
        raise BadInput(str(refused)) from refused
    except Invalid as invalid:
        raise BadInput(". ".join(invalid.errors.values()) + ".") from invalid
    click.echo(f"{read.name} for {organisation.code} {assessment.year}{_dry(dry_run)}")
    click.echo(f"Answers: {len(read.answers)}. Senior people: {len(read.senior_people)}.")
    if read.organisation != organisation.code:
        click.echo(f"The file was exported from {read.organisation!a}: look whether {organisation.code} is meant.")
    if read.framework_digest != assessment.framework.digest:
        click.echo(f"The words of {read.framework!a} have changed since the file was exported.")
    if read.marked:
        click.echo(f"Marks of completion or confirmation not imported: {read.marked}. People here must make their own.")


def _taken(organisation: "Organisation", name: str, taken: "tuple[Taken, ...]", dry_run: bool) -> Iterator[str]:
    yield f"{name} for {organisation.code}{_dry(dry_run)}"
    yield from (f"  {_line(each)}" for each in taken)
    new = sum(each.new for each in taken)
    yield f"Imported:         {new:>3}"
    yield f"Already imported: {len(taken) - new:>3}"


def _line(taken: "Taken") -> str:
    """Baseline 2013-14: 33 percent, 17 of 51 points, late"""
    stand, snapshot = taken.stand, taken.submission.snapshot
    score = snapshot["score"]
    missing = score["requirements"] - score["recorded"]
    parts = [
        f"{stand.stage.words} {stand.year}: {score['percent']} percent, {score['points']} of {score['maximum']} points",
        f"{missing} of {score['requirements']} requirements not in the file" if missing else "",
        "late" if taken.submission.late else "",
        f"correction {taken.submission.number}" if taken.submission.number > 1 else "",
        "" if taken.new else "already imported",
    ]
    return ", ".join(filter(None, parts))


def _dry(dry_run: bool) -> str:
    return " (dry run: nothing is written)" if dry_run else ""


def _refuse(lines: list[str]) -> None:
    for line in lines:
        click.echo(line, err=True)
    things = f"{len(lines):,} thing{'s are' if len(lines) > 1 else ' is'} wrong"
    click.echo(f"{things}, so nothing was imported: correct the file and import it again.", err=True)
    sys.exit(1)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}.") from error


def _organisation(code: str) -> "Organisation":
    from igtoolkit.records.models import Organisation

    code = code.strip().upper()
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        codes = list(Organisation.objects.values_list("code", flat=True))
        raise BadInput(f"There is no organisation {code!a}.{nearest(code, codes)}")
    return found
