"""Mail that tells somebody what was changed about how they sign in."""

import time
from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string

from igtoolkit.records.models import Person
from igtoolkit.web.outbox import Letter
from igtoolkit.web.posting import post_later

NEWS = timedelta(days=7)  # so long it is worth telling


def tell_of_change(person: Person, what: str) -> None:
    """Mail the person what was changed, a sentence. A mail server that is down changes nothing: it is told later."""
    post_later(notice(person, what))


def notice(person: Person, what: str) -> Letter:
    """The letter that tells it."""
    facts = {"person": person, "what": what, "address": settings.SITE_ADDRESS, "feedback": settings.FEEDBACK_ADDRESS}
    subject = render_to_string("account/changed_subject.txt", facts, using="django").strip()
    text = render_to_string("account/changed.txt", facts, using="django")
    return Letter(person.email, subject, text, time.time() + NEWS.total_seconds())
