"""The log's line for each try to get in: which way, what came of it, for whom, from where. Nothing that was typed.

A person who got in is told by number. A login that was only typed stands as a keyed digest, the same for the same
login: whoever has the service's secret can work out whose it is, and nobody else.
"""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

from igtoolkit.web.refused import who
from igtoolkit.web.tries import network

Handler = Callable[[HttpRequest], HttpResponse]
LETTING_IN = {"account_login", "second_factor_asked", "passkey_sign_in", "identity_back"}
PROVING = {"account_reauthenticate", "own_password"}
BY_LINK = {"account_reset_password", "account_reset_password_from_key", "account_invited"}
WAYS = LETTING_IN | PROVING | BY_LINK | {"identity_sign_in", "account_logout"}
TOO_MANY = 429
log = logging.getLogger(__name__)


def ways_in(handler: Handler) -> Handler:
    """Tell of each form for getting in that was sent, and of each answer of another service."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = handler(request)
        found = getattr(request, "resolver_match", None)
        if found and found.url_name in WAYS and (request.method == "POST" or found.url_name == "identity_back"):
            came_of, whom = _came_of(found.url_name, request, response), who(request)
            log.info("Way in %s: %s for %s%s from %s", found.url_name, came_of, whom, _login(request), network(request))
        return response

    return handle


def _came_of(name: str, request: HttpRequest, response: HttpResponse) -> str:
    if response.status_code == TOO_MANY:
        return "made to wait"
    if response.status_code not in (204, 302):
        return "not taken"
    if name in LETTING_IN and who(request) == "a visitor":
        return "second factor asked" if response.headers["Location"] == reverse("second_factor_asked") else "not taken"
    return "done"


def _login(request: HttpRequest) -> str:
    """The login as it was typed, digested; a form that was not read is not read for this."""
    typed = vars(request).get("_post") or {}
    login = str(typed.get("login") or typed.get("email") or "").strip().lower()
    return f", login {salted_hmac('igtoolkit.login', login, algorithm='sha256').hexdigest()[:12]}," if login else ""
