"""The stages of a year as a page shows them, and the day on which an organisation closed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from igtoolkit.records.models import Assessment, Organisation, Submission
from igtoolkit.standard.calendar import london_day
from igtoolkit.standard.words import Stage
from igtoolkit.web.templates import day


@dataclass(frozen=True)
class StageShown:
    """One stage: its deadline, what was submitted, and what can be done about it."""

    stage: Stage
    deadline: date
    is_past: bool
    made: tuple[Submission, ...]
    is_closed: bool

    @property
    def first(self) -> Submission | None:
        return self.made[0] if self.made else None

    @property
    def latest(self) -> Submission | None:
        return self.made[-1] if self.made else None

    @property
    def can_submit(self) -> bool:
        """Whether the stage takes a submission from an administrator now."""
        return not self.is_closed


def stages_shown(assessment: Assessment, made: Collection[Submission], at: datetime) -> tuple[StageShown, ...]:
    """Every stage of the year; for a small body Final, and whatever else was submitted. made: in order."""
    calendar, opened = assessment.calendar, assessment.open_stages
    found = [
        StageShown(
            stage=stage,
            deadline=calendar.deadline(stage),
            is_past=calendar.is_late(stage, at),
            made=tuple(each for each in made if each.stage == stage),
            is_closed=stage not in opened or not assessment.is_open,
        )
        for stage in Stage
    ]
    return tuple(each for each in found if not assessment.is_simplified or each.made or each.stage in opened)


def last_day_told(organisation: Organisation, at: datetime) -> str:
    """That an organisation closed, or closes, and on which day; empty where it stays open."""
    if organisation.closed is None:
        return ""
    closes = "closed" if organisation.closed < london_day(at) else "closes"
    return f"This organisation {closes} on {day(organisation.closed)}."
