"""Inviting somebody: an account without a password, which they set with the link in the mail."""

from datetime import timedelta

from django.db import transaction

from igtoolkit.access.policy import Refused
from igtoolkit.access.reach import reaching
from igtoolkit.actions.audit import audit
from igtoolkit.actions.managing import hold_people
from igtoolkit.actions.people import holder, name_problems, person_problems, save_new, told
from igtoolkit.actions.said import Invalid
from igtoolkit.actions.withheld import OF_ONE, WITHHELD, as_now, find_withheld, keep, salt
from igtoolkit.records import clock
from igtoolkit.records.models import Organisation, Person
from igtoolkit.records.rows import AUDIT

INVITED, AGAIN = "person_invited", "person_invited_again"
SENT = (INVITED, WITHHELD, AGAIN, f"{OF_ONE}{AGAIN}")
MOST_AN_HOUR = 100
HAS_ACCOUNT = "{} has an account already: {}, {}"
IS_INVITED = "{} is invited already: {}, {}. The list of people has a way to send a new invitation"
TOO_MANY = f"{MOST_AN_HOUR} invitations were sent for this organisation within an hour: wait, then try again"


@transaction.atomic
def invite_person(login: str, *, name: str, role: str, organisation: Organisation, by: Person) -> Person | None:
    """Give somebody an account in a role at an organisation, for them to set a password to.

    None, and nothing but the audit trail changed, for a login that has an account elsewhere: an administrator is
    not told who has one, and what they can infer is said in actions/withheld.py. Raises Refused when `by` does not
    manage the organisation's people; Invalid with words for each field, also for a login that is invited already
    or has an account here, or anywhere when the service team asks.
    """
    by = hold_people(organisation, by=by)
    person = Person(email=login.strip().lower(), name=name.strip(), organisation=organisation, role=role)
    errors = person_problems(person) | name_problems(person.name) or _pace_problems(organisation)
    if errors:
        raise Invalid(errors)
    held = holder(person.email)
    if problem := _known_problem(person, held, by):
        raise Invalid({"login": problem})
    person.created = clock.now()
    person.set_unusable_password()
    if not save_new(person, INVITED, by=by, **salt()):  # tried for a login that is taken too: as long a wait
        audit(organisation, WITHHELD, by=by, after=told(person), **salt())
        return None
    return person


@transaction.atomic
def invite_again(person: Person, *, by: Person) -> Person:
    """Note that a person who has set no password yet is sent a new link.

    Raises Refused when `by` does not manage the person; Invalid for somebody who needs no invitation.
    """
    organisation = person.organisation
    if organisation is None:
        raise Refused("This person belongs to no organisation.")
    by = hold_people(organisation, by=by)
    person = as_now(person)
    problem = why_not_again(person) or _pace_problems(organisation).get("login")
    if problem:
        raise Invalid({"": problem})
    keep(person, AGAIN, by=by, after=told(person))
    return person


def why_not_again(person: Person) -> str:
    """Why a person needs no new invitation, in words; empty when they do."""
    if not person.is_active:
        return f"{person} is deactivated: activate the account first"
    if person.has_usable_password():
        return f"{person} has set a password: a new one is set with “Forgotten password” at sign-in"
    return ""


def _known_problem(person: Person, held: Person | None, by: Person) -> str:
    """Why nobody is invited by this login; the same words for an invitation sent and for one withheld."""
    organisation = person.organisation
    own = held if held and held.organisation == organisation else None
    if held and (by.serves or (own and own.has_usable_password())):
        return HAS_ACCOUNT.format(held.email, held.name or "no name", held.place)
    waiting = own or (find_withheld(organisation, person.email) if organisation else None)
    return IS_INVITED.format(waiting.email, waiting.name or "no name", waiting.place) if waiting else ""


@reaching(AUDIT)
def _pace_problems(organisation: Organisation) -> dict[str, str]:
    since = clock.now() - timedelta(hours=1)
    sent = organisation.events.filter(event__in=SENT, at__gt=since)
    return {"login": TOO_MANY} if sent.count() >= MOST_AN_HOUR else {}
