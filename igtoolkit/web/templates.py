"""The Jinja environment: what every template can say."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from igtoolkit.records import clock
from igtoolkit.standard.calendar import LONDON
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
        demonstration=clock.demonstration,
        now=clock.now,
        feedback_address=settings.FEEDBACK_ADDRESS,
        Stage=Stage,
        Status=Status,
        State=State,
        Grade=Grade,
        Theme=Theme,
    )
    made.filters.update(day=day, instant=instant, month=month)
    return made


def url(name: str, **address: Any) -> str:
    """The address of a page by its name."""
    return reverse(name, kwargs=address)


def day(value: date | str | None) -> str:
    """31 October 2015. Takes a date, or its ISO form from a snapshot."""
    found = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{found.day} {found:%B %Y}" if found else ""


def month(value: date | str | None) -> str:
    """Oct 2015"""
    found = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{found:%b %Y}" if found else ""


def instant(value: datetime | str) -> str:
    """29 October 2015 at 14:02, in London. Takes an aware instant, or its ISO form from a snapshot."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    london = found.astimezone(LONDON)
    return f"{london.day} {london:%B %Y} at {london:%H:%M}"
