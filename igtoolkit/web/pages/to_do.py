"""What still has to be done before Final can be submitted: by whom, and where."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from igtoolkit.access.policy import REVIEWERS
from igtoolkit.actions.confirming import why_not
from igtoolkit.actions.finals import blockers
from igtoolkit.records.models import Assessment, Person, SeniorPerson
from igtoolkit.standard.final import Blocker, Lack

EDITING = "A contributor, reviewer or administrator does this."
NOT_ALONE = "It was declared that one person answers here, and others can record answers too, or did:"
ABOUT_ANSWERS = {
    Lack.UNSCORED: "Score {}:",
    Lack.INCOMPLETE: "Mark {} complete:",
    Lack.UNCONFIRMED: "Confirm {}:",
}
SECOND = "A second person does this: neither who marked it complete nor who last changed it."


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
    return list(assessment.organisation.people.who_act(REVIEWERS))


def _told(assessment: Assessment, blocker: Blocker) -> ToDo:
    if blocker.lack in ABOUT_ANSWERS:
        words = ABOUT_ANSWERS[blocker.lack].format(_requirements(len(blocker.subjects)))
        who = _who_confirms(assessment, blocker) if blocker.lack is Lack.UNCONFIRMED else EDITING
        return ToDo(words, tuple(_answers(assessment, blocker)), who)
    if blocker.lack is Lack.UNNAMED:
        return ToDo("Name the senior people:", tuple(_posts(assessment, blocker)), EDITING)
    address = reverse("one_person", kwargs=_place(assessment))
    return ToDo(NOT_ALONE, (("withdraw the declaration", address),), "An administrator does this.")


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


def _who_confirms(assessment: Assessment, blocker: Blocker) -> str:
    """The rule, who can confirm at least one of these answers, and the answers that nobody here can confirm."""
    people = reviewers(assessment)
    waiting = [each for each in assessment.answer_list() if each.requirement in blocker.subjects]
    able = {each.requirement: [person for person in people if not why_not(each, person)] for each in waiting}
    found = [str(each) for each in people if any(each in found for found in able.values())]
    stuck = [code for code, found in able.items() if not found]
    told = [SECOND]
    if found:
        told.append(f"Those who can confirm: {_shortly(found)}.")
    if stuck:
        told.append(f"Nobody here can confirm {_shortly(stuck)}: an administrator can invite a reviewer.")
    return " ".join(told)


def _shortly(names: list[str]) -> str:
    return ", ".join(names[:5]) + (" and others" if len(names) > 5 else "")


def _place(assessment: Assessment) -> dict[str, str]:
    return {"code": assessment.organisation.code, "year": assessment.year}
