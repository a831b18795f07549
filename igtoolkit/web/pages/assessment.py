"""The assessment's page: requirements by initiative, progress, stages, and what blocks submission."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import prefetch_related_objects

from igtoolkit.access.policy import Action, may, own
from igtoolkit.actions.assessments import senior_people
from igtoolkit.actions.confirming import why_not
from igtoolkit.actions.shortfalls import needs_plan
from igtoolkit.actions.support import standing_look
from igtoolkit.records.models import Assessment, Person, Role, SeniorPerson, SupportAccess
from igtoolkit.standard.words import Stage
from igtoolkit.web.pages.listing import Listing
from igtoolkit.web.pages.rows import Row, Show
from igtoolkit.web.pages.stages import StageShown, last_day_told, stages_shown
from igtoolkit.web.pages.to_do import ToDo, to_do


@dataclass(frozen=True)
class AssessmentPage(Listing):
    """Everything the page of a started assessment shows."""

    @cached_property
    def stages(self) -> tuple[StageShown, ...]:
        return stages_shown(self.assessment, self.made, self.at)

    @property
    def last_day(self) -> str:
        return last_day_told(self.assessment.organisation, self.at)

    @cached_property
    def look(self) -> SupportAccess | None:
        """The look that the organisation grants the service team now: told to its own people."""
        if self.person.serves:  # fetched at the door
            return next(iter(self.assessment.organisation.support_accesses.all()), None)
        return standing_look(self.assessment.organisation)

    @property
    def is_own(self) -> bool:
        """Whether one's own organisation is looked at: the service team, let look, is shown no way to its reports."""
        return own(self.person, self.assessment)

    @cached_property
    def to_do(self) -> tuple[ToDo, ...]:
        """What keeps Final from being submitted."""
        return to_do(self._with_people) if self.assessment.is_open else ()

    @property
    def final_is_next(self) -> bool:
        """Whether Final is what comes next: after the Update, once it is reopened, and for small bodies."""
        return self.assessment.is_simplified or self.assessment.stage_reached in (Stage.UPDATE, Stage.FINAL)

    @property
    def needs_plan(self) -> bool:
        """Whether an improvement plan is asked for by the Final that stands."""
        return needs_plan(self.final)

    @property
    def may_reopen(self) -> bool:
        return not self.assessment.is_open and may(self.person, Action.REOPEN_FINAL, self.assessment)

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
        return people_shown(senior_people(self._with_people))

    @property
    def _with_people(self) -> Assessment:
        prefetch_related_objects([self.assessment], "senior_people")  # several ask for them: fetched once
        return self.assessment


def administrators(assessment: Assessment) -> list[Person]:
    """Who can start and submit, by name."""
    return list(assessment.organisation.people.who_act({Role.ADMINISTRATOR}))


def people_shown(named: Mapping[str, tuple[str, str]]) -> list[tuple[str, str, str]]:
    """(post in words, name, job title) for each post."""
    return [(post.label, *named[post]) for post in SeniorPerson.Post]
