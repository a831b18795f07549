"""The receipt of a submission: what was submitted, and what comes next."""

from dataclasses import dataclass
from datetime import date

from igtoolkit.records.models import Assessment, Submission
from igtoolkit.reports.board_story import headline
from igtoolkit.standard.words import Stage


@dataclass(frozen=True)
class Receipt:
    """What was submitted, and what comes next."""

    submission: Submission

    @property
    def stage(self) -> Stage:
        return Stage(self.submission.stage)

    @property
    def draft(self) -> Assessment:
        return self.submission.assessment

    @property
    def following(self) -> tuple[Stage, date] | None:
        """The next stage to be submitted and its deadline; None once Final is."""
        if self.draft.stage_reached == Stage.FINAL:
            return None
        reached = Stage(self.draft.stage_reached)
        later = next(each for each in self.draft.open_stages if reached in each.earlier)
        return later, self.draft.calendar.deadline(later)

    @property
    def can_correct(self) -> bool:
        return self.draft.is_open and self.stage in self.draft.open_stages

    @property
    def can_reopen(self) -> bool:
        """Whether it is the Final that closed the draft: opened again, it can be corrected."""
        return self.stage is Stage.FINAL and not self.draft.is_open

    @property
    def headline(self) -> str:
        return headline(self.submission.snapshot["recommendations"])
