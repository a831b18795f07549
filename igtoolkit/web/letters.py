"""Mail about passwords."""

import time
from datetime import timedelta

from django.template.loader import render_to_string

from igtoolkit.actions.tries import Limit, seconds_to_wait
from igtoolkit.records.models import Person
from igtoolkit.web.links import FORGOTTEN
from igtoolkit.web.outbox import Letter
from igtoolkit.web.posting import post_later

NEW = timedelta(minutes=10)  # so long a link stands that nobody used, whoever asks for another
A_DAY = 10, 24 * 60 * 60  # mails to one login, in so many seconds


def send_link_later(login: str) -> None:
    """Mail a link for setting a new password to whoever has this login. For a login that nobody has, or that is
    switched off, the same is done but for the sending.

    So it is while a link of the last ten minutes waits to be used, and after ten of a day: whoever else asks for one,
    from however many networks, neither takes the person's own link away nor fills their letter box.
    """
    found: Person | None = Person.objects.filter(email=login).first()
    person = found if found is not None and found.is_active else Person(email=login)
    is_one_more = not FORGOTTEN.is_new(person, NEW) and not seconds_to_wait([Limit("links mailed", login, *A_DAY)])
    link = FORGOTTEN.made_for(person, works=is_one_more)
    facts = {"person": person, "link": link, "life": life_words(FORGOTTEN.life)}
    letter = _letter("forgotten", login, facts)
    post_later(letter if person.pk and is_one_more else None)


def life_words(life: timedelta) -> str:
    """For how long a link works: one hour, 72 hours."""
    hours = int(life.total_seconds() // 3600)
    return "one hour" if hours == 1 else f"{hours} hours"


def _letter(name: str, login: str, facts: dict[str, object]) -> Letter:
    subject = render_to_string(f"people/{name}_subject.txt", facts, using="django").strip()
    text = render_to_string(f"people/{name}.txt", facts, using="django")
    until = time.time() + FORGOTTEN.life.total_seconds()
    return Letter(login, subject, text, until, name=f"{name} {login}")
