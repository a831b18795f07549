"""The forms that invite a person and change one."""

from collections.abc import Mapping
from dataclasses import dataclass

from igtoolkit.actions.managing import person_digest
from igtoolkit.records.models import Person

LOGIN_TYPED_MAX = 1_000


@dataclass(frozen=True)
class PersonForm:
    """Name, login and role as recorded or as typed.

    `version` names what the form was filled in from; `then` the button pressed, empty for saving.
    """

    name: str = ""
    login: str = ""
    role: str = ""
    version: str = ""
    then: str = ""

    @classmethod
    def of(cls, person: Person) -> "PersonForm":
        return cls(person.name, person.email, person.role, person_digest(person))

    @classmethod
    def posted(cls, post: Mapping[str, str], person: Person | None = None) -> "PersonForm":
        """Each on one line, without space to spare. A button that carries no name leaves the person's as it is."""
        version, then = post.get("version", ""), post.get("then", "")
        if person is not None and then:
            return cls(person.name, person.email, person.role, version, then)
        name, login = (" ".join(post.get(field, "").split()) for field in ("name", "login"))
        return cls(name, login[:LOGIN_TYPED_MAX], post.get("role", ""), version)
