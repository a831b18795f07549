"""The mail that invites somebody, and the link in it."""

import logging
from secrets import token_hex

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from igtoolkit.records.models import Organisation, Person
from igtoolkit.web.links import INVITED

log = logging.getLogger(__name__)


def password_link(person: Person) -> str:
    """The address at which somebody who has none yet sets a password. Links sent before work no more."""
    return INVITED.made_for(person)


def send_invitation(login: str, person: Person | None, organisation: Organisation, by: Person) -> bool:
    """Send the mail of an invitation; whether the mail server took it.

    person: None for a login that has an account elsewhere. Its owner is told that, so that the administrator
    sees the same in either case, and waits as long.
    """
    facts = {"person": person, "organisation": organisation, "by": by, "address": settings.SITE_ADDRESS}
    link = password_link(person or Person(email=token_hex(16)))  # as much work for nobody, whose link never works
    facts["link"] = link if person else ""
    subject = render_to_string("people/invitation_subject.txt", facts, using="django").strip()
    text = render_to_string("people/invitation.txt" if person else "people/elsewhere.txt", facts, using="django")
    try:
        EmailMessage(subject, text, to=[login]).send()
    except OSError:
        log.exception("An invitation could not be sent.")
        return False
    return True
