"""Submitting a stage: everything shown first, then one submission and its receipt."""

import re
import secrets
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action, may
from igtoolkit.actions import submissions
from igtoolkit.actions.said import Invalid, tidy
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, Submission
from igtoolkit.reports.second_look import looks
from igtoolkit.standard.words import Stage
from igtoolkit.web import kept
from igtoolkit.web.pages.assessment import administrators
from igtoolkit.web.pages.receipt import Receipt
from igtoolkit.web.pages.submitting import SubmitPage
from igtoolkit.web.sessions import freshly
from igtoolkit.web.signed_in import SignedIn

KEY = re.compile(r"[0-9A-Za-z_-]{20,64}")
CHANGED = "The assessment was changed after you opened this page. Look through it again, then submit."
EXPIRED = "This form was not complete, so nothing was submitted. Look through the page, then submit."


@allow(Action.SUBMIT_STAGE, post=Action.SUBMIT_STAGE)
@freshly
def submit(request: SignedIn, record: Assessment, stage: str) -> HttpResponse:
    asked = _stage(stage)
    if request.method != "POST":
        return _preview(request, record, asked, key=secrets.token_urlsafe())
    if not KEY.fullmatch(key := request.POST.get("key", "")):
        return _preview(request, record, asked, key=secrets.token_urlsafe(), warning=EXPIRED, status=422)
    given: dict[str, Any] = {
        "reason": tidy(request.POST.get("reason", "")).strip(),
        "seen": request.POST.get("draft", ""),
        "assured": request.POST.get("assurance") == "accepted",
        "waited": kept.has_waited(request),
    }
    try:
        made = submissions.submit(record, asked, key=key, arrived=request.arrived, by=request.user, **given)
    except Invalid as invalid:
        return _preview(request, record, asked, key=key, errors=invalid.errors, status=422)
    except submissions.StaleDraft:
        return _stale(request, record, asked, key=key)
    return redirect(reverse("submitted", kwargs={**_address(record), "stage": made.stage}))


@allow(Action.VIEW_RECEIPT)
def submitted(request: SignedIn, record: Assessment, stage: str) -> HttpResponse:
    found = _latest(record, _stage(stage))
    page, may_submit = Receipt(found), may(request.user, Action.SUBMIT_STAGE, record)
    facts = {"page": page, "submission": found, "record": record, "may_submit": may_submit}
    facts["may_reopen"] = page.can_reopen and may(request.user, Action.REOPEN_FINAL, record)
    facts["administrators"] = [] if may_submit else administrators(record)
    facts["second_look"] = looks(found) if record.is_reported else ()
    return render(request, "assessment/submitted.jinja", {**facts, "own": True})


def _stage(code: str) -> Stage:
    if code not in list(Stage):
        raise Http404
    return Stage(code)


def _preview(
    request: SignedIn,
    record: Assessment,
    stage: Stage,
    *,
    key: str,
    errors: dict[str, str] | None = None,
    warning: str = "",
    status: int = 200,
) -> HttpResponse:
    first_sent = kept.first_sent(request)  # a form that was not taken now: the next one arrives when it does
    facts = {
        "page": SubmitPage(record, request.user, clock.now() if first_sent else request.arrived, stage=stage),
        "first_sent": first_sent,
        "record": record,
        "key": key,
        "reason": request.POST.get("reason", ""),
        "assured": request.POST.get("assurance") == "accepted",
        "errors": errors or {},
        "warning": warning,
    }
    return render(request, "assessment/submit.jinja", facts, status=status)


def _stale(request: SignedIn, record: Assessment, stage: Stage, *, key: str) -> HttpResponse:
    """The preview again, or word of the submission made in the meantime where that is all that happened."""
    page = SubmitPage(record, request.user, request.arrived, stage=stage)
    if page.already is None:
        return _preview(request, record, stage, key=key, warning=CHANGED, status=409)
    facts = {"page": page, "record": record, "submission": page.already}
    return render(request, "assessment/already.jinja", facts, status=409)


def _latest(record: Assessment, stage: Stage) -> Submission:
    made = record.submissions.filter(stage=stage).select_related("submitted_by") if record.is_started else None
    found = made.order_by("-number").first() if made is not None else None
    if found is None:
        raise Http404
    return found


def _address(record: Assessment) -> dict[str, str]:
    return {"code": record.organisation.code, "year": record.year}
