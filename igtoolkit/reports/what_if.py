"""What if requirements were raised: the report worked out again from what is recorded, and nothing kept."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from igtoolkit.reports.ground import Ground
from igtoolkit.standard.cheapest import Raise, with_ticks
from igtoolkit.standard.framework import MAX_LEVEL, Requirement
from igtoolkit.standard.scoring import missing_for

TICK = "tick"
Pairs = list[tuple[str, str]]


def raised(ground: Ground, levels: Mapping[str, int], ticks: Mapping[str, frozenset[str]]) -> Ground:
    """The ground with every criterion up to these levels ticked, and these criteria.

    levels: {requirement code: level}; ticks: {requirement code: criteria}. Nothing is ever lowered.
    """
    codes = {*levels, *ticks}
    there = {}
    for code in codes:
        requirement, kept = ground.framework.requirement(code), code in ground.maintained
        more = {*missing_for(requirement, (), levels.get(code, 0), maintained=kept), *ticks.get(code, ())}
        there[code] = with_ticks(requirement, ground.standing(code), more, maintained=kept)
    return ground.with_standings(there)


def levels_offered(ground: Ground, requirement: Requirement) -> tuple[int, ...]:
    """The levels it can be raised to; where its criteria are unknown, also to the one it has, with them recorded."""
    standing = ground.standing(requirement.code)
    first = standing.level + 1 if standing.known else max(standing.level, 1)
    return tuple(range(first, MAX_LEVEL + 1))


def criteria_offered(ground: Ground, requirement: Requirement) -> tuple[str, ...]:
    """The criteria that a condition asks for by themselves, and that are not ticked."""
    code = requirement.code
    ticked = with_ticks(requirement, ground.standing(code), (), maintained=code in ground.maintained).ticked
    conditions = (each for one in ground.framework.recommendations for each in one.conditions)
    return tuple(
        sorted({each.criterion for each in conditions if each.requirement == code and each.criterion} - ticked)
    )


def query(pairs: Iterable[tuple[str, str]]) -> str:
    """What stands after the question mark of the page's address; empty when nothing is supposed."""
    return urlencode(list(pairs))


def pairs(found: Raise, standing_at: int) -> Pairs:
    """A raise as the page's address writes it: the level reached, and what is ticked above it by itself."""
    written = [(found.requirement.code, str(found.level))] if _is_level(found, standing_at) else []
    above = [each for each in found.criteria if found.requirement.criterion(each).level > found.level]
    return written + [(TICK, f"{found.requirement.code}.{each}") for each in above]


def _is_level(found: Raise, standing_at: int) -> bool:
    return found.level > standing_at or (not found.known and found.level > 0)
