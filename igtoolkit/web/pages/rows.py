"""One requirement in the list of an assessment, and what the list can be narrowed to."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from igtoolkit.records.models import Answer
from igtoolkit.standard.framework import Requirement
from igtoolkit.standard.scoring import SATISFACTORY_LEVEL, Standing


class Show(StrEnum):
    """What the list of requirements is narrowed to."""

    ALL = "all"
    UNSCORED = "unscored"
    BELOW_2 = "below2"
    INCOMPLETE = "incomplete"
    UNCONFIRMED = "unconfirmed"

    @classmethod
    def asked(cls, text: str) -> "Show":
        """As an address or a form names it; anything else is all."""
        return cls(text) if text in list(cls) else cls.ALL

    @property
    def query(self) -> str:
        """What an address ends with to keep it: ?show=unscored"""
        return "" if self is Show.ALL else f"?show={self.value}"

    @property
    def words(self) -> str:
        return {
            "all": "All",
            "unscored": "Not scored",
            "below2": f"Below level {SATISFACTORY_LEVEL}",
            "incomplete": "Not complete",
            "unconfirmed": "To be confirmed",
        }[self.value]


@dataclass(frozen=True)
class Row:
    """One requirement as the list shows it. `standing` is None until it is scored.

    `before`: the level in last year's Final, where there is one. `marks`: whether answers are marked complete.
    `from_file`: the levels shown were imported. `imported`: the level in a file, shown beside the draft's.
    """

    requirement: Requirement
    answer: Answer | None
    standing: Standing | None
    pieces: int
    before: int | None = None
    marks: bool = True
    from_file: bool = False
    imported: int | None = None

    @property
    def level(self) -> int | None:
        """None until scored, and where it is not relevant."""
        return self.standing.level if self.standing and self.standing.counts else None

    @property
    def is_scored(self) -> bool:
        return self.standing is not None

    @property
    def is_complete(self) -> bool:
        return self.answer is not None and self.answer.is_complete

    @property
    def is_confirmed(self) -> bool:
        return self.answer is not None and self.answer.is_confirmed

    @property
    def is_not_relevant(self) -> bool:
        return self.standing is not None and not self.standing.counts

    @property
    def has_comment(self) -> bool:
        return self.answer is not None and bool(self.answer.comment.strip())

    @property
    def state(self) -> str:
        if self.from_file:
            return "Imported" if self.is_scored else "Not in the file"
        if self.answer is None:
            return "Not started"
        if not self.marks:
            return "Scored" if self.is_scored else "In progress"
        if self.answer.is_confirmed:
            return "Confirmed"
        return "Complete" if self.answer.is_complete else "In progress"

    @property
    def target(self) -> tuple[int, date] | None:
        held = self.answer
        return (held.target_level, held.target_date) if held and held.target_level and held.target_date else None

    def is_shown(self, show: Show) -> bool:
        match show:
            case Show.UNSCORED:
                return not self.is_scored
            case Show.BELOW_2:
                return not self.is_not_relevant and (self.level or 0) < SATISFACTORY_LEVEL
            case Show.INCOMPLETE:
                return not self.is_complete
            case Show.UNCONFIRMED:
                return self.is_complete and not self.is_confirmed
        return True
