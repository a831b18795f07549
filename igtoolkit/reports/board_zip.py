"""Every board report of a stage in one ZIP file, with a list of what is in it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from igtoolkit.records.snapshots import instant
from igtoolkit.reports.board_files import BoardFile, board_files, latest_boards
from igtoolkit.reports.forms import csv_bytes
from igtoolkit.reports.pdf.drawing import here
from igtoolkit.standard.calendar import LONDON
from igtoolkit.standard.words import Stage

Progress = Callable[[int, int], None]

CONTENTS = "contents.csv"
COLUMNS = ("file", "code", "name", "kind", "submitted_at", "late", "number", "digest", "sha256")
FILE_MODE = 0o644 << 16
MOST = 2_000  # board reports: some 80 MB


class TooLarge(ValueError):
    """There are more board reports than one file can reasonably hold."""


class NothingSubmitted(LookupError):
    """No trust has submitted the stage."""


class Zipped(NamedTuple):
    """The ZIP file, and the reports that are in it."""

    content: bytes
    files: list[BoardFile]


def board_zip(year: str, stage: str, progress: Progress) -> Zipped:
    """The ZIP file; the same submissions give the same bytes. progress is called with (done, total).

    Raises NothingSubmitted, TooLarge.
    """
    rows = latest_boards(year, stage)
    total = rows.count()
    if not total:
        raise NothingSubmitted(f"No trust has submitted {Stage(stage).words} {year} yet, so there is no board report.")
    if total > MOST:
        raise TooLarge(f"{total:,} board reports are more than one file should hold: the limit is {MOST:,}.")
    out, told = BytesIO(), list[BoardFile]()
    with ZipFile(out, "w") as zipped:
        for done, each in enumerate(board_files(rows, here), 1):
            zipped.writestr(_entry(each.name, each), each.content)
            told.append(each)
            progress(done, total)
        zipped.writestr(_entry(CONTENTS, max(told, key=_when), ZIP_DEFLATED), csv_bytes(_contents(told)))
    return Zipped(out.getvalue(), told)


def _entry(name: str, of: BoardFile, how: int = ZIP_STORED) -> ZipInfo:
    """Dated when its submission arrived, so that the same submissions give the same bytes. A PDF is packed already."""
    entry = ZipInfo(name, _when(of).timetuple()[:6])
    entry.compress_type, entry.external_attr = how, FILE_MODE
    return entry


def _when(each: BoardFile) -> datetime:
    return each.submission.submitted_at.astimezone(LONDON)


def _contents(files: Sequence[BoardFile]) -> Iterator[tuple[object, ...]]:
    yield COLUMNS
    for each in files:
        made = each.submission
        when = (instant(made.submitted_at), made.late, made.number)
        yield each.name, each.code, made.name, made.kind, *when, f"sha256:{made.digest}", each.sha256
