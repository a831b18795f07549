"""The live draft in the form of a snapshot, for the preview: nothing of it is submitted or kept."""

from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects

from igtoolkit.records import clock
from igtoolkit.records.models import Answer, Assessment
from igtoolkit.records.snapshots import earlier, results
from igtoolkit.standard.words import Stage

PREVIEW = "preview"


def draft(assessment: Assessment, at: datetime, *, evidence: bool = False) -> dict[str, Any]:
    """What a submission at this instant would say, with stage “preview” and nothing of being submitted.

    at: aware; decides which stage the draft is heading for, and so which earlier one it is compared with.
    `ahead` names that stage; `submitted_at` and `submitted_by` are None. evidence: fetch that of each answer too.
    """
    ahead = stage_ahead(assessment, at)
    compared = assessment.compared_with(ahead)
    return {
        "organisation": {
            "code": assessment.organisation.code,
            "name": assessment.organisation.name,
            "kind": assessment.kind,
        },
        "year": assessment.year,
        "stage": PREVIEW,
        "ahead": ahead.value,
        "number": None,
        "correction_reason": None,
        "framework": assessment.framework.code,
        "framework_digest": assessment.framework.digest,
        "crosswalk": assessment.framework.crosswalk.code,
        "crosswalk_digest": assessment.framework.crosswalk.digest,
        "submitted_at": None,
        "submitted_by": None,
        "late": None,
        "compared_with": {"stage": compared.stage, "digest": compared.digest} if compared else None,
        "earlier": earlier(assessment, ahead),
        "demonstration": clock.demonstration() is not None,
        "maintenance": sorted(assessment.maintained),
        "senior_people": [
            {"post": each.post, "name": each.name, "job_title": each.job_title}
            for each in assessment.senior_people.all()
        ],
        "answers": [
            {
                "requirement": each.requirement,
                "ticked": each.ticked,
                "level": each.level,
                "not_yet": each.not_yet,
                "not_relevant": each.not_relevant,
                "target_level": each.target_level,
                "target_date": each.target_date.isoformat() if each.target_date else None,
                "owner": each.owner,
                **({"evidence": [one.facts() for one in each.evidence_list()]} if evidence else {}),
            }
            for each in _answers(assessment, evidence=evidence)
        ],
        **results(assessment, compared),
    }


def _answers(assessment: Assessment, *, evidence: bool) -> list[Answer]:
    answers = assessment.answer_list()
    if evidence:
        prefetch_related_objects(answers, "evidence")
    return answers


def stage_ahead(assessment: Assessment, at: datetime) -> Stage:
    """The first stage that is neither closed by a later one nor past its deadline; Final when all are."""
    calendar = assessment.calendar
    return next((each for each in assessment.open_stages if not calendar.is_late(each, at)), Stage.FINAL)
