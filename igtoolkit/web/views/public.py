"""Pages that anyone may read."""

from django.http import HttpRequest, HttpResponse

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action


@allow(Action.VIEW_PUBLIC_PAGE)
def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("home")


@allow(Action.VIEW_PUBLIC_PAGE)
def caldicott2(request: HttpRequest) -> HttpResponse:
    return HttpResponse("caldicott2")


@allow(Action.VIEW_PUBLIC_PAGE)
def help_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("help_page")


@allow(Action.VIEW_PUBLIC_PAGE)
def accessibility(request: HttpRequest) -> HttpResponse:
    return HttpResponse("accessibility")


@allow(Action.VIEW_PUBLIC_PAGE)
def news(request: HttpRequest) -> HttpResponse:
    return HttpResponse("news")


@allow(Action.VIEW_PUBLIC_PAGE)
def check(request: HttpRequest, digest: str) -> HttpResponse:
    return HttpResponse("check")
