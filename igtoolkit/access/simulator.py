"""What a person could do today, asked of the policy itself and of nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass

from igtoolkit.access import scope
from igtoolkit.access.policy import ON_ASSESSMENT, ON_NOTHING, ON_SUBMISSION, Action
from igtoolkit.access.table import ANOTHER, states, submissions, verdict
from igtoolkit.records.models import Person
from igtoolkit.standard.words import Stage

ALLOWED = "200"


@dataclass(frozen=True)
class Sight:
    """One thing a person might ask for, and the answer they would get: 200, 403, 404 or `sign in`."""

    action: Action
    answer: str

    @property
    def is_allowed(self) -> bool:
        return self.answer == ALLOWED


@dataclass(frozen=True)
class Area:
    """A record, or sort of record, in words, and what the person could do with it."""

    words: str
    sights: tuple[Sight, ...]

    @property
    def allowed(self) -> tuple[Sight, ...]:
        return tuple(each for each in self.sights if each.is_allowed)

    @property
    def refused(self) -> tuple[Sight, ...]:
        return tuple(each for each in self.sights if not each.is_allowed)


def areas(person: Person, *, by: Person) -> list[Area]:
    """Everything the policy knows of, asked for this person as they are at this moment.

    by: who looks. An administrator sees their own organisation's records as they stand; the service team, which
    may not know how far an assessment is, sees every state that one can be in.
    """
    found = [_area("The service itself", person, ON_NOTHING, None)]
    found += _own_records(person) if by.organisation_id else _own_states(person)
    found += _others(person)
    return found


def _own_records(person: Person) -> Iterator[Area]:
    """The records of the person's organisation that scope gives them, newest year first."""
    if person.organisation is None:
        return
    years = person.organisation.registrations.order_by("-year").values_list("year", flat=True)
    for year in years:
        code = person.organisation.code
        if (draft := scope.find_assessment(person, code, year)) is None:
            continue
        yield _area(f"Your organisation's assessment {year}", person, ON_ASSESSMENT, draft)
        for stage in Stage:
            if made := scope.find_submission(person, code, year, stage.value):
                yield _area(f"Your organisation's {stage.words} {year}, submitted", person, ON_SUBMISSION, made)


def _own_states(person: Person) -> Iterator[Area]:
    if person.organisation is None:
        return
    for each in states(person.organisation):
        yield _area(f"Their organisation's assessment: {each.words}", person, ON_ASSESSMENT, each.value)
    for each in submissions(person.organisation):
        yield _area(f"Their organisation's {each.words}", person, ON_SUBMISSION, each.value)


def _others(person: Person) -> Iterator[Area]:
    yield _area("Another trust's assessment", person, ON_ASSESSMENT, states(ANOTHER)[-1].value)
    for each in submissions(ANOTHER):
        yield _area(f"Another trust's {each.words}", person, ON_SUBMISSION, each.value)


def _area(words: str, person: Person, actions: frozenset[Action], record: object) -> Area:
    asked = [each for each in Action if each in actions]
    return Area(words, tuple(Sight(each, verdict(person, each, record)) for each in asked))  # type: ignore[arg-type]
