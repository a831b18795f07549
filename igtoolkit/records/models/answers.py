"""What a draft says about one requirement, and what shows it."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Q

from igtoolkit.records.guarding import Tenant
from igtoolkit.records.models.assessments import Assessment


class Answer(Tenant):
    """What an organisation says about one requirement in one assessment."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="answers", db_index=False)
    requirement = models.CharField(max_length=10, help_text="A code in the framework: 13-101.")
    ticks = models.CharField(max_length=200, blank=True, help_text="The criteria ticked, in order: 1a 1b.")
    level = models.PositiveSmallIntegerField(null=True, help_text="0-3, from the ticks; empty until scored.")
    not_yet = models.BooleanField(default=False, help_text="“Not yet at level 1” was chosen.")
    not_relevant = models.BooleanField(default=False)
    reason = models.TextField(blank=True, max_length=2_000, help_text="Why the requirement is not relevant.")
    comment = models.TextField(blank=True, max_length=10_000)
    target_level = models.PositiveSmallIntegerField(null=True)
    target_date = models.DateField(null=True)
    owner = models.CharField(blank=True, max_length=100, help_text="Who sees to it, in the organisation's words.")
    completed_by = models.ForeignKey("records.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    completed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("records.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    confirmed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey("records.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    changed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0, help_text="Counts saves; a stale form is refused.")

    class Meta:
        ordering = ["requirement"]
        constraints = [
            models.UniqueConstraint("assessment", "requirement", name="one_answer_each"),
            models.CheckConstraint(condition=Q(level__range=(0, 3)), name="level_is_0_to_3"),
            models.CheckConstraint(condition=Q(target_level__range=(1, 3)), name="target_is_1_to_3"),
            models.CheckConstraint(condition=~Q(not_relevant=True, reason=""), name="not_relevant_has_a_reason"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True)
                | Q(completed_at__isnull=False) & ~Q(confirmed_by=F("completed_by")),
                name="confirmed_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement} of {self.assessment_id}"

    @property
    def ticked(self) -> list[str]:
        """The criteria ticked, in order."""
        return self.ticks.split()

    @ticked.setter
    def ticked(self, codes: Iterable[str]) -> None:
        self.ticks = " ".join(sorted(codes))

    @property
    def is_scored(self) -> bool:
        """Whether anything was said about its level: a tick, “not yet at level 1”, or not relevant."""
        return bool(self.ticked) or self.not_yet or self.not_relevant

    @property
    def is_complete(self) -> bool:
        return self.completed_at is not None

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    def evidence_list(self) -> list["Evidence"]:
        """Its evidence in the order it was added, once fetched kept."""
        if not hasattr(self, "_evidence"):
            self._evidence = list(self.evidence.all()) if self.pk else []
        return self._evidence

    def facts(self) -> dict[str, Any]:
        """All of it as plain values, for the audit trail and the snapshot."""
        return {
            "requirement": self.requirement,
            "ticked": self.ticked,
            "level": self.level,
            "not_yet": self.not_yet,
            "not_relevant": self.not_relevant,
            "reason": self.reason,
            "comment": self.comment,
            "target_level": self.target_level,
            "target_date": self.target_date.isoformat() if self.target_date else None,
            "owner": self.owner,
            "complete": self.is_complete,
            "confirmed": self.is_confirmed,
            "evidence": [each.facts() for each in self.evidence_list()],
            "version": self.version,
        }


class Evidence(Tenant):
    """A note or an https link that shows one criterion is met, and the date it is from."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="evidence")
    criterion = models.CharField(max_length=2)
    note = models.TextField(blank=True, max_length=2_000)
    link = models.CharField(blank=True, max_length=500)
    dated = models.DateField(help_text="The date the evidence is from.")
    added_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+", db_index=False)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["criterion", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(note="", link=""), name="evidence_says_something")]

    def __str__(self) -> str:
        return self.note[:50] or self.link

    def facts(self) -> dict[str, str]:
        return {"criterion": self.criterion, "note": self.note, "link": self.link, "dated": self.dated.isoformat()}
