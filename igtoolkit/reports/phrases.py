"""Small pieces of the sentences on reports: dates as London reads them, lists, one or several."""

from collections.abc import Sequence
from datetime import date, datetime

from igtoolkit.standard.calendar import LONDON


def day(value: date | str) -> str:
    """31 October 2015. Takes a date, or its ISO form from a snapshot."""
    found = _date(value)
    return f"{found.day} {found:%B %Y}"


def short_day(value: date | str) -> str:
    """31 Oct 2015"""
    found = _date(value)
    return f"{found.day} {found:%b %Y}"


def minute(value: datetime | str) -> str:
    """29 October 2015 at 14:02, in London. Takes an aware instant, or its ISO form from a snapshot."""
    found = _london(value)
    return f"{day(found.date())} at {found:%H:%M}"


def clock_time(value: datetime) -> str:
    """14:02, in London."""
    return f"{_london(value):%H:%M}"


def day_of(value: datetime | str) -> date:
    """The date in London at an aware instant, or at its ISO form."""
    return _london(value).date()


def listed(things: Sequence[object]) -> str:
    """1, 2 and 3"""
    words = [str(each) for each in things]
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def numbered(numbers: Sequence[int]) -> str:
    """recommendation 11, recommendations 8 and 11"""
    return f"recommendation{'' if len(numbers) == 1 else 's'} {listed(numbers)}"


def recommendations(numbers: Sequence[int], one: str, several: str) -> str:
    """“Recommendation 11 becomes met” or “Recommendations 8 and 11 become met”, by how many there are."""
    return f"{numbered(numbers).capitalize()} {one if len(numbers) == 1 else several}"


def _date(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _london(value: datetime | str) -> datetime:
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.astimezone(LONDON)
