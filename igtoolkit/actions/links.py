"""The newest link of a kind that was mailed to a login: an older one does not work any more.

Kept beside the counts of tries: under a digest, so that nobody is named, and thrown away when it has run out.
"""

from datetime import UTC, datetime, timedelta
from hmac import compare_digest

from igtoolkit.records.models import Tries
from igtoolkit.standard.canonical import digest


def remember_link(kind: str, login: str, key: str, life: timedelta) -> None:
    """Make this the one link of its kind that works for a login."""
    facts = {"at": digest(key), "until": datetime.now(UTC) + life}
    Tries.objects.update_or_create(key=_place(kind, login), defaults=facts)


def is_newest(kind: str, login: str, key: str) -> bool:
    """Whether no other was made since."""
    kept = Tries.objects.filter(key=_place(kind, login)).values_list("at", flat=True).first()
    return compare_digest(kept or "", digest(key))


def _place(kind: str, login: str) -> str:
    return digest(f"link {kind} {login}")
