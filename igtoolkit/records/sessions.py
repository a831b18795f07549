"""Who is signed in where: a row each of Django's own table of sessions, whose key begins with a digest of whose it is.

So the sessions of one person are found among everybody's by the index of the key. `expire_date` is when a session
ends if nothing more is done; it alone is written when a session is seen again, so that a page which only notes
that overwrites nothing that another page of the same session wrote meanwhile. All of it goes by the machine's real
clock, never by the demonstration's.
"""

import string
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as Kept
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.crypto import get_random_string, salted_hmac

from igtoolkit.records.models import Person

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)
ASTRAY = timedelta(hours=1)  # so far the machine's clock may be set back without everybody being signed out
BEGAN = "began"  # seconds since 1970, in the session's data
DIGITS = string.digits + string.ascii_lowercase  # one case only: every database orders these alike
WHOSE, RANDOM = 10, 30  # characters of a key: 36 ** 30 is over 155 bits that nobody can guess


def whose(person_pk: object) -> str:
    """The beginning of the keys of a person's sessions. It tells nobody without our secret whose they are."""
    number = int(salted_hmac("igtoolkit.sessions", str(person_pk), algorithm="sha256").hexdigest(), 16)
    return "".join(DIGITS[number // 36**place % 36] for place in range(WHOSE))


class SessionStore(Kept):
    """A session that ends after 30 minutes in which nothing was done, and after 12 hours in any case.

    Of a visitor a session holds at most what was typed before signing in again, for 12 hours.
    """

    expires: datetime | None = None  # as found in the database

    def load(self) -> dict[str, Any]:
        row: Session | None = super()._get_session_from_db()  # type: ignore[misc]
        data: dict[str, Any] = self.decode(row.session_data) if row else {}
        if row and SESSION_KEY in data and not stands(row.expire_date, data, datetime.now(UTC)):
            self.delete(row.session_key)
            self._session_key = None
            return {}
        self.expires = row.expire_date if row else None
        return data

    def save(self, must_create: bool = False) -> None:
        """A session that was ended elsewhere while a page was made stays ended, and the page is still answered.

        Raises django.db.DatabaseError where the database failed, which Django would call an ended session too.
        """
        try:
            super().save(must_create)
        except UpdateError as error:
            came_of = error.__context__
            if came_of and came_of.__cause__:  # the database's own error; that a row is gone is Django's finding
                raise came_of from came_of.__cause__
            self._session_cache: dict[str, Any] = {}

    def note(self) -> None:
        """The session was used now. Written at most once a minute."""
        ends = datetime.now(UTC) + IDLE
        if self.expires and not self._was_noted(ends):
            self.model.objects.filter(pk=self.session_key).update(expire_date=ends)
            self.expires = ends

    def ends_at(self) -> datetime:
        """When the session ends if nothing more is done after the page that is being made."""
        ends = datetime.now(UTC) + IDLE
        soon = self.expires if self.expires and self._was_noted(ends) else ends
        return min(soon, datetime.fromtimestamp(self.get(BEGAN, 0), UTC) + LONGEST)

    def _was_noted(self, ends: datetime) -> bool:
        """Whether the database says nearly the same. What it says of a later time, before the clock was set back,
        is not the same."""
        return self.expires is not None and timedelta() <= ends - self.expires < NOTED_EVERY

    def get_session_cookie_age(self) -> int:
        return int((IDLE if SESSION_KEY in self else LONGEST).total_seconds())

    def _get_new_session_key(self) -> str:
        person_pk = getattr(self, "_session_cache", {}).get(SESSION_KEY)
        begins = get_random_string(WHOSE, DIGITS) if person_pk is None else whose(person_pk)
        return begins + get_random_string(RANDOM, DIGITS)


def stands(expires: datetime, data: dict[str, Any], now: datetime) -> bool:
    """Whether somebody is still signed in by a session. One from further in the future than the clock may have been
    set back is not, for nobody knows how old it is."""
    if not now < expires <= now + IDLE + ASTRAY:
        return False
    return now - LONGEST < _began(data) <= now + ASTRAY


def _began(data: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(data.get(BEGAN, 0), UTC)


@dataclass(frozen=True)
class SignedInAt:
    """One session of a person. mark: what a page may call it by, for its key is as good as a password."""

    key: str
    began: datetime
    seen: datetime
    data: dict[str, Any]

    @property
    def mark(self) -> str:
        return mark(self.key)


def mark(key: str) -> str:
    return salted_hmac("igtoolkit.sessions.mark", key, algorithm="sha256").hexdigest()[:32]


def sessions_of(person: Person, most: int | None = None) -> list[SignedInAt]:
    """The sessions by which a person is signed in, the one used last first."""
    now, found = datetime.now(UTC), []
    for row in _rows(person).filter(expire_date__gt=now).order_by("-expire_date")[:most]:
        data = row.get_decoded()
        if data.get(SESSION_KEY) == str(person.pk) and stands(row.expire_date, data, now):
            found.append(SignedInAt(row.session_key, _began(data), row.expire_date - IDLE, data))
    return found


def how_many_sessions(person: Person) -> int:
    return _rows(person).filter(expire_date__gt=datetime.now(UTC)).count()


def end_rows(person: Person, *, only: str = "", but: str = "") -> int:
    """End the session of a mark, or all but the one with a key. Returns how many."""
    keys = [key for key in _rows(person).values_list("session_key", flat=True) if key != but]
    return _rows(person).filter(pk__in=[key for key in keys if not only or mark(key) == only]).delete()[0]


def clear_sessions() -> int:
    """Throw away what has ended. Returns how many."""
    return Session.objects.filter(expire_date__lt=datetime.now(UTC)).delete()[0]


def _rows(person: Person) -> QuerySet[Session]:
    begins = whose(person.pk)
    return Session.objects.filter(session_key__gte=begins, session_key__lte=begins + DIGITS[-1] * RANDOM)
