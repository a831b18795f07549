"""When the service cannot do it now: 503, what happened, what was kept, and what was typed given back.

It answers in place of the general page for faults, so that it holds wherever in a request the fault came: in a view,
in whoever asks for the session or the person, or while a change was being kept.
"""

import logging
import sys
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template.backends.utils import csrf_input
from django.template.loader import render_to_string

from igtoolkit.web.faults import Fault, fault_of, is_undecided
from igtoolkit.web.keeping import has_kept
from igtoolkit.web.refusals import failed, reference
from igtoolkit.web.typed import is_ours, sent

READS = ("GET", "HEAD")
NEED_NO_RECORDS = ("home", "caldicott2", "help", "accessibility", "news", "data_dictionary", "api")
log = logging.getLogger(__name__)


class NoMessages:
    """Stands where the messages of the session would be, while the session cannot be read."""

    def __iter__(self) -> "NoMessages":
        return self

    def __next__(self) -> str:
        raise StopIteration

    def update(self, response: HttpResponse) -> list[str]:
        return []


def unable_or_failed(request: HttpRequest) -> HttpResponse:
    """For an error that nobody caught: 503 when it will pass, the page itself where it needs no records, else 500."""
    error = sys.exc_info()[1]
    fault = fault_of(error)
    if fault is None:
        return failed(request)
    response = _as_to_a_visitor(request) or unable(request, fault, maybe_kept=has_kept(request) or is_undecided(error))
    log.warning("%s [%s]: %s", fault.heading, reference(request), _first_line(error))
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def unable(request: HttpRequest, fault: Fault, *, maybe_kept: bool) -> HttpResponse:
    """The page, which asks neither the database nor the session. maybe_kept: some of what was sent may be kept."""
    was = sent(request)
    facts = {
        "fault": fault,
        "sent": was,
        "reads": request.method in READS,
        "maybe_kept": maybe_kept,
        "again": request.get_full_path(),
        "may_send_again": request.method == "POST" and is_ours(request) and was.is_whole,
        "look": _page_of(request),
        "arrived": getattr(request, "arrived", None),
        "reference": reference(request),
        "csrf_input": csrf_input(request),
    }
    response = HttpResponse(render_to_string("refusals/unable.jinja", facts), status=503)
    response.headers["Retry-After"] = str(fault.wait)
    response.reference = facts["reference"]  # type: ignore[attr-defined]
    return response


def _as_to_a_visitor(request: HttpRequest) -> HttpResponse | None:
    """A page that needs no records, made without knowing who asks; None for any other, or when that fails too."""
    found = request.resolver_match
    if request.method not in READS or found is None or found.url_name not in NEED_NO_RECORDS:
        return None
    request.user, request._messages, request.away = AnonymousUser(), NoMessages(), True  # type: ignore[attr-defined]
    try:
        return found.func(request, *found.args, **found.kwargs)
    except Exception:
        log.exception("A page that should need no records could not be made without them.")
        return None


def _page_of(request: HttpRequest) -> str:
    """Where to look whether something was kept: the page that the form stood on, or the form's own address."""
    told = urlsplit(request.headers.get("Referer", ""))
    is_ours = told.path.startswith("/") and told.netloc == request.META.get("HTTP_HOST")
    return "/" + (told.path if is_ours else request.path).lstrip("/")


def _first_line(error: BaseException | None) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
