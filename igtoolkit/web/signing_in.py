"""How the sign-in library is fitted to this service: nobody signs up, and people land on their own work."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from secrets import token_hex
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from igtoolkit.actions.tries import take_back
from igtoolkit.records import clock
from igtoolkit.records.frameworks import framework_for, years
from igtoolkit.records.models import Organisation, Person
from igtoolkit.standard.calendar import london_day, previous_year
from igtoolkit.standard.words import Stage
from igtoolkit.web.guesses import count_or_refuse, sign_in_limits
from igtoolkit.web.passwords import LONGEST

log = logging.getLogger(__name__)
WRONG = "The login or the password is wrong"


class Backend(AuthenticationBackend):
    """The same work for every login: one look-up and one password checked, whether there is anybody or not."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Person | None:
        """Whose login and password these are. Somebody deactivated gets the answer of a wrong password."""
        login, password = credentials.get("email"), credentials.get("password")
        if not login or not password:
            return None
        person: Person | None = Person.objects.filter(email=login.strip().lower()).first()
        decoy, known = _decoy(), person is not None and person.has_usable_password()
        fits = len(password.encode("utf-8", "replace")) <= LONGEST
        encoded = person.password if person is not None and known else decoy
        right = check_password(password if fits else "", encoded, setter=_renewed(person) if known else None)
        return person if right and known and person is not None and person.is_active else None


@cache
def _decoy() -> str:
    """What nobody's password is held against."""
    return make_password(token_hex())


def _renewed(person: Person | None) -> Callable[[str], None]:
    """Keeps a right password anew when it was kept in an older way."""

    def keep(password: str) -> None:
        if person is not None:
            person.set_password(password)
            person.save(update_fields=["password"])

    return keep


class Adapter(DefaultAccountAdapter):
    """Accounts are made for people by the service team or their administrator, never by themselves."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts the try before the password is looked at, so that many at once are as many."""
        self._counted = sign_in_limits(request, credentials.get("email", ""))
        count_or_refuse(request, self._counted)

    def _rollback_login_failed_rl_usage(self) -> None:
        """The password was right: it was no guess."""
        take_back(self._counted)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is down changes no answer: that would tell who has an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            log.exception("Mail could not be sent.")

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        """The steps after a right password."""
        return ["igtoolkit.web.second_factor.SecondFactorStage"]

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
