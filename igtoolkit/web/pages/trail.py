"""The audit trail a page at a time, newest first, narrowed to what somebody looks for."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from igtoolkit.access.policy import Visitor
from igtoolkit.access.scope import trail
from igtoolkit.records.models import AuditEvent
from igtoolkit.reports.forms import safe_cell
from igtoolkit.reports.verify_chains import SEALED
from igtoolkit.web.pages.trail_words import WORDS, meant, shown, words

A_PAGE = 50
LONGEST = 300  # characters of one fact on the page; the downloads have them whole
Fact = tuple[str, str | None, str]  # what it is about, what it was where that is told, what it is
LONDON = ZoneInfo("Europe/London")
ABOUT = ("Requirement", "Login", "Report", "Format", "Year", "Stage", "Address", "Name", "File")  # in this order
DATES = {"after": "From", "until": "Until"}
COLUMNS = ("number", "at", "event", "what", "by", "facts", "hash")


@dataclass(frozen=True)
class Asked:
    """What the page is narrowed to, as typed. `before` is the number that the page begins below."""

    by: str = ""
    event: str = ""
    after: str = ""
    until: str = ""
    before: int | None = None
    errors: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Asked":
        typed = {name: given.get(name, "").strip()[:200] for name in ("by", "event", "after", "until")}
        errors = {name: f"{label} must be a real date, for example 2015-10-31" for name, label in DATES.items()}
        wrong = {name: errors[name] for name in DATES if typed[name] and _day(typed[name]) is None}
        before = given.get("before", "")
        number = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
        return cls(**typed, before=number, errors=wrong)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.by or self.event or self.after or self.until)

    @property
    def newest(self) -> str:
        """The query of the first page."""
        kept = {name: getattr(self, name) for name in ("by", "event", "after", "until")}
        return f"?{urlencode({name: each for name, each in kept.items() if each})}"

    def older(self, before: int) -> str:
        """The query of the page that begins below a number."""
        return f"{self.newest}{'&' if self.is_narrowed else ''}before={before}"


@dataclass(frozen=True)
class Row:
    """One event as the page shows it."""

    number: int
    at: datetime
    what: str
    by: str
    facts: list[Fact]

    @property
    def in_short(self) -> str:
        """What it is about, in a few words: the facts that say so, else how many there are."""
        said = {name: value for name, _, value in self.facts}
        about = [said[name] for name in ABOUT if name in said][:3]
        n = len(self.facts)
        return ", ".join(about) if about else f"{n} fact{'' if n == 1 else 's'}"


@dataclass(frozen=True)
class TrailPage:
    """A page of events, and where the next, older one begins."""

    asked: Asked
    rows: list[Row]
    older: str
    choices: list[tuple[str, str]]


def trail_page(person: Visitor, asked: Asked) -> TrailPage:
    """One page, in one query."""
    found = list(_narrowed(trail(person), asked)[: A_PAGE + 1]) if not asked.errors else []
    rows = [Row(each.number, each.at, words(each.event), each.by, unfolded(each.facts)) for each in found[:A_PAGE]]
    older = asked.older(rows[-1].number) if len(found) > A_PAGE else ""
    choices = [("", "Everything"), *sorted(WORDS.items(), key=lambda each: each[1])]
    return TrailPage(asked, rows, older, choices)


def trail_rows(person: Visitor) -> Iterator[list[object]]:
    """The whole trail as rows of a table, oldest first, names of columns first; every cell safe for a spreadsheet."""
    yield list(COLUMNS)
    for each in trail(person).order_by("number").iterator(chunk_size=2000):
        at = each.at.isoformat(timespec="microseconds").replace("+00:00", "Z")
        seal = "" if each.event in SEALED else each.hash
        facts = json.dumps(_without_salt(each.facts), ensure_ascii=False) if each.event in SEALED else each.facts
        row = (each.number, at, shown(each.event), words(each.event), each.by, facts, seal)
        yield [safe_cell(cell) for cell in row]


def unfolded(facts: str) -> list[Fact]:
    """What an event says, one fact after another; of what was changed only what differs."""
    said = _without_salt(facts)
    before, after = said.pop("before", None), said.pop("after", None)
    found: list[Fact] = [(_label(name), None, _told(each)) for name, each in said.items()]
    if isinstance(before, dict) and isinstance(after, dict):
        names = [name for name in after | before if before.get(name) != after.get(name)]
        same = [name for name in ("year", "requirement", "login") if name in after and name not in names]
        found = [*((_label(name), None, _told(after[name])) for name in same), *found]
        return found + [(_label(name), _told(before.get(name)), _told(after.get(name))) for name in names]
    only = after if before is None else before
    if isinstance(only, dict):
        return [*found, *((_label(name), None, _told(each)) for name, each in only.items())]
    return found if only is None else [*found, ("Value", None, _told(only))]


def _narrowed(rows: QuerySet[AuditEvent], asked: Asked) -> QuerySet[AuditEvent]:
    after, until = _day(asked.after), _day(asked.until)
    if asked.by:
        rows = rows.filter(by__icontains=asked.by.replace("\0", ""))
    if asked.event:
        rows = rows.filter(event__in=meant(asked.event.replace("\0", "")))
    if after:
        rows = rows.filter(at__gte=_begins(after))
    if until:
        rows = rows.filter(at__lt=_begins(until + timedelta(days=1)))
    return rows.filter(number__lt=asked.before) if asked.before is not None else rows


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def _day(typed: str) -> date | None:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if 1900 < found.year < 9000 else None


def _without_salt(facts: str) -> dict[str, Any]:
    try:
        said = json.loads(facts)
    except ValueError:
        return {"facts": facts}
    return {name: each for name, each in said.items() if name != "salt"} if isinstance(said, dict) else {"facts": said}


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _told(value: Any) -> str:
    """A value in words, cut where it is long."""
    match value:
        case None | "" | [] | {}:
            text = "none"
        case bool():
            text = "yes" if value else "no"
        case list():
            text = ", ".join(_told(each) for each in value)
        case dict():
            text = "; ".join(f"{_label(name)}: {_told(each)}" for name, each in value.items())
        case _:
            text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
