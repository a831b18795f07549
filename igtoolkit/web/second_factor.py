"""When a second factor is asked for, and how a session remembers that one was used."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import cache
from typing import Any, cast
from urllib.parse import quote

from allauth.account.stages import LoginStage
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from igtoolkit.access.policy import needs_second_factor
from igtoolkit.actions.second_factors import has_factor
from igtoolkit.records import clock
from igtoolkit.records.models import Person

Handler = Callable[[HttpRequest], HttpResponse]
USED = "second_factor"  # in a session: the key of the person who used one
SET_UP = "/account/second-factor/"
API = "/api/"


class SecondFactors(DefaultMFAAdapter):
    """Secrets are kept encrypted, under a key that is made from the service's secret."""

    def encrypt(self, text: str) -> str:
        return _cipher(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher(settings.SECRET_KEY).decrypt(encrypted_text.encode()).decode()


@cache
def _cipher(secret: str) -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"igtoolkit second factors").derive(secret.encode())
    return Fernet(urlsafe_b64encode(derived))


def is_asked() -> bool:
    """Whether second factors are asked for: always on a real service, in a demonstration when it is switched on.

    It is the demonstration's row that decides, which no real service has.
    """
    return settings.SECOND_FACTOR and (clock.demonstration() is None or settings.DEMO_SECOND_FACTOR)


def note_used(request: HttpRequest) -> None:
    """Remember that whoever is signed in has used a second factor; the session goes on under a new key."""
    request.session[USED] = request.user.pk
    request.session.cycle_key()


def has_used(request: HttpRequest) -> bool:
    """Whether whoever is signed in used a second factor in this session."""
    return request.user.is_authenticated and request.session.get(USED) == request.user.pk


def has_used_own(request: HttpRequest) -> bool:
    """Whether somebody may change their second factors: they have used one of them, or have none.

    So who learned a password changes nothing in a session that was begun before there was a second factor.
    """
    return has_used(request) or not is_asked() or not has_factor(cast(Person, request.user))


def is_missing(request: HttpRequest) -> bool:
    """Whether somebody is signed in whose work needs a second factor, and has used none. Without a query."""
    person = request.user
    return is_asked() and isinstance(person, Person) and needs_second_factor(person) and not has_used(request)


def second_factor(handler: Handler) -> Handler:
    """Lead who must use a second factor, and has none, to setting one up; to the API they are a visitor."""

    def handle(request: HttpRequest) -> HttpResponse:
        from igtoolkit.web.middleware import CLOSED_TO_VISITORS

        if request.path.startswith(API) and is_missing(request):
            request.user = AnonymousUser()
        elif _is_behind_it(request.path, CLOSED_TO_VISITORS) and is_missing(request):
            onward = f"?next={quote(request.get_full_path())}" if request.method == "GET" else ""
            return HttpResponseRedirect(f"{SET_UP}{onward}")
        return handler(request)

    return handle


def _is_behind_it(path: str, closed: tuple[str, ...]) -> bool:
    return path.startswith(closed) and not path.startswith(SET_UP)


class SecondFactorStage(LoginStage):
    """The step of signing in after the password: skipped by who has no second factor, and has just used one."""

    key = "second_factor"
    urlname = "second_factor_asked"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        person = self.login.user
        if not is_asked() or self.login.state.get(USED) or not has_factor(person):
            return None, True
        self.state["rights"] = person.get_session_auth_hash()
        return HttpResponseRedirect(reverse(self.urlname)), True

    def still_holds(self) -> bool:
        """Whether the password, and all else a session ends with, are as they were at the first step."""
        person: Any = self.login.user
        return person is not None and person.is_active and person.get_session_auth_hash() == self.state.get("rights")
