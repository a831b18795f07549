"""One requirement: reading it, and saving what the organisation says about it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action, may
from igtoolkit.actions.answers import StaleAnswer, save_answer
from igtoolkit.actions.said import COMMENT_MAX, Invalid
from igtoolkit.records.models import Answer, Assessment
from igtoolkit.standard.framework import Requirement
from igtoolkit.web.forms.answer import AnswerForm
from igtoolkit.web.pages.requirement import RequirementPage
from igtoolkit.web.pages.stale import differences
from igtoolkit.web.signed_in import SignedIn


@allow(Action.VIEW_ASSESSMENT, post=Action.SAVE_ANSWER)
def requirement(request: SignedIn, record: Assessment, requirement: str) -> HttpResponse:
    asked = _asked(record, requirement)
    answer = _answer(record, asked)
    if request.method != "POST":
        return _page(request, record, asked, answer, AnswerForm.of(answer))
    form = AnswerForm.posted(request.POST)
    if form.add:
        return _page(request, record, asked, answer, form.beside(answer))
    try:
        saved = save_answer(record, asked.code, form.said(), version=form.version, by=request.user)
    except Invalid as invalid:
        return _page(request, record, asked, answer, form.beside(answer), errors=invalid.errors, status=422)
    except StaleAnswer as stale:
        theirs = _answer(record, asked)
        found = differences(theirs, stale.said)
        return _page(request, record, asked, theirs, form.again(theirs), differences=found, status=409)
    messages.success(request, _told(saved, form))
    return redirect(_next(record, asked, form))


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
        rows = record.answers.select_related("changed_by", "completed_by")
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
    if may_save:
        form = form.with_room(tuple(each.code for each in asked.criteria))
    page = RequirementPage(record, asked, answer, form, errors or {})
    facts = {"page": page, "record": record, "may_save": may_save, "comment_max": COMMENT_MAX, **more}
    return render(request, "assessment/requirement.jinja", facts, status=status)


def _told(saved: Answer, form: AnswerForm) -> str:
    """What the save came to, in a sentence."""
    if saved.version == form.version:
        return f"{saved.requirement}: nothing had changed, so nothing was saved."
    done = {"complete": "saved and marked complete", "not_complete": "saved and no longer marked complete"}
    return f"{saved.requirement} {done.get(form.then, 'saved')}: {_standing(saved)}."


def _standing(saved: Answer) -> str:
    if saved.not_relevant:
        return "not relevant"
    return "not scored yet" if saved.level is None else f"level {saved.level}"


def _next(record: Assessment, asked: Requirement, form: AnswerForm) -> str:
    """The address to go to after a save: here again, or the next requirement, or the assessment after the last."""
    address = {"code": record.organisation.code, "year": record.year}
    codes = [each.code for each in record.framework.requirements]
    if form.then != "next":
        return reverse("requirement", kwargs={**address, "requirement": asked.code})
    if asked.code == codes[-1]:
        return reverse("assessment", kwargs=address)
    return reverse("requirement", kwargs={**address, "requirement": codes[codes.index(asked.code) + 1]})
