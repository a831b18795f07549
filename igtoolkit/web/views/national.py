"""The national report."""

from django.http import HttpRequest, HttpResponse

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action


@allow(Action.VIEW_NATIONAL_REPORT)
def national(request: HttpRequest, year: str, stage: str) -> HttpResponse:
    return HttpResponse("national")


@allow(Action.VIEW_NATIONAL_REPORT)
def national_csv(request: HttpRequest, year: str, stage: str) -> HttpResponse:
    return HttpResponse("national_csv")


@allow(Action.VIEW_NATIONAL_REPORT)
def national_json(request: HttpRequest, year: str, stage: str) -> HttpResponse:
    return HttpResponse("national_json")
