"""The mail that invites somebody, and the link in it."""

import time
from secrets import token_hex

from django.conf import settings
from django.template.loader import render_to_string

from igtoolkit.records.models import Organisation, Person
from igtoolkit.web.links import INVITED
from igtoolkit.web.outbox import Letter
from igtoolkit.web.posting import Posted, post_now


def password_link(person: Person) -> str:
    """The address at which somebody who has none yet sets a password. Links sent before work no more."""
    return INVITED.made_for(person)


def send_invitation(login: str, person: Person | None, organisation: Organisation, by: Person) -> Posted:
    """Send the mail of an invitation; what came of it.

    person: None for a login that has an account elsewhere. Its owner is told that, so that the administrator
    sees the same in either case, and waits as long.
    """
    facts = {"person": person, "organisation": organisation, "by": by, "address": settings.SITE_ADDRESS}
    link = password_link(person or Person(email=token_hex(16)))  # as much work for nobody, whose link never works
    facts["link"] = link if person else ""
    subject = render_to_string("people/invitation_subject.txt", facts, using="django").strip()
    text = render_to_string("people/invitation.txt" if person else "people/elsewhere.txt", facts, using="django")
    until = time.time() + INVITED.life.total_seconds()
    return post_now(Letter(login, subject, text, until, name=f"invitation {login}"))
