"""The service with three requirements instead of forty-five, so that a whole life is played in seconds."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from unittest.mock import patch

from igtoolkit.records.frameworks import frameworks
from igtoolkit.standard.calendar import Calendar
from igtoolkit.standard.words import Stage

CODES = ("13-101", "13-202", "13-206")
FRAMEWORK = "igt-13"


@contextmanager
def three_requirements(calendars: Mapping[str, Calendar] | None = None) -> Iterator[None]:
    """Version 13 narrowed to CODES, in the years of its calendar and those given."""
    held = frameworks()
    whole = held[FRAMEWORK]
    kept = tuple(each for each in whole.requirements if each.code in CODES)
    small = replace(whole, requirements=kept, calendars={**whole.calendars, **(calendars or {})})
    with patch.dict(held, {FRAMEWORK: small}):
        yield


def calendar(first: int) -> Calendar:
    """The usual days in the year that begins in April of `first`."""
    deadlines = {
        Stage.BASELINE: date(first, 7, 31),
        Stage.UPDATE: date(first, 10, 31),
        Stage.FINAL: date(first + 1, 3, 31),
    }
    return Calendar(f"{first}-{(first + 1) % 100:02d}", date(first, 6, 1), deadlines)
