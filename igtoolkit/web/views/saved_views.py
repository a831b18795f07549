"""Saved views of the national report: listed, kept, opened, changed and deleted by the readers for the NDG."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action, Refused
from igtoolkit.actions import views as actions
from igtoolkit.actions.said import Invalid
from igtoolkit.reports.national import NoSuchReport
from igtoolkit.web.pages import saved_views as pages
from igtoolkit.web.pages.kept_view import kept_query
from igtoolkit.web.signed_in import SignedIn

GONE = "There is no report of {} any more. The view is kept: its note can still be read here."


@allow(Action.SAVE_VIEWS)
def saved_views(request: SignedIn) -> HttpResponse:
    page = pages.page_of_views(request.user, request.GET.get("page", ""))
    rows = [pages.ViewRow(each, each.owner_id == request.user.pk) for each in page]
    return render(request, "national/views/saved_views.jinja", {"page": page, "rows": rows})


@allow(Action.SAVE_VIEWS, post=Action.SAVE_VIEWS)
def save_view(request: SignedIn) -> HttpResponse:
    is_posted = request.method == "POST"
    facts: dict[str, Any] = _kept(request.POST if is_posted else request.GET, from_form=is_posted)
    form = pages.ViewForm.posted(request.POST)
    if not is_posted:
        return _form(request, "save_view", form, **facts)
    try:
        view = actions.save_view(name=form.name, note=form.note, by=request.user, **facts)
    except Invalid as invalid:
        return _form(request, "save_view", form, errors=invalid.errors, status=422, **facts)
    messages.success(request, f"Saved: {view.name}. Other readers for the National Data Guardian can open it too.")
    return redirect("saved_view", pk=view.pk)


@allow(Action.SAVE_VIEWS)
def saved_view(request: SignedIn, pk: int) -> HttpResponse:
    row = _row(request, pk)
    try:
        kept_query(row.view.year, row.view.stage, QueryDict())
    except NoSuchReport:
        messages.warning(request, GONE.format(row.report))
        return redirect("edit_saved_view", pk=pk) if row.is_own else redirect("saved_views")
    return redirect(row.address)


@allow(Action.SAVE_VIEWS, post=Action.SAVE_VIEWS)
def edit_saved_view(request: SignedIn, pk: int) -> HttpResponse:
    form = pages.ViewForm.posted(request.POST)
    if request.method == "POST" and (form.name or form.note) and pages.find_view(request.user, pk) is None:
        return _gone(request, form)
    row = _own(request, pk)
    if request.method != "POST":
        return _form(request, "edit_saved_view", pages.ViewForm.of(row.view), row=row)
    try:
        view = actions.change_view(row.view, name=form.name, note=form.note, version=form.version, by=request.user)
    except Invalid as invalid:
        return _form(request, "edit_saved_view", form, row=row, errors=invalid.errors, status=422)
    except actions.StaleView as stale:
        return _stale(request, row, form, stale)
    except actions.Gone:
        return _gone(request, form)
    messages.success(request, f"Saved: {view.name}.")
    return redirect("saved_view", pk=pk)


@allow(Action.SAVE_VIEWS, post=Action.SAVE_VIEWS)
def delete_saved_view(request: SignedIn, pk: int) -> HttpResponse:
    row = _own(request, pk)
    if request.method != "POST":
        return _question(request, row)
    try:
        actions.delete_view(row.view, version=pages.ViewForm.posted(request.POST).version, by=request.user)
    except actions.StaleView:
        return _question(request, row, status=409)
    except actions.Gone:
        raise Http404 from None
    messages.success(request, f"Deleted: {row.view.name}.")
    return redirect("saved_views")


def _kept(given: QueryDict, *, from_form: bool) -> dict[str, str]:
    """Year, stage and query to keep: a form carries the query in one field, a link in fields of its own."""
    year, stage = given.get("year", ""), given.get("stage", "")
    try:
        return {
            "year": year,
            "stage": stage,
            "query": kept_query(year, stage, QueryDict(given.get("query", "")) if from_form else given),
        }
    except NoSuchReport:
        raise Http404 from None


def _row(request: SignedIn, pk: int) -> pages.ViewRow:
    row = pages.find_view(request.user, pk)
    if row is None:
        raise Http404
    return row


def _own(request: SignedIn, pk: int) -> pages.ViewRow:
    row = _row(request, pk)
    if not row.is_own:
        raise Refused(actions.NOT_YOURS)
    return row


def _stale(request: SignedIn, row: pages.ViewRow, form: pages.ViewForm, stale: actions.StaleView) -> HttpResponse:
    """Both texts, and the form again: saved once more, it takes the place of what is recorded now."""
    theirs = stale.theirs
    again = pages.ViewForm(form.name, form.note, theirs.version)
    shown = pages.ViewRow(theirs, is_own=True)
    facts: dict[str, Any] = {"row": shown, "differences": form.differences(theirs), "status": 409}
    return _form(request, "edit_saved_view", again, **facts)


def _gone(request: SignedIn, form: pages.ViewForm) -> HttpResponse:
    """The view was deleted while somebody wrote: what was typed stays on the screen."""
    return render(request, "national/views/gone.jinja", {"form": form}, status=409)


def _form(request: SignedIn, page: str, form: pages.ViewForm, *, status: int = 200, **more: Any) -> HttpResponse:
    kept = (more["year"], more["query"]) if "query" in more else (more["row"].view.year, more["row"].view.query)
    facts = {"form": form, "errors": {}, "differences": (), "status": status, "asks": pages.words(*kept), **more}
    return render(request, f"national/views/{page}.jinja", facts, status=status)


def _question(request: SignedIn, row: pages.ViewRow, *, status: int = 200) -> HttpResponse:
    return render(request, "national/views/delete_saved_view.jinja", {"row": row, "status": status}, status=status)
