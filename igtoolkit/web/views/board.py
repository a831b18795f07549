"""The board report of a submission, and the live preview."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action, may
from igtoolkit.records.models import Assessment, Submission
from igtoolkit.reports.annexes import board_with_reasons, preview_with_reasons
from igtoolkit.reports.board import Form, board_bytes, preview_bytes
from igtoolkit.reports.board_page import board_page, preview_page
from igtoolkit.reports.drafts import PREVIEW
from igtoolkit.reports.evidenced import in_one_line
from igtoolkit.reports.peers_words import peers_page
from igtoolkit.reports.second_look import looks
from igtoolkit.standard.words import Stage

ANNEXED = "with-reasons"
CONTENT_TYPES: dict[Form, str] = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


@allow(Action.VIEW_BOARD_REPORT, told="board")
def board(request: HttpRequest, submission: Submission) -> HttpResponse:
    stages, own = _stages(submission.assessment), _is_own(request, submission)
    context = {
        "page": board_page(submission, own=own),
        "annex": _with_annex(request),
        "record": submission,
        "peers": peers_page(submission),
        "second_look": looks(submission),
        "own": own,
        "evidenced": in_one_line(submission.snapshot) if own else "",  # the evidence is its own
        "stages": stages,
        "versions": stages[submission.stage],
    }
    return render(request, "submission/board.jinja", context)


@allow(Action.VIEW_BOARD_REPORT, told="board.pdf")
def board_pdf(request: HttpRequest, submission: Submission) -> HttpResponse:
    if not _with_annex(request):
        return _submitted(request, submission, "pdf")
    content = board_with_reasons(submission, own=_is_own(request, submission))
    return _file(content, "pdf", submission.organisation.code, submission.year, f"{_part(submission)}-{ANNEXED}")


@allow(Action.VIEW_BOARD_REPORT, told="board.csv")
def board_csv(request: HttpRequest, submission: Submission) -> HttpResponse:
    return _submitted(request, submission, "csv")


@allow(Action.VIEW_BOARD_REPORT, told="board.json")
def board_json(request: HttpRequest, submission: Submission) -> HttpResponse:
    return _submitted(request, submission, "json")


@allow(Action.VIEW_PREVIEW)
def preview(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    context = {
        "page": preview_page(assessment, request.arrived),  # type: ignore[attr-defined]
        "annex": _with_annex(request),
        "record": assessment,
        "own": True,
        "stages": _stages(assessment),
    }
    return render(request, "submission/preview.jinja", context)


@allow(Action.VIEW_PREVIEW, told="preview.pdf")
def preview_pdf(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    if not _with_annex(request):
        return _previewed(request, assessment, "pdf")
    content = preview_with_reasons(assessment, request.arrived)  # type: ignore[attr-defined]
    return _file(content, "pdf", assessment.organisation.code, assessment.year, f"{PREVIEW}-{ANNEXED}")


@allow(Action.VIEW_PREVIEW, told="preview.csv")
def preview_csv(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    return _previewed(request, assessment, "csv")


@allow(Action.VIEW_PREVIEW, told="preview.json")
def preview_json(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    return _previewed(request, assessment, "json")


def _with_annex(request: HttpRequest) -> bool:
    """Whether the reasons are asked for in full, after the page."""
    return request.GET.get("annex") == "1"


def _stages(assessment: Assessment) -> dict[str, list[Any]]:
    """{stage: its submissions, first to last, without their documents}; empty where none was made."""
    stages: dict[str, list[Any]] = {each.value: [] for each in Stage}
    for each in assessment.submissions.order_by("number").values("stage", "number", "submitted_at"):
        stages[each["stage"]].append(each)
    return stages


def _submitted(request: HttpRequest, submission: Submission, form: Form) -> HttpResponse:
    """A submission's report as a file, which never changes: a copy kept under its ETag stays good."""
    content = board_bytes(submission, form)
    response = _file(content, form, submission.organisation.code, submission.year, _part(submission))
    response.headers["ETag"] = etag = f'"{hashlib.sha256(content).hexdigest()}"'
    return get_conditional_response(request, etag=etag, response=response) or response


def _part(submission: Submission) -> str:
    """What a file's name says of the submission: final, or final-2 for a correction."""
    return submission.stage if submission.number == 1 else f"{submission.stage}-{submission.number}"


def _is_own(request: HttpRequest, submission: Submission) -> bool:
    """Whether the reader is of the organisation: its answers are theirs to read, and who owns what."""
    return may(request.user, Action.VIEW_ASSESSMENT, submission.assessment)


def _previewed(request: HttpRequest, assessment: Assessment, form: Form) -> HttpResponse:
    content = preview_bytes(assessment, form, request.arrived)  # type: ignore[attr-defined]
    return _file(content, form, assessment.organisation.code, assessment.year, PREVIEW)


def _file(content: bytes, form: Form, code: str, year: str, part: str) -> HttpResponse:
    """The file under a name that tells it from others; a table is for saving, the rest opens in the browser."""
    name = f"caldicott2-{code}-{year}-{part}.{form}"
    response = HttpResponse(content, content_type=CONTENT_TYPES[form])
    response.headers["Content-Disposition"] = content_disposition_header(form == "csv", name) or ""
    return response
