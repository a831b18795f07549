"""What happens around every page: when the request arrived, who is let in, and what the footer says."""

from collections.abc import Callable
from time import perf_counter
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from igtoolkit.records import clock
from igtoolkit.web.refusals import bad_request

Handler = Callable[[HttpRequest], HttpResponse]
PAGE_TIME = b"<!--page-time-->"
CLOSED_TO_VISITORS = ("/organisations/", "/national/", "/account/", "/people/", "/plans/", "/register/")


def arrival(handler: Handler) -> Handler:
    """Note when the request arrived, which decides late, and tell the footer how long the page took."""

    def handle(request: HttpRequest) -> HttpResponse:
        begun = perf_counter()
        fits = _take_in(request)
        request.arrived = clock.now()  # type: ignore[attr-defined]
        response = handler(request) if fits else bad_request(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("X-Frame-Options", "DENY")
        if not response.streaming and PAGE_TIME in response.content:
            took = f"{perf_counter() - begun:.2f}".encode()
            response.content = response.content.replace(PAGE_TIME, took)
            if "Content-Length" in response.headers:
                response.headers["Content-Length"] = str(len(response.content))
        return response

    return handle


def _take_in(request: HttpRequest) -> bool:
    """Read all of what was sent: it has arrived when its last byte has. False when it is too large to keep."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return True
    try:
        request.body  # noqa: B018 (reading it is what is wanted)
    except RequestDataTooBig:
        return False
    return True


def told(handler: Handler) -> Handler:
    """Answer a script of ours with where to go, instead of sending it there: it would follow unseen.

    A script says that it asks with `X-Requested-With: fetch`; the answer is 204 with the address in Location.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = handler(request)
        if request.headers.get("X-Requested-With") == "fetch" and response.status_code in (301, 302, 303, 307, 308):
            response.status_code = 204
        return response

    return handle


def doors(handler: Handler) -> Handler:
    """Send a visitor to sign in for every address of an organisation or of the nation, real or invented.

    Signed-in pages are kept by no cache.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(CLOSED_TO_VISITORS) and not request.user.is_authenticated:
            response: HttpResponse = HttpResponseRedirect(
                f"{reverse(settings.LOGIN_URL)}?next={quote(request.get_full_path())}"
            )
        else:
            response = handler(request)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    return handle
