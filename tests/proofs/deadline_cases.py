"""The last day of each stage in four years, and the first instant that is late, written by hand. Without Django.

London is an hour ahead of UTC at the end of 31 July and of 31 March in all of these years, also in 2030, when its
clocks go forward on that very day; and level with it at the end of 31 October, also in 2027, when they go back on it.

    python -m tests.proofs.deadline_cases     asks the rule, and prints as JSON what it gets wrong
"""

import json
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from igtoolkit.standard.calendar import Calendar
from igtoolkit.standard.words import Stage

FIRST_LATE = {
    Stage.FINAL: "{}-03-31T23:00:00+00:00",
    Stage.BASELINE: "{}-07-31T23:00:00+00:00",
    Stage.UPDATE: "{}-11-01T00:00:00+00:00",
}
YEARS = (2026, 2027, 2028, 2030)
OFFSETS = {
    "1 s before": timedelta(seconds=-1),
    "23:59:59.999999": timedelta(microseconds=-1),
    "midnight": timedelta(0),
    "1 s after": timedelta(seconds=1),
}


@dataclass(frozen=True)
class Case:
    """One request: at which stage of which year (the one that begins in April of `first`), when, and whether late."""

    stage: Stage
    first: int
    name: str
    arrives: datetime

    @property
    def late(self) -> bool:
        return self.name in ("midnight", "1 s after")

    def __str__(self) -> str:
        return f"{self.stage} {self.arrives.isoformat()} ({self.name})"


def cases() -> list[Case]:
    found = []
    for year in YEARS:
        for stage, written in FIRST_LATE.items():
            first = year - 1 if stage is Stage.FINAL else year
            midnight = datetime.fromisoformat(written.format(year)).astimezone(UTC)
            found += [Case(stage, first, name, midnight + offset) for name, offset in OFFSETS.items()]
    return found


def wrong_by_the_rule() -> list[str]:
    """The cases that the pure rule decides otherwise, asked in this process's time zone."""
    days = {Stage.BASELINE: (0, 7, 31), Stage.UPDATE: (0, 10, 31), Stage.FINAL: (1, 3, 31)}
    found = []
    for each in cases():
        deadlines = {stage: date(each.first + later, month, day) for stage, (later, month, day) in days.items()}
        calendar = Calendar(str(each.first), date(each.first, 6, 1), deadlines)
        here = each.arrives.astimezone()  # as this machine's clock would say it
        if calendar.is_late(each.stage, each.arrives) != each.late or calendar.is_late(each.stage, here) != each.late:
            found.append(str(each))
    return found


if __name__ == "__main__":
    json.dump({"cases": len(cases()), "wrong": wrong_by_the_rule()}, sys.stdout)
