"""Giving somebody an account, as the operator, and what each account must hold."""

import re
import unicodedata

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from igtoolkit.actions.audit import audit
from igtoolkit.actions.said import Invalid, holds_unseen, read_problems, says_something
from igtoolkit.records import clock
from igtoolkit.records.models import Organisation, Person, Role

LOGIN_MAX = 254
NAME_MAX = 100
ADDRESS = re.compile(r"://|\bwww\.|\.\w+/", re.IGNORECASE)
LINE_END = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def add_person(
    login: str,
    *,
    organisation: Organisation | None = None,
    role: str = "",
    reads_for_ndg: bool = False,
    serves: bool = False,
    name: str = "",
    password: str | None = None,
) -> Person:
    """Add a person, as the operator: in a role at an organisation, or as the NDG's reader, or of the service team.

    Without a password nobody can sign in until one is set. Raises Invalid with words for each field;
    `login` when there is somebody with that login already.
    """
    facts = {"organisation": organisation, "role": role, "reads_for_ndg": reads_for_ndg, "serves": serves}
    person = Person(email=login.strip().lower(), name=name.strip(), created=clock.now(), **facts)
    errors = person_problems(person) or (_taken(person.email) if holder(person.email) else {})
    errors |= _password_problems(person, password) if password is not None and not errors else {}
    if errors:
        raise Invalid(errors)
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    if not save_new(person, "person_added", by=None):
        raise Invalid(_taken(person.email))
    return person


def name_problems(name: str) -> dict[str, str]:
    """{name: what to do}: a person on a list of people has a name."""
    if not says_something(name):
        return {"name": "Enter the person's name"}
    return _written_problems(name)


def told(person: Person) -> dict[str, str]:
    """Who somebody is, for the audit trail."""
    place = "ndg" if person.reads_for_ndg else "service" if person.serves else person.role
    return {"login": person.email, "name": person.name, "role": place}


def save_new(person: Person, event: str, *, by: Person | None, **facts: object) -> bool:
    """Keep a new person, with an event in the audit trail. False where the login was taken in the meantime."""
    try:
        with transaction.atomic():
            person.save(force_insert=True)
            audit(person.organisation, event, by=by, after=told(person), **facts)
    except IntegrityError:
        return False
    return True


def person_problems(person: Person) -> dict[str, str]:
    """{field: what to do} about a login, place or name that no account can have."""
    found = _login_problems(person.email) | _place_problems(person)
    return found | _written_problems(person.name)


def _written_problems(name: str) -> dict[str, str]:
    """The name stands in official mail, which nobody may write through it."""
    found = dict(read_problems("name", "Name", name, NAME_MAX))
    if LINE_END.search(name):
        found.setdefault("name", "Name must stand on one line")
    if ADDRESS.search(unicodedata.normalize("NFKC", name)):
        found.setdefault("name", "Name holds a web address: enter the person's name alone")
    return found


def _login_problems(login: str) -> dict[str, str]:
    try:
        validate_email(login)
    except ValidationError:
        typed = ascii(login[:LOGIN_MAX])
        return {"login": f"{typed} does not look like an e-mail address: give one, such as name@trust.example"}
    if not login.isprintable() or holds_unseen(login):
        return {"login": "The login holds a character that cannot be seen: type it again"}
    if len(login) > LOGIN_MAX:
        return {"login": f"The login must be {LOGIN_MAX} characters or fewer; it has {len(login)}"}
    return {}


def holder(login: str) -> Person | None:
    """Who has this login."""
    found: Person | None = Person.objects.filter(email=login).first()
    return found


def _taken(login: str) -> dict[str, str]:
    return {"login": f"There is already somebody with the login {login}"}


def _place_problems(person: Person) -> dict[str, str]:
    places = (person.organisation is not None, person.reads_for_ndg, person.serves)
    if sum(places) != 1:
        return {"organisation": "Say one place: an organisation with a role, the NDG's office, or the service team"}
    if person.organisation is None:
        return {"role": "Only somebody of an organisation has a role"} if person.role else {}
    if person.role not in Role.values:
        return {"role": f"The role must be one of {', '.join(Role.values)}"}
    return {}


def _password_problems(person: Person, password: str) -> dict[str, str]:
    try:
        validate_password(password, person)
    except ValidationError as error:
        return {"password": ". ".join(error.messages)}
    return {}
