"""Submitting a stage: one frozen snapshot, its results, its counts and its audit event, or nothing."""

from datetime import UTC, datetime

import pytest

from igtoolkit.access import scope
from igtoolkit.access.policy import Refused
from igtoolkit.actions.answers import save_answer
from igtoolkit.actions.assessments import name_senior_people
from igtoolkit.actions.said import Invalid, Said
from igtoolkit.actions.submissions import StaleDraft, draft_digest, submit
from igtoolkit.records.models import Assessment, RollUp, Submission, Turnout
from igtoolkit.standard.canonical import canonical, digest
from igtoolkit.standard.words import Stage
from tests.conftest import make_organisation, record, stand_ready, started, submit_final, up_to
from tests.worlds import world

JULY = datetime(2015, 7, 29, 13, 2, 11, 999_999, tzinfo=UTC)
LAST_MOMENT = datetime(2015, 7, 31, 22, 59, 59, 999_999, tzinfo=UTC)  # a second before midnight in London
MIDNIGHT = datetime(2015, 7, 31, 23, 0, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("summer")


def send(person, stage=Stage.BASELINE, key="one", arrived=JULY, **more) -> Submission:
    return submit(fresh(person), stage, key=key, arrived=arrived, by=person, **more)


def fresh(person) -> Assessment:
    return scope.find_assessment(person, "DMA001", "2015-16")


def submissions() -> int:
    return scope.everything(Submission, reason="tests").count()


def counts(stage=Stage.BASELINE) -> dict[tuple[int, str], int]:
    rows = RollUp.objects.filter(year="2015-16", stage=stage, kind="acute", region="North", n__gt=0)
    return {(each.recommendation, each.status): each.n for each in rows}


@world
def half(assessment, cast) -> Assessment:
    """Three requirements recorded, 13-202 of them at level 1."""
    record(assessment, {"13-101": 3, "13-202": 1, "13-206": 2}, by=cast.con)
    return assessment


def test_a_submission_freezes_the_assessment_as_it_stands(half, cast):
    name_senior_people(half, {"siro": ("Margaret Iredale", "Director of Finance")}, by=cast.ada)
    made = send(cast.ada)
    told = made.snapshot
    assert told["organisation"] == {"code": "DMA001", "name": "Trust DMA001", "kind": "acute", "region": "North"}
    assert (told["stage"], told["number"], told["late"], told["submitted_at"]) == (
        "baseline",
        1,
        False,
        "2015-07-29T13:02:11Z",
    )
    assert told["submitted_by"]["login"] == cast.ada.email
    assert told["senior_people"][0]["name"] == "Margaret Iredale"
    assert told["score"]["percent"] == (3 + 1 + 2) * 100 // 135
    assert {each["requirement"]: each["level"] for each in told["answers"]}["13-202"] == 1
    assert made.digest == digest(made.document) == digest(canonical(told))
    assert len(told["answers"]) == 45
    assert fresh(cast.ada).stage_reached == Stage.BASELINE


def test_later_changes_do_not_reach_what_was_submitted(half, cast):
    made = send(cast.ada)
    record(half, {"13-202": 3}, by=cast.con)
    kept = scope.find_submission(cast.ada, "DMA001", "2015-16", "baseline")
    assert kept.document == made.document


def test_results_and_counts_are_stored_with_it(half, cast):
    made = send(cast.ada)
    stored = {each.recommendation: (each.status, each.share) for each in made.performance.all()}
    assert stored == {each["number"]: (each["status"], each["share"]) for each in made.snapshot["recommendations"]}
    assert counts() == {(number, status): 1 for number, (status, _) in stored.items()}
    assert len(stored) == 16


def test_a_submission_names_what_each_earlier_one_said(half, cast):
    first = send(cast.ada)
    record(half, {"13-202": 3}, by=cast.con)
    second = send(cast.ada, Stage.UPDATE, key="two")
    assert first.snapshot["earlier"] == []
    (then,) = second.snapshot["earlier"]
    assert (then["year"], then["stage"], then["number"], then["digest"]) == ("2015-16", "baseline", 1, first.digest)
    assert then["statuses"] == {str(each["number"]): each["status"] for each in first.snapshot["recommendations"]}
    assert (then["framework"], then["percent"]) == ("igt-13", 4)


def test_the_counts_know_what_stood_at_the_stage_before(half, cast):
    first = send(cast.ada)
    record(half, {"13-202": 3}, by=cast.con)
    second = send(cast.ada, Stage.UPDATE, key="two")
    was = {each["number"]: each["status"] for each in first.snapshot["recommendations"]}
    rows = RollUp.objects.filter(stage="update", n=1)
    assert {each.recommendation: each.was for each in rows} == was
    assert (was[8], rows.get(recommendation=8).status) == ("not_met", "met")
    met = sum(each == "met" for each in was.values())
    assert (first.met, first.met_before, second.met_before) == (met, None, met)
    (turned,) = Turnout.objects.filter(stage="update", n=1)
    assert (turned.met, turned.met_before, turned.late) == (second.met, met, False)


def test_final_after_a_missed_update_is_measured_from_no_stage_before(half, cast):
    send(cast.ada)
    ready = stand_ready(half, cast)
    final = submit_final(ready, by=cast.ada, at=JULY)
    assert (final.met_before, final.snapshot["compared_with"]["stage"]) == (None, "baseline")
    assert set(RollUp.objects.filter(stage="final").values_list("was", flat=True)) == {""}


def test_a_correction_moves_the_count_of_what_stood_before_it(half, cast):
    send(cast.ada)
    send(cast.ada, Stage.UPDATE, key="two")
    record(half, {"13-202": 3}, by=cast.con)
    send(cast.ada, Stage.UPDATE, key="three", reason="The figure was wrong")
    rows = RollUp.objects.filter(stage="update", n__gt=0)
    assert [each.n for each in rows] == [1] * 16
    assert rows.get(recommendation=8).status == "met"
    assert [each.n for each in Turnout.objects.filter(stage="update", n__gt=0)] == [1]


def test_a_submission_is_told(half, cast, told):
    made = send(cast.ada)
    event, by, facts = told(cast.ada.organisation)[-1]
    assert (event, by) == ("stage_submitted", cast.ada.email)
    assert facts["after"] == {
        "year": "2015-16",
        "stage": "baseline",
        "number": 1,
        "digest": made.digest,
        "late": False,
        "reason": "",
    }


def test_the_same_form_submits_once(half, cast, told):
    before = len(told(cast.ada.organisation))
    assert len({send(cast.ada).pk for _ in range(3)}) == 1
    assert submissions() == 1
    assert sum(counts().values()) == 16
    assert len(told(cast.ada.organisation)) == before + 1


@pytest.mark.parametrize(("arrived", "late"), [(LAST_MOMENT, False), (MIDNIGHT, True)])
def test_late_is_decided_by_when_the_request_arrived(half, cast, arrived, late):
    made = send(cast.ada, arrived=arrived)
    assert (made.late, made.snapshot["late"]) == (late, late)


def test_a_correction_needs_a_reason(half, cast):
    send(cast.ada)
    with pytest.raises(Invalid) as refused:
        send(cast.ada, key="two", reason="  ")
    assert "reason" in refused.value.errors
    with pytest.raises(Invalid, match="500 characters or fewer"):
        send(cast.ada, key="two", reason="x" * 501)
    assert submissions() == 1


def test_a_correction_keeps_the_earlier_one_and_its_lateness(half, cast):
    first = send(cast.ada)
    second = send(cast.ada, key="two", arrived=MIDNIGHT, reason=" 13-202 was entered twice ")
    assert (second.number, second.late) == (2, False)
    assert second.snapshot["correction_reason"] == "13-202 was entered twice"
    assert second.snapshot["previous"] == first.digest
    assert scope.find_submission(cast.ada, "DMA001", "2015-16", "baseline") == second
    assert scope.find_submission(cast.ada, "DMA001", "2015-16", "baseline", 1) == first


def test_a_correction_moves_the_counts_and_adds_none(half, cast):
    send(cast.ada)
    before = counts()
    record(half, {"13-202": 3}, by=cast.con)
    made = send(cast.ada, key="two", reason="13-202 had been left out")
    assert counts() == {(each["number"], each["status"]): 1 for each in made.snapshot["recommendations"]}
    assert counts() != before
    assert sum(counts().values()) == 16


def test_a_later_stage_closes_the_earlier_and_is_compared_with_it(half, cast):
    baseline = send(cast.ada)
    record(half, {"13-202": 3}, by=cast.con)
    update = send(cast.ada, Stage.UPDATE, key="two")
    assert update.snapshot["compared_with"]["digest"] == baseline.digest
    statuses = {each["number"]: each["status"] for each in baseline.snapshot["recommendations"]}
    assert {each["number"]: each["previous_status"] for each in update.snapshot["recommendations"]} == statuses
    with pytest.raises(Invalid, match="Baseline is closed: a later stage has been submitted"):
        send(cast.ada, key="three", reason="Too late for this")
    assert submissions() == 2


def test_update_can_be_submitted_without_baseline(half, cast):
    assert send(cast.ada, Stage.UPDATE).snapshot["compared_with"] is None


def test_final_is_not_taken_yet(half, cast):
    with pytest.raises(Invalid, match="Final cannot be submitted yet"):
        send(cast.ada, Stage.FINAL)
    assert fresh(cast.ada).is_open


@pytest.mark.parametrize("who", ["ben", "con", "rex", "cleo", "dev", "nia", "sam"])
def test_only_the_trusts_own_administrator_submits(half, cast, who):
    with pytest.raises(Refused):
        submit(half, Stage.BASELINE, key="one", arrived=JULY, by=getattr(cast, who))
    assert submissions() == 0
    assert fresh(cast.ada).stage_reached == ""


def test_a_closed_assessment_takes_no_submission(half, cast):
    scope.everything(Assessment, reason="tests").update(stage_reached=Stage.FINAL)
    with pytest.raises(Invalid, match="Baseline is closed: Final has been submitted. Open it again to correct it"):
        send(cast.ada)


def test_nothing_scored_can_be_submitted_and_says_so(assessment, cast):
    made = send(cast.ada)
    assert made.snapshot["score"]["percent"] == 0
    assert {each["status"] for each in made.snapshot["recommendations"]} == {"not_met"}


@pytest.mark.parametrize("change", ["answer", "people", "submission"])
def test_what_was_looked_at_is_what_is_submitted(half, cast, change):
    seen = draft_digest(fresh(cast.ada))
    if change == "answer":
        record(half, {"13-202": 3}, by=cast.con)
    elif change == "people":
        name_senior_people(half, {"siro": ("Margaret Iredale", "")}, by=cast.con)
    else:
        send(cast.ada)
    before = submissions()
    with pytest.raises(StaleDraft):
        send(cast.ada, key="two", seen=seen, reason="Asked for by a test")
    assert submissions() == before
    assert send(cast.ada, key="two", seen=draft_digest(fresh(cast.ada)), reason="Looked at again")


def test_a_maintenance_criterion_applies_where_last_years_final_was_at_level_3(half, cast):
    last_years_final(half, cast.ada, {"13-202": 3, "13-206": 2})
    make_organisation("DMA001", year="2016-17")
    this = started(cast.ada, "2016-17")
    assert this.maintained == {"13-202"}
    for code in ("13-202", "13-206"):
        saved = save_answer(this, code, Said(ticked=up_to(this, code, 3)), version=0, by=cast.ada)
        assert saved.level == (2 if code == "13-202" else 3)
    made = submit(this, Stage.BASELINE, key="next year", arrived=JULY.replace(year=2016), by=cast.ada)
    assert made.snapshot["maintenance"] == ["13-202"]


def last_years_final(assessment, by, levels: dict[str, int]) -> None:
    """A Final of 2015-16 with these levels, as if it had been submitted."""
    versions = dict.fromkeys(("framework", "framework_digest", "crosswalk", "crosswalk_digest"), "as it was")
    answers = [{"requirement": code, "level": level} for code, level in levels.items()]
    facts = {"year": "2015-16", "stage": "final", "number": 1, "score": {"percent": 80}, "recommendations": []}
    document = canonical({"answers": answers, **facts, **versions})
    assessment.submissions.create(
        organisation=assessment.organisation,
        year="2015-16",
        stage=Stage.FINAL,
        number=1,
        kind="acute",
        name="Trust DMA001",
        submitted_at=JULY,
        submitted_by=by,
        late=False,
        key="final",
        document=document,
        digest=digest(document),
    )
