"""The board report of a submission, and the live preview."""

from django.http import HttpRequest, HttpResponse

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.records.models import Assessment, Submission


@allow(Action.VIEW_BOARD_REPORT)
def board(request: HttpRequest, record: Submission) -> HttpResponse:
    return HttpResponse("board")


@allow(Action.VIEW_BOARD_REPORT)
def board_pdf(request: HttpRequest, record: Submission) -> HttpResponse:
    return HttpResponse("board_pdf")


@allow(Action.VIEW_BOARD_REPORT)
def board_csv(request: HttpRequest, record: Submission) -> HttpResponse:
    return HttpResponse("board_csv")


@allow(Action.VIEW_BOARD_REPORT)
def board_json(request: HttpRequest, record: Submission) -> HttpResponse:
    return HttpResponse("board_json")


@allow(Action.VIEW_PREVIEW)
def preview(request: HttpRequest, record: Assessment) -> HttpResponse:
    return HttpResponse("preview")


@allow(Action.VIEW_PREVIEW)
def preview_pdf(request: HttpRequest, record: Assessment) -> HttpResponse:
    return HttpResponse("preview_pdf")


@allow(Action.VIEW_PREVIEW)
def preview_csv(request: HttpRequest, record: Assessment) -> HttpResponse:
    return HttpResponse("preview_csv")


@allow(Action.VIEW_PREVIEW)
def preview_json(request: HttpRequest, record: Assessment) -> HttpResponse:
    return HttpResponse("preview_json")
