"""Setting up and removing one's own second factors."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.actions import second_factors as actions
from igtoolkit.actions.said import Invalid
from igtoolkit.web import passkeys
from igtoolkit.web.notices import tell_of_change
from igtoolkit.web.pages.own_account import Factor, own_account
from igtoolkit.web.second_factor import has_used_own
from igtoolkit.web.setting_up import ONWARD, added, changing, here
from igtoolkit.web.signed_in import SignedIn

NO_PASSKEY = "No passkey was made, or the device did not check that it is yours: try again"


@allow(Action.MANAGE_OWN_FACTORS)
def second_factor(request: SignedIn) -> HttpResponse:
    """Which to set up; and where somebody is led whose work needs one."""
    onward = request.GET.get("next", "")
    if get_adapter().is_safe_url(onward):
        request.session[ONWARD] = onward
    if not has_used_own(request):
        return render(request, "account/use_first.jinja")
    return render(request, "account/second_factor.jinja", {"page": own_account(request.user)})


@allow(Action.MANAGE_OWN_FACTORS, post=Action.MANAGE_OWN_FACTORS)
@changing
def add_passkey(request: SignedIn) -> HttpResponse:
    if request.method != "POST":
        return _passkey_page(request, "")
    name = request.POST.get("name", "")
    credential = passkeys.made(request, request.POST.get("credential", ""))
    if credential is None:
        return _passkey_page(request, name, errors={"name": NO_PASSKEY}, status=422)
    try:
        codes = actions.add_passkey(name, credential, by=request.user, here=here(request))
    except Invalid as invalid:
        return _passkey_page(request, name, errors=invalid.errors, status=422)
    return added(request, f"The passkey “{' '.join(name.split())}”", codes)


@allow(Action.MANAGE_OWN_FACTORS, post=Action.MANAGE_OWN_FACTORS)
@changing
def remove_factor(request: SignedIn, pk: int) -> HttpResponse:
    """GET asks, POST does."""
    found = next((each for each in actions.factors(request.user) if each.pk == pk), None)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _remove_page(request, found)
    try:
        removed = actions.remove_factor(pk, by=request.user)
    except Invalid as invalid:
        return _remove_page(request, found, errors=invalid.errors, status=422)
    tell_of_change(request.user, f"{removed} was removed from your second factors.")
    messages.success(request, f"{removed} is removed.")
    return redirect("account")


@allow(Action.MANAGE_OWN_FACTORS, post=Action.MANAGE_OWN_FACTORS)
@changing
def recovery_codes(request: SignedIn) -> HttpResponse:
    """New ones are told in the answer to the form that made them, and never again."""
    page = own_account(request.user)
    if request.method != "POST":
        return render(request, "account/recovery_codes.jinja", {"page": page, "errors": {}})
    try:
        codes = actions.make_recovery_codes(by=request.user)
    except Invalid as invalid:
        facts = {"page": page, "errors": invalid.errors}
        return render(request, "account/recovery_codes.jinja", facts, status=422)
    tell_of_change(request.user, "New recovery codes were made. Those from before no longer work.")
    return render(request, "account/codes_made.jinja", {"codes": codes, "added": "", "onward": ""})


def _passkey_page(request: SignedIn, name: str, *, errors: Any = None, status: int = 200) -> HttpResponse:
    facts = {"name": name, "errors": errors or {}, "asked": passkeys.ask_to_make(request, request.user)}
    return render(request, "account/add_passkey.jinja", facts, status=status)


def _remove_page(request: SignedIn, row: Authenticator, *, errors: Any = None, status: int = 200) -> HttpResponse:
    facts = {"factor": Factor(row), "page": own_account(request.user), "errors": errors or {}}
    return render(request, "account/remove_factor.jinja", facts, status=status)
