"""The board pack as a file, made when it is asked for: the same submission gives the same bytes."""

from typing import Literal

from igtoolkit.records.models import Submission
from igtoolkit.reports.pack.pack import pack
from igtoolkit.reports.pack.word import pack_docx
from igtoolkit.reports.pdf.pack import pack_pdf

Form = Literal["pdf", "docx"]


def pack_bytes(submission: Submission, form: Form) -> bytes:
    """The pack of a submission, for its own people."""
    made = pack_pdf if form == "pdf" else pack_docx
    return made(pack(submission), at=submission.submitted_at)
