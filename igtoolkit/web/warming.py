"""Reading what pages need before the first visitor asks, not while they wait: it took the first page two seconds."""

from collections.abc import Callable

from django.conf import settings
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.urls import get_resolver


def warm(alive: Callable[[], object]) -> None:
    """Read every address with its view, and every template: an environment keeps more than there are.

    alive: called after each, so that whoever waits for a process on a busy machine knows that it does something.
    """
    get_resolver()._populate()  # type: ignore[attr-defined]  # both ways, as the first page would
    alive()
    if settings.TEMPLATES_AHEAD:
        for engine in engines.all():
            if isinstance(engine, Jinja2):
                for name in engine.env.list_templates(extensions=["jinja"]):
                    engine.env.get_template(name)
                    alive()
