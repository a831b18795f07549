"""An organisation's own audit trail, for its administrators; the service's own, for the service team."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from igtoolkit.access import scope
from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.access.reach import asking_for
from igtoolkit.actions.reading import tell_trail
from igtoolkit.reports.trail_export import as_array, export_of
from igtoolkit.web.pages.trail import Asked, trail_page, trail_rows
from igtoolkit.web.pages.trail_lines import csv_lines
from igtoolkit.web.signed_in import SignedIn

SERVICE = "service"


@allow(Action.VIEW_TRAIL)
def trail(request: SignedIn) -> HttpResponse:
    page = trail_page(request.user, Asked.of(request.GET))
    facts = {"page": page, "asked": page.asked, "organisation": request.user.organisation}
    return render(request, "trail/trail.jinja", facts, status=422 if page.asked.errors else 200)


@allow(Action.VIEW_TRAIL, methods=("GET",))
def trail_csv(request: SignedIn) -> Any:
    tell_trail(request.user, "csv")
    return _file(request, csv_lines(trail_rows(request.user)), "text/csv; charset=utf-8", "csv")


@allow(Action.VIEW_TRAIL, methods=("GET",))
def trail_json(request: SignedIn) -> Any:
    """The form that docs/verifier/verify_export.py checks."""
    tell_trail(request.user, "json")
    of = request.user.organisation.code if request.user.organisation else SERVICE
    lines = export_of(scope.trail(request.user), scope.trail_submissions(request.user), of)
    return _file(request, as_array(lines), "application/json", "json")


def _file(request: SignedIn, lines: Iterable[str], content_type: str, form: str) -> StreamingHttpResponse:
    """Sent as it is read. The place of what is read is still the reader's own: the door closes before it is sent."""
    headers = {"Content-Disposition": f'attachment; filename="audit-trail.{form}"'}
    return StreamingHttpResponse(_within(request.user, lines), content_type=content_type, headers=headers)


def _within(person: Any, lines: Iterable[str]) -> Iterator[bytes]:
    with asking_for(person):
        for each in lines:
            yield each.encode()
