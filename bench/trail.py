"""How fast a long audit trail is verified: a scratch database with as many events as are asked for.

python -m bench.trail --events 500000 --chains 200
IGTOOLKIT_DATABASE=…  PostgreSQL: the given database is filled, so give an empty one
"""

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import process_time
from typing import Any

SAID = {
    "after": {"comment": "Minutes of the information governance group, “kept” for " + "w" * 200, "level": 2},
    "before": {"comment": "", "level": 1},
}


def main() -> int:
    """Prints one line. Returns 1 when something was found wrong."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--events", type=int, default=500_000)
    asked.add_argument("--chains", type=int, default=200)
    given = asked.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "igtoolkit.config.settings")
    os.environ["IGTOOLKIT_HOME"] = tempfile.mkdtemp(prefix="igtoolkit-bench-")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench.timing import stopwatch
    from igtoolkit.reports.verify import verify

    call_command("migrate", verbosity=0)
    fill(given.events, given.chains)
    counted: Counter[str] = Counter()
    worked = process_time()
    with stopwatch() as verifying:
        faults = list(verify(counted))
    n, worked = counted["audit events"], process_time() - worked
    print(
        f"{connection.vendor}: {n:,} audit events in {counted['audit chains']:,} chains verified in"
        f" {verifying.seconds:.1f} s: {n / verifying.seconds:,.0f} rows/s ({n / worked:,.0f} for each second of this"
        f" process's own work); {len(faults)} faults"
    )
    return bool(faults)


def fill(events: int, chains: int) -> None:
    """So many events in so many chains, sealed as the service seals them."""
    from igtoolkit.access.scope import everything
    from igtoolkit.records.models import AuditEvent, Organisation

    names = [f"DMA{n:04}" for n in range(chains)]
    owners = Organisation.objects.bulk_create([Organisation(code=each, name=each) for each in names])
    rows = everything(AuditEvent, reason="a scratch database is filled")
    for owner in owners:
        rows.bulk_create(_chain(owner, events // chains), batch_size=5000)


def _chain(owner: Any, events: int) -> Iterator[Any]:
    from igtoolkit.records.models import AuditEvent
    from igtoolkit.records.models.audit import FIRST
    from igtoolkit.standard.canonical import canonical

    previous, facts, at = FIRST, canonical(SAID), datetime(2015, 7, 1, 9, 0, 0, 250, tzinfo=UTC)
    for number in range(1, events + 1):
        said = {"chain": owner.code, "number": number, "at": at + timedelta(seconds=number), "facts": facts}
        event = AuditEvent(organisation=owner, event="answer_saved", by="ada@example.org", previous=previous, **said)
        event.hash = previous = event.reckoned_hash()
        yield event


if __name__ == "__main__":
    sys.exit(main())
