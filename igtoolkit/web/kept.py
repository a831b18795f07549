"""What somebody sent who had to sign in first: kept on the server, given back to them alone, sent by one press.

It stands in the session of the browser it came from, for 12 hours, and goes when anybody else signs in there. Who
typed it is known from a signed cookie that holds a digest of the person, for their session may be long gone.
"""

import time
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse

from igtoolkit.actions.tries import Limit, seconds_to_wait
from igtoolkit.records.models import Person
from igtoolkit.records.sessions import LONGEST, whose
from igtoolkit.web.typed import Sent, is_ours, sent

KEPT = "kept"
HOST = "__Host-" if settings.SESSION_COOKIE_SECURE else ""
COOKIE = f"{HOST}whose"
OFTEN = 60, 60 * 60  # forms kept of one person, in so many seconds
AS_IF_THEN = 10 * 60  # seconds in which a form that only waited for the password counts as having arrived before
TAKEN = (200, 302, 409, 422)  # answers after which the form is the page's own again
_signer = Signer(salt="igtoolkit.whose")


@dataclass(frozen=True)
class Kept:
    """A form that was not taken. path: where it was sent. arrived: when, as the rules' clock had it, in ISO form,
    of one that only waited for the password; empty else. at, since: when it was kept, and when it first was, in
    seconds since 1970."""

    whose: str
    path: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    has_secrets: bool
    is_too_much: bool
    arrived: str
    at: float
    since: float = 0.0

    @property
    def sent(self) -> Sent:
        return Sent(self.fields, self.files, self.has_secrets, self.is_too_much)

    @property
    def was_signed_out(self) -> bool:
        return not self.arrived

    @property
    def first_sent(self) -> datetime | None:
        """When it first arrived, where that was noted."""
        return datetime.fromisoformat(self.arrived) if self.arrived else None

    @property
    def counts_from(self) -> datetime | None:
        """From when it counts if it is sent now, unchanged; None for from now."""
        return self.first_sent if 0 <= time.time() - self.since < AS_IF_THEN else None

    @property
    def counts_until(self) -> datetime | None:
        """Until when it must be sent to count from then."""
        return self.counts_from + timedelta(seconds=AS_IF_THEN) if self.counts_from else None


def kept(request: HttpRequest) -> Kept | None:
    """What waits to be sent again by the person who is signed in."""
    told = request.session.get(KEPT)
    if not told or not request.user.is_authenticated or told["whose"] != whose(request.user.pk):
        return None
    if not 0 <= time.time() - told["at"] < LONGEST.total_seconds():
        return None
    fields = tuple((name, value) for name, value in told["fields"])
    return Kept(**{**told, "fields": fields, "files": tuple(told["files"])})


def for_sign_in(request: HttpRequest) -> dict[str, bool]:
    """What the page for signing in says first. waits: something is kept; ended: who was signed in here is no more.

    It tells nobody whose it is.
    """
    return {"waits": KEPT in request.session, "ended": bool(typist(request) and request.GET.get("next"))}


def let_go(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)


def let_go_of_others(request: HttpRequest, person: Person) -> None:
    """Nobody sees what somebody else typed at the same browser."""
    if (told := request.session.get(KEPT)) and told["whose"] != whose(person.pk):
        let_go(request)


def signed_out(request: HttpRequest) -> HttpResponse:
    """Send a visitor to sign in; what somebody sent whose session has ended is kept until they have.

    A script of ours keeps what was typed in its page. The answer is the same for every address, real or invented.
    """
    if SESSION_KEY in request.session:
        request.session.flush()  # of somebody who may come in no more
    onward = request.get_full_path()
    if request.method == "POST" and request.headers.get("X-Requested-With") != "fetch" and _keep_of_somebody(request):
        onward = reverse("kept")
    return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?next={quote(onward)}")


def keep_until_proved(request: HttpRequest) -> None:
    """Keep what somebody sent who is signed in, until they have given their password again. Sent once more before
    they have, it waits since it first did: its time does not begin anew."""
    arrived = cast(datetime, request.arrived)  # type: ignore[attr-defined]
    waiting = kept(request) if has_waited(request) else None
    _keep(request, whose(request.user.pk), arrived=arrived.isoformat(), since=waiting.since if waiting else None)


def taken_again(request: HttpRequest) -> Kept | None:
    """What waited, if this is that very form, sent again. One that only waited for the password, unchanged, counts
    as having arrived when it first did: nobody is late because they were asked to sign in."""
    waiting = kept(request) if request.method == "POST" else None
    if waiting is None or waiting.path != request.get_full_path():
        return None
    request.first_sent = waiting.first_sent  # type: ignore[attr-defined]
    if waiting.counts_from and sent(request).fields == waiting.fields:
        request.arrived = waiting.counts_from  # type: ignore[attr-defined]
        request.waited = True  # type: ignore[attr-defined]
    return waiting


def has_waited(request: HttpRequest) -> bool:
    """Whether this request counts as having arrived before, when it was kept."""
    return getattr(request, "waited", False)


def first_sent(request: HttpRequest) -> datetime | None:
    """When the form first arrived that this request sends again, where that was noted."""
    return getattr(request, "first_sent", None)


def settle(request: HttpRequest, waited: Kept, response: HttpResponse) -> None:
    """Let go of what waited, once its page has answered it."""
    if response.status_code in TAKEN and request.session.get(KEPT, {}).get("at") == waited.at:
        let_go(request)


def leave_word(request: HttpRequest, response: HttpResponse, person: str) -> None:
    """Leave a digest of who is signed in with the browser, until it is closed. It opens nothing."""
    if getattr(response, "is_anybodys", False) or typist(request) == person:
        return
    response.set_cookie(
        COOKIE, _signer.sign(person), secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def _keep_of_somebody(request: HttpRequest) -> bool:
    """Only what came from a page of ours, in the browser of somebody who was signed in there, and not for ever."""
    person = typist(request)
    if not person or not is_ours(request) or not _is_from_our_page(request):
        return False
    if seconds_to_wait([Limit("form kept", person, *OFTEN)]):
        return False
    _keep(request, person)
    return True


def _taken(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _is_from_our_page(request: HttpRequest) -> bool:
    """The check that Django makes before a view, which no request of a visitor comes to."""
    return CsrfViewMiddleware(_taken).process_view(request, _taken, (), {}) is None


def _keep(request: HttpRequest, person: str, *, arrived: str = "", since: float | None = None) -> None:
    told, now = asdict(sent(request)), time.time()
    facts: dict[str, Any] = {"whose": person, "path": request.get_full_path(), "arrived": arrived, "at": now}
    facts["since"] = now if since is None else since
    request.session[KEPT] = told | facts


def typist(request: HttpRequest) -> str:
    """The digest of whoever was last signed in at this browser; empty where nobody was, or where it is not ours."""
    try:
        return _signer.unsign(request.COOKIES.get(COOKIE, ""))
    except BadSignature:
        return ""
