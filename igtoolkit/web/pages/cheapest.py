"""The cheapest ways to Met in words: the smallest set for what is picked with its reasoning, and the ladder."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from igtoolkit.reports.ground import Ground
from igtoolkit.reports.phrases import listed, numbered
from igtoolkit.reports.what_if import Pairs, pairs, query
from igtoolkit.standard.cheapest import Cheapest, Raise, ladder, smallest
from igtoolkit.standard.crosswalk import fails
from igtoolkit.standard.framework import Criterion
from igtoolkit.standard.words import Status

NAMED = 3  # more criteria than this are counted: their names would hide what is to be done


@dataclass(frozen=True)
class Part:
    """What is to be done in one requirement."""

    found: Raise
    standing_at: int

    @property
    def doing(self) -> str:
        """Tick 3a and 3b: level 2 becomes level 3"""
        if not self.found.known:
            return self._doing_unknown()
        ticking = f"Tick {listed(self.found.criteria)}"
        if self.found.level == self.standing_at:
            return f"{ticking}: level {self.standing_at} stays"
        return f"{ticking}: level {self.standing_at} becomes level {self.found.level}"

    @property
    def short(self) -> str:
        """3a and 3b; or “level 3, 5 criteria” where they are many."""
        criteria = self.found.criteria
        if not self.found.known:
            return f"level {self.found.level}" if self.found.level > self.standing_at else "its criteria recorded"
        if len(criteria) <= NAMED:
            return listed(criteria)
        above = [each.code for each in self.criteria if each.level > self.found.level]
        return f"level {self.found.level}{f' and {listed(above)}' if above else ''}, {len(criteria)} criteria"

    @property
    def criteria(self) -> list[Criterion]:
        return [self.found.requirement.criterion(each) for each in self.found.criteria]

    def _doing_unknown(self) -> str:
        if self.found.level <= self.standing_at:
            return "Record which of its criteria are met"
        return f"Bring it from level {self.standing_at} to level {self.found.level}, and record its criteria"


@dataclass(frozen=True)
class Smallest:
    """The smallest set for what is picked: `done` when what is supposed already turns all of it."""

    cheapest: Cheapest
    parts: list[Part]
    reasons: list[str]
    query: str
    done: bool

    @property
    def amount(self) -> str:
        return amount(self.cheapest)


@dataclass(frozen=True)
class Rung:
    """So many more recommendations, and the smallest set of criteria that turns them."""

    cheapest: Cheapest
    parts: list[Part]
    query: str

    @property
    def more(self) -> int:
        return len(self.cheapest.becoming_met)

    @property
    def amount(self) -> str:
        return amount(self.cheapest)

    @property
    def becoming(self) -> str:
        return listed(self.cheapest.becoming_met)


def smallest_of(ground: Ground, there: Ground, picked: set[int]) -> Smallest:
    """there: the ground with what is supposed."""
    found = smallest(ground.framework, ground.standings, picked, ground.maintained)
    met = {each.number for each in there.performance if each.status is Status.MET}
    wanted: Pairs = [("pick", str(each)) for each in sorted(picked)]
    address = query([*_pairs(ground, found), *wanted])
    return Smallest(found, _parts(ground, found), list(_reasons(ground, found, picked)), address, picked <= met)


def rungs(ground: Ground) -> list[Rung]:
    """The rungs worth climbing: one that costs as much as the next is left out, for the next gives more."""
    found = ladder(ground.framework, ground.standings, ground.maintained)
    exact = all(each.exact for each in found)
    costs = [each.criteria if exact else each.levels for each in found]
    kept = [each for each, cost, dearer in zip(found, costs, [*costs[1:], math.inf], strict=False) if cost < dearer]
    return [Rung(each, _parts(ground, each), query(_pairs(ground, each))) for each in kept]


def amount(cheapest: Cheapest) -> str:
    """7 criteria; of imported levels, 3 levels."""
    n, one, several = (cheapest.criteria, "criterion", "criteria")
    if not cheapest.exact:
        n, one, several = (cheapest.levels, "level", "levels")
    return f"{n} {one if n == 1 else several}"


def _parts(ground: Ground, found: Cheapest) -> list[Part]:
    return [Part(each, ground.standing(each.requirement.code).level) for each in found.raises]


def _pairs(ground: Ground, found: Cheapest) -> Pairs:
    return [pair for each in _parts(ground, found) for pair in pairs(each.found, each.standing_at)]


def _reasons(ground: Ground, found: Cheapest, picked: set[int]) -> Iterator[str]:
    """Why it is so many, and why fewer would not do."""
    if found.exact:
        yield from _sum(ground, found, picked)
        yield "A condition holds only when every criterion it misses is ticked, so no smaller set turns them."
    else:
        yield "These levels came from a file: which criteria are ticked is not known, so only levels are counted."
    besides = [each for each in found.becoming_met if each not in picked]
    if besides:
        yield f"{numbered(besides).capitalize()} {'comes' if len(besides) == 1 else 'come'} with them for nothing more."


def _sum(ground: Ground, found: Cheapest, picked: set[int]) -> Iterator[str]:
    """Recommendation 8 misses 2 criteria and 11 misses 1; 1 is shared, so together they take 2."""
    alone = {
        each.number: {(one.condition.requirement, code) for one in each.outcomes if fails(one) for code in one.missing}
        for each in ground.performance
        if each.number in picked
    }
    if len(alone) == 1:
        return
    said = listed([f"{number} misses {len(missed)}" for number, missed in alone.items()])
    shared = sum(map(len, alone.values())) - found.criteria
    counted = f"what they share is ticked once, which saves {shared}" if shared else "they share none"
    yield f"Of criteria, recommendation {said}; {counted}: together {found.criteria}."
