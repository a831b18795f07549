"""What an administrator changes about their organisation's people: name, role, and whether they may come in."""

from django.db import transaction

from igtoolkit.access import scope
from igtoolkit.access.policy import Action, Refused, needs_second_factor, require
from igtoolkit.actions.people import name_problems, told
from igtoolkit.actions.said import Invalid, shown
from igtoolkit.actions.tokens import revoke_every_token
from igtoolkit.actions.withheld import UNUSABLE, as_now, keep
from igtoolkit.records.models import Organisation, Person, Role
from igtoolkit.records.sessions import end_rows
from igtoolkit.standard.canonical import canonical, digest

LAST = "You are the only active administrator here who has set a password. Make somebody else an administrator first"


class StalePerson(Exception):
    """Somebody else changed this person first. `theirs` is the person as recorded now."""

    def __init__(self, theirs: Person) -> None:
        self.theirs = theirs
        super().__init__(f"{theirs.email} was changed by somebody else in the meantime.")


@transaction.atomic
def change_person(person: Person, *, name: str, role: str, by: Person, seen: str | None = None) -> Person:
    """Change a person's name and role. seen: `person_digest` of what the form showed; None overwrites.

    Saying the same twice changes it once. Raises Refused when `by` does not manage the person; Invalid with
    words for each field, also where the last active administrator would stop being one; StalePerson.
    """
    person, by = _hold(person, by)
    name = name.strip()
    if (name, role) == (person.name, person.role):
        return person
    _check_seen(person, seen)
    errors = name_problems(name)
    if role not in Role.values:
        errors["role"] = f"There is no role “{shown(role)}”: choose one of those listed"
    elif role != Role.ADMINISTRATOR and _is_last(person, by):
        errors["role"] = LAST
    if errors:
        raise Invalid(errors)
    before, needed = told(person), needs_second_factor(person)
    person.name, person.role = name, role
    keep(person, "person_changed", "name", "role", by=by, before=before, after=told(person))
    if needs_second_factor(person) and not needed:
        revoke_every_token(person, by=by)  # they were made by who needed no more than a password
    return person


@transaction.atomic
def deactivate_person(person: Person, *, by: Person, seen: str | None = None) -> Person:
    """Let a person in no more, from their very next request. What they recorded stays.

    Raises Refused when `by` does not manage the person; Invalid for the last active administrator; StalePerson.
    """
    person, by = _hold(person, by)
    if not person.is_active:
        return person
    _check_seen(person, seen)
    if _is_last(person, by):
        raise Invalid({"": f"{LAST}, then let them deactivate you"})
    return _set_active(person, False, "person_deactivated", by)


@transaction.atomic
def activate_person(person: Person, *, by: Person, seen: str | None = None) -> Person:
    """Let a person in again, with the password they had. Raises Refused; StalePerson."""
    person, by = _hold(person, by)
    if person.is_active:
        return person
    _check_seen(person, seen)
    return _set_active(person, True, "person_activated", by)


def hold_people(organisation: Organisation, *, by: Person) -> Person:
    """Hold an organisation's list of people until the transaction ends. Returns `by` as they are now.

    Raises Refused when `by` no longer manages its people: two administrators can act on each other at once.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    now: Person = Person.objects.get(pk=by.pk)
    require(now, Action.MANAGE_PEOPLE)
    if scope.managed(now, organisation.code) is None:
        raise Refused("These people are not yours to manage.")
    return now


def is_last_administrator(person: Person) -> bool:
    """Whether nobody else could manage the organisation's people: no other active administrator has a password."""
    if person.role != Role.ADMINISTRATOR or not person.is_active or person.organisation is None:
        return False
    others = person.organisation.people.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=person.pk)
    return not others.exclude(password__startswith=UNUSABLE).exists()


def person_digest(person: Person) -> str:
    """What a form carries to tell whether the person was changed since it was made."""
    return digest(canonical({**told(person), "active": person.is_active}))


def _hold(person: Person, by: Person) -> tuple[Person, Person]:
    if person.organisation is None:
        raise Refused("This person belongs to no organisation.")
    by = hold_people(person.organisation, by=by)
    return as_now(person), by


def _check_seen(person: Person, seen: str | None) -> None:
    if seen is not None and seen != person_digest(person):
        raise StalePerson(person)


def _is_last(person: Person, by: Person) -> bool:
    """The service team may also put aside the last one: it can invite another."""
    return not by.serves and is_last_administrator(person)


def _set_active(person: Person, active: bool, event: str, by: Person) -> Person:
    person.is_active = active
    keep(person, event, "is_active", by=by, after=told(person))
    if not active and person.pk is not None:
        end_rows(person)  # else a session would live on with an activation that follows at once, as would a token
        revoke_every_token(person, by=by)
    return person
