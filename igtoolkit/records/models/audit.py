"""The audit trail: one hash chain per organisation, and one for the service itself."""

from typing import Any

from django.db import models

from igtoolkit.records.guarding import Tenant
from igtoolkit.records.models.organisations import Organisation
from igtoolkit.standard.canonical import canonical, digest

FIRST = "0" * 64
SERVICE = "service"  # the chain of what is no organisation's


class AuditEvent(Tenant):
    """One thing that happened. `hash` covers every other column, and through `previous` all before it."""

    chain = models.CharField(max_length=40, help_text="The organisation's first code, or RWR~2; or “service”.")
    number = models.PositiveIntegerField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="events")
    at = models.DateTimeField()
    event = models.CharField(max_length=40, help_text="Past tense: answer_saved.")
    by = models.CharField(max_length=254, help_text="The login, or “operator”.")
    facts = models.TextField(help_text="Before and after, in canonical form.")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["chain", "number"]
        constraints = [
            models.UniqueConstraint("chain", "number", name="one_event_a_number"),
            models.UniqueConstraint("chain", "previous", name="a_chain_does_not_fork"),
        ]
        indexes = [models.Index("organisation", "number", name="events_of_an_organisation")]

    def __str__(self) -> str:
        return f"{self.chain} {self.number} {self.event}"

    def reckoned_hash(self) -> str:
        """The hash this row should have."""
        return digest(canonical(self.told()))

    def told(self) -> dict[str, Any]:
        return {
            "chain": self.chain,
            "number": self.number,
            "at": self.at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
            "event": self.event,
            "by": self.by,
            "facts": self.facts,
            "previous": self.previous,
        }
