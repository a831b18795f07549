"""Writing down what an organisation has said, many answers at a time: the nation has ten thousand and more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from igtoolkit.access import scope
from igtoolkit.actions.audit import audit
from igtoolkit.actions.said import EvidenceSaid, Said
from igtoolkit.config.demonstration.dice import chance, working_instant
from igtoolkit.config.demonstration.stories import Story
from igtoolkit.records import clock
from igtoolkit.records.models import Answer, Assessment, Evidence, Person
from igtoolkit.standard.scoring import level
from igtoolkit.standard.words import Stage

SHARE_BY_ADMINISTRATOR = 0.2
SAID = ("not_yet", "not_relevant", "reason", "comment", "target_level", "target_date", "owner")
WRITTEN = (*SAID, "ticks", "level", "changed_by", "changed_at", "completed_by", "completed_at", "version")


@dataclass(frozen=True)
class Recorder:
    """Records answers in one assessment as its contributor, and now and then its administrator, would."""

    assessment: Assessment
    story: Story
    contributor: Person
    administrator: Person

    def record(self, stage: Stage, said: Mapping[str, Said], before: Mapping[str, Said], *, at: datetime) -> None:
        """Bring the draft from `before` to `said` on the days before a stage, with one audit event at `at`.

        said, before: {requirement code: what is said}; evidence is only ever added at the end.
        """
        changed = {code: each for code, each in said.items() if each != before.get(code)}
        rows = {each.requirement: each for each in self.assessment.answers.all()} if before else {}
        written = [self._answer(rows.get(code), code, each, stage) for code, each in changed.items()]
        made = [each for each in written if each.pk is None]
        self.assessment.answers.bulk_create(made)
        self.assessment.answers.bulk_create(
            [each for each in written if each.requirement in rows],
            update_conflicts=True,
            unique_fields=["assessment", "requirement"],
            update_fields=WRITTEN,
        )
        added = [one for each in written for one in _added(each, changed[each.requirement], before)]
        scope.everything(Evidence, reason="the nation's evidence is written a trust at a time").bulk_create(added)
        self._tell(changed, len(added), at)

    def _answer(self, row: Answer | None, code: str, said: Said, stage: Stage) -> Answer:
        question = (self.story.code, code, self.story.year, stage)
        answer = row or Answer(assessment=self.assessment, requirement=code)
        answer.ticked = said.ticked
        for name in SAID:
            setattr(answer, name, getattr(said, name))
        answer.level = None if said.not_relevant else self._level(code, said.ticked)
        by_administrator = chance(SHARE_BY_ADMINISTRATOR, *question, "by")
        answer.changed_by = self.administrator if by_administrator else self.contributor
        answer.changed_at = working_instant(self.story.day_written(code, stage), *question)
        answer.completed_by = answer.changed_by if said.complete else None
        answer.completed_at = answer.changed_at if said.complete else None
        answer.version += 1
        return answer

    def _level(self, code: str, ticked: frozenset[str]) -> int:
        return level(self.assessment.framework.requirement(code), ticked, maintained=code in self._maintained)

    @cached_property
    def _maintained(self) -> frozenset[str]:
        return self.assessment.maintained

    def _tell(self, changed: Mapping[str, Said], evidence: int, at: datetime) -> None:
        """One event for all of it: the demonstration alone records answers in bulk."""
        if changed:
            facts = {"year": self.assessment.year, "answers": sorted(changed), "evidence_added": evidence}
            with clock.standing_at(at):
                audit(self.assessment.organisation, "answers_recorded", by=self.contributor, after=facts)


def _added(answer: Answer, said: Said, before: Mapping[str, Said]) -> list[Evidence]:
    added_at: Any = answer.changed_at
    already = len(before[answer.requirement].evidence) if answer.requirement in before else 0
    return [
        Evidence(**_facts(each), answer=answer, added_by=answer.changed_by, added_at=added_at)
        for each in said.evidence[already:]
    ]


def _facts(said: EvidenceSaid) -> dict[str, Any]:
    return {"criterion": said.criterion, "note": said.note, "link": said.link, "dated": said.dated}
