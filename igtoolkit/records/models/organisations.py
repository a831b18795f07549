"""Organisations, what they were in each year, and what became of them."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper


class Organisation(models.Model):
    """An organisation of the health and care service, known by its ODS code.

    A closed body whose code was given to another is known by that code and a number: RWR~1.
    """

    code = models.CharField(max_length=30, unique=True, help_text="ODS code in capitals: RWR.")
    name = models.CharField(max_length=200)
    code_since = models.DateField(null=True, help_text="The day it got its code; empty: as far as is known, always.")
    opened = models.DateField(null=True, help_text="Its first day, where that is known.")
    closed = models.DateField(null=True, help_text="Its last day; empty while it is open.")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(code=Upper("code")), name="code_in_capitals"),
            models.CheckConstraint(condition=~Q(code=""), name="code_is_given"),
            models.CheckConstraint(
                condition=Q(opened__isnull=True) | Q(closed__isnull=True) | Q(closed__gte=F("opened")),
                name="closed_after_it_opened",
            ),
        ]
        indexes = [
            models.Index("opened", name="organisations_by_opening"),
            models.Index("closed", name="organisations_by_closing"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class FormerCode(models.Model):
    """A code that an organisation had before the one it has now."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="former_codes")
    code = models.CharField(max_length=30, db_index=True)
    since = models.DateField(null=True, help_text="Empty: as far as is known, from its beginning.")
    until = models.DateField(help_text="The day from which it was no longer its code.")

    class Meta:
        ordering = ["until"]
        constraints = [models.UniqueConstraint("organisation", "code", "until", name="one_former_code_each")]

    def __str__(self) -> str:
        return f"{self.code} until {self.until}"


class Succession(models.Model):
    """One body's work going on in another from a day. A body can have several successors, and the other way about."""

    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="successions", db_index=False)
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="predecessions")
    on = models.DateField(null=True, help_text="The successor's first day of it; empty where no source says.")
    source = models.CharField(max_length=200, help_text="The file this came from.")

    class Meta:
        constraints = [
            models.UniqueConstraint("predecessor", "successor", name="one_succession_each"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="nobody_succeeds_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} to {self.successor_id}"


class Registration(models.Model):
    """What an organisation was in one year: its code, name, kind and region, and which file said so."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="registrations", db_index=False)
    year = models.CharField(max_length=7, help_text="2015-16")
    code = models.CharField(max_length=30, help_text="Its code in that year, the last one where it changed.")
    name = models.CharField(max_length=200, help_text="Its name in that year, the last one where it changed.")
    kind = models.CharField(max_length=40, blank=True, help_text="A kind of the framework; empty: kind to be set.")
    kind_words = models.CharField(max_length=100, blank=True, help_text="The kind in the words of its source.")
    region = models.CharField(max_length=100, blank=True)
    source = models.CharField(max_length=200, help_text="The file this came from.")

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "year", name="one_registration_a_year"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="registered_under_code_and_name"),
        ]
        indexes = [
            models.Index("year", "kind", "organisation", name="registrations_by_kind"),
            models.Index("year", "code", name="registrations_by_code"),
            models.Index("year", "kind", "code", "organisation", name="registrations_in_order"),
            models.Index("year", "kind", "region", "organisation", name="registrations_by_region"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year} {self.kind or 'kind to be set'}"
