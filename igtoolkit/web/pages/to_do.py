"""What still has to be done before Final can be submitted: by whom, and where."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from igtoolkit.access.policy import REVIEWERS
from igtoolkit.actions.finals import blockers
from igtoolkit.records.models import Assessment, Person, SeniorPerson
from igtoolkit.standard.final import Blocker, Lack

EDITING = "A contributor, reviewer or administrator does this."


@dataclass(frozen=True)
class ToDo:
    """One thing to be done. `links`: (words, address). `who`: who can do it, in a sentence."""

    words: str
    links: tuple[tuple[str, str], ...]
    who: str


def to_do(assessment: Assessment) -> tuple[ToDo, ...]:
    """Everything that keeps Final from being submitted, in the order in which it is done; empty when nothing does."""
    return tuple(_told(assessment, each) for each in blockers(assessment))


def reviewers(assessment: Assessment) -> list[Person]:
    """Who can confirm what somebody else marked complete, by name."""
    return list(assessment.organisation.people.filter(role__in=REVIEWERS, is_active=True).order_by("name", "pk"))


def _told(assessment: Assessment, blocker: Blocker) -> ToDo:
    n = len(blocker.subjects)
    match blocker.lack:
        case Lack.UNSCORED:
            return ToDo(f"Score {_requirements(n)}:", tuple(_answers(assessment, blocker)), EDITING)
        case Lack.INCOMPLETE:
            return ToDo(f"Mark {_requirements(n)} complete:", tuple(_answers(assessment, blocker)), EDITING)
        case Lack.UNCONFIRMED:
            return ToDo(f"Confirm {_requirements(n)}:", tuple(_answers(assessment, blocker)), _who_confirms(assessment))
        case Lack.UNNAMED:
            return ToDo("Name the senior people:", tuple(_posts(assessment, blocker)), EDITING)
    address = reverse("one_person", kwargs=_place(assessment))
    words = "It was declared that one person answers here, and others can record answers too:"
    return ToDo(words, (("withdraw the declaration", address),), "An administrator does this.")


def _requirements(n: int) -> str:
    return "1 requirement" if n == 1 else f"{n} requirements"


def _answers(assessment: Assessment, blocker: Blocker) -> Iterator[tuple[str, str]]:
    first = reverse("requirement", kwargs={**_place(assessment), "requirement": "CODE"})
    for code in blocker.subjects:
        yield code, first.replace("CODE", code)


def _posts(assessment: Assessment, blocker: Blocker) -> Iterator[tuple[str, str]]:
    address = reverse("senior_people", kwargs=_place(assessment))
    for post in blocker.subjects:
        yield SeniorPerson.Post(post).label, f"{address}#{post}-name"


def _who_confirms(assessment: Assessment) -> str:
    rule = "A second person does this: neither who marked it complete nor who last changed it."
    found = [str(each) for each in reviewers(assessment)]
    if len(found) < 2:
        return f"{rule} Too few people here can: an administrator can invite a reviewer."
    return f"{rule} Those who can confirm: {', '.join(found[:5])}{' and others' if len(found) > 5 else ''}."


def _place(assessment: Assessment) -> dict[str, str]:
    return {"code": assessment.organisation.code, "year": assessment.year}
