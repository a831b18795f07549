"""The looks that an organisation grants the service team."""

from collections.abc import Callable
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from igtoolkit.records.guarding import Tenant
from igtoolkit.records.models.organisations import Organisation
from igtoolkit.records.models.people import Person

AT_MOST = 24  # hours


def standing(at: datetime) -> Q:
    """The looks that stand at an instant."""
    return Q(revoked_at=None, granted_at__lte=at, until__gt=at)


class SupportAccess(Tenant):
    """An organisation's leave for the service team to look at its assessments until an instant, or until taken back."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="support_accesses")
    reason = models.CharField(max_length=500, help_text="What the service team is asked to look at.")
    granted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    hours = models.PositiveSmallIntegerField(help_text="For how long it was granted, 24 at most.")
    until = models.DateTimeField(help_text="So many hours after it was granted.")
    revoked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-granted_at", "-pk"]
        verbose_name_plural = "support accesses"
        constraints = [
            models.CheckConstraint(condition=Q(hours__range=(1, AT_MOST)), name="a_look_of_a_day_at_most"),
            models.CheckConstraint(condition=Q(until__gt=F("granted_at")), name="a_look_ends_after_it_began"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_look_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} until {self.until:%d %B %Y %H:%M}"

    def stands(self, at: datetime) -> bool:
        """Whether the service team may look at this instant."""
        return self.revoked_at is None and self.granted_at <= at < self.until

    def stands_by(self, now: Callable[[], datetime]) -> bool:
        """The same by a clock, which is not asked where there is no look."""
        return self.stands(now())
