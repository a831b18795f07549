"""What would be submitted, before it is; and the receipt after."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from igtoolkit.actions.submissions import SUBMITTABLE, draft_digest
from igtoolkit.records.models import Submission
from igtoolkit.records.snapshots import previous_statuses
from igtoolkit.standard.words import Stage, Status
from igtoolkit.web.pages.assessment import AssessmentPage, Row


@dataclass(frozen=True)
class SubmitPage(AssessmentPage):
    """The preview of a stage: everything the snapshot would hold. `at`: when the request arrived."""

    stage: Stage = Stage.BASELINE

    @property
    def deadline(self) -> date:
        return self.assessment.calendar.deadline(self.stage)

    @cached_property
    def earlier(self) -> tuple[Submission, ...]:
        """The submissions of this stage so far: a further one is a correction."""
        rows = self.assessment.submissions.filter(stage=self.stage).select_related("submitted_by")
        return tuple(rows.order_by("number"))

    @property
    def number(self) -> int:
        return len(self.earlier) + 1

    @property
    def is_late(self) -> bool:
        """Whether it counts as late: that of the stage's first submission."""
        return self.earlier[0].late if self.earlier else self.assessment.calendar.is_late(self.stage, self.at)

    @property
    def is_closed(self) -> bool:
        return self.stage not in self.assessment.open_stages

    @cached_property
    def draft(self) -> str:
        return draft_digest(self.assessment)

    @cached_property
    def headline(self) -> str:
        if not self.assessment.is_reported:
            return ""
        return headline(Counter(each.status for each in self.assessment.performance()))

    @cached_property
    def before(self) -> str:
        """The headline of the stage that this one is compared with, in words."""
        compared = self.assessment.compared_with(self.stage)
        if compared is None:
            return ""
        met = sum(each == Status.MET for each in previous_statuses(compared).values())
        return f"At {Stage(compared.stage).words}, {met} were met."

    @property
    def unscored(self) -> list[Row]:
        return [row for row in self.rows if not row.is_scored]

    @property
    def changed(self) -> list[tuple[Row, int | None]]:
        """For a correction: the requirements at another level than in what it corrects, with that level."""
        if not self.earlier:
            return []
        levels = {each["requirement"]: each["level"] for each in self.earlier[-1].snapshot["answers"]}
        return [
            (row, levels.get(row.requirement.code))
            for row in self.rows
            if row.level != levels.get(row.requirement.code)
        ]

    @property
    def spread(self) -> str:
        """45 requirements: 6 at level 3, 18 at level 2, …"""
        counts = Counter(row.level for row in self.rows)
        parts = [f"{counts[level]} at level {level}" for level in (3, 2, 1, 0) if counts[level]]
        parts += [f"{len(self.unscored)} not scored"] if self.unscored else []
        parts += [f"{self.not_relevant} not relevant"] if self.not_relevant else []
        return f"{len(self.rows)} requirements: {', '.join(parts)}."

    @property
    def unnamed(self) -> list[str]:
        """The posts nobody is named for."""
        return [post for post, name, _ in self.people if not name]


@dataclass(frozen=True)
class Receipt:
    """What was submitted, and what comes next."""

    submission: Submission

    @property
    def stage(self) -> Stage:
        return Stage(self.submission.stage)

    @property
    def following(self) -> tuple[Stage, date] | None:
        """The next stage and its deadline; None after Final."""
        later = [each for each in Stage if self.stage in each.earlier]
        return (later[0], self.submission.assessment.calendar.deadline(later[0])) if later else None

    @property
    def can_correct(self) -> bool:
        draft = self.submission.assessment
        return draft.is_open and self.stage in draft.open_stages and self.stage in SUBMITTABLE

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
