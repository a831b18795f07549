"""A whole assessment as a file: everything said in it, ready to be imported elsewhere. Source: docs/forms.md."""

from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects

from igtoolkit.records.models import Answer, Assessment, Person
from igtoolkit.records.snapshots import instant, named_people
from igtoolkit.reports.forms import json_bytes
from igtoolkit.standard.score_files import ASSESSMENT_FORM

SAID = ("not_yet", "not_relevant", "reason", "comment", "target_level", "owner")


def assessment_json(assessment: Assessment) -> bytes:
    """The draft as it stands, answers in the order of the framework; those that say nothing are left out."""
    framework = assessment.framework
    prefetch_related_objects(assessment.answer_list(), "evidence", "completed_by", "confirmed_by")
    answers = {each.requirement: _answer(each) for each in assessment.answer_list()}
    codes = [each.code for each in framework.requirements if each.code in answers]
    document = {
        "form": ASSESSMENT_FORM,
        "organisation": assessment.organisation.code,
        "year": assessment.year,
        "framework": {"code": framework.code, "digest": framework.digest},
        "senior_people": named_people(assessment),
        "answers": [answers[code] for code in codes if _says_anything(answers[code])],
    }
    return json_bytes(document)


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "requirement": answer.requirement,
        "ticked": answer.ticked,
        **{name: getattr(answer, name) for name in SAID},
        "target_date": answer.target_date.isoformat() if answer.target_date else None,
        "evidence": [each.facts() for each in answer.evidence.all()],
        "complete": _mark(answer.completed_by, answer.completed_at),
        "confirmed": _mark(answer.confirmed_by, answer.confirmed_at),
    }


def _mark(by: Person | None, at: datetime | None) -> dict[str, str | None] | None:
    """Who marked it and when: a fact to read, which no import repeats."""
    return {"by": by.email if by else None, "at": instant(at)} if at else None


def _says_anything(told: dict[str, Any]) -> bool:
    return any(value for name, value in told.items() if name != "requirement")
