"""What a refusal looks like: the same bytes every time, so that it tells nothing.

No page time, path, form or name is on these pages; a trust's page that may not be seen and one that does
not exist cannot be told apart.
"""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


@cache
def _page(name: str) -> bytes:
    return render_to_string(f"refusals/{name}.jinja").encode()


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404"""
    return HttpResponse(_page("not_found"), status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403"""
    return HttpResponse(_page("forbidden"), status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400"""
    return HttpResponse(_page("bad_request"), status=400)


def failed(request: HttpRequest) -> HttpResponse:
    """500"""
    return HttpResponse(_page("failed"), status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose protection token is missing or old."""
    return HttpResponse(_page("stale_form"), status=403)
