"""The codes that stay put, and the words for them on screen and paper."""

from enum import StrEnum


class Stage(StrEnum):
    """A point in the year at which an assessment is submitted, in order."""

    BASELINE = "baseline"
    UPDATE = "update"
    FINAL = "final"

    @property
    def words(self) -> str:
        return {"baseline": "Baseline", "update": "Performance Update", "final": "Final"}[self.value]

    @property
    def earlier(self) -> tuple["Stage", ...]:
        """The stages before this one, first to last."""
        stages = tuple(Stage)
        return stages[: stages.index(self)]


class Status(StrEnum):
    """How an organisation stands against one recommendation."""

    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    NOT_SUBMITTED = "not_submitted"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ").capitalize()

    @property
    def mark(self) -> str:
        """A shape that tells the status apart without colour."""
        return {"met": "●", "partly_met": "◐", "not_met": "■", "not_applicable": "–", "not_submitted": "○"}[self.value]


class State(StrEnum):
    """What one condition of a recommendation comes to."""

    HOLDS = "holds"
    DOES_NOT_HOLD = "does_not_hold"
    NOT_SCORED = "not_scored"
    DOES_NOT_APPLY = "does_not_apply"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


class Grade(StrEnum):
    """The self-assessed or reviewed grade of an assessment."""

    SATISFACTORY = "satisfactory"
    WITH_PLAN = "satisfactory_with_improvement_plan"
    NOT_SATISFACTORY = "not_satisfactory"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ").capitalize()


class Theme(StrEnum):
    """The four asks of the panel that followed the Caldicott2 review."""

    LEADERSHIP = "leadership"
    SHARING = "sharing"
    TRANSPARENCY = "transparency"
    RIGHTS = "rights"

    @property
    def words(self) -> str:
        return {
            "leadership": "Leadership",
            "sharing": "Sharing for care",
            "transparency": "Transparency",
            "rights": "People's rights",
        }[self.value]


class Basis(StrEnum):
    """Whether a row of the framework was read in a source, or is our reading."""

    DOCUMENTED = "documented"
    OUR_READING = "our_reading"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")
