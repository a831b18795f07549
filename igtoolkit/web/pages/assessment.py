"""The assessment's page: requirements by initiative, progress, stages, and what blocks submission."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from django.db.models import Count
from django.urls import reverse

from igtoolkit.access.policy import Action, may
from igtoolkit.actions.assessments import senior_people
from igtoolkit.actions.confirming import why_not
from igtoolkit.records.models import Answer, Assessment, Person, Role, SeniorPerson, Submission
from igtoolkit.standard.framework import Initiative, Requirement
from igtoolkit.standard.scoring import SATISFACTORY_LEVEL, Score, Standing, score
from igtoolkit.standard.words import Stage
from igtoolkit.web.pages.to_do import ToDo, to_do


class Show(StrEnum):
    """What the list of requirements is narrowed to."""

    ALL = "all"
    UNSCORED = "unscored"
    BELOW_2 = "below2"
    INCOMPLETE = "incomplete"
    UNCONFIRMED = "unconfirmed"

    @classmethod
    def asked(cls, text: str) -> "Show":
        """As an address or a form names it; anything else is all."""
        return cls(text) if text in list(cls) else cls.ALL

    @property
    def query(self) -> str:
        """What an address ends with to keep it: ?show=unscored"""
        return "" if self is Show.ALL else f"?show={self.value}"

    @property
    def words(self) -> str:
        return {
            "all": "All",
            "unscored": "Not scored",
            "below2": f"Below level {SATISFACTORY_LEVEL}",
            "incomplete": "Not complete",
            "unconfirmed": "To be confirmed",
        }[self.value]


@dataclass(frozen=True)
class Row:
    """One requirement as the list shows it. `level` is None until scored, and where it is not relevant.

    `before`: the level in last year's Final, where there is one. `marks`: whether answers are marked complete.
    """

    requirement: Requirement
    answer: Answer | None
    level: int | None
    pieces: int
    before: int | None = None
    marks: bool = True

    @property
    def is_scored(self) -> bool:
        return self.answer is not None and self.answer.is_scored

    @property
    def is_complete(self) -> bool:
        return self.answer is not None and self.answer.is_complete

    @property
    def is_confirmed(self) -> bool:
        return self.answer is not None and self.answer.is_confirmed

    @property
    def is_not_relevant(self) -> bool:
        return self.answer is not None and self.answer.not_relevant

    @property
    def has_comment(self) -> bool:
        return self.answer is not None and bool(self.answer.comment.strip())

    @property
    def state(self) -> str:
        if self.answer is None:
            return "Not started"
        if not self.marks:
            return "Scored" if self.answer.is_scored else "In progress"
        if self.answer.is_confirmed:
            return "Confirmed"
        return "Complete" if self.answer.is_complete else "In progress"

    @property
    def target(self) -> tuple[int, date] | None:
        held = self.answer
        return (held.target_level, held.target_date) if held and held.target_level and held.target_date else None

    def is_shown(self, show: Show) -> bool:
        match show:
            case Show.UNSCORED:
                return not self.is_scored
            case Show.BELOW_2:
                return not self.is_not_relevant and (self.level or 0) < SATISFACTORY_LEVEL
            case Show.INCOMPLETE:
                return not self.is_complete
            case Show.UNCONFIRMED:
                return self.is_complete and not self.is_confirmed
        return True


@dataclass(frozen=True)
class StageShown:
    """One stage: its deadline, what was submitted, and what can be done about it."""

    stage: Stage
    deadline: date
    is_past: bool
    made: tuple[Submission, ...]
    is_closed: bool

    @property
    def first(self) -> Submission | None:
        return self.made[0] if self.made else None

    @property
    def latest(self) -> Submission | None:
        return self.made[-1] if self.made else None

    @property
    def can_submit(self) -> bool:
        """Whether the stage takes a submission from an administrator now."""
        return not self.is_closed


@dataclass(frozen=True)
class AssessmentPage:
    """Everything the page of a started assessment shows. `at`: now, by which deadlines have passed."""

    assessment: Assessment
    person: Person
    at: datetime
    show: Show = Show.ALL

    @cached_property
    def standings(self) -> dict[str, Standing]:
        return self.assessment.standings()

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        answers = {each.requirement: each for each in self.assessment.answer_list()}
        found, last = [], self.assessment.last_levels
        for each in self.assessment.framework.requirements:
            standing = self.standings.get(each.code)
            level = standing.level if standing and standing.counts else None
            answer, pieces, before = answers.get(each.code), self.pieces.get(each.code, 0), last.get(each.code)
            found.append(Row(each, answer, level, pieces, before, not self.assessment.is_simplified))
        return tuple(found)

    @cached_property
    def pieces(self) -> Mapping[str, int]:
        """{requirement code: pieces of evidence}"""
        return _pieces(self.assessment)

    def following(self, code: str) -> Requirement | None:
        """The next requirement of those shown; None after the last."""
        codes = [row.requirement.code for row in self.rows]
        later = (row for row in self.rows[codes.index(code) + 1 :] if row.is_shown(self.show))
        return next((row.requirement for row in later), None)

    @cached_property
    def groups(self) -> list[tuple[Initiative, list[Row]]]:
        """The rows to be shown, under their initiatives; an initiative with none is left out."""
        shown = [row for row in self.rows if row.is_shown(self.show)]
        by_initiative = [
            (each, [row for row in shown if row.requirement.initiative == each.code])
            for each in self.assessment.framework.initiatives
        ]
        return [(initiative, rows) for initiative, rows in by_initiative if rows]

    @property
    def filters(self) -> list[tuple[Show, int]]:
        """(what can be shown, how many requirements that is)"""
        return [(show, sum(row.is_shown(show) for row in self.rows)) for show in Show if show not in self._without]

    @property
    def _without(self) -> tuple[Show, ...]:
        """What cannot be asked here: small bodies mark nothing complete, and where one person answers none confirms."""
        if self.assessment.is_simplified:
            return (Show.INCOMPLETE, Show.UNCONFIRMED)
        return () if self.assessment.confirms else (Show.UNCONFIRMED,)

    @property
    def first_shown(self) -> Requirement | None:
        return next((row.requirement for row in self.rows if row.is_shown(self.show)), None)

    @property
    def scored(self) -> int:
        return sum(row.is_scored for row in self.rows)

    @property
    def complete(self) -> int:
        return sum(row.is_complete for row in self.rows)

    @property
    def confirmed(self) -> int:
        return sum(row.is_confirmed for row in self.rows)

    @property
    def unscored_count(self) -> int:
        return len(self.rows) - self.scored

    @cached_property
    def address(self) -> str:
        """The address of the requirements: each is this and its code."""
        first = self.rows[0].requirement.code
        place = {"code": self.assessment.organisation.code, "year": self.assessment.year, "requirement": first}
        return reverse("requirement", kwargs=place).removesuffix(f"{first}/")

    @property
    def not_relevant(self) -> int:
        return sum(row.is_not_relevant for row in self.rows)

    @cached_property
    def score(self) -> Score:
        return score(self.assessment.framework, self.standings)

    @cached_property
    def stages(self) -> tuple[StageShown, ...]:
        made = list(self.assessment.submissions.select_related("submitted_by").defer("document").order_by("number"))
        calendar, opened = self.assessment.calendar, self.assessment.open_stages
        return tuple(
            StageShown(
                stage=stage,
                deadline=calendar.deadline(stage),
                is_past=calendar.is_late(stage, self.at),
                made=tuple(each for each in made if each.stage == stage),
                is_closed=stage not in opened or not self.assessment.is_open,
            )
            for stage in (opened if self.assessment.is_simplified else Stage)
        )

    @cached_property
    def to_do(self) -> tuple[ToDo, ...]:
        """What keeps Final from being submitted."""
        return to_do(self.assessment) if self.assessment.is_open else ()

    @property
    def final_is_next(self) -> bool:
        """Whether Final is what comes next: after the Update, once it is reopened, and for small bodies."""
        return self.assessment.is_simplified or self.assessment.stage_reached in (Stage.UPDATE, Stage.FINAL)

    @property
    def may_reopen(self) -> bool:
        return may(self.person, Action.REOPEN_FINAL, self.assessment)

    @property
    def may_declare(self) -> bool:
        return may(self.person, Action.DECLARE_ONE_PERSON, self.assessment)

    @property
    def to_submit(self) -> list[str]:
        """The stages before Final that take their first submission now, in words."""
        return [
            each.stage.words
            for each in self.stages
            if each.can_submit and not each.made and each.stage is not Stage.FINAL
        ]

    @property
    def latest(self) -> StageShown | None:
        """The latest stage that was submitted."""
        return next((each for each in reversed(self.stages) if each.made), None)

    @property
    def is_confirming(self) -> bool:
        """Whether the list offers to confirm several at once."""
        return self.show is Show.UNCONFIRMED and may(self.person, Action.CONFIRM_ANSWER, self.assessment)

    def can_confirm(self, row: Row) -> bool:
        """Whether the person who looks can confirm this row: not their own work."""
        return row.answer is not None and not why_not(row.answer, self.person)

    @property
    def may_submit(self) -> bool:
        return may(self.person, Action.SUBMIT_STAGE, self.assessment)

    @property
    def may_name(self) -> bool:
        return may(self.person, Action.NAME_SENIOR_PEOPLE, self.assessment)

    @cached_property
    def administrators(self) -> list[Person]:
        return administrators(self.assessment)

    @cached_property
    def people(self) -> list[tuple[str, str, str]]:
        """(post, name, job title), the name empty where nobody is named."""
        return people_shown(senior_people(self.assessment))


def administrators(assessment: Assessment) -> list[Person]:
    """Who can start and submit, by name."""
    return list(assessment.organisation.people.filter(role=Role.ADMINISTRATOR, is_active=True).order_by("name", "pk"))


def people_shown(named: Mapping[str, tuple[str, str]]) -> list[tuple[str, str, str]]:
    """(post in words, name, job title) for each post."""
    return [(post.label, *named[post]) for post in SeniorPerson.Post]


def _pieces(assessment: Assessment) -> dict[str, int]:
    """{requirement code: pieces of evidence}"""
    counted = assessment.answers.filter(evidence__isnull=False).order_by().values_list("requirement")
    return dict(counted.annotate(Count("evidence")))
