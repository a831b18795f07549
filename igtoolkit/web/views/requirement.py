"""One requirement: reading it, and saving what the organisation says about it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action, Refused, may
from igtoolkit.actions.answers import StaleAnswer, save_answer
from igtoolkit.actions.confirming import why_not
from igtoolkit.actions.said import COMMENT_MAX, Invalid
from igtoolkit.actions.support import tell_look
from igtoolkit.records.models import Answer, Assessment
from igtoolkit.standard.framework import Requirement
from igtoolkit.web.forms.answer import AnswerForm
from igtoolkit.web.pages.listing import Listing
from igtoolkit.web.pages.requirement import RequirementPage
from igtoolkit.web.pages.rows import Show
from igtoolkit.web.pages.stale import differences
from igtoolkit.web.pages.typed import closed_meanwhile, typed_answer
from igtoolkit.web.signed_in import SignedIn


@allow(Action.VIEW_ASSESSMENT, post=Action.SEND_FORM)
def requirement(request: SignedIn, record: Assessment, requirement: str) -> HttpResponse:
    asked = _asked(record, requirement)
    answer = _answer(record, asked)
    if request.method != "POST":
        tell_look(record, address=request.path, by=request.user)
        return _page(request, record, asked, answer, AnswerForm.of(answer))
    form = AnswerForm.posted(request.POST)
    try:
        if record.is_open:
            return _take(request, record, asked, answer, form)
    except Refused:
        record = closed_meanwhile(request.user, record)
        answer = _answer(record, asked)
    return _too_late(request, record, asked, answer, form)


def _take(request: SignedIn, record: Assessment, asked: Requirement, answer: Answer, form: AnswerForm) -> HttpResponse:
    """Save what was typed, or give it back with what is wrong. Raises Refused, as when Final came first."""
    if form.add:
        return _page(request, record, asked, answer, form.beside(answer))
    try:
        saved = save_answer(record, asked.code, form.said(), version=form.version, by=request.user)
    except Invalid as invalid:
        return _page(request, record, asked, answer, form.beside(answer), errors=invalid.errors, status=422)
    except StaleAnswer as stale:
        theirs = _answer(record, asked)
        own = theirs.changed_by_id == request.user.pk
        found = differences(theirs, stale.said, own=own)
        return _page(request, record, asked, theirs, form.again(theirs), status=409, differences=found, own=own)
    _tell(request, saved, form)
    return redirect(_next(request, record, asked, form))


def _too_late(
    request: SignedIn, record: Assessment, asked: Requirement, answer: Answer, form: AnswerForm
) -> HttpResponse:
    """What is recorded, and beside it what was typed and is not."""
    unsaved = typed_answer(form.beside(answer))
    return _page(request, record, asked, answer, AnswerForm.of(answer), status=409, unsaved=unsaved)


def _asked(record: Assessment, code: str) -> Requirement:
    """The requirement of the organisation's set with this code, whatever its case. Raises Http404."""
    for each in record.framework.requirements if record.has_set else ():
        if each.code.casefold() == code.casefold():
            return each
    raise Http404


def _answer(record: Assessment, asked: Requirement) -> Answer:
    """What is recorded, with who changed it; a fresh answer where nothing is."""
    found = None
    if record.is_started:
        rows = record.answers.select_related("changed_by", "completed_by", "confirmed_by")
        found = rows.filter(requirement=asked.code).first()
    return found or Answer(assessment=record, requirement=asked.code)


def _page(
    request: SignedIn,
    record: Assessment,
    asked: Requirement,
    answer: Answer,
    form: AnswerForm,
    *,
    errors: dict[str, str] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    may_save = may(request.user, Action.SAVE_ANSWER, record)
    may_confirm = may(request.user, Action.CONFIRM_ANSWER, record)
    if may_save:
        form = form.with_room(tuple(each.code for each in asked.criteria))
    page = RequirementPage(record, asked, answer, form, errors or {})
    facts = {"page": page, "record": record, "may_save": may_save, "comment_max": COMMENT_MAX, "show": _show(request)}
    facts |= {"may_confirm": may_confirm, "why_not": why_not(answer, request.user) if may_confirm else ""}
    facts |= _given(request, record, asked)
    return render(request, "assessment/requirement.jinja", {**facts, **more}, status=status)


def _given(request: SignedIn, record: Assessment, asked: Requirement) -> dict[str, Any]:
    """Whether the Final that stands came from a file, and the level that the file gives."""
    page = Listing(record, request.user, request.arrived)
    from_file = record.is_started and page.is_from_file
    return {"from_file": from_file, "given": page.standings.get(asked.code) if from_file else None}


def _show(request: SignedIn) -> Show:
    """What the list was narrowed to that this requirement was opened from."""
    return Show.asked((request.POST if request.method == "POST" else request.GET).get("show", ""))


def _tell(request: SignedIn, saved: Answer, form: AnswerForm) -> None:
    """What the save came to, in a sentence for the next page; what was saved is named for its title."""
    if saved.version == form.version:
        messages.info(request, f"{saved.requirement}: nothing had changed, so nothing was saved.")
        return
    done = {"complete": "saved and marked complete", "not_complete": "saved and no longer marked complete"}
    told = f"{saved.requirement} {done.get(form.then, 'saved')}: {_standing(saved)}."
    messages.success(request, told, extra_tags=saved.requirement)


def _standing(saved: Answer) -> str:
    if saved.not_relevant:
        return "not relevant"
    return "not scored yet" if saved.level is None else f"level {saved.level}"


def _next(request: SignedIn, record: Assessment, asked: Requirement, form: AnswerForm) -> str:
    """The address to go to after a save: here again, or the next of those shown, or the assessment after the last."""
    address, show = {"code": record.organisation.code, "year": record.year}, _show(request)
    page = Listing(record, request.user, request.arrived, show)
    going = page.following(asked.code) if form.then == "next" else asked
    if going is None:
        return reverse("assessment", kwargs=address) + show.query
    return reverse("requirement", kwargs={**address, "requirement": going.code}) + show.query
