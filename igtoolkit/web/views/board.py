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
from igtoolkit.reports.board import Form, board_bytes, preview_bytes
from igtoolkit.reports.board_page import board_page, preview_page
from igtoolkit.reports.drafts import PREVIEW
from igtoolkit.reports.second_look import looks
from igtoolkit.standard.words import Stage

CONTENT_TYPES: dict[Form, str] = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


@allow(Action.VIEW_BOARD_REPORT)
def board(request: HttpRequest, submission: Submission) -> HttpResponse:
    stages = _stages(submission.assessment)
    context = {
        "page": board_page(submission),
        "record": submission,
        "second_look": looks(submission),
        "own": may(request.user, Action.VIEW_ASSESSMENT, submission.assessment),
        "stages": stages,
        "versions": stages[submission.stage],
    }
    return render(request, "submission/board.jinja", context)


@allow(Action.VIEW_BOARD_REPORT)
def board_pdf(request: HttpRequest, submission: Submission) -> HttpResponse:
    return _submitted(request, submission, "pdf")


@allow(Action.VIEW_BOARD_REPORT)
def board_csv(request: HttpRequest, submission: Submission) -> HttpResponse:
    return _submitted(request, submission, "csv")


@allow(Action.VIEW_BOARD_REPORT)
def board_json(request: HttpRequest, submission: Submission) -> HttpResponse:
    return _submitted(request, submission, "json")


@allow(Action.VIEW_PREVIEW)
def preview(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    context = {
        "page": preview_page(assessment, request.arrived),  # type: ignore[attr-defined]
        "record": assessment,
        "own": True,
        "stages": _stages(assessment),
    }
    return render(request, "submission/preview.jinja", context)


@allow(Action.VIEW_PREVIEW)
def preview_pdf(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    return _previewed(request, assessment, "pdf")


@allow(Action.VIEW_PREVIEW)
def preview_csv(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    return _previewed(request, assessment, "csv")


@allow(Action.VIEW_PREVIEW)
def preview_json(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    return _previewed(request, assessment, "json")


def _stages(assessment: Assessment) -> dict[str, list[Any]]:
    """{stage: its submissions, first to last, without their documents}; empty where none was made."""
    stages: dict[str, list[Any]] = {each.value: [] for each in Stage}
    for each in assessment.submissions.order_by("number").values("stage", "number", "submitted_at"):
        stages[each["stage"]].append(each)
    return stages


def _submitted(request: HttpRequest, submission: Submission, form: Form) -> HttpResponse:
    """A submission's report as a file, which never changes: a copy kept under its ETag stays good."""
    part = submission.stage if submission.number == 1 else f"{submission.stage}-{submission.number}"
    content = board_bytes(submission, form)
    response = _file(content, form, submission.organisation.code, submission.year, part)
    response.headers["ETag"] = etag = f'"{hashlib.sha256(content).hexdigest()}"'
    return get_conditional_response(request, etag=etag, response=response) or response


def _previewed(request: HttpRequest, assessment: Assessment, form: Form) -> HttpResponse:
    content = preview_bytes(assessment, form, request.arrived)  # type: ignore[attr-defined]
    return _file(content, form, assessment.organisation.code, assessment.year, PREVIEW)


def _file(content: bytes, form: Form, code: str, year: str, part: str) -> HttpResponse:
    """The file under a name that tells it from others; a table is for saving, the rest opens in the browser."""
    name = f"caldicott2-{code}-{year}-{part}.{form}"
    response = HttpResponse(content, content_type=CONTENT_TYPES[form])
    response.headers["Content-Disposition"] = content_disposition_header(form == "csv", name) or ""
    return response
