"""Where one is signed in, staying so, proving who one is again, and what was typed when one was signed out."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.actions.codes import PASSKEY
from igtoolkit.actions.second_factors import factors
from igtoolkit.actions.sessions import Ended, end_own_sessions
from igtoolkit.actions.tokens import live_tokens
from igtoolkit.actions.tries import Limit, seconds_to_wait
from igtoolkit.web import kept as keeping
from igtoolkit.web import passkeys
from igtoolkit.web import sessions as lives
from igtoolkit.web.guesses import spelt
from igtoolkit.web.pages.sessions import sessions_page
from igtoolkit.web.signed_in import SignedIn

TRIES = 10, 5 * 60  # so many in so many seconds
WRONG = "The password is wrong"
WRONG_PASSKEY = "This passkey is not one of yours, or the device did not check that it is yours: give your password"
WAIT = "Too many tries: wait {}, then try again"


@allow(Action.VIEW_OWN_ACCOUNT, post=Action.VIEW_OWN_ACCOUNT)
def own_sessions(request: SignedIn) -> HttpResponse:
    this = request.session.session_key
    if request.method != "POST":
        facts = {"page": sessions_page(request.user, this), "tokens": len(live_tokens(request.user))}
        return render(request, "account/sessions.jinja", facts)
    only = request.POST.get("end", "")
    if not only and request.POST.get("then") != "others":
        return redirect("sessions")
    also = not only and request.POST.get("tokens") == "also"
    ended = end_own_sessions(by=request.user, only=only, but=this or "", tokens=also)
    messages.success(request, _ended(ended))
    return redirect("sessions")


@allow(Action.VIEW_OWN_ACCOUNT)
def stay(request: SignedIn) -> HttpResponse:
    """Being opened is what keeps somebody signed in."""
    return render(request, "account/stay.jinja")


@allow(Action.VIEW_OWN_ACCOUNT, post=Action.VIEW_OWN_ACCOUNT)
def sign_in_again(request: SignedIn) -> HttpResponse:
    """Ask for the password, then go on to what waits for it, or to `next`, an address of ours."""
    if request.method != "POST":
        return _again(request)
    if answer := request.POST.get("credential", ""):
        try:
            if passkeys.shown(request, answer, request.user) is None:
                return _again(request, WRONG_PASSKEY)
        except passkeys.Copied:
            return _again(request, passkeys.COPIED)
        lives.prove(request, "passkey")
        return redirect(_onward(request))
    password = request.POST.get("password", "")
    if not password:
        return _again(request, "Enter your password")
    if wait := seconds_to_wait([Limit("sign in again", str(request.user.pk), *TRIES)]):
        return _again(request, WAIT.format(spelt(wait)), status=429)
    if not request.user.check_password(password):
        return _again(request, WRONG)
    lives.prove(request)
    return redirect(_onward(request))


@allow(Action.VIEW_OWN_ACCOUNT, post=Action.VIEW_OWN_ACCOUNT)
def kept(request: SignedIn) -> HttpResponse:
    """What was typed and not taken, to be sent by one press; POST throws it away."""
    if request.method == "POST":
        keeping.let_go(request)
        messages.success(request, "What you typed there is thrown away.")
        return redirect("home")
    found = keeping.kept(request)
    facts = {"kept": found, "is_fresh": lives.is_fresh(request)}
    return render(request, "account/kept.jinja", {**facts, "is_submission": found and _is_submission(found.path)})


def _is_submission(path: str) -> bool:
    """Whether it submits a stage: then it counts when it arrived."""
    try:
        return resolve(urlsplit(path).path).url_name == "submit"
    except Resolver404:
        return False


def _again(request: SignedIn, wrong: str = "", *, status: int = 422) -> HttpResponse:
    errors = {"password": wrong} if wrong else {}
    facts = {"errors": errors, "onward": _onward(request), "waiting": keeping.kept(request)}
    has_passkey = any(each.type == PASSKEY for each in factors(request.user))
    facts["asked"] = passkeys.ask_to_show(request, request.user) if has_passkey else ""
    return render(request, "account/again.jinja", facts, status=status if wrong else 200)


def _onward(request: SignedIn) -> str:
    """Where to go on to: only an address of this service, written from its root."""
    if keeping.kept(request):
        return reverse("kept")
    asked = request.POST.get("next", "") or request.GET.get("next", "")
    is_ours = asked.startswith("/") and not asked.startswith(("//", "/\\")) and not urlsplit(asked).netloc
    return asked if is_ours else reverse("sessions")


def _ended(ended: Ended) -> str:
    how_many, revoked = ended
    several = f"{how_many} sessions are ended: whoever used them is signed out."
    said = {0: "No session was ended.", 1: "One session is ended: whoever used it is signed out."}.get(
        how_many, several
    )
    if not revoked:
        return said
    tokens = "Your token is revoked" if revoked == 1 else f"Your {revoked} tokens are revoked"
    return f"{said if how_many else ''} {tokens}: programs are refused from now on.".strip()
