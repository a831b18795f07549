"""How long somebody stays signed in, and when they last proved who they are. The machine's clock, never the
demonstration's."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.db import Error
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from igtoolkit.access.gate import View
from igtoolkit.records.models import Person
from igtoolkit.records.sessions import BEGAN, whose
from igtoolkit.web import kept
from igtoolkit.web.browsers import browser

Handler = Callable[[HttpRequest], HttpResponse]
FRESH = 5 * 60  # seconds
PROVED = "proved_at"
log = logging.getLogger(__name__)


@receiver(user_logged_in)
def begin(sender: object, request: HttpRequest, user: Person, **rest: object) -> None:
    """A session begins, under a key that nobody had before: the one of the moment before may have been planted."""
    session: Any = request.session
    now = time.time()
    session[BEGAN] = session[PROVED] = now
    session["browser"] = browser(request.META.get("HTTP_USER_AGENT", ""))
    session["network"] = get_adapter(request).get_client_ip(request) if "REMOTE_ADDR" in request.META else ""
    kept.let_go_of_others(request, user)
    session.cycle_key()


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person proved who they are in the last five minutes: by signing in, or by doing so again."""
    if not request.user.is_authenticated:
        return False
    again = [each["at"] for each in get_authentication_records(request, request.user) if each.get("reauthenticated")]
    return any(0 <= time.time() - at < FRESH for at in (request.session.get(PROVED, 0), *again[-1:]))


def prove(request: HttpRequest, method: str = "password") -> None:
    """The person has proved once more who they are: the session goes on under a new key."""
    record_authentication(request, request.user, method, reauthenticated=True)
    request.session[PROVED] = time.time()
    request.session.cycle_key()


def freshly(view: View) -> View:
    """Ask who posts to a view to sign in again first, unless they did so in the last five minutes.

    What they sent is kept, and one press sends it then. Under `allow`, so that nobody is asked in vain.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **address: Any) -> HttpResponse:
        if request.method != "POST" or is_fresh(request):
            return view(request, *args, **address)
        kept.keep_until_proved(request)
        return redirect("account_reauthenticate")

    return asked


def ends_at(request: HttpRequest) -> datetime:
    """Until when the person stays signed in if they do nothing more."""
    return request.session.ends_at()  # type: ignore[attr-defined,no-any-return]


def seconds_until(instant: datetime) -> int:
    return max(0, int(instant.timestamp() - time.time()))


def lives(handler: Handler) -> Handler:
    """Note, once a minute at most, that a session was used, and leave word with the browser whose it is.

    A page that does not ask who is signed in costs nothing, and none fails because that could not be written.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = handler(request)
        session: Any = request.session
        try:
            if session.accessed and SESSION_KEY in session:
                kept.leave_word(request, response, whose(session[SESSION_KEY]))
                if not session.modified:
                    session.note()
        except Error:
            log.warning("That a session was used could not be noted.")
        return response

    return handle
