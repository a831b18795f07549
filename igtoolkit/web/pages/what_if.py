"""The words of “What if”: what can be raised, and what the report would say."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from igtoolkit.reports.board_story import headline
from igtoolkit.reports.ground import Document, Ground, ground
from igtoolkit.reports.phrases import listed
from igtoolkit.reports.what_if import criteria_offered, levels_offered, raised
from igtoolkit.standard.cheapest import OPEN
from igtoolkit.standard.crosswalk import Performance, fails
from igtoolkit.standard.framework import Requirement
from igtoolkit.standard.scoring import Score, missing_for
from igtoolkit.standard.words import Status
from igtoolkit.web.pages.cheapest import Rung, Smallest, rungs, smallest_of
from igtoolkit.web.pages.supposed import Supposed, supposed

NAMED_MAX = 6  # more criteria than this are counted: their names would be cut off in a closed choice
Words = dict[str, Any]


@dataclass(frozen=True)
class Side:
    """The report's headline on one side of the arrow."""

    performance: tuple[Performance, ...]
    score: Score

    @property
    def met(self) -> int:
        return sum(each.status is Status.MET for each in self.performance)

    @property
    def applying(self) -> int:
        return sum(each.status is not Status.NOT_APPLICABLE for each in self.performance)

    @property
    def headline(self) -> str:
        return headline([{"status": each.status} for each in self.performance])


@dataclass(frozen=True)
class Field:
    """One requirement that can be raised: its choices, and what is chosen."""

    requirement: Requirement
    standing: str
    levels: list[tuple[str, str]]
    level: str
    criteria: list[tuple[str, str, bool]]
    waiting: list[int]

    @property
    def waiting_words(self) -> str:
        return listed(self.waiting)


@dataclass(frozen=True)
class WhatIf:
    """The page: what the document says, what is supposed, and what the report would say then."""

    document: Document
    ground: Ground
    supposed: Supposed

    @cached_property
    def there(self) -> Ground:
        return raised(
            self.ground, self.supposed.levels, {code: frozenset(c) for code, c in self.supposed.ticks.items()}
        )

    @cached_property
    def before(self) -> Side:
        return Side(self.ground.performance, self.ground.score)

    @cached_property
    def after(self) -> Side:
        return Side(self.there.performance, self.there.score)

    @cached_property
    def rows(self) -> list[tuple[Performance, Performance]]:
        return list(zip(self.before.performance, self.after.performance, strict=True))

    @property
    def moved(self) -> list[int]:
        """The recommendations whose status would be another."""
        return [new.number for old, new in self.rows if old.status is not new.status]

    @cached_property
    def fields(self) -> list[Field]:
        """Every requirement that can be raised, in code order."""
        return [each for each in map(self._field, self.ground.named) if each.levels or each.criteria]

    @property
    def waited_for(self) -> list[Field]:
        return [each for each in self.fields if each.waiting]

    @property
    def others(self) -> list[Field]:
        """Those on which no recommendation waits: raising them moves the score alone."""
        return [each for each in self.fields if not each.waiting]

    @property
    def others_chosen(self) -> bool:
        return any(each.requirement.code in self.supposed.levels for each in self.others)

    @property
    def open(self) -> list[Performance]:
        """The recommendations that can be picked."""
        return [each for each in self.before.performance if each.status in OPEN]

    @property
    def picked_words(self) -> str:
        return listed(sorted(self.supposed.picked))

    @cached_property
    def smallest(self) -> Smallest | None:
        return smallest_of(self.ground, self.there, self.supposed.picked) if self.supposed.picked else None

    @cached_property
    def rungs(self) -> list[Rung]:
        return rungs(self.ground)

    def _field(self, requirement: Requirement) -> Field:
        code, standing = requirement.code, self.ground.standing(requirement.code)
        scored = code in self.ground.standings
        chosen = self.supposed.ticks.get(code, set())
        return Field(
            requirement=requirement,
            standing=f"level {standing.level}" if scored else "not scored",
            levels=[(str(n), self._level_words(requirement, n)) for n in levels_offered(self.ground, requirement)],
            level=str(self.supposed.levels.get(code, "")),
            criteria=[
                (f"{code}.{each}", f"{each} {requirement.criterion(each).text}", each in chosen)
                for each in criteria_offered(self.ground, requirement)
            ],
            waiting=self._waiting.get(code, []),
        )

    @cached_property
    def _waiting(self) -> dict[str, list[int]]:
        """{requirement code: the recommendations that wait for it}"""
        waiting: dict[str, list[int]] = {}
        for each in self.before.performance:
            for code in sorted({one.condition.requirement for one in each.outcomes if fails(one)}):
                waiting.setdefault(code, []).append(each.number)
        return waiting

    def _level_words(self, requirement: Requirement, to: int) -> str:
        standing = self.ground.standing(requirement.code)
        if not standing.known:
            return f"Level {to}, its criteria recorded" if to == standing.level else f"Level {to}"
        kept = requirement.code in self.ground.maintained
        left = missing_for(requirement, standing.ticked, to, maintained=kept)
        return f"Level {to} (with {', '.join(left) if len(left) <= NAMED_MAX else f'{len(left)} criteria'})"


def what_if(document: Document, given: Iterable[tuple[str, str]]) -> WhatIf:
    """The page on a submission's snapshot, or on a draft in its form, with what the address supposes."""
    stands_on = ground(document)
    return WhatIf(document, stands_on, supposed(stands_on, given))
