"""Holding a file against the register: what each row would change, and which rows may not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from igtoolkit.actions.register.files import Row, WrongRow
from igtoolkit.actions.register.standing import Held, Register, is_another_body
from igtoolkit.records.models import Organisation, Registration

Facts = dict[str, str]
FACTS = ("name", "kind", "kind_words", "region")  # what a year's registration says; the dates are the organisation's
DATES = ("opened", "closed")


@dataclass(frozen=True)
class Change:
    """What one row comes to. `before` is empty for an organisation that it adds to the year.

    organisation: whom it speaks of; None for one the register does not have yet. displaced: the closed
    body that has its code until then. code_since: from when the code is its own, where it was another's before.
    registers: whether it existed in the year, so that it is registered for it.
    """

    row: Row
    organisation: Organisation | None
    displaced: Organisation | None
    code_since: date | None
    registers: bool
    renames: bool
    before: Facts
    after: Facts

    @property
    def code(self) -> str:
        return self.row.code

    @property
    def is_new(self) -> bool:
        return not self.before

    @property
    def differing(self) -> tuple[str, ...]:
        return tuple(name for name in self.after if self.is_new or self.before.get(name, "") != self.after[name])


def compare(rows: Iterable[Row], register: Register) -> tuple[list[Change], list[WrongRow]]:
    """(what each row comes to, in code order; the rows that may not be loaded, for what is recorded already)."""
    changes: list[Change] = []
    wrong: list[WrongRow] = []
    lines: dict[int, int] = {}
    for row in sorted(rows, key=lambda each: each.code):
        change = _change(row, register)
        fault = next(_faults(change, register, lines), None)
        if fault:
            wrong.append(WrongRow(row.line, fault))
            continue
        changes.append(change)
        if change.organisation:
            lines[change.organisation.pk] = row.line
    return changes, wrong


def _change(row: Row, register: Register) -> Change:
    organisation = register.meant(row)
    displaced = organisation if organisation and is_another_body(row, organisation) else None
    if displaced:
        organisation = None
    registration = register.registered.get(organisation.pk) if organisation else None
    registers = registration is not None or _existed(row, organisation, register)
    renames = organisation is None or register.is_named_last(organisation)
    before = _before(organisation, registration, registers)
    after = _after(row, organisation, before) if registers else {"name": _name(row, organisation, renames)}
    since = row.opened if organisation is None and row.code in register.held else None
    return Change(row, organisation, displaced, since, registers, renames, before, after | _dates(row, organisation))


def _existed(row: Row, organisation: Organisation | None, register: Register) -> bool:
    """Whether it existed in the year, as far as is known."""
    opened, closed = (getattr(row, day) or getattr(organisation, day, None) for day in DATES)
    return (opened is None or opened <= register.last_day) and (closed is None or closed >= register.first_day)


def _before(organisation: Organisation | None, registration: Registration | None, registers: bool) -> Facts:
    if organisation is None or (registers and registration is None):
        return {}
    said = {name: getattr(registration, name) for name in FACTS} if registration else {"name": organisation.name}
    return said | {day: getattr(organisation, day).isoformat() for day in DATES if getattr(organisation, day)}


def _after(row: Row, organisation: Organisation | None, before: Facts) -> Facts:
    """What the row says, and what stands where it says nothing: a kind set by hand, a region."""
    said = {name: getattr(row, name) or before.get(name, "") for name in FACTS}
    return said | {"region": said["region"] or row.grouping}


def _name(row: Row, organisation: Organisation | None, renames: bool) -> str:
    return row.name if renames or organisation is None else organisation.name


def _dates(row: Row, organisation: Organisation | None) -> Facts:
    days: dict[str, date | None] = {day: getattr(row, day) or getattr(organisation, day, None) for day in DATES}
    return {name: day.isoformat() for name, day in days.items() if day}


def _faults(change: Change, register: Register, lines: dict[int, int]) -> Iterator[str]:
    """lines: {organisation pk: the line that spoke of it before}."""
    code, pk = change.code, change.organisation.pk if change.organisation else None
    if change.organisation is None and not change.displaced and (past := register.had_last(code)):
        yield from _given_up(change.row, past)
    if zeros := register.with_lost_zeros(code):
        yield f"code {code} is not registered, and {zeros} is: look up whether a spreadsheet dropped the zeros"
    if pk in lines and change.organisation:
        yield f"{code} was a code of {change.organisation.code}, of which line {lines[pk]} speaks too: keep one of them"
    if change.row.name in register.held and change.row.name != code and not change.row.name.isalpha():
        yield f"name “{change.row.name}” is a registered code: its cells look slid by one"
    if pk in register.assessed and "kind" in change.differing and change.before:
        yield _kept(change, register.year)
    if change.after.get("opened", "") > change.after.get("closed", "9"):
        yield f"it would have opened on {change.after['opened']}, and closed before that, on {change.after['closed']}"


def _given_up(row: Row, past: Held) -> Iterator[str]:
    """A row with a code that its holder gave up before, and no sign that another body has it now."""
    was = f"{row.code} was a code of {past.organisation.name} until {past.until}"
    if row.opened is None:
        yield f"{was}: give the opening day of the body that has it now, or the code that it has now"
    elif past.until and row.opened < past.until:
        yield f"{was}, and this opened before, on {row.opened}: look up its code and its opening day"


def _kept(change: Change, year: str) -> str:
    kind = change.before["kind"] or "to be set"
    return (
        f"{change.code} has an assessment for {year} as {kind}, so its kind cannot become {change.after['kind']}: "
        "correct the row"
    )
