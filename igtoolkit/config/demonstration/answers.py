"""What each trust says about each requirement, stage by stage."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from igtoolkit.actions.said import Said
from igtoolkit.config.demonstration import scripted
from igtoolkit.config.demonstration.comments import Pen
from igtoolkit.config.demonstration.corrections import Correction
from igtoolkit.config.demonstration.dice import chance, pick
from igtoolkit.config.demonstration.evidence import SHARE_EVIDENCED, evidence
from igtoolkit.config.demonstration.names import Invented
from igtoolkit.config.demonstration.standing import Levels, Standing, standing
from igtoolkit.config.demonstration.stories import Story
from igtoolkit.config.demonstration.targets import with_target
from igtoolkit.config.demonstration.ticks import kept, ticks
from igtoolkit.config.demonstration.years import LAST, WRITTEN_FROM
from igtoolkit.standard.calendar import london_day
from igtoolkit.standard.framework import Framework, Requirement
from igtoolkit.standard.scoring import SATISFACTORY_LEVEL, level
from igtoolkit.standard.words import Stage

COMPLETE = (0.0, 0.0, 0.3, 0.7)  # the share a trust marks complete before Final
SHARE_EXPLAINED = 0.6
SHARE_REVIEWED = {Stage.BASELINE: 0.0, Stage.UPDATE: 0.14, Stage.FINAL: 0.3}
NOTHING = Said()

Answers = Mapping[str, Said]


@dataclass(frozen=True)
class Told:
    """Everything a trust has said in a year; a requirement not scored is absent.

    stages: {stage: {requirement code: what is said, as first submitted or left}}. corrected: what a correction
    changed. levels: {requirement number: level} at the end, for the year after.
    """

    stages: Mapping[Stage, Answers]
    corrected: Answers
    levels: Levels


def told(trust: Invented, story: Story, framework: Framework, last: Levels | None = None) -> Told:
    """framework: narrowed to the trust's kind. last: the levels of last year's Final, where there is one."""
    stands = standing(trust, story, framework, last or {})
    teller = _Teller(trust, story, stands)
    stages: dict[Stage, Answers] = {}
    corrected: dict[str, Said] = {}
    now: dict[str, Said] = {}
    for stage in story.stages:
        now = {each.code: teller.at(stage, each, now.get(each.code, NOTHING)) for each in framework.requirements}
        stages[stage] = {code: said for code, said in now.items() if said != NOTHING}
        if story.correction and story.correction.stage is stage:
            requirement = next(each for each in framework.requirements if each.number == story.correction.requirement)
            corrected = {requirement.code: teller.corrected(requirement, now[requirement.code], story.correction)}
            now |= corrected
    return Told(stages, corrected, {each.number: teller.level(each, now[each.code]) for each in framework.requirements})


class _Teller:
    """Puts one trust's answers into words."""

    def __init__(self, trust: Invented, story: Story, stands: Standing) -> None:
        self.trust, self.story, self.stands = trust, story, stands
        self.complete = scripted.COMPLETE.get(trust.code, pick(COMPLETE, trust.code, "complete"))

    def at(self, stage: Stage, requirement: Requirement, before: Said) -> Said:
        """What the draft says at a stage: fresh, or risen, or slipped, or as before. Complete for Final."""
        day = self.story.day_written(requirement.code, stage)
        said = self._substance(stage, requirement, before, day)
        return self._finished(requirement, said, day) if stage is Stage.FINAL else said

    def level(self, requirement: Requirement, said: Said) -> int | None:
        """What the ticks come to; None where it is not scored or not relevant."""
        if said.not_relevant or not (said.ticked or said.not_yet):
            return None
        return level(requirement, said.ticked, maintained=self._maintained(requirement))

    def corrected(self, requirement: Requirement, before: Said, correction: Correction) -> Said:
        """The one answer that a correction changed, with the reason as its comment."""
        ticked = ticks(self.trust, requirement, correction.level, maintained=self._maintained(requirement))
        day = london_day(correction.at)
        added = evidence(self.trust, requirement, ticked - before.ticked, since=day, until=day)
        said = replace(
            before, ticked=ticked, not_yet=False, comment=correction.reason, evidence=(*before.evidence, *added)
        )
        return self._with_target(correction.stage, requirement, said, correction.level)

    def _substance(self, stage: Stage, requirement: Requirement, before: Said, day: date) -> Said:
        reached = self.stands.levels[stage][requirement.number]
        old = self.level(requirement, before)
        if requirement.number in self.stands.not_relevant:
            return before if before.not_relevant else self._not_relevant(stage, requirement, day)
        if reached is None:
            return before
        if old is None:
            return self._fresh(stage, requirement, reached, day)
        if requirement.number in self.stands.slips.get(stage, {}):
            return self._slipped(stage, requirement, before, (old, reached), day)
        if reached > old:
            return self._risen(stage, requirement, before, (old, reached), day)
        return self._unchanged(stage, requirement, before, day)

    def _fresh(self, stage: Stage, requirement: Requirement, level: int, day: date) -> Said:
        ticked = ticks(self.trust, requirement, level, maintained=self._maintained(requirement))
        said = Said(
            ticked=ticked,
            not_yet=level == 0,
            evidence=evidence(self.trust, requirement, ticked, until=day, share=self._share_evidenced()),
            complete=level >= SATISFACTORY_LEVEL and self._completes(requirement),
        )
        said = self._with_target(stage, requirement, said, level)
        comment = self._pen(stage, requirement, day).about(level, ticked, planned=said.target_date is not None)
        return replace(said, comment=self._own_comment(requirement, comment))

    def _share_evidenced(self) -> float:
        """Of last year only what still matters is kept."""
        return SHARE_EVIDENCED / 3 if self.story.year == LAST else SHARE_EVIDENCED

    def _risen(self, stage: Stage, requirement: Requirement, before: Said, levels: tuple[int, int], day: date) -> Said:
        old, level = levels
        maintained = self._maintained(requirement)
        reached = ticks(self.trust, requirement, level, maintained=maintained)
        ticked = kept(requirement, before.ticked, reached, level, maintained=maintained)
        new = frozenset() if self.trust.code in scripted.NO_NEW_EVIDENCE else ticked - before.ticked
        added = evidence(self.trust, requirement, new, since=WRITTEN_FROM[stage], until=day)
        said = replace(
            before,
            ticked=ticked,
            not_yet=False,
            comment=self._own_comment(requirement, self._pen(stage, requirement, day).risen(level, old, ticked)),
            evidence=(*before.evidence, *added),
            complete=self._completes(requirement),
        )
        return self._with_target(stage, requirement, said, level)

    def _slipped(
        self, stage: Stage, requirement: Requirement, before: Said, levels: tuple[int, int], day: date
    ) -> Said:
        old, level = levels
        criterion = self.stands.slips[stage][requirement.number]
        comment = self._pen(stage, requirement, day).slipped(criterion, old, level)
        said = replace(before, ticked=before.ticked - {criterion}, comment=comment, complete=False)
        return self._with_target(stage, requirement, said, level)

    def _unchanged(self, stage: Stage, requirement: Requirement, before: Said, day: date) -> Said:
        question = (self.trust.code, requirement.code, stage, "reviewed")
        if self.trust.code in scripted.ONE_COMMENT or not chance(SHARE_REVIEWED[stage], *question):
            return before
        return replace(before, comment=self._pen(stage, requirement, day).reviewed(before.comment))

    def _finished(self, requirement: Requirement, said: Said, day: date) -> Said:
        """As Final needs it: marked complete, what falls short said, and a target that lies ahead."""
        level = self.level(requirement, said)
        if level is None:
            return replace(said, complete=True)
        planned = self._with_target(Stage.FINAL, requirement, said, level)
        if level < SATISFACTORY_LEVEL and chance(SHARE_EXPLAINED, self.trust.code, requirement.code, "short"):
            planned = replace(planned, comment=self._pen(Stage.FINAL, requirement, day).short(said.comment))
        return replace(planned, complete=True)

    def _not_relevant(self, stage: Stage, requirement: Requirement, day: date) -> Said:
        reason = self._pen(stage, requirement, day).not_relevant()
        return Said(not_relevant=True, reason=reason, complete=self._completes(requirement))

    def _with_target(self, stage: Stage, requirement: Requirement, said: Said, level: int) -> Said:
        return with_target(self.trust, (self.story.year, stage), requirement, said, level)

    def _pen(self, stage: Stage, requirement: Requirement, day: date) -> Pen:
        return Pen(self.trust, requirement, stage, day, maintained=self._maintained(requirement))

    def _maintained(self, requirement: Requirement) -> bool:
        return requirement.number in self.stands.maintained

    def _completes(self, requirement: Requirement) -> bool:
        return chance(self.complete, self.trust.code, requirement.code, "completes")

    def _own_comment(self, requirement: Requirement, comment: str) -> str:
        """One trust says the same thing about most requirements."""
        same = scripted.ONE_COMMENT.get(self.trust.code)
        return same if same and chance(0.7, self.trust.code, requirement.code, "same") else comment
