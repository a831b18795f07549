"""What happens around every page: when the request arrived, who is let in, and what the footer says."""

from collections.abc import Callable
from datetime import UTC, datetime
from time import perf_counter

from django.core.exceptions import RequestDataTooBig
from django.db import Error
from django.http import HttpRequest, HttpResponse

from igtoolkit.records import clock
from igtoolkit.web import kept
from igtoolkit.web.refusals import too_large

Handler = Callable[[HttpRequest], HttpResponse]
PAGE_TIME = b"<!--page-time-->"
CHUNK, MOST_POURED_AWAY = 65_536, 50_000_000
CLOSED_TO_VISITORS = (
    "/organisations/",
    "/national/",
    "/account/",
    "/people/",
    "/plans/",
    "/register/",
    "/support/",
    "/trail",
    "/access/",
    "/sign-in/again/",
)


def arrival(handler: Handler) -> Handler:
    """Note when the request arrived, which decides late, and tell the footer how long the page took."""

    def handle(request: HttpRequest) -> HttpResponse:
        begun = perf_counter()
        fits = _take_in(request)
        request.arrived = _now()  # type: ignore[attr-defined]
        response = handler(request) if fits else too_large(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("X-Frame-Options", "DENY")
        if not response.streaming and _is_page(response) and PAGE_TIME in response.content:
            took = f"{perf_counter() - begun:.2f}".encode()
            response.content = response.content.replace(PAGE_TIME, took)
            if "Content-Length" in response.headers:
                response.headers["Content-Length"] = str(len(response.content))
        return response

    return handle


def _is_page(response: HttpResponse) -> bool:
    """Whether what people typed is escaped in it: in a file of theirs these words may stand as they typed them."""
    return response.headers.get("Content-Type", "").startswith("text/html")


def _now() -> datetime:
    """The clock. While the database is away a demonstration's cannot be asked for, and nothing can be recorded."""
    try:
        return clock.now()
    except Error:
        return datetime.now(UTC)


def _take_in(request: HttpRequest) -> bool:
    """Read all of what was sent: it has arrived when its last byte has. False when it is too large to keep."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return True
    try:
        request.body  # noqa: B018 (reading it is what is wanted)
    except RequestDataTooBig:
        _pour_away(request)
        return False
    return True


def _pour_away(request: HttpRequest) -> None:
    """Read on, within reason: a browser that is still sending when the line is cut never shows the answer."""
    for _ in range(MOST_POURED_AWAY // CHUNK):
        try:
            if not request.read(CHUNK):
                return
        except OSError:
            return


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
        if not request.path.startswith(CLOSED_TO_VISITORS):
            response = handler(request)
        elif not request.user.is_authenticated:
            response = kept.signed_out(request)
        else:
            waited = kept.taken_again(request)
            response = handler(request)
            if waited:
                kept.settle(request, waited, response)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    return handle
