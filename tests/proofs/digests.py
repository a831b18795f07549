"""The same year of one trust, made at the same instants: its digests and hashes must be the same everywhere.

    TZ=Asia/Kolkata LC_ALL=C python -m tests.proofs.digests

prints them from a database of its own.
"""

import json
import os
from datetime import UTC, datetime, timedelta
from itertools import count
from unittest import mock

STARTS = datetime(2015, 7, 1, 8, 0, 0, 120, tzinfo=UTC)


def digests() -> dict[str, list[str]]:
    """{"submissions": their digests, "events": the hashes of both trusts' chains}, in order."""
    from igtoolkit.access.scope import everything
    from igtoolkit.records import clock
    from igtoolkit.records.models import AuditEvent, Submission
    from tests.conftest import make_cast
    from tests.records.test_verify import make_submissions

    instants = (STARTS + timedelta(seconds=n, milliseconds=250) for n in count())
    with mock.patch.object(clock, "now", side_effect=instants):
        make_submissions(make_cast())
    why = "a test looks at all"
    made = everything(Submission, reason=why).order_by("submitted_at", "organisation__code")
    told = everything(AuditEvent, reason=why).order_by("chain", "number")
    return {"submissions": [each.digest for each in made], "events": [each.hash for each in told]}


if __name__ == "__main__":
    os.environ.pop("IGTOOLKIT_DATABASE", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps(digests()))
