"""A deadline is the end of a London day, wherever the server stands."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from igtoolkit.standard.calendar import Calendar, closes_at, london_day, previous_year
from igtoolkit.standard.words import Stage

# Last day of the stage, and the first instant that is late, by hand: London is an hour ahead of UTC at the
# end of 31 March and 31 July in all these years, and level with it at the end of 31 October, also in 2027,
# when the clocks go back on that very day. On 31 March 2030 they go forward on the day itself.
FIRST_LATE = {
    date(2026, 3, 31): datetime(2026, 3, 31, 23, 0, 0, tzinfo=UTC),
    date(2027, 3, 31): datetime(2027, 3, 31, 23, 0, 0, tzinfo=UTC),
    date(2028, 3, 31): datetime(2028, 3, 31, 23, 0, 0, tzinfo=UTC),
    date(2030, 3, 31): datetime(2030, 3, 31, 23, 0, 0, tzinfo=UTC),
    date(2026, 7, 31): datetime(2026, 7, 31, 23, 0, 0, tzinfo=UTC),
    date(2027, 7, 31): datetime(2027, 7, 31, 23, 0, 0, tzinfo=UTC),
    date(2028, 7, 31): datetime(2028, 7, 31, 23, 0, 0, tzinfo=UTC),
    date(2030, 7, 31): datetime(2030, 7, 31, 23, 0, 0, tzinfo=UTC),
    date(2026, 10, 31): datetime(2026, 11, 1, 0, 0, 0, tzinfo=UTC),
    date(2027, 10, 31): datetime(2027, 11, 1, 0, 0, 0, tzinfo=UTC),
    date(2028, 10, 31): datetime(2028, 11, 1, 0, 0, 0, tzinfo=UTC),
    date(2030, 10, 31): datetime(2030, 11, 1, 0, 0, 0, tzinfo=UTC),
}
STAGES = {7: Stage.BASELINE, 10: Stage.UPDATE, 3: Stage.FINAL}
SECOND = timedelta(seconds=1)


@pytest.fixture(params=["UTC", "America/New_York", "Pacific/Auckland"])
def _server_stands_in(request: pytest.FixtureRequest) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


def calendar_with(day: date) -> Calendar:
    """The calendar of the assessment year that the deadline `day` falls in."""
    first = day.year - 1 if day.month == 3 else day.year
    return Calendar(
        year=f"{first}-{(first + 1) % 100:02d}",
        opens=date(first, 6, 1),
        deadlines={
            Stage.BASELINE: date(first, 7, 31),
            Stage.UPDATE: date(first, 10, 31),
            Stage.FINAL: date(first + 1, 3, 31),
        },
    )


@pytest.mark.usefixtures("_server_stands_in")
@pytest.mark.parametrize("day", FIRST_LATE, ids=str)
@pytest.mark.parametrize(
    ("offset", "late"), [(-SECOND, False), (timedelta(0), True), (SECOND, True)], ids=["-1s", "0", "+1s"]
)
def test_on_time_means_before_midnight_in_london(day: date, offset: timedelta, late: bool) -> None:
    calendar, stage = calendar_with(day), STAGES[day.month]
    assert calendar.deadline(stage) == day
    assert calendar.closes_at(stage) == FIRST_LATE[day]
    assert calendar.is_late(stage, FIRST_LATE[day] + offset) is late


def test_the_last_good_second_is_the_one_the_clock_says() -> None:
    assert closes_at(date(2027, 7, 31)) - SECOND == datetime(2027, 7, 31, 22, 59, 59, tzinfo=UTC)
    assert closes_at(date(2027, 10, 31)) - SECOND == datetime(2027, 10, 31, 23, 59, 59, tzinfo=UTC)
    assert closes_at(date(2030, 3, 31)) - SECOND == datetime(2030, 3, 31, 22, 59, 59, tzinfo=UTC)


def test_a_deadline_is_kept_in_utc() -> None:
    assert closes_at(date(2015, 7, 31)).tzinfo is UTC


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError):
        calendar_with(date(2026, 7, 31)).is_late(Stage.BASELINE, datetime(2026, 7, 31, 12, 0))


def test_the_day_in_london_is_not_the_day_in_utc_on_a_summer_night() -> None:
    assert london_day(datetime(2015, 7, 31, 22, 59, 59, tzinfo=UTC)) == date(2015, 7, 31)
    assert london_day(datetime(2015, 7, 31, 23, 0, 0, tzinfo=UTC)) == date(2015, 8, 1)
    assert london_day(datetime(2015, 12, 31, 23, 30, 0, tzinfo=UTC)) == date(2015, 12, 31)


@pytest.mark.parametrize(("year", "before"), [("2015-16", "2014-15"), ("2100-01", "2099-00"), ("2010-11", "2009-10")])
def test_the_year_before(year: str, before: str) -> None:
    assert previous_year(year) == before
