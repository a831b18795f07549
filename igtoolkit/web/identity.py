"""Signing in as who somebody is to another service (OpenID Connect): the library's protocol, without its sign-up.

Nobody gets an account or a right by it, and no e-mail address is looked at: a person connects their identity while
signed in, and signs in with it afterwards. What the service says of them is checked and thrown away.
"""

import logging
from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare, get_random_string
from requests import RequestException

from igtoolkit.actions.identities import connect_identity, named_service
from igtoolkit.actions.said import Invalid
from igtoolkit.records.models import Person
from igtoolkit.web.notices import tell_of_change
from igtoolkit.web.second_factor import USED, note_used

log = logging.getLogger(__name__)
MANY_FACTORS = {
    "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
    "https://refeds.org/profile/mfa",
    "phr",
    "phrh",
}
NEEDED = {"exp", "iat", "sub"}  # of a token about somebody; the library does not miss the first two
FAULTS = (OAuth2Error, RequestException, KeyError, ValueError, TypeError)


class Protocol(OpenIDConnectOAuth2Adapter):
    """Our own address to come back to, the issuer as it was set, and every signature checked."""

    def get_provider(self) -> OpenIDConnectProvider:
        return Service(self.request, app=_app())

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return f"{settings.SITE_ADDRESS}{reverse('identity_back')}"

    @property
    def openid_config(self) -> dict[str, Any]:
        found: dict[str, Any] = super().openid_config
        if found["issuer"].rstrip("/") != named_service().server.rstrip("/"):
            raise OAuth2Error("The service says that it is another.")
        return found

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        self.did_fetch_access_token = False
        found: dict[str, Any] = super()._decode_id_token(app, id_token)
        if not set(found) >= NEEDED:
            raise OAuth2Error("The token does not say until when it holds.")
        return found


class Service(OpenIDConnectProvider):
    oauth2_adapter_class = Protocol

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """What the service says is looked at in this request, and kept nowhere."""
        self.request.identity = data.get("id_token", {})
        return {}


class Identities(DefaultSocialAccountAdapter):
    """What is done with an identity that was proved, in place of what the library would do."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        told: dict[str, Any] = request.identity  # type: ignore[attr-defined]
        state = sociallogin.state
        if not constant_time_compare(told.get("nonce", ""), state["nonce"]):
            raise ImmediateHttpResponse(_page(request, "failed", 403))
        uid = sociallogin.account.uid
        if state["process"] == AuthProcess.CONNECT:
            raise ImmediateHttpResponse(_connected(request, uid, state["who"]))
        raise ImmediateHttpResponse(_signed_in(request, sociallogin, told))

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        if error == AuthError.CANCELLED:
            raise ImmediateHttpResponse(_page(request, "stopped", 403))
        raise ImmediateHttpResponse(_faulty(request, exception))

    def get_requests_session(self) -> Any:
        """Asks at the addresses of the service that was set up, and goes nowhere it is sent on to."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def generate_state_param(self, state: dict[str, Any]) -> str:
        """What ties an answer to the browser that asked: as hard to guess as a session's key."""
        return get_random_string(32)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False


def begin(request: HttpRequest, process: AuthProcess, next_url: str | None = None) -> HttpResponse:
    """Send somebody to the service, to come back with who they are there."""
    nonce = get_random_string(32)
    asked = {"nonce": nonce, "scope": ["openid"], "auth_params": {"nonce": nonce}, "who": request.user.pk}
    try:
        return Service(request, app=_app()).redirect(request, process, next_url=next_url, **asked)
    except FAULTS as fault:
        return _faulty(request, fault)


def finish(request: HttpRequest) -> HttpResponse:
    """What somebody came back with is checked, and done."""
    try:
        return OAuth2CallbackView.adapter_view(Protocol(request, named_service().key))(request)
    except FAULTS as fault:
        return _faulty(request, fault)


def used_a_second_factor(told: dict[str, Any]) -> bool:
    """Whether the service says that more than a password was shown to it, and the operator trusts that."""
    ways = told.get("amr")
    said = (isinstance(ways, list) and "mfa" in ways) or told.get("acr") in MANY_FACTORS
    return settings.OIDC_TRUSTED_FACTOR and said


def _signed_in(request: HttpRequest, sociallogin: SocialLogin, told: dict[str, Any]) -> HttpResponse:
    """An identity that is nobody's, and one of somebody deactivated, get the same page."""
    person = sociallogin.user
    if not sociallogin.is_existing or not person.is_active or request.user.is_authenticated:
        return _page(request, "unknown", 403)
    shown = used_a_second_factor(told)
    login = Login(user=person, redirect_url=sociallogin.state.get("next"), state={USED: shown})
    response = perform_login(request, login)
    if shown and request.user.is_authenticated:
        note_used(request)
    return response


def _connected(request: HttpRequest, uid: str, who: int) -> HttpResponse:
    person = request.user
    if not isinstance(person, Person) or person.pk != who:
        return _page(request, "failed", 403)
    try:
        connect_identity(uid, by=person)
    except Invalid as invalid:
        messages.error(request, ". ".join(invalid.errors.values()) + ".")
        return redirect("account")
    messages.success(request, f"Connected: you can now sign in with {named_service().name}.")
    tell_of_change(person, f"Your identity at {named_service().name} was connected: you can sign in with it.")
    return redirect("account")


def _faulty(request: HttpRequest, fault: BaseException | None) -> HttpResponse:
    """503 when the service cannot be reached, 403 when what it or the browser says does not hold."""
    log.warning("Signing in with another service failed: %s", type(fault).__name__)
    if isinstance(fault, RequestException):
        return _page(request, "down", 503)
    return _page(request, "failed", 403)


def _page(request: HttpRequest, why: str, status: int) -> HttpResponse:
    return render(request, "account/identity.jinja", {"why": why, "service": named_service().name}, status=status)


def _app() -> SocialApp:
    found = named_service()
    how = {"server_url": found.server, "oauth_pkce_enabled": True, "fetch_userinfo": False}
    facts = {"client_id": found.client, "secret": found.secret, "settings": how}
    return SocialApp(provider=Service.id, provider_id=found.key, name=found.name, **facts)
