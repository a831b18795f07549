"""Organisations, and what they were in each year."""

from django.db import models
from django.db.models.functions import Upper


class Organisation(models.Model):
    """An organisation of the health and care service, known by its ODS code."""

    code = models.CharField(max_length=20, unique=True, help_text="ODS code in capitals: RWR.")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=models.Q(code=Upper("code")), name="code_in_capitals"),
            models.CheckConstraint(condition=~models.Q(code=""), name="code_is_given"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Registration(models.Model):
    """What an organisation was in one year: its kind, its region, and which file said so."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="registrations", db_index=False)
    year = models.CharField(max_length=7, help_text="2015-16")
    kind = models.CharField(max_length=40, blank=True, help_text="A kind of the framework; empty: kind to be set.")
    kind_words = models.CharField(max_length=100, blank=True, help_text="The kind in the words of its source.")
    region = models.CharField(max_length=100, blank=True)
    source = models.CharField(max_length=200, help_text="The file this came from.")

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "year", name="one_registration_a_year")]
        indexes = [models.Index("year", "kind", "organisation", name="registrations_by_kind")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year} {self.kind or 'kind to be set'}"
