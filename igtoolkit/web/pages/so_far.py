"""How far an assessment is: as its draft says or, once Final closed the draft, as Final froze it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from igtoolkit.records.models import Assessment, Person, Submission
from igtoolkit.standard.scoring import Score, Standing, score
from igtoolkit.standard.words import Stage

SCORED = ("points", "maximum", "below_satisfactory", "recorded", "requirements")


@dataclass(frozen=True)
class SoFar:
    """Levels, score and grade of an assessment that is started. `at`: now, by which deadlines have passed."""

    assessment: Assessment
    person: Person
    at: datetime

    @cached_property
    def made(self) -> tuple[Submission, ...]:
        """Every submission so far, in order. Their documents wait until asked for."""
        rows = self.assessment.submissions.select_related("submitted_by").defer("document").order_by("number")
        return tuple(sorted(rows, key=lambda each: list(Stage).index(Stage(each.stage))))

    @property
    def final(self) -> Submission | None:
        """The Final that stands."""
        return self.made[-1] if self.made and self.made[-1].stage == Stage.FINAL else None

    @property
    def frozen(self) -> Submission | None:
        """The Final that the page tells of in place of the draft; None while the draft is open."""
        return None if self.assessment.is_open else self.final

    @property
    def imported(self) -> Submission | None:
        """What was submitted last, where it came from a file: its levels are known and no criteria."""
        return self.made[-1] if self.made and self.made[-1].imported else None

    @cached_property
    def imported_standings(self) -> dict[str, Standing]:
        return standings_of(self.imported) if self.imported else {}

    @cached_property
    def imported_score(self) -> Score | None:
        return score_of(self.imported) if self.imported else None

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """{requirement code: Standing} of what is scored."""
        return standings_of(self.frozen) if self.frozen else self.assessment.standings()

    @cached_property
    def score(self) -> Score:
        return score_of(self.frozen) if self.frozen else score(self.assessment.framework, self.standings)


def standings_of(submission: Submission) -> dict[str, Standing]:
    """{requirement code: Standing} as frozen; what was not scored is absent."""
    return {
        each["requirement"]: Standing(
            level=each["level"] or 0,
            ticked=frozenset(each.get("ticked") or ()),
            counts=not each.get("not_relevant"),
            known=not submission.imported,
        )
        for each in submission.snapshot["answers"]
        if each["level"] is not None or each.get("not_relevant")
    }


def score_of(submission: Submission) -> Score:
    """The score as frozen."""
    return Score(**{name: submission.snapshot["score"][name] for name in SCORED})
