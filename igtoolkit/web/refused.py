"""The log's line for each refusal: who was refused what, never the address as it was asked for."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

Handler = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger(__name__)


def refused(handler: Handler) -> Handler:
    """Tell of each request that the gate refused, and of nothing that met no page of ours at all."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = handler(request)
        if response.status_code == 401 or (response.status_code in (403, 404) and request.resolver_match is not None):
            log.info("Refused %s to %s: %s", response.status_code, who(request), _what(request))
        return response

    return handle


def pattern(request: HttpRequest) -> str:
    """The address with its parts named instead of told: /organisations/<str:code>/<str:year>/"""
    found = getattr(request, "resolver_match", None)
    return f"/{found.route}" if found else "no page of ours"


def _what(request: HttpRequest) -> str:
    """The action asked for, the method, the address."""
    view = request.resolver_match.func if request.resolver_match else None
    asked = getattr(view, "post_action" if request.method == "POST" else "action", None) or getattr(view, "action", "")
    return f"{getattr(asked, 'value', '')} {request.method} {pattern(request)}"


def who(request: HttpRequest) -> str:
    """A person by number, never by name. Nobody is looked up for this."""
    person = vars(request).get("user")
    if isinstance(person, SimpleLazyObject):
        person = vars(request).get("_cached_user")
    key = getattr(person, "pk", None)
    return f"person {key}" if key else "a visitor"
