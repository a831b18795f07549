"""Setting organisations' kinds, row by row or with a spreadsheet, for the service team."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.actions.register.kind_files import ROWS_MAX, KindFile, read_kinds
from igtoolkit.actions.register.kinds import StaleKinds, set_kinds
from igtoolkit.actions.register.tables import FileProblem
from igtoolkit.actions.said import Invalid
from igtoolkit.records.frameworks import years
from igtoolkit.web.forms.kinds import KindsForm, carried, handed_on
from igtoolkit.web.pages.kinds import Asked, kind_names, kinds_page
from igtoolkit.web.signed_in import SignedIn

FILE_MAX = 2_000_000  # bytes
SHOWN = 100
CHANGED_SINCE = "Some kinds were set by somebody else after the preview was made, so nothing was saved. Look again."
BROKEN = "The preview did not come back whole, so nothing was saved. Choose the spreadsheet again."


@allow(Action.SET_KINDS, post=Action.SET_KINDS)
def kinds(request: SignedIn, year: str) -> HttpResponse:
    _check(year)
    asked = Asked.of(request.GET)
    if request.method != "POST":
        return _page(request, kinds_page(year, asked))
    form = KindsForm.posted(request.POST)
    try:
        changed = set_kinds(year, form.settings, by=request.user)
    except Invalid as invalid:
        return _page(request, kinds_page(year, asked, form.chosen), form, errors=invalid.errors, status=422)
    except StaleKinds as stale:
        return _page(request, kinds_page(year, asked, form.chosen, stale.now), form, status=409)
    _say(request, changed)
    return redirect(reverse("kinds", kwargs={"year": year}) + asked.again)


@allow(Action.SET_KINDS, post=Action.SET_KINDS)
def kinds_upload(request: SignedIn, year: str) -> HttpResponse:
    _check(year)
    if request.method != "POST":
        return _upload_page(request, year)
    return _confirmed(request, year) if "proposed" in request.POST else _preview(request, year)


def _preview(request: SignedIn, year: str) -> HttpResponse:
    given, source = request.FILES.get("file"), " ".join(request.POST.get("source", "").split())
    if given is None or not given.size:
        words = "Choose a spreadsheet that is not empty" if given else "Choose a spreadsheet"
        return _upload_page(request, year, source=source, errors={"file": words}, status=422)
    if given.size > FILE_MAX:
        return _upload_page(request, year, source=source, errors={"file": "It is over 2 MB: divide it"}, status=422)
    try:
        read = read_kinds(given.read(), given.name or "The spreadsheet", year, source=source)
    except FileProblem as problem:
        return _upload_page(request, year, source=source, errors={"file": str(problem)}, status=422)
    return _upload_page(request, year, source=source, read=read, status=422 if read.wrong else 200)


def _confirmed(request: SignedIn, year: str) -> HttpResponse:
    try:
        changed = set_kinds(year, handed_on(request.POST["proposed"]), by=request.user)
    except StaleKinds:
        return _upload_page(request, year, errors={"file": CHANGED_SINCE}, status=409)
    except Invalid as invalid:
        return _upload_page(request, year, errors={"file": next(iter(invalid.errors.values()))}, status=422)
    except ValueError:
        return _upload_page(request, year, errors={"file": BROKEN}, status=422)
    _say(request, changed)
    return redirect(reverse("kinds", kwargs={"year": year}))


def _check(year: str) -> None:
    if year not in years():
        raise Http404


def _say(request: SignedIn, changed: int) -> None:
    words = {0: "Nothing was changed.", 1: "1 kind is set."}.get(changed, f"{changed:,} kinds are set.")
    messages.success(request, words)


def _page(
    request: SignedIn,
    page: dict[str, Any],
    form: KindsForm | None = None,
    *,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    facts = {**page, "source": form.source if form else "", "errors": errors or {}, "stale": status == 409}
    return render(request, "register/kinds.jinja", facts, status=status)


def _upload_page(
    request: SignedIn,
    year: str,
    *,
    source: str = "",
    read: KindFile | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    facts = {"year": year, "source": source, "read": read, "errors": errors or {}, "shown": SHOWN, "most": ROWS_MAX}
    proposed = carried(read.changes) if read and not read.wrong else ""
    facts |= {"names": kind_names(year), "proposed": proposed}
    return render(request, "register/kinds_upload.jinja", facts, status=status)
