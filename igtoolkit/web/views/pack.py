"""The board pack of a submission, for the organisation's own people: PDF and Word."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.records.models import Submission
from igtoolkit.reports.pack.files import Form, pack_bytes

CONTENT_TYPES: dict[Form, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@allow(Action.EXAMINE_SUBMISSION, told="pack.pdf")
def pack_pdf(request: HttpRequest, submission: Submission) -> HttpResponse:
    return _file(request, submission, "pdf")


@allow(Action.EXAMINE_SUBMISSION, told="pack.docx")
def pack_docx(request: HttpRequest, submission: Submission) -> HttpResponse:
    return _file(request, submission, "docx")


def _file(request: HttpRequest, submission: Submission, form: Form) -> HttpResponse:
    """The pack under a name that tells it from others; the PDF opens in the browser, Word's file is saved."""
    content = pack_bytes(submission, form)
    part = submission.stage if submission.number == 1 else f"{submission.stage}-{submission.number}"
    name = f"board-pack-{submission.organisation.code}-{submission.year}-{part}.{form}"
    response = HttpResponse(content, content_type=CONTENT_TYPES[form])
    response.headers["Content-Disposition"] = content_disposition_header(form == "docx", name) or ""
    response.headers["ETag"] = etag = f'"{hashlib.sha256(content).hexdigest()}"'
    return get_conditional_response(request, etag=etag, response=response) or response
