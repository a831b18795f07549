"""Improvement plans: what an organisation means to do about its shortfalls, and what the service team made of it."""

import json
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q

from igtoolkit.records.guarding import Tenant
from igtoolkit.records.models.assessments import Assessment
from igtoolkit.records.models.submissions import Submission


class PlanAction(Tenant):
    """What will be done about one requirement below level 2, by whom and by when. A draft until it is sent."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="plan_actions", db_index=False)
    requirement = models.CharField(max_length=10)
    action = models.TextField(max_length=2_000)
    owner = models.CharField(max_length=100)
    due = models.DateField()
    changed_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+", db_index=False)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["requirement"]
        constraints = [
            models.UniqueConstraint("assessment", "requirement", name="one_action_a_requirement"),
            models.CheckConstraint(condition=~Q(action="") & ~Q(owner=""), name="an_action_has_an_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.requirement}: {self.action[:50]}"

    def facts(self) -> dict[str, str]:
        return {
            "requirement": self.requirement,
            "action": self.action,
            "owner": self.owner,
            "due": self.due.isoformat(),
        }


class ImprovementPlan(Tenant):
    """A plan as it was sent to the service team, about one submission of Final. Frozen."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="plans", db_index=False)
    number = models.PositiveSmallIntegerField()
    document = models.TextField(help_text="Its actions, in canonical form.")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint("submission", "number", name="one_plan_a_number")]

    def __str__(self) -> str:
        return f"Plan {self.number} for {self.submission_id}"

    @cached_property
    def actions(self) -> list[dict[str, Any]]:
        """[{requirement, title, level, action, owner, due}] in requirement order, as they were when it was sent."""
        found: list[dict[str, Any]] = json.loads(self.document)
        return found


class Review(Tenant):
    """The service team's decision on a plan; accepted, it is the reviewed grade. Frozen."""

    plan = models.OneToOneField(ImprovementPlan, models.PROTECT, related_name="review")
    accepted = models.BooleanField()
    reason = models.TextField(max_length=2_000)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_decision_has_a_reason")]

    def __str__(self) -> str:
        return f"{'Accepted' if self.accepted else 'Returned'}: {self.plan_id}"
