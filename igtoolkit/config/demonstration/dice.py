"""Chance that falls the same way on every machine: the question asked decides the answer."""

import hashlib
import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from igtoolkit.standard.calendar import LONDON

Thing = TypeVar("Thing")


def dice(*question: object) -> random.Random:
    """Dice for one question: `dice("DMA001", "13-202", "ticks")` always throws the same."""
    return random.Random("|".join(map(str, question)))  # noqa: S311 (invented data, not secrets)


def fraction(*question: object) -> float:
    """A number from 0 up to 1, always the same for the same question; far cheaper than dice."""
    answer = hashlib.blake2b("|".join(map(str, question)).encode(), digest_size=6).digest()
    return int.from_bytes(answer, "big") / 2**48


def whole(first: int, last: int, *question: object) -> int:
    """A whole number from first to last, both included."""
    return first + int(fraction(*question) * (last - first + 1))


def pick(things: Sequence[Thing], *question: object) -> Thing:
    """One of these."""
    return things[int(fraction(*question) * len(things))]


def chance(of: float, *question: object) -> bool:
    """True in this share of questions, 0 to 1."""
    return fraction(*question) < of


def london(day: date, hour: int, minute: int, second: int = 0) -> datetime:
    """An instant by the clock in London, in UTC."""
    return datetime.combine(day, time(hour, minute, second), LONDON).astimezone(UTC)


def working_day(day: date) -> date:
    """The day itself, or the Friday before where it is a weekend."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


def working_instant(day: date, *question: object) -> datetime:
    """Some moment of this working day's office hours."""
    day = working_day(day)
    minute, second = divmod(whole(0, 3_599, *question, "minute"), 60)
    return london(day, whole(8, 17, *question, "hour"), minute, second)


def day_between(first: date, last: date, *question: object) -> date:
    """A day from first to last, both included; the first where the last is before it."""
    return first + timedelta(days=whole(0, max((last - first).days, 0), *question))
