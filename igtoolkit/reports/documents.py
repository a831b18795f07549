"""Papers made from submissions. A submission's PDF is made once; every later request gets those bytes.

This room changes no record. What it keeps here is a cache of immutable bytes: rendered again by a newer
renderer they might differ, and a board must be able to compare its copy with ours.
"""

import hashlib
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, StoredDocument, Submission
from igtoolkit.reports.board_page import board_page, on_paper, preview_page
from igtoolkit.reports.pdf.board import RENDERER, board_pdf

BOARD_PDF = "board.pdf"


def board_pdf_of(submission: Submission) -> StoredDocument:
    """The board report of a submission as it was first rendered. Two that ask at once get the same one."""
    kept: StoredDocument | None = submission.documents.filter(form=BOARD_PDF).first()
    if kept is None:
        page, at = board_paper(submission)
        kept = keep_board_pdf(submission, board_pdf(page, at=at))
    return kept


def board_paper(submission: Submission) -> tuple[dict[str, Any], datetime]:
    """The words of a submission's board report as its paper has them, and the instant the paper gives."""
    return on_paper(board_page(submission)), submission.submitted_at


def keep_board_pdf(submission: Submission, content: bytes) -> StoredDocument:
    """Keep a board report as it was just rendered, or give the one that somebody else kept first."""
    facts = {"renderer": RENDERER, "sha256": hashlib.sha256(content).hexdigest(), "content": content}
    try:
        with transaction.atomic():
            made: StoredDocument = submission.documents.create(form=BOARD_PDF, made_at=clock.now(), **facts)
    except IntegrityError:
        made = submission.documents.get(form=BOARD_PDF)
    return made


def preview_pdf(assessment: Assessment, at: datetime) -> bytes:
    """The live draft as a paper that says it is not submitted: made afresh, never kept."""
    return board_pdf(on_paper(preview_page(assessment, at)), at=at)
