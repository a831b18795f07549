"""Level from ticks, score from levels, grade from both.

Source: frameworks/igt-13/SOURCES.md, "How levels, score and grade are worked out".
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from igtoolkit.standard.framework import MAX_LEVEL, Criterion, Framework, Requirement
from igtoolkit.standard.words import Grade

SATISFACTORY_LEVEL = 2


@dataclass(frozen=True)
class Standing:
    """How an organisation stands on one requirement: the level 0-3 reached and the criteria ticked.

    `counts` is False when the requirement is not relevant or exempt: it leaves both sides of every sum.
    `known` is False for a level taken from a file: which criteria stand behind it is not known.
    """

    level: int
    ticked: frozenset[str] = frozenset()
    counts: bool = True
    known: bool = True


@dataclass(frozen=True)
class Score:
    """Points gained of the maximum. `percent` is whole, rounded down; None when nothing can be gained."""

    points: int
    maximum: int
    below_satisfactory: int
    recorded: int
    requirements: int

    @property
    def percent(self) -> int | None:
        return self.points * 100 // self.maximum if self.maximum else None

    @property
    def grade(self) -> Grade | None:
        """The self-assessed grade; None when nothing is in the maximum."""
        if not self.maximum:
            return None
        return Grade.NOT_SATISFACTORY if self.below_satisfactory else Grade.SATISFACTORY


def applicable(requirement: Requirement, *, maintained: bool) -> tuple[Criterion, ...]:
    """The criteria that apply; a maintenance criterion only where level 3 was reached last year."""
    return tuple(each for each in requirement.criteria if maintained or not each.maintenance)


def level(requirement: Requirement, ticked: Collection[str], *, maintained: bool = False) -> int:
    """The highest level n, 0-3, for which every applicable criterion of levels 1..n is ticked.

    ticked: criterion codes. maintained: this requirement stood at level 3 in last year's Final.
    Raises LookupError for a tick on a criterion of another requirement.
    """
    for code in ticked:
        requirement.criterion(code)
    reached = 0
    for each_level in range(1, MAX_LEVEL + 1):
        if any(
            each.level == each_level and each.code not in ticked
            for each in applicable(requirement, maintained=maintained)
        ):
            break
        reached = each_level
    return reached


def missing_for(
    requirement: Requirement, ticked: Collection[str], to: int, *, maintained: bool = False
) -> tuple[str, ...]:
    """The applicable criteria of levels 1..to that are not ticked yet."""
    return tuple(
        each.code
        for each in applicable(requirement, maintained=maintained)
        if each.level <= to and each.code not in ticked
    )


def score(framework: Framework, standings: Mapping[str, Standing]) -> Score:
    """The score over a framework narrowed to one kind.

    standings: {requirement code: Standing}; one not scored yet is absent, counts 0 and stays in
    the maximum. Raises UnknownRequirement for a standing outside the set.
    """
    for code in standings:
        framework.requirement(code)
    counted = [each.code for each in framework.requirements if _counts(standings.get(each.code))]
    levels = [standings[code].level if code in standings else 0 for code in counted]
    return Score(
        points=sum(levels),
        maximum=MAX_LEVEL * len(counted),
        below_satisfactory=sum(each < SATISFACTORY_LEVEL for each in levels),
        recorded=sum(code in standings for code in counted),
        requirements=len(counted),
    )


def _counts(standing: Standing | None) -> bool:
    return standing is None or standing.counts
