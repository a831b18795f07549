"""What the rules call now: the real clock, or the demonstration's own."""

from datetime import UTC, datetime
from functools import cache

from igtoolkit.records.models import Demonstration


@cache
def demonstration() -> Demonstration | None:
    """The demonstration's mark, asked once a process; None on a real service."""
    return Demonstration.objects.first()


def now() -> datetime:
    """The instant, in UTC, that deadlines and records go by."""
    real = datetime.now(UTC)
    shown = demonstration()
    return shown.clock_starts + (real - shown.began) if shown else real
