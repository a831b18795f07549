"""Files that take a while: a reader asks, is told how far they are, and fetches them."""

from typing import Any

from django.db.models.functions import Length
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from igtoolkit.access import scope
from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.actions import files as actions
from igtoolkit.actions.said import Invalid
from igtoolkit.records import clock
from igtoolkit.records.models import RequestedFile
from igtoolkit.reports.board_files import latest_boards
from igtoolkit.reports.national import NoSuchReport
from igtoolkit.reports.requested import takes_a_while
from igtoolkit.standard.words import Stage
from igtoolkit.web.pages.files import Standing
from igtoolkit.web.signed_in import SignedIn

BOARDS = RequestedFile.What.BOARD_PDFS
NATIONAL = tuple(each for each in RequestedFile.What if each != BOARDS)
CONTENT_TYPES = {
    "zip": "application/zip",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


@allow(Action.REQUEST_FILES, post=Action.REQUEST_FILES)
def request_file(request: SignedIn, year: str, stage: str) -> HttpResponse:
    """What can be had of a stage; a POST asks for one and leads to where it is being made."""
    try:
        large = takes_a_while(year, stage)
    except NoSuchReport:
        raise Http404 from None
    offer = {"year": year, "stage": Stage(stage), "large": large, "boards": latest_boards(year, stage).count()}
    if request.method != "POST":
        return _choice(request, offer)
    what = request.POST.get("what", "")
    try:
        if what == BOARDS and not offer["boards"]:
            raise Invalid({"what": f"No trust has submitted {Stage(stage).words} {year} yet: choose another stage"})
        file = actions.request_file(what, year, stage, by=request.user)
    except Invalid as invalid:
        return _choice(request, offer, errors=invalid.errors, status=422)
    return redirect("file", pk=file.pk)


@allow(Action.REQUEST_FILES)
def files(request: SignedIn) -> HttpResponse:
    return render(request, "national/files/files.jinja", {"files": _standings(request)})


@allow(Action.REQUEST_FILES)
def file(request: SignedIn, pk: int) -> HttpResponse:
    found = next(iter(_standings(request, pk=pk)), None)
    if found is None:
        raise Http404
    return render(request, "national/files/file.jinja", {"file": found})


@allow(Action.REQUEST_FILES, methods=("GET",))
def file_download(request: SignedIn, pk: int) -> HttpResponse:
    """The file itself, each time told to the audit trail. While it is being made: back to how far it is."""
    found = actions.fetch_file(request.user, pk)
    if found is None:
        if scope.requested_files(request.user).filter(pk=pk).exists():
            return redirect("file", pk=pk)
        raise Http404
    headers = {
        "Content-Disposition": content_disposition_header(True, found.name) or "",
        "Cache-Control": "private, no-store",
    }
    content_type = CONTENT_TYPES[found.name.rpartition(".")[2]]
    return HttpResponse(bytes(found.content or b""), content_type=content_type, headers=headers)


def _standings(request: SignedIn, **which: Any) -> list[Standing]:
    """One's own files, newest first, without reading what is in them."""
    rows = scope.requested_files(request.user).filter(**which).annotate(size=Length("content"))
    now = clock.now()
    return [Standing(each, now, each.size) for each in rows]


def _choice(
    request: SignedIn, offer: dict[str, Any], *, errors: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    national = [(each.value, each.label, each.value.partition("_")[2]) for each in NATIONAL]
    facts = {**offer, "national": national, "errors": errors or {}}
    return render(request, "national/files/request_file.jinja", facts, status=status)
