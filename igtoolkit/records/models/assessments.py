"""The draft: what an organisation says, while it can still change."""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import models

from igtoolkit.records.frameworks import framework
from igtoolkit.records.guarding import Tenant
from igtoolkit.records.models.organisations import Organisation
from igtoolkit.standard.calendar import Calendar, previous_year
from igtoolkit.standard.crosswalk import Performance, Target, performance
from igtoolkit.standard.framework import MAX_LEVEL, Framework
from igtoolkit.standard.scoring import Score, Standing, level, score
from igtoolkit.standard.words import Stage

if TYPE_CHECKING:
    from igtoolkit.records.models.answers import Answer
    from igtoolkit.records.models.submissions import Submission


class Assessment(Tenant):
    """One organisation, one framework, one year. Unsaved, it has not been started yet."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="assessments", db_index=False)
    year = models.CharField(max_length=7)
    kind = models.CharField(max_length=40, help_text="The organisation's kind that year.")
    region = models.CharField(max_length=100, blank=True)
    framework_code = models.CharField(max_length=20, help_text="igt-13")
    started_at = models.DateTimeField()
    started_by = models.ForeignKey("records.Person", models.PROTECT, null=True, related_name="+")
    stage_reached = models.CharField(max_length=10, blank=True, help_text="The latest stage submitted.")
    reopened_at = models.DateTimeField(null=True, help_text="When Final was reopened to be corrected; empty otherwise.")
    reopened_by = models.ForeignKey("records.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    one_person_at = models.DateTimeField(null=True, help_text="When it was declared that one person answers alone.")
    one_person_by = models.ForeignKey("records.Person", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "year", name="one_assessment_a_year")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year}"

    @property
    def is_started(self) -> bool:
        return self.pk is not None

    @property
    def is_open(self) -> bool:
        """Whether answers can still change: Final closes the draft, and its correction reopens it."""
        return self.is_started and (self.stage_reached != Stage.FINAL or self.is_reopened)

    @property
    def is_reopened(self) -> bool:
        return self.reopened_at is not None

    @property
    def is_simplified(self) -> bool:
        """Whether a small body's path is taken: one person answers, and submits Final alone."""
        return bool(self.kind) and framework(self.framework_code).kind(self.kind).simplified

    @property
    def confirms(self) -> bool:
        """Whether each requirement must be confirmed by a second person before Final."""
        return not self.is_simplified and self.one_person_at is None

    @property
    def framework(self) -> Framework:
        """The framework narrowed to this organisation's requirement set."""
        return framework(self.framework_code).for_kind(self.kind)

    @property
    def calendar(self) -> Calendar:
        return framework(self.framework_code).calendar(self.year)

    @property
    def has_set(self) -> bool:
        """Whether the framework holds a requirement set for the organisation's kind (and the kind is set)."""
        return bool(self.kind) and bool(self.framework.requirements)

    @property
    def is_reported(self) -> bool:
        return bool(self.kind) and framework(self.framework_code).kind(self.kind).reported

    @property
    def open_stages(self) -> tuple[Stage, ...]:
        """The stages that can still be submitted: a later one closes the earlier, and small bodies have one."""
        stages = (Stage.FINAL,) if self.is_simplified else tuple(Stage)
        closed = Stage(self.stage_reached).earlier if self.stage_reached else ()
        return tuple(each for each in stages if each not in closed)

    def compared_with(self, stage: Stage) -> "Submission | None":
        """The latest submission of the nearest earlier stage, from which changes are measured."""
        return next(reversed(self._earlier_stages(stage)), None)

    def before(self, stage: Stage) -> list["Submission"]:
        """What a stage's line of changes starts from: last year's Final, then each earlier stage, as they stand now."""
        return [*filter(None, [self.last_final]), *self._earlier_stages(stage)]

    def _earlier_stages(self, stage: Stage) -> list["Submission"]:
        """The latest submission of each stage before this one, once fetched kept."""
        if not self.is_started or not stage.earlier:
            return []
        if not hasattr(self, "_latest"):
            made = self.submissions.filter(stage__in=Stage.FINAL.earlier).order_by("number")
            self._latest = {each.stage: each for each in made}
        return [self._latest[each] for each in stage.earlier if each in self._latest]

    def answer_list(self) -> list["Answer"]:
        """Every answer that has a row, once fetched kept."""
        if not hasattr(self, "_answers"):
            self._answers = list(self.answers.all()) if self.is_started else []
        return self._answers

    @cached_property
    def last_final(self) -> "Submission | None":
        """The organisation's Final of the year before, as it stands now."""
        final = self.organisation.submissions.filter(year=previous_year(self.year), stage=Stage.FINAL)
        found: Submission | None = final.order_by("-number").first()
        return found

    @cached_property
    def last_answers(self) -> dict[str, dict[str, Any]]:
        """{requirement code of this year: the answer in last year's Final}, matched by number across versions."""
        if self.last_final is None:
            return {}
        kept = {each["requirement"].split("-")[-1]: each for each in self.last_final.snapshot["answers"]}
        return {each.code: kept[str(each.number)] for each in self.framework.requirements if str(each.number) in kept}

    @cached_property
    def last_levels(self) -> dict[str, int | None]:
        """{requirement code of this year: level in last year's Final}; None where it was not relevant or not scored."""
        return {code: each["level"] for code, each in self.last_answers.items()}

    @cached_property
    def maintained(self) -> frozenset[str]:
        """The requirements at level 3 in last year's Final: their maintenance criterion applies."""
        return frozenset(code for code, reached in self.last_levels.items() if reached == MAX_LEVEL)

    def standings(self) -> dict[str, Standing]:
        """{requirement code: Standing} of what has been scored, levels worked out afresh from the ticks."""
        if not hasattr(self, "_standings"):
            self._standings = {each.requirement: self._standing(each) for each in self.answer_list() if each.is_scored}
        return self._standings

    def targets(self) -> dict[str, Target]:
        """{requirement code: the level meant to be reached, and by when}, where that is set."""
        return {
            each.requirement: Target(each.target_level, each.target_date)
            for each in self.answer_list()
            if each.target_level and each.target_date
        }

    def score(self) -> Score:
        return score(self.framework, self.standings())

    def performance(self) -> tuple[Performance, ...]:
        """Performance against the recommendations as recorded now."""
        recorded = self.standings()
        return performance(self.framework, recorded, targets=self.targets(), maintained=self.maintained)

    def level_of(self, requirement: str, ticked: Iterable[str]) -> int:
        """The level these ticks come to here, with last year's Final in mind."""
        found = self.framework.requirement(requirement)
        return level(found, frozenset(ticked), maintained=requirement in self.maintained)

    def _standing(self, answer: "Answer") -> Standing:
        reached = self.level_of(answer.requirement, answer.ticked)
        return Standing(reached, frozenset(answer.ticked), not answer.not_relevant)


class SeniorPerson(Tenant):
    """Who holds a post that answers for information governance in this assessment."""

    class Post(models.TextChoices):
        SIRO = "siro", "Senior Information Risk Owner"
        GUARDIAN = "caldicott_guardian", "Caldicott Guardian"
        IG_LEAD = "ig_lead", "IG lead"
        CHIEF_EXECUTIVE = "chief_executive", "Chief executive"

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="senior_people", db_index=False)
    post = models.CharField(max_length=20, choices=Post.choices)
    name = models.CharField(max_length=100)
    job_title = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("assessment", "post", name="one_person_a_post")]

    def __str__(self) -> str:
        return f"{self.get_post_display()}: {self.name}"

    @property
    def words(self) -> str:
        return ", ".join(filter(None, [self.name, self.job_title]))
