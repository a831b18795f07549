"""One requirement's page: levels with their criteria, what the next level needs, and what rests on it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from igtoolkit.records.models import Answer, Assessment
from igtoolkit.reports.phrases import numbered
from igtoolkit.standard.crosswalk import Outcome, outcome
from igtoolkit.standard.framework import MAX_LEVEL, Criterion, Recommendation, Requirement
from igtoolkit.standard.scoring import Standing, missing_for
from igtoolkit.standard.words import State
from igtoolkit.web.forms.answer import AnswerForm
from igtoolkit.web.forms.evidence import EvidenceRow
from igtoolkit.web.pages.summary import placed


@dataclass(frozen=True)
class CriterionShown:
    """A criterion with its tick, its evidence and what is wrong with it.

    `applies`: it counts this year. `before`: it was ticked in last year's Final.
    """

    criterion: Criterion
    ticked: bool
    applies: bool
    missing: bool
    before: bool
    rows: tuple[EvidenceRow, ...]
    errors: Mapping[str, str]

    @property
    def recorded(self) -> tuple[EvidenceRow, ...]:
        return tuple(row for row in self.rows if row.recorded)

    @property
    def fresh(self) -> tuple[EvidenceRow, ...]:
        """Rows for evidence not recorded yet."""
        return tuple(row for row in self.rows if not row.recorded)

    @property
    def is_adding(self) -> bool:
        """Whether new rows hold something, or there is more than one of them."""
        return len(self.fresh) > 1 or any(not row.is_blank or self.is_wrong(row) for row in self.fresh)

    def is_wrong(self, row: EvidenceRow) -> bool:
        return any(name.startswith(f"{row.field}-") for name in self.errors)

    @property
    def can_be_ticked(self) -> bool:
        """A maintenance criterion that does not apply has no box, unless it was ticked before."""
        return self.applies or self.ticked


@dataclass(frozen=True)
class LevelShown:
    """One level of the requirement. `reached`: it and every level below it hold."""

    number: int
    summary: str
    reached: bool
    criteria: tuple[CriterionShown, ...]


@dataclass(frozen=True)
class RestsOn:
    """A recommendation, one thing it needs of this requirement, and whether that holds."""

    recommendation: Recommendation
    needs: str
    words: str
    holds: bool


@dataclass(frozen=True)
class RequirementPage:
    """Everything the page shows. `form` is what stands in it; `answer` what is recorded."""

    assessment: Assessment
    requirement: Requirement
    answer: Answer
    form: AnswerForm
    errors: Mapping[str, str]

    @property
    def is_typed(self) -> bool:
        """Whether the page shows something typed that is not saved."""
        return bool(self.errors or self.form.then or self.form.add)

    @property
    def before(self) -> int | None:
        """The level in last year's Final, where there is one."""
        return self.last["level"] if self.last else None

    @property
    def last(self) -> Mapping[str, Any]:
        """The answer in last year's Final; empty where there is none."""
        return self.assessment.last_answers.get(self.requirement.code, {})

    @cached_property
    def ticked_last(self) -> frozenset[str]:
        return frozenset(self.last.get("ticked") or ())

    @cached_property
    def is_maintained(self) -> bool:
        """Whether the requirement was at level 3 in last year's Final."""
        return self.requirement.code in self.assessment.maintained

    @cached_property
    def ticked(self) -> frozenset[str]:
        return self.form.ticked & self.requirement.criterion_codes

    @cached_property
    def is_scored(self) -> bool:
        return bool(self.ticked) or self.form.not_yet

    @cached_property
    def level(self) -> int:
        return self.assessment.level_of(self.requirement.code, self.ticked)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """What the next level needs; nothing at level 3."""
        return missing_for(self.requirement, self.ticked, min(self.level + 1, MAX_LEVEL), maintained=self.is_maintained)

    @cached_property
    def levels(self) -> tuple[LevelShown, ...]:
        return tuple(
            LevelShown(
                number,
                self.requirement.summaries.get(number, ""),
                number <= self.level,
                tuple(self._criterion(each) for each in self.requirement.at_level(number)),
            )
            for number in range(1, MAX_LEVEL + 1)
        )

    def _criterion(self, criterion: Criterion) -> CriterionShown:
        code = criterion.code
        return CriterionShown(
            criterion=criterion,
            ticked=code in self.ticked,
            applies=self.is_maintained or not criterion.maintenance,
            missing=code in self.missing,
            before=code in self.ticked_last,
            rows=tuple(row for row in self.form.rows if row.criterion == code),
            errors={name: words for name, words in self.errors.items() if name.startswith(f"evidence-{code}-")},
        )

    @cached_property
    def rests(self) -> tuple[RestsOn, ...]:
        """The recommendations that rest on this requirement, in report order."""
        return tuple(self._rests())

    def _rests(self) -> Iterator[RestsOn]:
        framework, code = self.assessment.framework, self.requirement.code
        scored = self.is_scored or self.form.not_relevant
        standings = {code: Standing(self.level, self.ticked, not self.form.not_relevant)} if scored else {}
        for recommendation in framework.recommendations if self.assessment.is_reported else ():
            for condition in recommendation.conditions:
                if condition.requirement == code:
                    found = outcome(framework, condition, standings, self.assessment.maintained)
                    yield RestsOn(recommendation, _needs(found), found.state.words, found.state is State.HOLDS)

    @property
    def rests_in_words(self) -> str:
        """Caldicott2 recommendations 6, 8 and 11; empty where none rests on it."""
        numbers = list(dict.fromkeys(each.recommendation.number for each in self.rests))
        return f"Caldicott2 {numbered(numbers)}" if numbers else ""

    @cached_property
    def place(self) -> int:
        return self.assessment.framework.requirements.index(self.requirement)

    @property
    def previous(self) -> Requirement | None:
        return self.assessment.framework.requirements[self.place - 1] if self.place else None

    @property
    def following(self) -> Requirement | None:
        later = self.assessment.framework.requirements[self.place + 1 :]
        return later[0] if later else None

    @cached_property
    def errors_in_order(self) -> dict[str, str]:
        """The errors as the page reads, from top to bottom; those of evidence say where it stands."""
        named = {
            f"{row.field}-{part}": f"Evidence for {row.criterion}"
            for row in self.form.rows
            for part in ("note", "link", "dated")
        }
        told = {name: placed(named[name], words) if name in named else words for name, words in self.errors.items()}
        return {**{name: told[name] for name in self._fields() if name in told}, **told}

    def _fields(self) -> Iterator[str]:
        """The fields that can be wrong, as the page reads."""
        yield from ("not_relevant", "reason", "ticked")
        for level in self.levels:
            for criterion in level.criteria:
                for row in (*criterion.recorded, *criterion.fresh):
                    yield from (f"{row.field}-{part}" for part in ("note", "link", "dated"))
            if level.number == 1:
                yield "not_yet"
        yield from ("comment", "target_level", "target_date")


def _needs(found: Outcome) -> str:
    condition = found.condition
    return condition.criterion or f"level {condition.level}"
