"""What each trust says about each requirement: at Baseline, and in its draft as it is now."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from igtoolkit.actions.said import Said
from igtoolkit.config.demonstration import scripted
from igtoolkit.config.demonstration.comments import Pen
from igtoolkit.config.demonstration.dice import chance, pick
from igtoolkit.config.demonstration.evidence import evidence
from igtoolkit.config.demonstration.levels import Standing, standing
from igtoolkit.config.demonstration.names import Invented
from igtoolkit.config.demonstration.stories import AFTER_THE_SUMMER, Correction, Story
from igtoolkit.config.demonstration.ticks import kept, ticks
from igtoolkit.standard.calendar import london_day
from igtoolkit.standard.framework import MAX_LEVEL, Framework, Requirement
from igtoolkit.standard.scoring import SATISFACTORY_LEVEL
from igtoolkit.standard.words import Stage

TARGETS = (
    date(2015, 12, 31),
    date(2016, 1, 15),
    date(2016, 1, 29),
    date(2016, 2, 29),
    date(2016, 3, 18),
    date(2016, 3, 31),
)
SHARE_TARGETED = {1: 0.88, 2: 0.88, 3: 0.45}  # by the level aimed at
COMPLETE = (0.0, 0.0, 0.3, 0.7)  # the share a trust marks complete
SHARE_BOLD = 0.5
SHARE_REVIEWED = 0.14


@dataclass(frozen=True)
class Told:
    """Everything a trust has said, {requirement code: what is said}.

    baseline, draft: as first submitted, or as it is now. corrected: what a correction changed.
    """

    baseline: Mapping[str, Said]
    draft: Mapping[str, Said]
    corrected: Mapping[str, Said]


def told(trust: Invented, story: Story, framework: Framework) -> Told:
    """framework: narrowed to the trust's kind. A requirement not scored is absent."""
    teller = _Teller(trust, story, standing(trust, story, framework))
    baseline = {each.code: teller.at_baseline(each) for each in framework.requirements}
    draft = {each.code: teller.now(each, baseline[each.code]) for each in framework.requirements}
    corrected = {}
    if story.correction:
        requirement = next(each for each in framework.requirements if each.number == story.correction.requirement)
        corrected = {requirement.code: teller.corrected(requirement, draft[requirement.code], story.correction)}
        if story.correction.stage is Stage.BASELINE:
            draft |= corrected
    return Told(_scored(baseline), _scored(draft), corrected)


def _scored(said: Mapping[str, Said]) -> dict[str, Said]:
    return {code: each for code, each in said.items() if each != Said()}


class _Teller:
    """Puts one trust's answers into words."""

    def __init__(self, trust: Invented, story: Story, stands: Standing) -> None:
        self.trust, self.story, self.stands = trust, story, stands
        self.complete = scripted.COMPLETE.get(trust.code, pick(COMPLETE, trust.code, "complete"))

    def at_baseline(self, requirement: Requirement) -> Said:
        day = self.story.day_written(requirement.code, Stage.BASELINE)
        level = self.stands.baseline[requirement.number]
        if requirement.number in self.stands.not_relevant:
            return self._not_relevant(requirement, day)
        if level is None:
            return Said()
        return self.fresh(requirement, level, day)

    def now(self, requirement: Requirement, before: Said) -> Said:
        """What the draft says: as at Baseline, or risen, or slipped, or scored since."""
        number = requirement.number
        old, level = self.stands.baseline[number], self.stands.draft[number]
        day = self.story.day_written(requirement.code, Stage.UPDATE)
        if number in self.stands.not_relevant or level is None:
            return before
        if old is None or self.story.baseline is None:
            return self.fresh(requirement, level, day)
        if number in self.stands.slips:
            return self._slipped(requirement, before, (old, level), day)
        if level > old:
            return self._risen(requirement, before, (old, level), day)
        return self._unchanged(requirement, before, day)

    def fresh(self, requirement: Requirement, level: int, day: date) -> Said:
        ticked = ticks(self.trust, requirement, level)
        target = self._target(requirement, level)
        comment = Pen(self.trust, requirement, day).about(level, ticked, planned=target is not None)
        return self._with_target(
            Said(
                ticked=ticked,
                not_yet=level == 0,
                comment=self._own_comment(requirement, comment),
                evidence=evidence(self.trust, requirement, ticked, until=day),
                complete=level >= SATISFACTORY_LEVEL and self._completes(requirement),
            ),
            level,
            target,
        )

    def _risen(self, requirement: Requirement, before: Said, levels: tuple[int, int], day: date) -> Said:
        old, level = levels
        ticked = kept(requirement, before.ticked, ticks(self.trust, requirement, level), level)
        new = frozenset() if self.trust.code in scripted.NO_NEW_EVIDENCE else ticked - before.ticked
        added = evidence(self.trust, requirement, new, since=AFTER_THE_SUMMER, until=day)
        target = self._target(requirement, level)
        comment = Pen(self.trust, requirement, day).risen(level, old, ticked)
        said = replace(
            before,
            ticked=ticked,
            not_yet=False,
            comment=self._own_comment(requirement, comment),
            evidence=(*before.evidence, *added),
            complete=self._completes(requirement),
        )
        return self._with_target(said, level, target)

    def _slipped(self, requirement: Requirement, before: Said, levels: tuple[int, int], day: date) -> Said:
        old, level = levels
        criterion = self.stands.slips[requirement.number]
        ticked = before.ticked - {criterion}
        comment = Pen(self.trust, requirement, day).slipped(criterion, old, level)
        said = replace(before, ticked=ticked, comment=comment, complete=False)
        return self._with_target(said, level, self._target(requirement, level))

    def corrected(self, requirement: Requirement, before: Said, correction: Correction) -> Said:
        """The one answer that a correction changed, with the reason as its comment."""
        ticked = ticks(self.trust, requirement, correction.level)
        day = london_day(correction.at)
        added = evidence(self.trust, requirement, ticked - before.ticked, since=day, until=day)
        said = replace(before, ticked=ticked, comment=correction.reason, evidence=(*before.evidence, *added))
        return self._with_target(said, correction.level, self._target(requirement, correction.level))

    def _unchanged(self, requirement: Requirement, before: Said, day: date) -> Said:
        question = (self.trust.code, requirement.code, "reviewed")
        if self.trust.code in scripted.ONE_COMMENT or not chance(SHARE_REVIEWED, *question):
            return before
        return replace(before, comment=Pen(self.trust, requirement, day).reviewed(before.comment))

    def _not_relevant(self, requirement: Requirement, day: date) -> Said:
        reason = Pen(self.trust, requirement, day).not_relevant()
        return Said(not_relevant=True, reason=reason, complete=self._completes(requirement))

    def _target(self, requirement: Requirement, level: int) -> date | None:
        planned = scripted.TARGETS.get((self.trust.code, requirement.number))
        if planned or level == MAX_LEVEL:
            return planned if level < MAX_LEVEL else None
        if not chance(SHARE_TARGETED[level + 1], self.trust.code, requirement.code, "targeted"):
            return None
        return pick(TARGETS, self.trust.code, requirement.code, "target")

    def _with_target(self, said: Said, level: int, target: date | None) -> Said:
        """Some trusts plan one level at a time; others mean to reach the top in one go."""
        bold = self.trust.code in scripted.BOLD or chance(SHARE_BOLD, self.trust.code, "means to reach the top")
        aim = MAX_LEVEL if bold else level + 1
        return replace(said, target_level=aim if target else None, target_date=target)

    def _completes(self, requirement: Requirement) -> bool:
        return chance(self.complete, self.trust.code, requirement.code, "completes")

    def _own_comment(self, requirement: Requirement, comment: str) -> str:
        """One trust says the same thing about most requirements."""
        same = scripted.ONE_COMMENT.get(self.trust.code)
        return same if same and chance(0.7, self.trust.code, requirement.code, "same") else comment
