"""The receipt of a submission: what was submitted, and what comes next."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from igtoolkit.records.models import Assessment, Submission
from igtoolkit.standard.words import Stage, Status


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
        return headline(Counter(Status(each["status"]) for each in self.submission.snapshot["recommendations"]))


def headline(counts: Counter[Status]) -> str:
    """9 of 16 recommendations are met, 4 partly, 3 not; 1 does not apply."""
    applying = counts.total() - counts[Status.NOT_APPLICABLE]
    if not applying:
        return "No recommendation applies."
    words = f"{counts[Status.MET]} of {applying} recommendations {'is' if counts[Status.MET] == 1 else 'are'} met"
    words += f", {counts[Status.PARTLY_MET]} partly, {counts[Status.NOT_MET]} not"
    apart = counts[Status.NOT_APPLICABLE]
    return f"{words}; {apart} {'does' if apart == 1 else 'do'} not apply." if apart else f"{words}."
