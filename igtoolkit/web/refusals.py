"""What a refusal looks like.

A trust's page that may not be seen and one that does not exist cannot be told apart: 404, and 403 for what a person
may not do, are the same bytes every time, without page time, path, form, name or reference. What went wrong in between
(400, 413, the 403 of an old form, 500, 503) carries a reference, which is in the log line too.
"""

import secrets
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from igtoolkit.web.typed import NOTHING, sent

REFERENCE = "0000-reference-0000"  # stands in a page that is made once, where each answer has its own


@cache
def _page(name: str) -> bytes:
    facts = {"reference": REFERENCE, "most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE}
    return render_to_string(f"refusals/{name}.jinja", facts).encode()


def reference(request: HttpRequest) -> str:
    """What ties a page that says something went wrong to its line in the log: made when first asked for."""
    found = getattr(request, "reference", None)
    if found is None:
        made = secrets.token_hex(4)
        found = request.reference = f"{made[:4]}-{made[4:]}"  # type: ignore[attr-defined]
    return str(found)


def refer(request: HttpRequest, name: str, status: int) -> HttpResponse:
    """A page of refusals/ with the request's own reference. Nothing is asked of the database."""
    page = _page(name).replace(REFERENCE.encode(), reference(request).encode())
    return _referring(HttpResponse(page, status=status), request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404"""
    return HttpResponse(_page("not_found"), status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403"""
    return HttpResponse(_page("forbidden"), status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400"""
    return refer(request, "bad_request", 400)


def too_large(request: HttpRequest) -> HttpResponse:
    """413"""
    return refer(request, "too_large", 413)


def failed(request: HttpRequest) -> HttpResponse:
    """500"""
    return refer(request, "failed", 500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose protection token is missing or old, with what was typed in it to be copied.

    It is neither kept nor sent again: who made the form is not known. What another site sent is not even shown.
    """
    was = sent(request)
    if was == NOTHING:
        return refer(request, "stale_form", 403)
    facts = {"reference": reference(request), "sent": was}
    return _referring(HttpResponse(render_to_string("refusals/stale_form.jinja", facts), status=403), request)


def _referring(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """For the API, which says the same in its own form."""
    response.reference = reference(request)  # type: ignore[attr-defined]
    return response
