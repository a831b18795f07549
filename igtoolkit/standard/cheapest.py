"""The cheapest way to Met: the fewest criteria for the recommendations that somebody picks, or for any so many more.

A condition can come to hold in one way only: by every criterion that it misses. So the smallest set for some
recommendations is all that their failing conditions miss, each criterion once; what is left to search for is which
recommendations go together. Source: frameworks/igt-13/SOURCES.md, "How performance is worked out".
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from igtoolkit.standard.choosing import Want, cheapest_choices
from igtoolkit.standard.crosswalk import Performance, fails, level_asked, performance
from igtoolkit.standard.framework import Condition, Framework, Requirement
from igtoolkit.standard.scoring import Standing, applicable, level, missing_for
from igtoolkit.standard.words import Status

OPEN = (Status.NOT_MET, Status.PARTLY_MET)
Standings = Mapping[str, Standing]


@dataclass(frozen=True)
class Raise:
    """One requirement's part: the criteria to tick, the level reached then, and the levels up to the one asked for.

    known: False where nobody knows what is ticked above its level: then `criteria` are the most that it can take.
    """

    requirement: Requirement
    criteria: tuple[str, ...]
    level: int
    levels: int
    known: bool


@dataclass(frozen=True)
class Cheapest:
    """A smallest set of criteria, by requirement in code order, and every recommendation that it turns to Met."""

    raises: tuple[Raise, ...]
    becoming_met: tuple[int, ...]

    @property
    def criteria(self) -> int:
        return sum(len(each.criteria) for each in self.raises)

    @property
    def levels(self) -> int:
        return sum(each.levels for each in self.raises)

    @property
    def exact(self) -> bool:
        """Whether nothing smaller would do; not so where criteria are unknown, for then only levels are counted."""
        return all(each.known for each in self.raises)


def smallest(
    framework: Framework, standings: Standings, picked: Collection[int], maintained: frozenset[str] = frozenset()
) -> Cheapest:
    """The smallest set of criteria with which every recommendation picked is Met.

    picked: recommendation numbers; one that is Met needs nothing.
    Raises LookupError for one that the framework does not have, ValueError for one that does not apply.
    """
    start = _Start(framework, standings, maintained)
    found = {each.number: each.status for each in start.performance}
    for number in picked:
        if number not in found:
            raise LookupError(f"There is no recommendation {number} with conditions.")
        if found[number] is Status.NOT_APPLICABLE:
            raise ValueError(f"Recommendation {number} does not apply, so nothing turns it.")
    return start.together([each for number, each in start.needs.items() if number in picked])


def ladder(
    framework: Framework, standings: Standings, maintained: frozenset[str] = frozenset()
) -> tuple[Cheapest, ...]:
    """For one more recommendation Met, two more … all of them: the smallest set of criteria that does it.

    Ties are broken by fewest levels, then by recommendation numbers. Where criteria are unknown, fewest levels come
    first. Empty where too many recommendations hang together for every combination to be compared.
    """
    start = _Start(framework, standings, maintained)
    known = all(start.standing(code).known for each in start.needs.values() for code in each.asked)
    chosen = cheapest_choices([start.want(each, known=known) for each in start.needs.values()])
    return tuple(start.together([start.needs[each] for each in numbers]) for numbers in chosen)


def with_ticks(
    requirement: Requirement, standing: Standing, more: Iterable[str], *, maintained: bool = False
) -> Standing:
    """The standing once these criteria are ticked too; of a level whose criteria are unknown, all up to it are."""
    ticked = standing.ticked
    if not standing.known:
        found = applicable(requirement, maintained=maintained)
        ticked = frozenset(each.code for each in found if each.level <= standing.level)
    ticked = ticked | frozenset(more)
    return Standing(level(requirement, ticked, maintained=maintained), ticked, standing.counts)


@dataclass(frozen=True)
class _Need:
    """What one recommendation still needs: {requirement: criteria} and {requirement: the level asked for}."""

    number: int
    criteria: Mapping[str, frozenset[str]]
    asked: Mapping[str, int]

    def is_met_by(self, ticked: Mapping[str, Collection[str]]) -> bool:
        """Whether these ticks give it all; a requirement of unknown criteria must be among them, if with none."""
        return all(code in ticked and criteria.issubset(ticked[code]) for code, criteria in self.criteria.items())


@dataclass(frozen=True)
class _Start:
    """Where an organisation stands, from which everything is counted."""

    framework: Framework
    standings: Standings
    maintained: frozenset[str]

    @cached_property
    def performance(self) -> tuple[Performance, ...]:
        return performance(self.framework, self.standings, maintained=self.maintained)

    def standing(self, code: str) -> Standing:
        return self.standings.get(code, Standing(0))

    @cached_property
    def needs(self) -> dict[int, _Need]:
        """{number: need} of every recommendation that is not Met."""
        return {each.number: self._need(each) for each in self.performance if each.status in OPEN}

    def _need(self, found: Performance) -> _Need:
        criteria: dict[str, frozenset[str]] = {}
        asked: dict[str, int] = {}
        for condition in (each.condition for each in found.outcomes if fails(each)):
            code = condition.requirement
            criteria[code] = criteria.get(code, frozenset()) | self._missing(condition)
            asked[code] = max(asked.get(code, 0), level_asked(self.framework.requirement(code), condition))
        return _Need(found.number, criteria, asked)

    def _missing(self, condition: Condition) -> frozenset[str]:
        code, requirement = condition.requirement, self.framework.requirement(condition.requirement)
        kept, to = code in self.maintained, level_asked(requirement, condition)
        ticked = with_ticks(requirement, self.standing(code), (), maintained=kept).ticked
        if condition.criterion is None:
            return frozenset(missing_for(requirement, ticked, to, maintained=kept))
        return frozenset({*missing_for(requirement, ticked, to - 1, maintained=kept), condition.criterion} - ticked)

    def want(self, need: _Need, *, known: bool) -> Want:
        """Its criteria, and each level that a requirement has to climb: several climb as far as the highest asks."""
        ticks: frozenset[Hashable] = frozenset((code, one) for code, ones in need.criteria.items() for one in ones)
        climbs: frozenset[Hashable] = frozenset(
            (code, n) for code, to in need.asked.items() for n in range(self.standing(code).level + 1, to + 1)
        )
        return Want(need.number, ticks, climbs) if known else Want(need.number, climbs, ticks)

    def together(self, needs: Collection[_Need]) -> Cheapest:
        """What these needs come to together, and all that becomes Met by it: more, maybe, than was asked for."""
        raises = tuple(self._raise(code, needs) for code in sorted({code for each in needs for code in each.asked}))
        ticked = {each.requirement.code: each.criteria for each in raises}
        return Cheapest(raises, tuple(number for number, each in self.needs.items() if each.is_met_by(ticked)))

    def _raise(self, code: str, needs: Iterable[_Need]) -> Raise:
        requirement, standing = self.framework.requirement(code), self.standing(code)
        criteria = sorted({one for each in needs for one in each.criteria.get(code, ())})
        climb = max(max(each.asked.get(code, 0) for each in needs) - standing.level, 0)
        there = with_ticks(requirement, standing, criteria, maintained=code in self.maintained)
        return Raise(requirement, tuple(criteria), there.level, climb, standing.known)
