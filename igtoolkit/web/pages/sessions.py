"""Where somebody is signed in, as a page lists it."""

from dataclasses import dataclass
from datetime import datetime

from igtoolkit.records.models import Person
from igtoolkit.records.sessions import SignedInAt, how_many_sessions, sessions_of
from igtoolkit.web.browsers import OTHER

MOST = 50


@dataclass(frozen=True)
class SessionRow:
    """One session in words. mark: what its button sends; network: the address it was begun from, may be empty."""

    mark: str
    began: datetime
    seen: datetime
    browser: str
    network: str
    is_this: bool


@dataclass(frozen=True)
class SessionsPage:
    """rows: this session first, then those used last. more: how many others there are, which are not shown."""

    rows: tuple[SessionRow, ...]
    more: int

    @property
    def others(self) -> int:
        return sum(not row.is_this for row in self.rows) + self.more


def sessions_page(person: Person, this_key: str | None) -> SessionsPage:
    found = sorted(sessions_of(person, MOST), key=lambda each: each.key != this_key)
    more = how_many_sessions(person) - len(found) if len(found) >= MOST else 0
    return SessionsPage(tuple(_row(each, this_key) for each in found), max(more, 0))


def _row(found: SignedInAt, this_key: str | None) -> SessionRow:
    browser, network = found.data.get("browser", OTHER), found.data.get("network", "")
    return SessionRow(found.mark, found.began, found.seen, browser, network, found.key == this_key)
