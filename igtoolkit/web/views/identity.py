"""Signing in with another service, and connecting one's identity there: not found unless the operator named one."""

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.actions import identities as actions
from igtoolkit.actions.tries import Limit, seconds_to_wait
from igtoolkit.web.identity import begin, finish
from igtoolkit.web.notices import tell_of_change
from igtoolkit.web.second_factor import has_used_own
from igtoolkit.web.sessions import freshly
from igtoolkit.web.signed_in import SignedIn
from igtoolkit.web.tries import network

A_MINUTE = 120  # from one network: each asks the other service


@allow(Action.VIEW_PUBLIC_PAGE, methods=(), post=Action.VIEW_PUBLIC_PAGE)
def identity_sign_in(request: HttpRequest) -> HttpResponse:
    _there()
    if request.user.is_authenticated:
        return redirect("account")
    if seconds_to_wait([Limit("identity", network(request), A_MINUTE, 60)]):
        return render(request, "429.jinja", status=429)
    return begin(request, AuthProcess.LOGIN, get_next_redirect_url(request))


@allow(Action.VIEW_PUBLIC_PAGE)
def identity_back(request: HttpRequest) -> HttpResponse:
    """Where the other service sends people back to."""
    _there()
    return finish(request)


@allow(Action.MANAGE_OWN_FACTORS, methods=(), post=Action.MANAGE_OWN_FACTORS)
@freshly
def connect_identity(request: SignedIn) -> HttpResponse:
    _there()
    if not has_used_own(request):
        return render(request, "account/use_first.jinja")
    return begin(request, AuthProcess.CONNECT)


@allow(Action.MANAGE_OWN_FACTORS, methods=(), post=Action.MANAGE_OWN_FACTORS)
@freshly
def disconnect_identity(request: SignedIn) -> HttpResponse:
    _there()
    if actions.disconnect_identity(by=request.user):
        name = actions.named_service().name
        tell_of_change(request.user, f"Your identity at {name} was disconnected: nobody signs in with it any more.")
        messages.success(request, f"Disconnected: nobody signs in as you with {name} any more.")
    return redirect("account")


def _there() -> None:
    if not actions.named_service():
        raise Http404
