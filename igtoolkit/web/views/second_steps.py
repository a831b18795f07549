"""Signing in with more than a password: the step after it, and passkeys in its place."""

from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.actions.codes import APP, PASSKEY, RECOVERY, codes_left, spend_code
from igtoolkit.actions.second_factors import factors, recovery
from igtoolkit.actions.tries import Limit, seconds_to_wait
from igtoolkit.records.models import Person
from igtoolkit.web import passkeys
from igtoolkit.web.guesses import spelt
from igtoolkit.web.notices import tell_of_change
from igtoolkit.web.second_factor import USED, SecondFactorStage, note_used
from igtoolkit.web.tries import network

ASKED = 60, 300  # questions to one network in so many seconds: each is kept in a session for 12 hours
WRONG = "This code is wrong, or was used before: enter the one that the app shows now, or another recovery code"
WRONG_PASSKEY = "This passkey is not one of yours, or the device did not check that it is yours: try again"
UNKNOWN_PASSKEY = "This passkey is not known here: sign in with your login and password"
TOO_MANY = "Too many codes have been tried: wait {}, then try again"
TRIED = "Somebody gave your password, then tried many codes, and was made to wait. It may have been you."
LAST_CODES = "You have used a recovery code, and have {} left. Make new ones on your account's page."


@allow(Action.VIEW_PUBLIC_PAGE, post=Action.VIEW_PUBLIC_PAGE)
def second_factor_asked(request: HttpRequest) -> HttpResponse:
    """The step after a right password. Whoever has not given one is sent to the first step."""
    stage = LoginStageController.enter(request, SecondFactorStage.key) if request.user.is_anonymous else None
    if not isinstance(stage, SecondFactorStage) or not stage.still_holds():
        return redirect("account_login")
    person: Person = stage.login.user  # type: ignore[assignment]
    if request.method != "POST":
        return _step_page(request, person)
    if answer := request.POST.get("credential", ""):
        wrong = _wrong_passkey(request, answer, person)
        return _step_page(request, person, error=wrong, status=422) if wrong else _in(request, stage, PASSKEY)
    if wait := seconds_to_wait(_limits(request, person)):
        _warn(person)
        return _step_page(request, person, error=TOO_MANY.format(spelt(wait)), status=429)
    used = spend_code(person, request.POST.get("code", ""))
    return _in(request, stage, used) if used else _step_page(request, person, error=WRONG, status=422)


@allow(Action.VIEW_PUBLIC_PAGE, post=Action.VIEW_PUBLIC_PAGE)
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """GET says what the browser is asked, to our script; POST is what it answered."""
    if request.method != "POST":
        if wait := seconds_to_wait([Limit("passkey asked", network(request), *ASKED)]):
            return HttpResponse(status=429, headers={"Retry-After": str(wait)})
        return HttpResponse(passkeys.ask_to_show(request), content_type="application/json")
    try:
        row, wrong = passkeys.shown(request, request.POST.get("credential", "")), UNKNOWN_PASSKEY
    except passkeys.Copied:
        row, wrong = None, passkeys.COPIED
    if row is None:
        messages.error(request, wrong)
        return redirect("account_login")
    login = Login(user=row.user, redirect_url=get_next_redirect_url(request), state={USED: True})
    return _signed_in(request, perform_login(request, login))


def _in(request: HttpRequest, stage: SecondFactorStage, used: str) -> HttpResponse:
    """Finish signing in; whoever used a recovery code is told how many are left, by mail too."""
    response = _signed_in(request, stage.exit())
    if used == RECOVERY and isinstance(request.user, Person):
        left = codes_left(recovery(request.user))
        messages.warning(request, LAST_CODES.format(left))
        tell_of_change(request.user, f"One of your recovery codes was used to sign in. {left} are left.")
    return response


def _signed_in(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if request.user.is_authenticated:
        note_used(request)
    return response


def _wrong_passkey(request: HttpRequest, answer: str, person: Person) -> str:
    """What is wrong with the passkey shown; empty for a good one."""
    try:
        return "" if passkeys.shown(request, answer, person) else WRONG_PASSKEY
    except passkeys.Copied:
        return passkeys.COPIED


def _limits(request: HttpRequest, person: Person) -> list[Limit]:
    """Ten codes in five minutes from one network, so that nobody elsewhere keeps the person out; and fifty in an
    hour from all of them together, counted anew with a new password: who guesses must have the old one."""
    password = salted_hmac("igtoolkit.codes", person.password, algorithm="sha256").hexdigest()
    return [
        Limit("second factor", f"{person.pk} {network(request)}", 10, 300),
        Limit("second factor", f"{person.pk} {password}", 50, 3600),
    ]


def _warn(person: Person) -> None:
    """Tell the person, once an hour at most, that somebody with their password tries codes."""
    if not seconds_to_wait([Limit("told of codes", str(person.pk), 1, 3600)]):
        tell_of_change(person, TRIED)


def _step_page(request: HttpRequest, person: Person, *, error: str = "", status: int = 200) -> HttpResponse:
    kinds = {each.type for each in factors(person)}
    facts: dict[str, Any] = {
        "errors": {"code": error} if error else {},
        "has_app": APP in kinds,
        "asked": passkeys.ask_to_show(request, person) if PASSKEY in kinds else "",
    }
    return render(request, "account/second_factor_asked.jinja", facts, status=status)
