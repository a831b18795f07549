"""Around Final: declaring that one person answers, and opening a submitted Final again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.actions.finals import (
    declare_one_person,
    editors,
    others_who_answered,
    reopen_final,
    withdraw_declaration,
)
from igtoolkit.actions.said import Invalid
from igtoolkit.records.models import Assessment
from igtoolkit.web.sessions import freshly
from igtoolkit.web.signed_in import SignedIn

DECLARED = "The declaration is recorded."
WITHDRAWN = "The declaration is withdrawn: a second person confirms again."


@allow(Action.DECLARE_ONE_PERSON, post=Action.DECLARE_ONE_PERSON)
def one_person(request: SignedIn, record: Assessment) -> HttpResponse:
    if request.method != "POST":
        return _one_person(request, record)
    withdrawing = request.POST.get("then") == "withdraw"
    try:
        (withdraw_declaration if withdrawing else declare_one_person)(record, by=request.user)
    except Invalid as invalid:
        return _one_person(request, record, errors=invalid.errors, status=422)
    messages.success(request, WITHDRAWN if withdrawing else DECLARED)
    return redirect(_assessment(record))


@allow(Action.REOPEN_FINAL, post=Action.REOPEN_FINAL)
@freshly
def reopen(request: SignedIn, record: Assessment) -> HttpResponse:
    if request.method != "POST":
        return render(request, "assessment/reopen.jinja", {"record": record})
    reopen_final(record, by=request.user)
    messages.success(request, "Final is open again. Change what was wrong, then submit the correction.")
    return redirect(_assessment(record))


def _one_person(
    request: SignedIn, record: Assessment, *, errors: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    others = [each for each in editors(record) if each.pk != request.user.pk]
    facts = {"record": record, "others": others, "errors": errors or {}}
    facts["answered"] = others_who_answered(record, request.user)
    return render(request, "assessment/one_person.jinja", facts, status=status)


def _assessment(record: Assessment) -> str:
    return reverse("assessment", kwargs={"code": record.organisation.code, "year": record.year})
