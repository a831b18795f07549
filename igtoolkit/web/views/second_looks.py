"""Results worth a second look: one trust's question and its answer, and the list of all that a rule noticed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.actions import second_looks as actions
from igtoolkit.actions.said import Invalid, tidy
from igtoolkit.records.models import Submission
from igtoolkit.reports.second_look import Look, history, looks
from igtoolkit.standard.plausibility import Rule
from igtoolkit.web.pages.second_looks import list_page
from igtoolkit.web.signed_in import SignedIn

ANSWERED = "Answered. The organisation sees on its report that it is, and why."
TAKEN_UP = "Taken up again: the question stands, and the organisation sees that it does."


@allow(Action.DISMISS_SECOND_LOOK, post=Action.DISMISS_SECOND_LOOK)
def second_look(request: SignedIn, submission: Submission, rule: str) -> HttpResponse:
    look = _now(submission, rule)
    if request.method != "POST":
        if look is None:
            raise Http404
        return _page(request, submission, look)
    if request.POST.get("number", "") not in ("", str(submission.number)):
        return _page(request, submission, look, is_new=True, status=409)
    try:
        return _answer(request, submission, rule)
    except Invalid as invalid:
        return _page(request, submission, look, errors=invalid.errors, status=422)
    except actions.Changed as changed:
        return _page(request, submission, _now(submission, rule), is_new=changed.corrected, status=409)
    except actions.NotAsked:
        raise Http404 from None


@allow(Action.VIEW_NATIONAL_REPORT)
def second_looks(request: SignedIn, year: str, stage: str, rule: str) -> HttpResponse:
    if rule not in list(Rule):
        raise Http404
    page = list_page(year, stage, Rule(rule), request.GET)
    if page is None:
        raise Http404
    return render(request, "national/second_looks.jinja", page)


def _answer(request: SignedIn, submission: Submission, rule: str) -> HttpResponse:
    if request.POST.get("then") == "take_up_again":
        actions.take_up_again(submission, rule, answer=_number(request.POST.get("answer", "")), by=request.user)
        messages.success(request, TAKEN_UP)
    else:
        reason = tidy(request.POST.get("reason", ""))
        actions.dismiss_second_look(submission, rule, reason=reason, by=request.user)
        messages.success(request, ANSWERED)
    return redirect(request.path)


def _now(submission: Submission, rule: str) -> Look | None:
    return next((each for each in looks(submission) if each.rule == rule), None)


def _page(
    request: SignedIn, submission: Submission, look: Look | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The question as it stands. look: None where a correction, sent while somebody wrote, is not asked it."""
    told = history(submission, look.rule) if look else []
    facts = {"look": look, "record": submission, "history": told, "reason": tidy(request.POST.get("reason", ""))}
    shown = {**facts, "errors": {}, "is_new": False, "status": status, **more}
    return render(request, "submission/second_look.jinja", shown, status=status)


def _number(typed: str) -> int:
    """A key as the form gave it; 0, which nothing has, for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
