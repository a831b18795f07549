"""Signing in and out, and a forgotten password."""

from django.http import HttpRequest, HttpResponse

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action


@allow(Action.VIEW_PUBLIC_PAGE, post=Action.VIEW_PUBLIC_PAGE)
def sign_in(request: HttpRequest, **address: str) -> HttpResponse:
    return HttpResponse("sign_in")


@allow(Action.VIEW_PUBLIC_PAGE, post=Action.VIEW_PUBLIC_PAGE)
def sign_out(request: HttpRequest, **address: str) -> HttpResponse:
    return HttpResponse("sign_out")


@allow(Action.VIEW_PUBLIC_PAGE, post=Action.VIEW_PUBLIC_PAGE)
def forgotten(request: HttpRequest, **address: str) -> HttpResponse:
    return HttpResponse("forgotten")


@allow(Action.VIEW_PUBLIC_PAGE, post=Action.VIEW_PUBLIC_PAGE)
def new_password(request: HttpRequest, **address: str) -> HttpResponse:
    return HttpResponse("new_password")


@allow(Action.VIEW_PUBLIC_PAGE)
def forgotten_sent(request: HttpRequest) -> HttpResponse:
    return HttpResponse("forgotten_sent")


@allow(Action.VIEW_PUBLIC_PAGE)
def new_password_set(request: HttpRequest) -> HttpResponse:
    return HttpResponse("new_password_set")


@allow(Action.VIEW_PUBLIC_PAGE)
def inactive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inactive")
