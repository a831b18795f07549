"""How strong each trust is on each requirement, and the level that strength comes to.

A trust has a strength, each subject in it a lean, and each requirement a difficulty: a level is reached
where strength and lean pass the difficulty. Numbers were set so that the nation looks like the real one
did: most scores from 60 to 90 per cent, and objections and consent weakest.
"""

from functools import lru_cache

from igtoolkit.config.demonstration.dice import dice
from igtoolkit.config.demonstration.names import Invented
from igtoolkit.standard.framework import Requirement

# What strength a temper has (mean and spread), how often a requirement rises between two stages, and by how much.
STRENGTH = {
    "strong": (0.9, 0.25),
    "middling": (0.1, 0.3),
    "weak": (-0.5, 0.25),
    "slipping": (0.35, 0.3),
    "climbing": (-0.3, 0.25),
}
RISE = {"strong": (0.3, 0.5), "middling": (0.28, 0.55), "weak": (0.22, 0.5), "slipping": (0.1, 0.4)} | {
    "climbing": (0.55, 0.9)
}
LEAN, WOBBLE = 0.25, 0.6
LAST_YEAR, LAST_WOBBLE = -0.35, 0.2  # a year before, trusts were weaker
# {requirement number: (difficulty of level 2, of level 3)}; level 1 is 1.5 easier than level 2.
DIFFICULTY = {
    101: (-0.85, 0.3),
    105: (-0.75, 0.5),
    111: (-0.45, 0.6),
    112: (0.2, 1.0),
    200: (-0.85, 0.6),
    201: (-0.4, 0.48),
    202: (0.1, 1.3),
    203: (-0.1, 0.6),
    205: (-0.4, 0.6),
    206: (-0.3, 0.65),
    207: (-0.3, 0.8),
    210: (-0.2, 0.8),
    302: (-0.55, 0.6),
    307: (-0.7, 0.6),
    308: (0.1, 0.9),
}
ORDINARY = (-0.95, 0.45)
KIND_LEAN = {("ambulance", 400): -0.6, ("mental_health", 200): 0.12, ("mental_health", 400): -0.15}


def strength(trust: Invented, temper: str, requirement: Requirement) -> float:
    """Of one trust on one requirement, in 2015-16."""
    lean = _lean(trust, requirement.number // 100 * 100)
    return _own(trust, temper) + lean + dice(trust.code, requirement.number, "wobble").gauss(0, WOBBLE)


@lru_cache(maxsize=32)
def _own(trust: Invented, temper: str) -> float:
    return dice(trust.code, "strength").gauss(*STRENGTH[temper])


@lru_cache(maxsize=32)
def _lean(trust: Invented, subject: int) -> float:
    return dice(trust.code, "lean", subject).gauss(KIND_LEAN.get((trust.kind, subject), 0), LEAN)


def strength_last_year(trust: Invented, requirement: Requirement, now: float) -> float:
    return now + LAST_YEAR + dice(trust.code, requirement.number, "last year").gauss(0, LAST_WOBBLE)


def level(number: int, strength: float) -> int:
    """The level, 0-3, that a strength reaches on a requirement."""
    second, third = DIFFICULTY.get(number, ORDINARY)
    return sum(strength > each for each in (second - 1.5, second, third))


def ease(number: int, strength: float) -> float:
    """How far above level 2 a strength stands: the least is the hardest."""
    return strength - DIFFICULTY.get(number, ORDINARY)[0]
