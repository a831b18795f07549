"""Saving what an organisation says about a requirement."""

from typing import Any

from django.db import transaction

from igtoolkit.access.policy import Action, require
from igtoolkit.actions.audit import audit
from igtoolkit.actions.locking import lock
from igtoolkit.actions.said import EvidenceSaid, Invalid, Said, problems
from igtoolkit.records import clock
from igtoolkit.records.models import Answer, Assessment, Person
from igtoolkit.standard.calendar import london_day

CLEARS_COMPLETE = ("ticked", "level", "not_yet", "not_relevant", "reason", "comment", "evidence")


class StaleAnswer(Exception):
    """Somebody else saved first. `theirs` is the answer as recorded, `said` what was typed."""

    def __init__(self, theirs: Answer, said: Said) -> None:
        self.theirs = theirs
        self.said = said
        super().__init__(f"{theirs.requirement} was saved by somebody else in the meantime.")


@transaction.atomic
def save_answer(assessment: Assessment, requirement: str, said: Said, *, version: int, by: Person) -> Answer:
    """Save what `by` says about a requirement; its level follows from the ticks.

    version: of the answer the form was filled in from. Saving the same thing twice saves it once.
    Raises Refused when `by` may not; UnknownRequirement outside the organisation's set; Invalid with
    words for each field; StaleAnswer when the version is old and what is recorded differs.
    """
    assessment = lock(assessment, by=by)
    require(by, Action.SAVE_ANSWER, assessment)
    answer = answer_to(assessment, requirement)
    _check(assessment, answer, said)
    before = answer.facts()
    record_said(assessment, answer, said)
    changed = [name for name, value in _facts(answer, said).items() if value != before[name]]
    if changed and answer.version != version:
        raise StaleAnswer(answer_to(assessment, requirement), said)
    _mark(answer, said, changed, by)
    if changed or answer.is_complete != before["complete"]:
        _write(answer, by, changed=bool(changed))
        if "evidence" in changed:
            _write_evidence(answer, said, by)
        audit(assessment.organisation, "answer_saved", by=by, before=before, after=answer.facts())
    return answer


def answer_to(assessment: Assessment, requirement: str) -> Answer:
    """The answer to a requirement, a fresh one where nothing is recorded. Raises UnknownRequirement."""
    assessment.framework.requirement(requirement)
    found: Answer | None = assessment.answers.filter(requirement=requirement).first() if assessment.is_started else None
    return found or Answer(assessment=assessment, requirement=requirement)


def _check(assessment: Assessment, answer: Answer, said: Said) -> None:
    requirement = assessment.framework.requirement(answer.requirement)
    level = assessment.level_of(requirement.code, said.ticked & requirement.criterion_codes)
    maintained = requirement.code in assessment.maintained
    today = london_day(clock.now())
    errors = problems(requirement, said, answer, level=level, today=today, maintained=maintained)
    if errors:
        raise Invalid(errors)


def record_said(assessment: Assessment, answer: Answer, said: Said) -> None:
    """Bring an answer to what was said, in memory; its evidence is written apart."""
    answer.ticked = sorted(said.ticked)
    answer.not_yet = said.not_yet
    answer.not_relevant = said.not_relevant
    answer.reason = said.reason.strip() if said.not_relevant else ""
    answer.comment = said.comment
    answer.target_level = said.target_level
    answer.target_date = said.target_date
    answer.owner = said.owner.strip()
    scored = answer.is_scored and not said.not_relevant
    answer.level = assessment.level_of(answer.requirement, said.ticked) if scored else None


def _facts(answer: Answer, said: Said) -> dict[str, Any]:
    """What the answer says once saved, its evidence as given."""
    facts = answer.facts() | {"evidence": [_told(each) for each in sorted(said.evidence, key=_order)]}
    return {name: value for name, value in facts.items() if name not in ("version", "complete", "confirmed")}


def _told(said: EvidenceSaid) -> dict[str, str]:
    dated = said.dated.isoformat() if said.dated else ""
    return {"criterion": said.criterion, "note": said.note, "link": said.link, "dated": dated}


def _order(said: EvidenceSaid) -> tuple[str, float]:
    return said.criterion, said.pk if said.pk is not None else float("inf")


def _mark(answer: Answer, said: Said, changed: list[str], by: Person) -> None:
    """Mark complete when asked to; a change of substance clears that mark and the second person's."""
    substance = any(name in CLEARS_COMPLETE for name in changed)
    if said.complete and (substance or not answer.is_complete):
        answer.completed_by, answer.completed_at = by, clock.now()
    elif said.complete is False or (substance and not said.complete):
        answer.completed_by, answer.completed_at = None, None
    if substance or not answer.is_complete:
        answer.confirmed_by, answer.confirmed_at = None, None


def _write(answer: Answer, by: Person, *, changed: bool) -> None:
    """A mark alone makes nobody the one who last changed the answer: its author still cannot confirm it."""
    answer.version += 1
    if changed:
        answer.changed_by, answer.changed_at = by, clock.now()
    answer.save()


def _write_evidence(answer: Answer, said: Said, by: Person) -> None:
    """Bring the recorded evidence to what was said: change by key, add the new, remove what is gone."""
    recorded = {each.pk: each for each in answer.evidence_list()}
    kept = {each.pk for each in said.evidence if each.pk in recorded}
    gone = [pk for pk in recorded if pk not in kept]
    if gone:
        answer.evidence.filter(pk__in=gone).delete()
    for each in sorted(said.evidence, key=_order):
        facts = {"criterion": each.criterion, "note": each.note, "link": each.link, "dated": each.dated}
        if each.pk not in recorded:
            answer.evidence.create(**facts, added_by=by, added_at=clock.now())
        elif recorded[each.pk].facts() != _told(each):
            answer.evidence.filter(pk=each.pk).update(**facts)
    del answer._evidence
