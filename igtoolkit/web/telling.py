"""Telling the trail what the door saw: restricted reports that went out, and requests that it refused.

The door (access/gate.py) notes both on the request. Told is what was really sent, once a request: of a HEAD nothing
is, and of a 304 nothing either, for the copy that it speaks of was told of when it went out. What cannot be told is
not sent.
"""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from igtoolkit.actions.reading import tell_read, tell_refused
from igtoolkit.records.models import Person

Handler = Callable[[HttpRequest], HttpResponse]


def telling(handler: Handler) -> Handler:
    """Stands next to the view, inside all that may still turn its answer into another."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = handler(request)
        refused, shown = getattr(request, "refused", None), getattr(request, "shown", None)
        if (refused or shown) and isinstance(request.user, Person):
            if refused:
                tell_refused(request.user, refused, method=request.method or "", address=request.path)
            elif shown and request.method == "GET" and response.status_code == 200:
                sha256 = None if response.streaming else hashlib.sha256(response.content).hexdigest()
                reasons = request.GET.get("annex") == "1"
                tell_read(request.user, shown.report, shown.record, shown.address, sha256=sha256, reasons=reasons)
        return response

    return handle
