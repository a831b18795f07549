"""Counting tries, so that nobody guesses for long, however many ask at once."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from math import ceil
from time import time
from typing import NamedTuple

from django.db import transaction

from igtoolkit.records.models import Tries


class Limit(NamedTuple):
    """So many tries within so many seconds. `what` is tried, by or on `whom`."""

    what: str
    whom: str
    most: int
    within: int

    @property
    def key(self) -> str:
        return sha256(f"{self.what} {self.within} {self.whom}".encode()).hexdigest()


@transaction.atomic
def seconds_to_wait(limits: Sequence[Limit]) -> int:
    """0 when a try is allowed by every limit, and then it is counted; else how long until another will be.

    By the machine's clock. Counts are locked in the order of their keys, so that two tries never wait in a ring.
    """
    now = time()
    Tries.objects.bulk_create([Tries(key=each.key) for each in limits], ignore_conflicts=True)
    found = Tries.objects.select_for_update().filter(key__in=[each.key for each in limits]).order_by("key")
    counts = {each.key: each for each in found}
    tried = {each: [at for at in map(float, counts[each.key].at.split()) if at > now - each.within] for each in limits}
    waits = [tried[each][-each.most] + each.within - now for each in limits if len(tried[each]) >= each.most]
    if waits:
        return max(1, ceil(max(waits)))
    for each in limits:
        count = counts[each.key]
        count.at = " ".join(map(str, [*tried[each], now]))
        count.until = datetime.now(UTC) + timedelta(seconds=each.within)
        count.save(update_fields=["at", "until"])
    return 0


def clear_tries() -> int:
    """Throw away what counts no more. Returns how many counts."""
    return Tries.objects.filter(until__lt=datetime.now(UTC)).delete()[0]
