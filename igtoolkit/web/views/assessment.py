"""Recording and submitting an assessment."""

from django.http import HttpRequest, HttpResponse

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.records.models import Assessment


@allow(Action.VIEW_ASSESSMENT)
def assessment(request: HttpRequest, record: Assessment) -> HttpResponse:
    return HttpResponse("assessment")


@allow(Action.START_ASSESSMENT, methods=(), post=Action.START_ASSESSMENT)
def start_assessment(request: HttpRequest, record: Assessment) -> HttpResponse:
    return HttpResponse("start_assessment")


@allow(Action.VIEW_ASSESSMENT, post=Action.SAVE_ANSWER)
def requirement(request: HttpRequest, record: Assessment, requirement: str) -> HttpResponse:
    return HttpResponse("requirement")


@allow(Action.VIEW_ASSESSMENT, post=Action.NAME_SENIOR_PEOPLE)
def senior_people(request: HttpRequest, record: Assessment) -> HttpResponse:
    return HttpResponse("senior_people")


@allow(Action.SUBMIT_STAGE, post=Action.SUBMIT_STAGE)
def submit(request: HttpRequest, record: Assessment, stage: str) -> HttpResponse:
    return HttpResponse("submit")


@allow(Action.VIEW_ASSESSMENT)
def submitted(request: HttpRequest, record: Assessment, stage: str) -> HttpResponse:
    return HttpResponse("submitted")
