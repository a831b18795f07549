"""The Jinja environment: what every template can say."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.crypto import salted_hmac
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from igtoolkit.records import clock
from igtoolkit.records.models import Person
from igtoolkit.reports import phrases
from igtoolkit.standard.words import Grade, Stage, State, Status, Theme
from igtoolkit.web.signing_in import own_page


def environment(**options: Any) -> Environment:
    """Autoescaping, with the NHS.UK macros and the words of the service."""
    options["loader"] = ChoiceLoader([options["loader"], PackageLoader("nhsuk_frontend_jinja")])
    made = Environment(  # noqa: S701 (autoescape is on, two lines down)
        **{**options, "autoescape": True, "undefined": ChainableUndefined, "trim_blocks": True, "lstrip_blocks": True}
    )
    made.globals.update(
        static=static,
        url=url,
        own_page=own_page,
        who=who,
        demonstration=clock.demonstration,
        now=now,
        feedback_address=settings.FEEDBACK_ADDRESS,
        Stage=Stage,
        Status=Status,
        State=State,
        Grade=Grade,
        Theme=Theme,
    )
    made.filters.update(day=day, instant=phrases.minute)
    return made


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
