"""Mail that tells somebody what was changed about how they sign in."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from igtoolkit.records.models import Person

log = logging.getLogger(__name__)


def tell_of_change(person: Person, what: str) -> None:
    """Mail the person what was changed, a sentence. A mail server that is down changes nothing."""
    facts = {"person": person, "what": what, "address": settings.SITE_ADDRESS, "feedback": settings.FEEDBACK_ADDRESS}
    subject = render_to_string("account/changed_subject.txt", facts, using="django").strip()
    text = render_to_string("account/changed.txt", facts, using="django")
    try:
        EmailMessage(subject, text, to=[person.email]).send()
    except OSError:
        log.exception("A notice about signing in could not be sent.")
