"""Setting up an app that shows codes."""

from io import BytesIO
from typing import Any
from urllib.parse import quote, urlencode

import segno
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.utils import decrypt, encrypt
from cryptography.fernet import InvalidToken
from django.http import Http404, HttpResponse
from django.shortcuts import render

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.actions.codes import APP
from igtoolkit.actions.said import Invalid
from igtoolkit.actions.second_factors import add_app, factors
from igtoolkit.web.setting_up import added, changing, here
from igtoolkit.web.signed_in import SignedIn

SECRET = "app_secret"  # noqa: S105 (in a session: the secret that an app is being given, encrypted)
ISSUER = "IG Toolkit"


@allow(Action.MANAGE_OWN_FACTORS, post=Action.MANAGE_OWN_FACTORS)
@changing
def app(request: SignedIn) -> HttpResponse:
    secret = _secret(request)
    if request.method != "POST":
        return _app_page(request, secret)
    try:
        codes = add_app(secret, request.POST.get("code", ""), by=request.user, here=here(request))
    except Invalid as invalid:
        return _app_page(request, secret, errors=invalid.errors, status=422)
    request.session.pop(SECRET)
    return added(request, "An app that shows codes", codes)


@allow(Action.MANAGE_OWN_FACTORS)
def app_qr(request: SignedIn) -> HttpResponse:
    """What a phone's camera reads: the secret of the app that is being set up."""
    if SECRET not in request.session:
        raise Http404
    who = {"secret": _secret(request), "issuer": ISSUER}
    label = quote(f"{ISSUER}:{request.user.email}")
    drawn = BytesIO()
    address = f"otpauth://totp/{label}?{urlencode(who, quote_via=quote)}"
    segno.make(address, micro=False).save(drawn, kind="svg", scale=5, border=4, light="white")
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml; charset=utf-8")


def _secret(request: SignedIn) -> str:
    """The secret that an app is being given, in base 32: the same until it is set up, whatever is reloaded."""
    kept = request.session.get(SECRET)
    try:
        return decrypt(kept) if kept else _new_secret(request)
    except InvalidToken:
        return _new_secret(request)


def _new_secret(request: SignedIn) -> str:
    secret = generate_totp_secret()
    request.session[SECRET] = encrypt(secret)
    return secret


def _app_page(request: SignedIn, secret: str, *, errors: Any = None, status: int = 200) -> HttpResponse:
    shown = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    has_app = any(each.type == APP for each in factors(request.user))
    facts = {"secret": shown, "has_app": has_app, "errors": errors or {}}
    return render(request, "account/app.jinja", facts, status=status)
