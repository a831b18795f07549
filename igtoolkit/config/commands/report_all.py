"""`igtoolkit report board --all`: every board report of a stage, a file each, the same bytes as the downloads."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from igtoolkit.config.commands.terminal import BadInput, Wrong, progress_bar

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from igtoolkit.records.models import Submission
    from igtoolkit.reports.board_files import BoardFile

PROCESSES = 2
TOLD_AT_ONCE = 50  # reports


class Written(NamedTuple):
    """How many files were made new or replaced, and how many stood there with the same bytes."""

    written: int
    same: int


def write_all(rows: "QuerySet[Submission]", folder: Path, login: str | None) -> None:
    """Write the board report of each submission into the folder, and say how many. Raises BadInput, Wrong."""
    from concurrent.futures.process import BrokenProcessPool

    total = rows.count()
    if not total:
        raise BadInput("There is no board report of that stage: nobody has submitted it.")
    _make(folder)
    try:
        found = _written(rows, folder, login, total)
    except BrokenProcessPool:
        raise Wrong(
            "A process that draws the reports ended by itself. Run the same again: what is done stays."
        ) from None
    same = f", {found.same:,} were there already" if found.same else ""
    reports = "board report" if found.written == 1 else "board reports"
    click.echo(f"{found.written:,} {reports} written to {folder}{same}.")


def _written(rows: "QuerySet[Submission]", folder: Path, login: str | None, total: int) -> Written:
    from igtoolkit.reports.board_files import board_files
    from igtoolkit.reports.pdf.drawing import several

    waiting: list[BoardFile] = []
    written = done = 0
    with several(PROCESSES) as draw, progress_bar("Drawing board reports") as progress:
        for done, each in enumerate(board_files(rows, draw), 1):
            waiting.append(each)
            if len(waiting) == TOLD_AT_ONCE or done == total:
                written += _deliver(waiting, folder, login)
                waiting = []
            progress(done, total)
        written += _deliver(waiting, folder, login)
    return Written(written, done - written)


def _deliver(files: "list[BoardFile]", folder: Path, login: str | None) -> int:
    """Tell the audit trail, then write what differs. Returns how many files were written."""
    _tell(files, login)
    return sum(_replace(folder / each.name, each.content) for each in files)


def _tell(files: "list[BoardFile]", login: str | None) -> None:
    from django.db import transaction

    from igtoolkit.actions.audit import Telling, audit_many

    seen_as = login.strip().lower() if login else None
    told = [Telling(each.submission.organisation, "report_made", _facts(each, seen_as)) for each in files]
    with transaction.atomic():
        audit_many(told, by=None)


def _facts(each: "BoardFile", seen_as: str | None) -> dict[str, object]:
    made = each.submission
    facts = {"year": made.year, "stage": made.stage, "number": made.number, "digest": made.digest}
    return {"seen_as": seen_as, "report": "board", "format": "pdf", **facts}


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise BadInput(f"{folder} is a file: with --all, --out names a folder.") from None
    except OSError as error:
        raise BadInput(f"{folder} cannot be made: {error.strerror}.") from error


def _replace(path: Path, content: bytes) -> bool:
    """Write a file in one stroke, unless it holds the same already. Returns whether it was written."""
    try:
        if path.exists() and path.read_bytes() == content:
            return False
        beside = path.with_name(f".{path.name}.part")
        beside.write_bytes(content)
        os.replace(beside, path)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from error
    return True
