"""Chance that falls the same way on every machine: each question has dice of its own, named by what it asks."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from igtoolkit.standard.calendar import LONDON

Thing = TypeVar("Thing")


def dice(*question: object) -> random.Random:
    """Dice for one question: `dice("DMA001", "13-202", "ticks")` always throws the same."""
    return random.Random("|".join(str(each) for each in question))  # noqa: S311 (invented data, not secrets)


def pick(things: Sequence[Thing], *question: object) -> Thing:
    """One of these, always the same for the same question."""
    return dice(*question).choice(things)


def chance(of: float, *question: object) -> bool:
    """True in this share of questions, 0 to 1."""
    return dice(*question).random() < of


def london(day: date, hour: int, minute: int, second: int = 0) -> datetime:
    """An instant by the clock in London, in UTC."""
    return datetime.combine(day, time(hour, minute, second), LONDON).astimezone(UTC)


def working_instant(day: date, *question: object) -> datetime:
    """Some moment of this day's office hours; of the Friday before where it is a weekend."""
    thrown = dice(*question, "office hours")
    day -= timedelta(days=max(day.weekday() - 4, 0))
    return london(day, thrown.randint(8, 17), thrown.randint(0, 59), thrown.randint(0, 59))


def day_between(first: date, last: date, *question: object) -> date:
    """A day from first to last, both included; the first where the last is before it."""
    return first + timedelta(days=dice(*question).randint(0, max((last - first).days, 0)))
