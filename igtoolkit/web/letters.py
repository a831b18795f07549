"""Mail about passwords."""

from datetime import timedelta

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from igtoolkit.records.models import Person
from igtoolkit.web.links import FORGOTTEN
from igtoolkit.web.posting import post_later


def send_link_later(login: str) -> None:
    """Mail a link for setting a new password to whoever has this login. For a login that nobody has, or that is
    switched off, the same is done but for the sending."""
    found: Person | None = Person.objects.filter(email=login).first()
    person = found if found is not None and found.is_active else Person(email=login)
    facts = {"person": person, "link": FORGOTTEN.made_for(person), "life": life_words(FORGOTTEN.life)}
    letter = _letter("forgotten", login, facts)
    post_later(letter if person.pk else None)


def life_words(life: timedelta) -> str:
    """For how long a link works: one hour, 72 hours."""
    hours = int(life.total_seconds() // 3600)
    return "one hour" if hours == 1 else f"{hours} hours"


def _letter(name: str, login: str, facts: dict[str, object]) -> EmailMessage:
    subject = render_to_string(f"people/{name}_subject.txt", facts, using="django").strip()
    return EmailMessage(subject, render_to_string(f"people/{name}.txt", facts, using="django"), to=[login])
