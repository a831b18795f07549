"""Which criteria are ticked where a trust stands at a level, and so which one keeps it from the next."""

from igtoolkit.config.demonstration import scripted
from igtoolkit.config.demonstration.dice import chance, dice
from igtoolkit.config.demonstration.names import Invented
from igtoolkit.config.demonstration.words import WORDS
from igtoolkit.standard.framework import MAX_LEVEL, Criterion, Requirement
from igtoolkit.standard.scoring import level

# What most often keeps a requirement from its next level, where chance alone would spread it evenly.
USUAL = {
    (202, 2): (("2c",), ("2c",), ("2c", "2b"), ("2b",), ("2a", "2c")),
    (202, 3): (("3a", "3b"), ("3a", "3b"), ("3a", "3b"), ("3b",), ("3a",)),
    (206, 3): (("3b",), ("3b",), ("3a", "3b"), ("3a",), ("3a",)),
}
AHEAD = 0.1  # how often a criterion of the level after next is ticked already


def ticks(trust: Invented, requirement: Requirement, at: int, *, maintained: bool = False) -> frozenset[str]:
    """The criteria ticked at a level, 0-3; the same for the same question.

    maintained: it was at level 3 in last year's Final. It is at level 2 until somebody has checked it again.
    """
    ordinary = [each for each in requirement.criteria if not each.maintenance]
    if at == MAX_LEVEL or (maintained and at == MAX_LEVEL - 1 and not _is_told(trust, requirement)):
        again = at == MAX_LEVEL and maintained
        return frozenset(each.code for each in requirement.criteria if again or not each.maintenance)
    missing = _missing(trust, requirement, at + 1, [each for each in ordinary if each.level == at + 1])
    return frozenset(
        each.code
        for each in ordinary
        if (each.level <= at + 1 and each.code not in missing) or _is_ahead(trust, requirement, each, at)
    )


def kept(
    requirement: Requirement, before: frozenset[str], now: frozenset[str], at: int, *, maintained: bool = False
) -> frozenset[str]:
    """What is ticked after a rise: nothing ticked before is lost, unless that would make the level too high."""
    both = before | now
    return both if level(requirement, both, maintained=maintained) == at else now


def _is_told(trust: Invented, requirement: Requirement) -> bool:
    return (trust.code, requirement.number) in scripted.MISSING


def _missing(trust: Invented, requirement: Requirement, at: int, criteria: list[Criterion]) -> frozenset[str]:
    told = scripted.MISSING.get((trust.code, requirement.number), frozenset())
    if any(each.code in told for each in criteria):
        return told
    thrown = dice(trust.code, requirement.code, at, "missing")
    if (requirement.number, at) in USUAL:
        return frozenset(thrown.choice(USUAL[requirement.number, at]))
    explained = [each.code for each in criteria if each.code in WORDS[requirement.number].gaps]
    codes = explained or [each.code for each in criteria]
    return frozenset(thrown.sample(codes, min(len(codes), thrown.choice((1, 1, 1, 2)))))


def _is_ahead(trust: Invented, requirement: Requirement, criterion: Criterion, at: int) -> bool:
    return criterion.level == at + 2 and chance(AHEAD, trust.code, requirement.code, criterion.code, "ahead")
