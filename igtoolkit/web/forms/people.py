"""The form that names the senior people."""

from collections.abc import Mapping
from dataclasses import dataclass

from igtoolkit.actions.assessments import Named, people_digest
from igtoolkit.records.models import SeniorPerson


@dataclass(frozen=True)
class PeopleForm:
    """{post: (name, job title)} as recorded or as typed. `version` names what the form was filled in from."""

    named: Named
    version: str

    @classmethod
    def of(cls, named: Named) -> "PeopleForm":
        return cls(named, people_digest(named))

    @classmethod
    def posted(cls, post: Mapping[str, str]) -> "PeopleForm":
        named = {
            each.value: (_line(post.get(f"{each.value}-name", "")), _line(post.get(f"{each.value}-title", "")))
            for each in SeniorPerson.Post
        }
        return cls(named, post.get("version", ""))


def _line(text: str) -> str:
    """One line, without space to spare."""
    return " ".join(text.split())
