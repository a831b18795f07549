"""What a reader asked for that takes a while, made whole: by the worker, never while a page waits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from igtoolkit.records.models import Registration, RequestedFile
from igtoolkit.reports.board_zip import board_zip
from igtoolkit.reports.national import reported_framework
from igtoolkit.reports.national_files import Form, national_file

Progress = Callable[[int, int], None]

MOST_AT_ONCE = 500  # organisations: the report of more takes longer than a page may


@dataclass(frozen=True)
class Contents:
    """A file as it is saved: its name and bytes."""

    name: str
    content: bytes


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
        return Contents(f"caldicott2-boards-{place}.zip", board_zip(file.year, file.stage, progress))
    form = cast(Form, file.what.removeprefix("national_"))
    content = national_file(file.year, file.stage, form, file.asked_at)
    return Contents(f"caldicott2-national-{place}.{form}", content)
