"""How the sign-in library is fitted to this service: nobody signs up, and people land on their own work."""

import logging
from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from igtoolkit.actions.tokens import revoke_every_token
from igtoolkit.records import clock
from igtoolkit.records.frameworks import framework_for, years
from igtoolkit.records.models import Organisation, Person
from igtoolkit.standard.calendar import london_day, previous_year
from igtoolkit.standard.words import Stage

log = logging.getLogger(__name__)
WRONG = "The login or the password is wrong"
TOO_MANY = "Too many tries have failed: wait five minutes, then try again"


class Backend(AuthenticationBackend):
    """Somebody deactivated gets the answer of a wrong password, whatever the password."""

    @classmethod
    def _stash_user(cls, user: Any) -> Any:
        """Nobody is remembered from a refused try."""
        return super()._stash_user(None)


class Adapter(DefaultAccountAdapter):
    """Accounts are made for people by the service team or their administrator, never by themselves."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": TOO_MANY,
    }

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Tries are counted by login and network: nobody can lock a rival out from elsewhere, nor count anew
        by asking under another host name."""
        return f"{credentials.get('email', '').lower()}:{self.get_client_ip(request)}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is down changes no answer: that would tell who has an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            log.exception("Mail could not be sent.")

    def set_password(self, user: Any, password: str) -> None:
        """Nothing else of the person is written: their role may be changing at this moment. Their tokens end."""
        user.set_password(password)
        with transaction.atomic():
            user.save(update_fields=["password"])
            revoke_every_token(user)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No “signed in as” message: the page's header says who is signed in."""

    def is_ajax(self, request: HttpRequest) -> bool:
        """Every answer is a page: the library's own JSON answers are nobody's."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only addresses of this service, written from its root, are gone to after signing in or out."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return landing(request.user)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in the mail: ours as set, never the host a request claims."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_ADDRESS + path.replace("UID-KEY", key)


def display(person: Person) -> str:
    return str(person)


def landing(person: Person | AnonymousUser) -> str:
    """Where somebody who has just signed in is taken: their own page, if it is there this year."""
    if isinstance(person, Person) and person.organisation is not None:
        year = year_of(person.organisation, clock.now())
        return _assessment(person.organisation, year) if year else reverse("home")
    return own_page(person)


def own_page(person: Person | AnonymousUser) -> str:
    """The page of a person's own work, without a query: the year's assessment, or the national report.

    Home for anybody else, and for everybody while no year is open.
    """
    at = clock.now()
    year = current_year(at)
    if year is None or not isinstance(person, Person):
        return reverse("home")
    if person.organisation is not None:
        return _assessment(person.organisation, year)
    if person.reads_for_ndg:
        year, stage = reported(year, at)
        return reverse("national", kwargs={"year": year, "stage": stage.value})
    return reverse("home")


def current_year(at: datetime) -> str | None:
    """The year that is open at an instant, from the day its calendar opens; None outside every calendar."""
    day = london_day(at)
    for year in reversed(years()):
        opens = framework_for(year).calendar(year).opens
        if opens <= day < opens + timedelta(days=366):
            return year
    return None


def reported(year: str, at: datetime) -> tuple[str, Stage]:
    """The newest whole national report: of the last stage whose deadline is past, this year or last.

    Until the first deadline of all it is this year's Baseline, which fills.
    """
    past = [stage for stage in Stage if framework_for(year).calendar(year).is_late(stage, at)]
    if past:
        return year, past[-1]
    before = previous_year(year)
    has_one = before in years() and bool(framework_for(before).reported_kinds)
    return (before, Stage.FINAL) if has_one else (year, Stage.BASELINE)


def year_of(organisation: Organisation, at: datetime) -> str | None:
    """The current year if the organisation is registered in it, else its latest; None if it never was."""
    registered = set(organisation.registrations.values_list("year", flat=True))
    current = current_year(at)
    return current if current in registered else max(registered, default=None)


def _assessment(organisation: Organisation, year: str) -> str:
    return reverse("assessment", kwargs={"code": organisation.code, "year": year})
