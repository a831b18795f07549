"""What a reader asked for that takes a while, made whole: by the worker, never while a page waits."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

from igtoolkit.access.scope import latest_submissions
from igtoolkit.access.trail import WHICH, Telling, telling_of
from igtoolkit.records.models import Registration, RequestedFile
from igtoolkit.reports.board_files import BoardFile
from igtoolkit.reports.board_zip import board_zip
from igtoolkit.reports.national import reported_framework
from igtoolkit.reports.national_files import Form, national_file

Progress = Callable[[int, int], None]

GATHERED = "report_gathered"
MOST_AT_ONCE = 500  # organisations: the report of more takes longer than a page may


@dataclass(frozen=True)
class Contents:
    """A file as it is saved: its name and bytes. told: for the trail of each organisation whose results are in it."""

    name: str
    content: bytes
    told: tuple[Telling, ...] = ()


def takes_a_while(year: str, stage: str) -> bool:
    """Whether the national report is of more organisations than can be done while a page waits. Raises NoSuchReport."""
    kinds = [each.code for each in reported_framework(year, stage).reported_kinds]
    return Registration.objects.filter(year=year, kind__in=kinds)[: MOST_AT_ONCE + 1].count() > MOST_AT_ONCE


def contents(file: RequestedFile, progress: Progress) -> Contents:
    """The file that was asked for. progress is called with (done, total) for one that has parts.

    Raises NoSuchReport, NothingSubmitted, TooLarge.
    """
    place = f"{file.year}-{file.stage}"
    if file.what == RequestedFile.What.BOARD_PDFS:
        made = board_zip(file.year, file.stage, progress)
        return Contents(f"caldicott2-boards-{place}.zip", made.content, tuple(map(_of_a_paper, made.files)))
    form = cast(Form, file.what.removeprefix("national_"))
    content = national_file(file.year, file.stage, form, file.asked_at)
    return Contents(f"caldicott2-national-{place}.{form}", content, tuple(_of_the_nation(file, form)))


def _of_a_paper(each: BoardFile) -> Telling:
    return telling_of(each.submission, GATHERED, report="board", format="zip", sha256=each.sha256)


def _of_the_nation(file: RequestedFile, form: Form) -> Iterator[Telling]:
    """Without the file's own SHA-256: with that, who knows their own results could try out those of a few others."""
    rows = latest_submissions(file.year, file.stage).select_related("organisation").only(*WHICH, "organisation__code")
    yield from (telling_of(each, GATHERED, report="national", format=form) for each in rows)
