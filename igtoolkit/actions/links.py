"""The newest link of a kind that was mailed to a login: an older one does not work any more.

Kept beside the counts of tries: under a digest, so that nobody is named, and thrown away when it has run out.
"""

from datetime import UTC, datetime, timedelta
from hmac import compare_digest

from igtoolkit.records.models import Tries
from igtoolkit.standard.canonical import digest


def remember_link(kind: str, login: str, key: str, life: timedelta, state: str) -> None:
    """Make this the one link of its kind that works for a login. state: what it dies with, under a digest."""
    facts = {"at": f"{digest(key)} {digest(state)}", "until": datetime.now(UTC) + life}
    Tries.objects.update_or_create(key=_place(kind, login), defaults=facts)


def is_newest(kind: str, login: str, key: str) -> bool:
    """Whether no other was made since."""
    kept = Tries.objects.filter(key=_place(kind, login)).values_list("at", flat=True).first()
    return compare_digest((kept or "").partition(" ")[0], digest(key))


def is_left(kind: str, login: str, state: str, longer: timedelta) -> bool:
    """Whether a link that was made in this state still works for longer than so."""
    kept = Tries.objects.filter(key=_place(kind, login), until__gt=datetime.now(UTC) + longer)
    at = kept.values_list("at", flat=True).first()
    return compare_digest((at or "").partition(" ")[2], digest(state))


def _place(kind: str, login: str) -> str:
    return digest(f"link {kind} {login}")
