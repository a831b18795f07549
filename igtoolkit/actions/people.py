"""Giving somebody an account."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from igtoolkit.actions.audit import audit
from igtoolkit.actions.said import Invalid, text_problems
from igtoolkit.records import clock
from igtoolkit.records.models import Organisation, Person, Role

LOGIN_MAX = 254
NAME_MAX = 200


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
    errors = _login_problems(person.email) | _place_problems(person)
    errors |= dict(text_problems("name", "Name", person.name, NAME_MAX))
    errors |= _password_problems(person, password) if password is not None and not errors else {}
    if errors:
        raise Invalid(errors)
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    return _save(person)


def _save(person: Person) -> Person:
    try:
        with transaction.atomic():
            person.save(force_insert=True)
            audit(person.organisation, "person_added", by=None, after=_told(person))
    except IntegrityError as error:
        raise Invalid(_taken(person.email)) from error
    return person


def _told(person: Person) -> dict[str, str]:
    place = "ndg" if person.reads_for_ndg else "service" if person.serves else person.role
    return {"login": person.email, "name": person.name, "role": place}


def _login_problems(login: str) -> dict[str, str]:
    try:
        validate_email(login)
    except ValidationError:
        return {"login": f"{login!a} does not look like an e-mail address: give one, such as name@trust.example"}
    if len(login) > LOGIN_MAX:
        return {"login": f"The login must be {LOGIN_MAX} characters or fewer; it has {len(login)}"}
    return _taken(login) if Person.objects.filter(email=login).exists() else {}


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
        return {"password": " ".join(error.messages)}
    return {}
