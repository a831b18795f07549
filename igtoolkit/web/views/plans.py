"""Improvement plans: written and sent by an organisation, accepted or returned by the service team."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from igtoolkit.access import scope
from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.actions import plans as actions
from igtoolkit.actions import reviews
from igtoolkit.actions.said import Invalid, tidy
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, ImprovementPlan
from igtoolkit.web.forms.plan import PlanRow, posted_plan
from igtoolkit.web.pages import plans as pages
from igtoolkit.web.signed_in import SignedIn

CHANGED = "The plan was changed after you opened this page. Look through it again, then send it."
DECISIONS = {"accept": True, "return": False}
CHOOSE = "Choose whether to accept the plan or to return it"


@allow(Action.VIEW_PLAN, post=Action.WRITE_PLAN)
def improvement_plan(request: SignedIn, record: Assessment) -> HttpResponse:
    if request.method != "POST":
        return _own_page(request, record)
    typed = posted_plan(request.POST)
    said = {code: row.planned for code, row in typed.items()}
    try:
        changed = actions.save_plan(record, said, by=request.user, seen={code: row.seen for code, row in typed.items()})
    except Invalid as invalid:
        return _own_page(request, record, typed=typed, errors=invalid.errors, status=422)
    except actions.StalePlan as stale:
        again = typed | {code: typed[code].again(theirs) for code, theirs in stale.theirs.items()}
        return _own_page(request, record, typed=again, theirs=stale.theirs, status=409)
    messages.success(request, f"Saved: {', '.join(changed)}." if changed else "Nothing was changed.")
    return redirect(_own_address(record))


@allow(Action.SEND_PLAN, methods=(), post=Action.SEND_PLAN)
def send_plan(request: SignedIn, record: Assessment) -> HttpResponse:
    try:
        actions.send_plan(record, by=request.user, seen=request.POST.get("draft", ""))
    except Invalid as invalid:
        return _own_page(request, record, errors=invalid.errors, status=422)
    except actions.StalePlan:
        return _own_page(request, record, warning=CHANGED, status=409)
    messages.success(request, "The plan is sent. The service team reads it and accepts it or returns it with a reason.")
    return redirect(_own_address(record))


@allow(Action.REVIEW_PLANS)
def plans(request: SignedIn) -> HttpResponse:
    page = pages.page_of_plans(request.user, request.GET.get("page", ""))
    return render(request, "plans/plans.jinja", {"page": page, "rows": pages.sent_rows(page)})


@allow(Action.REVIEW_PLANS, post=Action.REVIEW_PLANS)
def plan(request: SignedIn, code: str, year: str) -> HttpResponse:
    found = scope.find_plan(request.user, code, year)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _sent_page(request, found)
    reason, decision = tidy(request.POST.get("reason", "")), request.POST.get("decision", "")
    if request.POST.get("plan", "") != str(found.pk):
        return _sent_page(request, found, reason=reason, decision=decision, is_new=True, status=409)
    if decision not in DECISIONS:
        return _sent_page(request, found, reason=reason, errors={"decision": CHOOSE}, status=422)
    try:
        made = reviews.review_plan(found, accepted=DECISIONS[decision], reason=reason, by=request.user)
    except Invalid as invalid:
        return _sent_page(request, found, reason=reason, decision=decision, errors=invalid.errors, status=422)
    except reviews.AlreadyDecided as decided:
        return _sent_page(request, decided.plan, reason=reason, decision=decision, status=409)
    done = "accepted" if made.accepted else "returned"
    messages.success(request, f"Plan {found.number} of {found.submission.name} is {done}.")
    return redirect("plans")


def _own_address(record: Assessment) -> str:
    return reverse("improvement_plan", kwargs={"code": record.organisation.code, "year": record.year})


def _own_page(
    request: SignedIn, record: Assessment, *, typed: dict[str, PlanRow] | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    page = pages.PlanPage(record, request.user, clock.now(), typed or {})
    facts = {"page": page, "record": record, "errors": {}, "theirs": {}, "warning": "", **more}
    return render(request, "plans/improvement_plan.jinja", facts, status=status)


def _sent_page(request: SignedIn, found: ImprovementPlan, *, status: int = 200, **more: Any) -> HttpResponse:
    rows = pages.history(request.user, found)
    facts = {"row": rows[0], "earlier": rows[1:], "errors": {}, "reason": "", "decision": "", "is_new": False}
    return render(request, "plans/plan.jinja", {**facts, "status": status, **more}, status=status)
