"""The Jinja environment: what every template can say."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import Error
from django.templatetags.static import static
from django.urls import reverse
from django.utils.crypto import salted_hmac
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from igtoolkit.actions.identities import named_service
from igtoolkit.records import clock
from igtoolkit.records.models import Demonstration, Person
from igtoolkit.reports import phrases
from igtoolkit.standard.words import Grade, Stage, State, Status, Theme
from igtoolkit.web.sessions import ends_at, seconds_until
from igtoolkit.web.signing_in import own_page
from igtoolkit.web.typed_words import lines


def environment(**options: Any) -> Environment:
    """Autoescaping, with the NHS.UK macros and the words of the service."""
    options["loader"] = ChoiceLoader([options["loader"], PackageLoader("nhsuk_frontend_jinja")])
    options.pop("autoescape", None)  # on, whatever is asked for
    made = Environment(
        autoescape=True, **{**options, "undefined": ChainableUndefined, "trim_blocks": True, "lstrip_blocks": True}
    )
    made.globals.update(
        static=static,
        url=url,
        own_page=own_page,
        ends_at=ends_at,
        seconds_until=seconds_until,
        who=who,
        demonstration=demonstration,
        now=now,
        typed_lines=lines,
        sign_in_service=named_service,
        feedback_address=settings.FEEDBACK_ADDRESS,
        Stage=Stage,
        Status=Status,
        State=State,
        Grade=Grade,
        Theme=Theme,
    )
    made.filters.update(clock_time=phrases.clock_time, day=day, instant=phrases.minute)
    return made


def demonstration() -> Demonstration | None:
    """The demonstration's mark; None too where the database cannot say: the page may need nothing else of it."""
    try:
        return clock.demonstration()
    except Error:
        return None


def now() -> datetime:
    """The clock, asked for at each page: an environment is made once, and would hold on to a clock set for a test."""
    return clock.now()


def url(name: str, **address: Any) -> str:
    """The address of a page by its name."""
    return reverse(name, kwargs=address)


def who(user: object) -> str:
    """A digest of a person's key, for scripts to notice that somebody else has signed in; empty for a visitor."""
    if not isinstance(user, Person):
        return ""
    return salted_hmac("igtoolkit.who", str(user.pk), algorithm="sha256").hexdigest()


def day(value: date | str | None) -> str:
    """31 October 2015; nothing for no date."""
    return phrases.day(value) if value else ""
