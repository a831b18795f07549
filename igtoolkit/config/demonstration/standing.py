"""Where each trust stands, stage by stage: the level of every requirement as it is first submitted."""

from collections.abc import Mapping
from dataclasses import dataclass

from igtoolkit.config.demonstration import scripted
from igtoolkit.config.demonstration.dice import chance, dice
from igtoolkit.config.demonstration.falling_short import brought_to_final, is_checked, not_relevant, unscored
from igtoolkit.config.demonstration.levels import RISE, level, strength, strength_last_year
from igtoolkit.config.demonstration.names import Invented
from igtoolkit.config.demonstration.stories import Story
from igtoolkit.config.demonstration.words import WORDS
from igtoolkit.config.demonstration.years import LAST, NEXT, THIS
from igtoolkit.standard.framework import MAX_LEVEL, Framework
from igtoolkit.standard.scoring import SATISFACTORY_LEVEL
from igtoolkit.standard.words import Stage

Levels = Mapping[int, int | None]

URGENT = 2  # what stands below level 2 keeps the grade down, and is worked on first
# How many levels a trust of each temper has lost since Baseline: one of these.
SLIPS = {
    "slipping": (3, 4, 5),
    "strong": (0, 0, 0, 0, 0, 0, 1),
    "middling": (0, 0, 0, 1),
    "weak": (0, 0, 1, 2),
    "climbing": (0, 0, 1),
}
SHARE_STILL_LOST = 0.5
SHARE_BEGUN = (0.15, 0.6)  # how much of 2016-17 is answered where it has begun


@dataclass(frozen=True)
class Standing:
    """A trust's year by requirement number; None is not scored. A correction comes on top (`Story.correction`).

    slips: {stage: {number: criterion lost since the stage before}}. maintained: at level 3 in last year's Final.
    """

    levels: Mapping[Stage, Levels]
    slips: Mapping[Stage, Mapping[int, str]]
    not_relevant: frozenset[int]
    maintained: frozenset[int]


def standing(trust: Invented, story: Story, framework: Framework, last: Levels) -> Standing:
    """framework: narrowed to the trust's kind. last: the levels of last year's Final, empty where there is none."""
    teller = _Teller(trust, story, framework, last)
    if story.year == LAST:
        levels: dict[Stage, Levels] = {Stage.FINAL: teller.last_year()}
    elif story.year == NEXT:
        levels = {Stage.BASELINE: teller.next_year()}
    else:
        levels = teller.this_year()
    return Standing(levels, teller.slips, teller.not_relevant, teller.maintained)


class _Teller:
    def __init__(self, trust: Invented, story: Story, framework: Framework, last: Levels) -> None:
        self.trust, self.story = trust, story
        self.strengths = {each.number: strength(trust, story.temper, each) for each in framework.requirements}
        self.requirements = {each.number: each for each in framework.requirements}
        self.last = last
        self.not_relevant = not_relevant(trust, framework)
        at_the_top = {number for number, reached in last.items() if reached == MAX_LEVEL}
        self.maintained = frozenset(at_the_top - self.not_relevant)
        self.slips: dict[Stage, Mapping[int, str]] = {}

    def last_year(self) -> Levels:
        strengths = {
            number: strength_last_year(self.trust, self.requirements[number], now)
            for number, now in self.strengths.items()
        }
        reached = {number: level(number, each) for number, each in strengths.items()}
        return self._told(Stage.FINAL, brought_to_final(self.trust, self.story, reached, strengths))

    def next_year(self) -> Levels:
        """Some of what stood at Final; level 3 only where it was checked again already."""
        share = SHARE_BEGUN[0] + (SHARE_BEGUN[1] - SHARE_BEGUN[0]) * dice(self.trust.code, NEXT).random()
        begun = share if not self.story.sent else 1.0
        found = {
            number: self._checked(Stage.BASELINE, number, reached)
            if chance(begun, self.trust.code, number, "begun")
            else None
            for number, reached in self.last.items()
        }
        return self._told(Stage.BASELINE, found)

    def this_year(self) -> dict[Stage, Levels]:
        """Each stage from the one before; a correction counts in what follows it."""
        found: dict[Stage, Levels] = {}
        before = self._baseline()
        found[Stage.BASELINE] = before
        self.slips[Stage.UPDATE] = self._slips(before)
        for stage, later in ((Stage.UPDATE, self._update), (Stage.FINAL, self._final)):
            before = self._with_first(stage, later(self._corrected(Stage(stage.earlier[-1]), before)))
            found[stage] = before
        return found

    def _baseline(self) -> Levels:
        reached: dict[int, int | None] = {
            number: self._checked(Stage.BASELINE, number, level(number, each))
            for number, each in self.strengths.items()
        }
        told = self._told(Stage.BASELINE, reached)
        if self.trust.code not in scripted.LEVELS[THIS, Stage.BASELINE]:
            told = {**told, **dict.fromkeys(unscored(self.trust, self.story, self.strengths), None)}
        correction = self.story.correction
        if correction and correction.stage is Stage.UPDATE:
            told = {**told, correction.requirement: min(told[correction.requirement] or 0, correction.first)}
        return self._with_first(Stage.BASELINE, told)

    def _update(self, before: Levels) -> Levels:
        told = self._told(Stage.UPDATE, {number: self._risen(number, reached) for number, reached in before.items()})
        return {**told, **_lowered(self.slips[Stage.UPDATE])}

    def _risen(self, number: int, before: int | None) -> int | None:
        strength = self.strengths[number]
        if before is None:
            return level(number, strength) if chance(0.8, self.trust.code, number, "scored since") else None
        often, far = RISE[self.story.temper]
        often *= URGENT if before < SATISFACTORY_LEVEL else 1
        rises = chance(often, self.trust.code, number, "rise")
        if self._is_corrected(number) or not (rises or number in self.maintained):
            return before
        return max(before, self._checked(Stage.UPDATE, number, level(number, strength + (far if rises else 0))))

    def _final(self, before: Levels) -> Levels:
        reached = {number: self._at_last(number, now) for number, now in before.items()}
        told = self._told(Stage.FINAL, brought_to_final(self.trust, self.story, reached, self.strengths))
        late = scripted.LATE_SLIPS.get(self.trust.code, {})
        self.slips[Stage.FINAL] = {
            number: lost for number, lost in late.items() if (before[number] or 0) >= int(lost[0])
        }
        return {**told, **_lowered(self.slips[Stage.FINAL])}

    def _at_last(self, number: int, before: int | None) -> int:
        if number in self.slips[Stage.UPDATE] and chance(SHARE_STILL_LOST, self.trust.code, number, "still lost"):
            return before or 0
        often, far = RISE[self.story.temper]
        rise = far if chance(often, self.trust.code, number, "last rise") else 0
        return max(before or 0, self._checked(Stage.FINAL, number, level(number, self.strengths[number] + rise)))

    def _checked(self, stage: Stage, number: int, reached: int | None) -> int:
        """Level 3 of last year is level 2 until somebody has checked it again."""
        limited = number in self.maintained and not is_checked(self.trust, self.story, stage, number)
        return min(reached or 0, SATISFACTORY_LEVEL if limited else MAX_LEVEL)

    def _told(self, stage: Stage, otherwise: Levels) -> Levels:
        told = scripted.LEVELS.get((self.story.year, stage), {}).get(self.trust.code, {})
        return {number: told.get(number, told.get(scripted.ALL, each)) for number, each in otherwise.items()}

    def _corrected(self, stage: Stage, before: Levels) -> Levels:
        correction = self.story.correction
        if correction is None or correction.stage is not stage:
            return before
        return {**before, correction.requirement: correction.level}

    def _with_first(self, stage: Stage, levels: Levels) -> Levels:
        """The level that a correction of this stage will put right."""
        correction = self.story.correction
        if correction is None or correction.stage is not stage:
            return levels
        return {**levels, correction.requirement: correction.first}

    def _is_corrected(self, number: int) -> bool:
        return self.story.correction is not None and self.story.correction.requirement == number

    def _slips(self, baseline: Levels) -> Mapping[int, str]:
        if self.trust.code in scripted.SLIPS:
            return scripted.SLIPS[self.trust.code]
        thrown = dice(self.trust.code, "slips")
        possible = [
            (number, criterion)
            for number, reached in baseline.items()
            for criterion in WORDS[number].slips
            if reached is not None and reached >= int(criterion[0]) and not self._is_corrected(number)
        ]
        return dict(thrown.sample(possible, min(thrown.choice(SLIPS[self.story.temper]), len(possible))))


def _lowered(slips: Mapping[int, str]) -> dict[int, int]:
    """The levels once these criteria are ticked no more."""
    return {number: int(lost[0]) - 1 for number, lost in slips.items()}
