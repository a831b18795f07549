"""Every board report of a stage as files: the same bytes as each download."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from igtoolkit.access.scope import national_submissions
from igtoolkit.records.models import Submission
from igtoolkit.reports.documents import BOARD_PDF, board_paper, keep_board_pdf
from igtoolkit.reports.pdf.drawing import Draw

AT_ONCE = 20  # submissions read together: one holds some 60 KB
AHEAD = 8  # papers being drawn while the first of them is waited for


@dataclass(frozen=True)
class BoardFile:
    """One trust's board report as a PDF. code: by which the trust is found in that year."""

    code: str
    submission: Submission
    content: bytes
    sha256: str

    @property
    def name(self) -> str:
        return f"caldicott2-{self.code}-{self.submission.year}-{self.submission.stage}.pdf"


def latest_boards(year: str, stage: str) -> "QuerySet[Submission]":
    """The submissions that stand at a stage, in code order: one of each trust."""
    rows: QuerySet[Submission] = national_submissions(year, stage).order_by("year_code")
    return rows


def board_files(rows: "QuerySet[Submission]", draw: Draw) -> Iterator[BoardFile]:
    """The board report of each submission, drawn where it never was, and kept. rows: as `latest_boards` has them."""
    waiting: deque[Callable[[], BoardFile]] = deque()
    for submission in _in_parts(rows):
        waiting.append(_made(submission, draw))
        if len(waiting) > AHEAD:
            yield waiting.popleft()()
    while waiting:
        yield waiting.popleft()()


def _in_parts(rows: "QuerySet[Submission]") -> Iterator[Any]:
    """Each submission with its snapshot, some at a time: nobody reads while a paper is kept, and few are in memory."""
    pks = list(rows.values_list("pk", flat=True))
    for start in range(0, len(pks), AT_ONCE):
        some = rows.filter(pk__in=pks[start : start + AT_ONCE])
        yield from list(some.select_related("organisation", "assessment"))


def _made(submission: Any, draw: Draw) -> Callable[[], BoardFile]:
    """Begin to draw a paper where there is none; what is returned gives it once it is there."""
    kept = submission.documents.filter(form=BOARD_PDF).first()
    drawn = None if kept else draw(*board_paper(submission))

    def made() -> BoardFile:
        paper = keep_board_pdf(submission, drawn()) if drawn else kept
        return BoardFile(submission.year_code, submission, bytes(paper.content), paper.sha256)

    return made
