"""How well each trust stands: the level of every requirement at Baseline, and as its draft is now.

A trust has a strength, each subject in it a lean, and each requirement a difficulty: a level is reached
where strength and lean pass the difficulty. Numbers were set so that the nation looks like the real one
did: most scores from 60 to 90 per cent, and objections and consent weakest.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from igtoolkit.config.demonstration import scripted
from igtoolkit.config.demonstration.dice import chance, dice
from igtoolkit.config.demonstration.names import Invented
from igtoolkit.config.demonstration.stories import Story
from igtoolkit.config.demonstration.words import WORDS
from igtoolkit.standard.framework import Framework, Requirement
from igtoolkit.standard.scoring import SATISFACTORY_LEVEL
from igtoolkit.standard.words import Stage

# What strength a temper has (mean and spread), how often a requirement rises after Baseline, and by how much.
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
OPEN_DRAFT = 0.6  # a draft still open has come this far of the way
URGENT = 2  # what stands below level 2 keeps the grade down, and is worked on first
LEAN, WOBBLE = 0.25, 0.6
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
# How many levels a trust of each temper has lost since Baseline: one of these.
SLIPS = {
    "slipping": (3, 4, 5),
    "strong": (0, 0, 0, 0, 0, 0, 1),
    "middling": (0, 0, 0, 1),
    "weak": (0, 0, 1, 2),
    "climbing": (0, 0, 1),
}
UNSCORED = {"weak": (0, 7), "climbing": (0, 5), "middling": (0, 2), "slipping": (0, 1), "strong": (0, 0)}
SHARE_NOT_RELEVANT = 0.06


@dataclass(frozen=True)
class Standing:
    """A trust's levels by requirement number, as first submitted; None is not scored.

    slips: {number: criterion lost since Baseline}. A correction comes on top (`Story.correction`).
    """

    baseline: Mapping[int, int | None]
    draft: Mapping[int, int | None]
    slips: Mapping[int, str]
    not_relevant: frozenset[int]


def standing(trust: Invented, story: Story, framework: Framework) -> Standing:
    """framework: narrowed to the trust's kind."""
    strengths = {each.number: _strength(trust, story, each) for each in framework.requirements}
    told = scripted.BASELINE.get(trust.code, {})
    baseline = {number: _told(told, number, _level(number, x)) for number, x in strengths.items()}
    baseline |= dict.fromkeys(_unscored(trust, story, strengths, told), None)
    if story.correction and story.correction.stage is Stage.BASELINE:
        baseline[story.correction.requirement] = story.correction.first
    slips = _slips(trust, story, baseline)
    draft = {number: _later(trust, story, number, x, baseline[number], slips) for number, x in strengths.items()}
    if story.correction and story.correction.stage is Stage.UPDATE:
        number = story.correction.requirement
        baseline[number] = min(baseline[number] or 0, story.correction.first)
        draft[number] = story.correction.first
    return Standing(baseline, draft, slips, _not_relevant(trust, framework))


def _strength(trust: Invented, story: Story, requirement: Requirement) -> float:
    subject = requirement.number // 100 * 100
    strength = dice(trust.code, "strength").gauss(*STRENGTH[story.temper])
    lean = dice(trust.code, "lean", subject).gauss(KIND_LEAN.get((trust.kind, subject), 0), LEAN)
    return strength + lean + dice(trust.code, requirement.number, "wobble").gauss(0, WOBBLE)


def _level(number: int, strength: float) -> int:
    second, third = DIFFICULTY.get(number, ORDINARY)
    return sum(strength > each for each in (second - 1.5, second, third))


def _told(told: scripted.Levels, number: int, otherwise: int | None) -> int | None:
    return told.get(number, told.get(scripted.ALL, otherwise))


def _unscored(trust: Invented, story: Story, strengths: Mapping[int, float], told: scripted.Levels) -> list[int]:
    """The requirements nobody has scored by Baseline: the hardest ones, where there are any."""
    thrown = dice(trust.code, "unscored")
    left = thrown.randint(*UNSCORED[story.temper]) if thrown.random() < 0.6 and not told else 0
    candidates = sorted(strengths, key=strengths.__getitem__)[: 2 * left]
    return sorted(thrown.sample(candidates, left))


def _slips(trust: Invented, story: Story, baseline: Mapping[int, int | None]) -> dict[int, str]:
    if trust.code in scripted.SLIPS:
        return scripted.SLIPS[trust.code]
    thrown = dice(trust.code, "slips")
    possible = [
        (number, criterion)
        for number, level in baseline.items()
        for criterion in WORDS[number].slips
        if level is not None and level >= int(criterion[0]) and not (story.correction and _corrected(story, number))
    ]
    wanted = min(thrown.choice(SLIPS[story.temper]), len(possible))
    return dict(thrown.sample(possible, wanted))


def _corrected(story: Story, number: int) -> bool:
    return story.correction is not None and story.correction.requirement == number


def _later(
    trust: Invented, story: Story, number: int, strength: float, before: int | None, slips: Mapping[int, str]
) -> int | None:
    if number in slips:
        return int(slips[number][0]) - 1
    told = scripted.UPDATE.get(trust.code, {})
    if number in told or scripted.ALL in told:
        return _told(told, number, before)
    done = 1.0 if story.update else OPEN_DRAFT
    if before is None:
        return _level(number, strength) if chance(0.8 * done, trust.code, number, "scored since") else None
    often, far = RISE[story.temper]
    often *= done * (URGENT if before < SATISFACTORY_LEVEL else 1)
    if not _corrected(story, number) and chance(often, trust.code, number, "rise"):
        return max(before, _level(number, strength + far))
    return before


def _not_relevant(trust: Invented, framework: Framework) -> frozenset[int]:
    if not chance(SHARE_NOT_RELEVANT, trust.code, "not relevant") or trust.code in scripted.UPDATE:
        return frozenset()
    return frozenset(each.number for each in framework.requirements if each.not_relevant)
