"""What the rules call now: the real clock, or the demonstration's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache

from igtoolkit.records.models import Demonstration

_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)


@cache
def demonstration() -> Demonstration | None:
    """The demonstration's mark, asked once a process; None on a real service."""
    return Demonstration.objects.first()


def now() -> datetime:
    """The instant, in UTC, that deadlines and records go by."""
    standing = _standing.get()
    if standing is not None:
        return standing
    real = datetime.now(UTC)
    shown = demonstration()
    return shown.clock_starts + (real - shown.began) if shown else real


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """Let the clock stand at an (aware) instant, for this thread and block alone.

    So the demonstration nation is given a past, through the same actions as everybody's. Raises
    RuntimeError on a real service, whose clock nobody may set.
    """
    if demonstration() is None:
        raise RuntimeError("Only a demonstration's clock can be set.")
    token = _standing.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _standing.reset(token)
