"""The board report with every reason set out in full behind it: made for whoever asks, and never kept.

The page is the page of the board report. Who owns what is short is told to the organisation's own people alone, so
that one submission has two such papers, and neither is the file that a copy is checked against.
"""

from datetime import datetime

from igtoolkit.records.models import Assessment, Submission
from igtoolkit.reports.board_page import board_page, on_paper, preview_page
from igtoolkit.reports.pdf.board import board_pdf


def board_with_reasons(submission: Submission, *, own: bool) -> bytes:
    """The one page of a submission as a PDF, and its annex. own: for the organisation's own people."""
    page = board_page(submission, own=own)
    return board_pdf(on_paper(page), at=submission.submitted_at, annex=page["rows"])


def preview_with_reasons(assessment: Assessment, at: datetime) -> bytes:
    """The same of the live draft at an aware instant."""
    page = preview_page(assessment, at)
    return board_pdf(on_paper(page), at=at, annex=page["rows"])
