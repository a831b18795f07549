"""What was submitted: frozen, with a digest, and the results worked out from it."""

import json
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import F, Q

from igtoolkit.records.guarding import Tenant
from igtoolkit.records.models.assessments import Assessment
from igtoolkit.records.models.organisations import Organisation
from igtoolkit.standard.words import Stage


class Submission(Tenant):
    """One immutable snapshot of an assessment at a stage. `number` 2, 3 … are corrections."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="submissions", db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="submissions")
    year = models.CharField(max_length=7)
    stage = models.CharField(max_length=10)
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    region = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=200, help_text="The organisation's name on that day.")
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey("records.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    imported = models.BooleanField(default=False, help_text="Made from a file: levels as given, criteria unknown.")
    late = models.BooleanField(help_text="That of the first submission of the stage.")
    key = models.CharField(max_length=64, help_text="One-time key of the form, so that a double click submits once.")
    document = models.TextField(help_text="The snapshot, in canonical form.")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the document.")
    met = models.PositiveSmallIntegerField(default=0, help_text="How many recommendations are met.")
    met_before = models.PositiveSmallIntegerField(
        null=True, help_text="How many were met at the stage directly before; empty where that was not submitted."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("assessment", "stage", "number", name="one_submission_a_number"),
            models.UniqueConstraint("assessment", "key", name="one_submission_a_key"),
            models.CheckConstraint(condition=Q(stage__in=[each.value for each in Stage]), name="stage_is_known"),
        ]
        indexes = [
            models.Index("year", "stage", "kind", "organisation", name="submissions_of_a_stage"),
            models.Index("year", "stage", F("met") - F("met_before"), name="submissions_by_change"),
            models.Index(
                *("year", "stage", "assessment", "number"), condition=Q(number__gt=1), name="corrections_of_a_stage"
            ),
            # Holds all that a list of the nation shows, so that no row with its long document is read for it.
            models.Index(
                *("organisation", "year", "stage", "kind", "number", "assessment"),
                *("late", "met", "met_before", "region", "name"),
                name="submissions_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year} {self.stage} {self.number}"

    @cached_property
    def snapshot(self) -> dict[str, Any]:
        """The document as plain values."""
        found: dict[str, Any] = json.loads(self.document)
        return found


class RecordedPerformance(Tenant):
    """One recommendation's result in one submission. Frozen with it."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="performance", db_index=False)
    recommendation = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=20)
    share = models.PositiveSmallIntegerField(null=True)
    target_date = models.DateField(null=True)

    class Meta:
        ordering = ["recommendation"]
        constraints = [models.UniqueConstraint("submission", "recommendation", name="one_result_each")]

    def __str__(self) -> str:
        return f"{self.recommendation} {self.status} in {self.submission_id}"


class SecondLook(Tenant):
    """A question that one submission's answers raise by a rule: never the comment, and no finding. Frozen with it."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="second_looks", db_index=False)
    rule = models.CharField(max_length=40)
    requirements = models.TextField(help_text="The requirements it is about: 13-110 13-303.")

    class Meta:
        ordering = ["rule"]
        constraints = [models.UniqueConstraint("submission", "rule", name="one_look_a_rule")]

    def __str__(self) -> str:
        return f"{self.rule} in {self.submission_id}"


class Dismissal(Tenant):
    """That a second look was answered: by the National Data Guardian's reader, with a reason. It can be taken back."""

    second_look = models.ForeignKey(SecondLook, models.PROTECT, related_name="dismissals", db_index=False)
    reason = models.TextField(max_length=500)
    dismissed_at = models.DateTimeField()
    dismissed_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+", db_index=False)
    withdrawn_at = models.DateTimeField(null=True, help_text="When it was taken back; empty while it stands.")
    withdrawn_by = models.ForeignKey("records.Person", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["second_look"], condition=Q(withdrawn_at=None), name="one_dismissal_stands_a_look"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_dismissal_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.second_look_id}: {self.reason[:50]}"


class RollUp(models.Model):
    """How many organisations of a kind and region stand at a status, over latest submissions only.

    `was`: their status at the stage directly before, empty for those that did not submit it.
    """

    year = models.CharField(max_length=7)
    stage = models.CharField(max_length=10)
    kind = models.CharField(max_length=40)
    region = models.CharField(max_length=100, blank=True)
    recommendation = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=20)
    was = models.CharField(max_length=20, blank=True)
    n = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "year", "stage", "kind", "region", "recommendation", "status", "was", name="one_count_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.stage} {self.kind} {self.recommendation} {self.was or '-'} {self.status}: {self.n}"


class Turnout(models.Model):
    """How many organisations of a kind and region met how many recommendations, over latest submissions only.

    `met_before`: how many they met at the stage directly before; NOT_BEFORE for those that did not submit it.
    """

    NOT_BEFORE = -1

    year = models.CharField(max_length=7)
    stage = models.CharField(max_length=10)
    kind = models.CharField(max_length=40)
    region = models.CharField(max_length=100, blank=True)
    late = models.BooleanField()
    met = models.PositiveSmallIntegerField()
    met_before = models.SmallIntegerField(default=NOT_BEFORE)
    n = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "year", "stage", "kind", "region", "late", "met", "met_before", name="one_turnout_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.stage} {self.kind} {self.met_before} {self.met}: {self.n}"


class PeerFigures(models.Model):
    """What organisations of one kind came to at one stage, coarsened: made once, a week after the deadline. Frozen."""

    year = models.CharField(max_length=7)
    stage = models.CharField(max_length=10)
    kind = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    document = models.TextField(help_text="The figures in canonical form: standard/peers.py says which.")

    class Meta:
        constraints = [models.UniqueConstraint("year", "stage", "kind", name="peer_figures_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.stage} {self.kind}"


class StoredDocument(Tenant):
    """The first rendering of a submission's report; later requests get these bytes."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="documents", db_index=False)
    form = models.CharField(max_length=20, help_text="board.pdf")
    renderer = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64, db_index=True)
    content = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("submission", "form", name="one_document_a_form")]

    def __str__(self) -> str:
        return f"{self.form} of {self.submission_id}"
