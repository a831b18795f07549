"""A second person stands behind an answer, or takes that back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.actions.confirming import StaleConfirmation, confirm_answer, confirm_answers, withdraw_confirmation
from igtoolkit.actions.said import Invalid
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment
from igtoolkit.standard.framework import UnknownRequirement
from igtoolkit.web.pages.listing import Listing
from igtoolkit.web.pages.rows import Show
from igtoolkit.web.signed_in import SignedIn

CHANGED_MEANWHILE = "One of them was changed after you opened the list, so none was confirmed. Look again first."
CHANGED = "{code} was changed after you opened it, so it was not confirmed. Read it again first."


@allow(Action.CONFIRM_ANSWER, methods=(), post=Action.CONFIRM_ANSWER)
def confirm(request: SignedIn, record: Assessment, requirement: str) -> HttpResponse:
    code = requirement.upper()
    address = {"code": record.organisation.code, "year": record.year, "requirement": code}
    here = reverse("requirement", kwargs=address)
    try:
        if request.POST.get("then") == "withdraw":
            withdraw_confirmation(record, code, by=request.user)
            messages.success(request, f"{code} is no longer confirmed.", extra_tags=code)
            return redirect(here)
        confirm_answer(record, code, version=_version(request), by=request.user)
    except UnknownRequirement as unknown:
        raise Http404 from unknown
    except Invalid as invalid:
        messages.error(request, f"Not confirmed. {'. '.join(invalid.errors.values())}.")
        return redirect(here)
    except StaleConfirmation:
        messages.error(request, CHANGED.format(code=code))
        return redirect(here)
    messages.success(request, f"{code} confirmed.", extra_tags=code)
    return redirect(_next(request, record, code) if request.POST.get("then") == "next" else here)


@allow(Action.CONFIRM_ANSWER, methods=(), post=Action.CONFIRM_ANSWER)
def confirm_several(request: SignedIn, record: Assessment) -> HttpResponse:
    here = reverse("assessment", kwargs={"code": record.organisation.code, "year": record.year})
    chosen = [each.partition(":") for each in request.POST.getlist("confirm")]
    read = {code.upper(): _number(version) for code, _, version in chosen}
    try:
        confirmed = confirm_answers(record, read, by=request.user)
    except UnknownRequirement as unknown:
        raise Http404 from unknown
    except Invalid as invalid:
        messages.error(request, f"None was confirmed. {'. '.join(invalid.errors.values())}.")
    except StaleConfirmation:
        messages.error(request, CHANGED_MEANWHILE)
    else:
        told = ", ".join(each.requirement for each in confirmed)
        if confirmed:
            messages.success(request, f"{told} confirmed.", extra_tags=told)
        else:
            messages.info(request, "Nothing was confirmed: tick what you have read.")
    return redirect(here + Show.UNCONFIRMED.query)


def _version(request: SignedIn) -> int:
    return _number(request.POST.get("version", ""))


def _number(text: str) -> int:
    """A version as a form carries it; one that no answer has for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _next(request: SignedIn, record: Assessment, code: str) -> str:
    """The next requirement that waits to be confirmed, or the list when none does."""
    address = {"code": record.organisation.code, "year": record.year}
    page = Listing(record, request.user, clock.now(), Show.UNCONFIRMED)
    going = page.following(code) or page.first_shown
    if going is None:
        return reverse("assessment", kwargs=address)
    return reverse("requirement", kwargs={**address, "requirement": going.code}) + Show.UNCONFIRMED.query
