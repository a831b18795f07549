"""What keeps a trust from the top: what nobody has scored, has checked again, or has brought to level 2 by Final."""

from collections.abc import Mapping

from igtoolkit.config.demonstration import scripted
from igtoolkit.config.demonstration.dice import chance, dice, whole
from igtoolkit.config.demonstration.levels import ease
from igtoolkit.config.demonstration.names import Invented
from igtoolkit.config.demonstration.stories import Story
from igtoolkit.standard.framework import Framework
from igtoolkit.standard.scoring import SATISFACTORY_LEVEL
from igtoolkit.standard.words import Stage

UNSCORED = {"weak": (0, 7), "climbing": (0, 5), "middling": (0, 2), "slipping": (0, 1), "strong": (0, 0)}
SHARE_NOT_RELEVANT = 0.06
# How often a trust brings every requirement to level 2 by Final, and how many it leaves below where it does not.
SATISFACTORY = {"strong": 0.95, "middling": 0.78, "weak": 0.42, "slipping": 0.5, "climbing": 0.8}
SHORTFALLS = {"strong": (1, 2), "middling": (1, 4), "weak": (3, 9), "slipping": (2, 6), "climbing": (1, 4)}
# The share of what stood at level 3 last year that has been checked again by each stage, as level 3 asks.
CHECKED_AGAIN = {Stage.BASELINE: 0.35, Stage.UPDATE: 0.6, Stage.FINAL: 0.88}


def unscored(trust: Invented, story: Story, strengths: Mapping[int, float]) -> list[int]:
    """The requirements nobody has scored by Baseline: the hardest ones, where there are any."""
    thrown = dice(trust.code, "unscored")
    left = thrown.randint(*UNSCORED[story.temper]) if thrown.random() < 0.6 else 0
    candidates = sorted(strengths, key=strengths.__getitem__)[: 2 * left]
    return sorted(thrown.sample(candidates, left))


def is_checked(trust: Invented, story: Story, stage: Stage, number: int) -> bool:
    """Whether what was level 3 last year has been checked again by a stage."""
    return chance(CHECKED_AGAIN[stage], trust.code, story.year, number, "checked again")


def brought_to_final(
    trust: Invented, story: Story, reached: Mapping[int, int], strengths: Mapping[int, float]
) -> dict[int, int | None]:
    """Level 2 everywhere; or all but the hardest few, in a trust that is not satisfactory."""
    hardest = sorted(strengths, key=lambda number: ease(number, strengths[number]))
    below = [number for number in hardest if reached[number] < SATISFACTORY_LEVEL]
    left = set(below[: _shortfalls(trust, story)])
    return {number: each if number in left else max(each, SATISFACTORY_LEVEL) for number, each in reached.items()}


def not_relevant(trust: Invented, framework: Framework) -> frozenset[int]:
    """The requirements a trust has marked not relevant, of those where that is offered."""
    told = any(trust.code in each for each in scripted.LEVELS.values())
    if told or not chance(SHARE_NOT_RELEVANT, trust.code, "not relevant"):
        return frozenset()
    return frozenset(each.number for each in framework.requirements if each.not_relevant)


def _shortfalls(trust: Invented, story: Story) -> int:
    question = (trust.code, story.year, "satisfactory")
    if trust.code in scripted.SATISFACTORY or chance(SATISFACTORY[story.temper], *question):
        return 0
    return whole(*SHORTFALLS[story.temper], *question, "shortfalls")
