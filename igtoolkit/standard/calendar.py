"""The year's deadlines: Europe/London days, decided by when a request arrived.

Source: frameworks/igt-13/SOURCES.md, "Deadlines".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from igtoolkit.standard.words import Stage

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Calendar:
    """One year of a framework: the last day of each stage, as Europe/London dates."""

    year: str
    opens: date
    deadlines: Mapping[Stage, date]

    def deadline(self, stage: Stage) -> date:
        return self.deadlines[stage]

    def closes_at(self, stage: Stage) -> datetime:
        """The instant, in UTC, from which a submission of this stage is late."""
        return closes_at(self.deadlines[stage])

    def is_late(self, stage: Stage, arrived: datetime) -> bool:
        """Whether a request that arrived at this (aware) instant is after the deadline."""
        return arrived >= self.closes_at(stage)


def closes_at(day: date) -> datetime:
    """00:00:00 of the day after `day` in London, as an aware instant in UTC."""
    return datetime.combine(day + timedelta(days=1), time.min, LONDON).astimezone(UTC)


def london_day(instant: datetime) -> date:
    """The date in London at an aware instant."""
    return instant.astimezone(LONDON).date()


def previous_year(year: str) -> str:
    """The year before: 2015-16 gives 2014-15."""
    first = int(year[:4]) - 1
    return f"{first}-{(first + 1) % 100:02d}"


def span(year: str) -> tuple[date, date]:
    """The first and last day of a year: 2015-16 is from 1 April 2015 to 31 March 2016. Raises ValueError."""
    first = int(year[:4])
    return date(first, 4, 1), date(first + 1, 3, 31)


def year_of(day: date) -> str:
    """The year that a day is in: 31 March 2016 gives 2015-16."""
    first = day.year - (day < date(day.year, 4, 1))
    return f"{first}-{(first + 1) % 100:02d}"
