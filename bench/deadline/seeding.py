"""What the deadline hour starts from: a big register, some hundred trusts half way through, all signed in."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from bench import register
from igtoolkit.access import scope
from igtoolkit.records.models import Answer, Assessment, Person
from igtoolkit.records.sessions import BEGAN

YEAR = "2015-16"
STARTED = datetime(2015, 6, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Actor:
    """One administrator whom the load is played by: login, code, session, and requirement codes with versions."""

    login: str
    code: str
    session: str
    requirements: tuple[str, ...]


def seed(trusts: int, size: int) -> list[Actor]:
    """Build the register, start `trusts` assessments with every requirement answered, sign their administrators in."""
    register.build(size)
    people = Person.objects.filter(organisation__isnull=False).order_by("email")[:trusts]
    return [_actor(each) for each in people]


def _actor(person: Person) -> Actor:
    draft = scope.find_assessment(person, person.organisation.code, YEAR)
    if draft is None:
        raise LookupError(f"{person.organisation.code} is not registered.")
    draft.started_at, draft.started_by = STARTED, person
    draft.save(force_insert=True)
    draft.answers.bulk_create(_answers(draft, person))
    codes = tuple(each.code for each in draft.framework.requirements)
    return Actor(person.email, person.organisation.code, _session(person), codes)


def _answers(draft: Assessment, person: Person) -> list[Answer]:
    found = []
    for each in draft.framework.requirements:
        answer = Answer(
            assessment=draft, requirement=each.code, level=1, changed_by=person, changed_at=STARTED, version=1
        )
        answer.ticked = [one.code for one in each.at_level(1)]
        answer.comment = "Recorded before the deadline."
        found.append(answer)
    return found


def _session(person: Person) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session[BEGAN] = session["proved_at"] = time.time()
    session.create()
    return str(session.session_key)
