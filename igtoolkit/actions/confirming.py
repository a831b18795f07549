"""Confirming answers: a second person stands behind what one person marked complete."""

from collections.abc import Mapping

from django.db import transaction

from igtoolkit.access.policy import Action, require
from igtoolkit.actions.answers import answer_to
from igtoolkit.actions.audit import audit
from igtoolkit.actions.locking import lock
from igtoolkit.actions.said import Invalid
from igtoolkit.records import clock
from igtoolkit.records.models import Answer, Assessment, Person


class StaleConfirmation(Exception):
    """The answer changed after the reviewer read it: nobody confirms what they have not seen."""


@transaction.atomic
def confirm_answer(assessment: Assessment, requirement: str, *, version: int, by: Person) -> Answer:
    """Confirm an answer that another person marked complete.

    version: of the answer that was read. Confirming twice confirms once. Raises Refused when `by` may not;
    UnknownRequirement; Invalid when it is not complete, or is by's own work; StaleConfirmation.
    """
    assessment = lock(assessment, by=by)
    require(by, Action.CONFIRM_ANSWER, assessment)
    answer = answer_to(assessment, requirement)
    if answer.is_confirmed and answer.version == version:
        return answer
    if answer.version != version:
        raise StaleConfirmation
    problem = why_not(answer, by)
    if problem:
        raise Invalid({"confirm": problem})
    answer.confirmed_by, answer.confirmed_at = by, clock.now()
    answer.save(update_fields=["confirmed_by", "confirmed_at"])
    audit(assessment.organisation, "answer_confirmed", by=by, after=_told(assessment, answer))
    return answer


@transaction.atomic
def confirm_answers(assessment: Assessment, read: Mapping[str, int], *, by: Person) -> list[Answer]:
    """Confirm several answers that others marked complete: all of them, or none.

    read: {requirement code: version that was read}. What is confirmed at that version already stays as it is.
    Returns the answers confirmed now. One audit event names them all. Raises Refused; UnknownRequirement;
    Invalid with words for each requirement that cannot be confirmed; StaleConfirmation when one has changed.
    """
    assessment = lock(assessment, by=by)
    require(by, Action.CONFIRM_ANSWER, assessment)
    answers = [answer for answer in _answers(assessment, read) if not answer.is_confirmed]
    problems = {each.requirement: why_not(each, by) for each in answers}
    if any(problems.values()):
        raise Invalid({code: problem for code, problem in problems.items() if problem})
    for each in answers:
        each.confirmed_by, each.confirmed_at = by, clock.now()
    if answers:
        chosen = assessment.answers.filter(pk__in=[each.pk for each in answers])
        chosen.update(confirmed_by=by, confirmed_at=clock.now())
        facts = {"year": assessment.year, "versions": {each.requirement: each.version for each in answers}}
        audit(assessment.organisation, "answers_confirmed", by=by, after=facts)
    return answers


def _answers(assessment: Assessment, read: Mapping[str, int]) -> list[Answer]:
    """The answers to these requirements, in order, each still at the version that was read."""
    recorded = {each.requirement: each for each in assessment.answer_list()}
    for code in read:
        assessment.framework.requirement(code)
    answers = [recorded.get(code) or Answer(assessment=assessment, requirement=code) for code in sorted(read)]
    if any(each.version != read[each.requirement] for each in answers):
        raise StaleConfirmation
    return answers


@transaction.atomic
def withdraw_confirmation(assessment: Assessment, requirement: str, *, by: Person) -> Answer:
    """Take back a confirmation, anybody's. Raises Refused; UnknownRequirement."""
    assessment = lock(assessment, by=by)
    require(by, Action.CONFIRM_ANSWER, assessment)
    answer = answer_to(assessment, requirement)
    if answer.is_confirmed:
        answer.confirmed_by = answer.confirmed_at = None
        answer.save(update_fields=["confirmed_by", "confirmed_at"])
        audit(assessment.organisation, "confirmation_withdrawn", by=by, before=_told(assessment, answer))
    return answer


def why_not(answer: Answer, by: Person) -> str:
    """Why this person cannot confirm this answer, in words; empty when they can."""
    if not answer.is_complete:
        return f"{answer.requirement} is not marked complete: somebody must do that before it can be confirmed"
    if answer.completed_by_id == by.pk:
        return f"You marked {answer.requirement} complete yourself: a second person must confirm it"
    if answer.changed_by_id == by.pk:
        return f"You were the last to change {answer.requirement}: a second person must confirm it"
    return ""


def _told(assessment: Assessment, answer: Answer) -> dict[str, object]:
    return {"year": assessment.year, "requirement": answer.requirement, "version": answer.version}
