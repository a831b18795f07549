"""What raises a question is worked out and kept when a stage is submitted, in the document and as rows."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from igtoolkit.access import scope
from igtoolkit.actions.submissions import submit
from igtoolkit.records.models import SecondLook, Submission
from igtoolkit.standard.words import Stage
from tests.conftest import record_all

JULY, OCTOBER = datetime(2015, 7, 20, tzinfo=UTC), datetime(2015, 10, 20, tzinfo=UTC)
COMMENT = "Evidence is held by the IG team."

pytestmark = pytest.mark.usefixtures("summer")


def send(person, stage=Stage.BASELINE, arrived=JULY, **more) -> Submission:
    found = scope.find_assessment(person, "DMA001", "2015-16")
    return submit(found, stage, key=f"{stage} {more}", arrived=arrived, by=person, **more)


def kept(submission: Submission) -> dict[str, list[str]]:
    return {each.rule: each.requirements.split() for each in submission.second_looks.all()}


def said(submission: Submission) -> dict[str, list[str]]:
    return {each["rule"]: each["requirements"] for each in submission.snapshot["second_look"]}


def rise(assessment, numbers: list[int]) -> None:
    """Bring these requirements to level 3 with no evidence but what is there."""
    for number in numbers:
        code = f"13-{number}"
        answer = assessment.answers.get(requirement=code)
        criteria = assessment.framework.requirement(code).criteria
        answer.ticked, answer.level = [each.code for each in criteria if not each.maintenance], 3
        answer.save()


def test_an_ordinary_submission_raises_no_question(assessment, cast):
    record_all(assessment, 2, by=cast.ada, r101=1)
    made = send(cast.ada)
    assert made.snapshot["second_look"] == []
    assert kept(made) == {}


def test_all_at_level_2_is_kept_with_its_requirements(assessment, cast):
    record_all(assessment, 2, by=cast.ada)
    made = send(cast.ada)
    (found,) = made.snapshot["second_look"]
    codes = [each.code for each in assessment.framework.requirements]
    assert found == {"rule": "all_at_level_2", "requirements": codes, "n": 45}
    assert kept(made) == said(made) == {"all_at_level_2": codes}


def test_the_comment_stays_out_of_what_is_kept(assessment, cast):
    record_all(assessment, 2, by=cast.ada, r101=3)
    for answer in assessment.answers.all()[:6]:
        answer.comment = COMMENT
        answer.save()
    made = send(cast.ada)
    assert kept(made) == {"same_comment": [f"13-{number}" for number in (101, 105, 110, 111, 112, 200)]}
    assert COMMENT not in str(made.snapshot["second_look"])


def test_a_rise_is_measured_from_the_stage_before_and_a_correction_is_asked_afresh(assessment, cast):
    record_all(assessment, 1, by=cast.ada)
    assert kept(send(cast.ada)) == {}
    rise(assessment, [110, 303, 311, 313])
    update = send(cast.ada, Stage.UPDATE, OCTOBER)
    assert kept(update) == said(update) == {"risen_without_evidence": ["13-110", "13-303", "13-311", "13-313"]}
    for number, note in ((110, "Contracts register"), (303, "Access audit")):
        facts = {"dated": OCTOBER.date(), "added_by": cast.ada, "added_at": OCTOBER}
        assessment.answers.get(requirement=f"13-{number}").evidence.create(criterion="3a", note=note, **facts)
    correction = send(cast.ada, Stage.UPDATE, OCTOBER, reason="Two pieces of evidence were missing")
    assert kept(correction) == said(correction) == {}
    assert kept(update) == {"risen_without_evidence": ["13-110", "13-303", "13-311", "13-313"]}


def test_it_takes_one_insert_more_and_none_when_there_is_no_question(assessment, cast):
    record_all(assessment, 2, by=cast.ada)
    with CaptureQueriesContext(connection) as asking:
        send(cast.ada)
    table = SecondLook._meta.db_table
    assert len([each for each in asking if table in each["sql"]]) == 1
    rise(assessment, [101])
    with CaptureQueriesContext(connection) as silent:
        send(cast.ada, reason="One was higher")
    assert [each for each in silent if table in each["sql"]] == []
