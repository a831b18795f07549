"""Counting tries, so that nobody guesses for long, however many ask at once."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from math import ceil
from time import time
from typing import NamedTuple

from django.db import transaction

from igtoolkit.records.models import Tries

FASTER = 60  # seconds by which another machine's clock may be ahead


class Limit(NamedTuple):
    """So many tries within so many seconds. `what` is tried, by or on `whom`.

    pause: after as many, at least so many seconds until the next, however slowly they came.
    """

    what: str
    whom: str
    most: int
    within: int
    pause: int = 0

    @property
    def key(self) -> str:
        return sha256(f"{self.what} {self.within} {self.whom}".encode()).hexdigest()


@transaction.atomic
def seconds_to_wait(limits: Sequence[Limit]) -> int:
    """0 when a try is allowed by every limit, and then it is counted; else how long until another will be.

    By the machine's clock. A try is counted before it is made, so that as many as ask at once are as many tries.
    """
    now = time()
    counts = _held(limits)
    tried = {each: _tried(counts[each.key], each, now) for each in limits}
    wait = max((_until(tried[each], each) - now for each in limits), default=0.0)
    if wait > 0:
        return ceil(wait)
    for each in limits:
        _keep(counts[each.key], [*tried[each], now], each)
    return 0


@transaction.atomic
def take_back(limits: Sequence[Limit]) -> None:
    """Count one try less: it was no guess."""
    now = time()
    counts = _held(limits)
    for each in limits:
        _keep(counts[each.key], _tried(counts[each.key], each, now)[:-1], each)


def _held(limits: Sequence[Limit]) -> dict[str, Tries]:
    """The counts by their keys, held in the order of these, so that two tries never wait in a ring."""
    keys = [each.key for each in limits]
    Tries.objects.bulk_create([Tries(key=each) for each in keys], ignore_conflicts=True)
    return {each.key: each for each in Tries.objects.select_for_update().filter(key__in=keys).order_by("key")}


def _tried(count: Tries, limit: Limit, now: float) -> list[float]:
    """When it was tried lately. What lies in the future was counted before the clock was put back, and counts not."""
    kept = limit.within + limit.pause
    return [at for at in map(float, count.at.split()) if now - kept < at < now + FASTER]


def _until(tried: list[float], limit: Limit) -> float:
    """From when on another try is allowed, in seconds since 1970; 0 where it is already."""
    burst = tried[-limit.most :]
    if len(burst) < limit.most or burst[-1] - burst[0] >= limit.within:
        return 0.0
    return max(burst[0] + limit.within, burst[-1] + limit.pause)


def _keep(count: Tries, tried: list[float], limit: Limit) -> None:
    count.at = " ".join(map(str, tried))
    count.until = datetime.now(UTC) + timedelta(seconds=limit.within + limit.pause)
    count.save(update_fields=["at", "until"])


def clear_tries() -> int:
    """Throw away what counts no more. Returns how many counts."""
    return Tries.objects.filter(until__lt=datetime.now(UTC)).delete()[0]
