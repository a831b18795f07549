"""The board report as data: exactly the published form, from the snapshot alone."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from igtoolkit.records.models import Organisation, Submission
from igtoolkit.reports.board import board_bytes, board_csv, board_json, board_report, preview_bytes, preview_report
from igtoolkit.standard.words import Stage
from tests.conftest import make_organisation, make_person, record_all, started
from tests.reports.board_example import JULY, NOVEMBER, OCTOBER, RESULTS, due, fresh, handed_in, raised, submitted
from tests.worlds import world


@world
def baseline(cast, assessment) -> Submission:
    """The trust that was worked out by hand, as submitted on 29 July 2015."""
    return handed_in(assessment, cast.ada)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def results(report: dict) -> dict[int, tuple[str, int | None]]:
    return {each["number"]: (each["status"], each["share"]) for each in report["recommendations"]}


def test_the_report_says_of_each_recommendation_what_was_worked_out_by_hand(baseline):
    report = board_report(baseline)
    assert results(report) == RESULTS
    assert report["headline"] == {"met": 8, "partly_met": 3, "not_met": 5, "not_applicable": 0}
    assert report["score"] == {"percent": 64, "points": 87, "maximum": 135, "grade": "not_satisfactory"}


def test_the_json_is_the_published_form_key_by_key(baseline):
    report = json.loads(board_bytes(baseline, "json"))
    recommendations = report.pop("recommendations")
    assert json.dumps(report) == json.dumps(
        {
            "report": "board",
            "organisation": {"code": "DMA001", "name": "Trust DMA001", "kind": "acute"},
            "year": "2015-16",
            "stage": "baseline",
            "number": 1,
            "correction_reason": None,
            "framework": "igt-13",
            "crosswalk": "caldicott2-1",
            "submitted_at": "2015-07-29T13:02:11Z",
            "late": False,
            "digest": f"sha256:{baseline.digest}",
            "headline": {"met": 8, "partly_met": 3, "not_met": 5, "not_applicable": 0},
            "score": {"percent": 64, "points": 87, "maximum": 135, "grade": "not_satisfactory"},
        }
    )
    assert json.dumps(recommendations[0]) == json.dumps(
        {
            "number": 1,
            "summary": "People can see their records, and who has looked",
            "theme": "rights",
            "status": "partly_met",
            "share": 55,
            "previous_status": None,
            "target_date": None,
            "conditions": [
                {
                    "requirement": "13-206",
                    "criterion": "3b",
                    "needed": 1,
                    "attained": 0,
                    "state": "does_not_hold",
                    "basis": "documented",
                },
                {
                    "requirement": "13-203",
                    "criterion": None,
                    "needed": 3,
                    "attained": 2,
                    "state": "does_not_hold",
                    "basis": "our_reading",
                },
                {
                    "requirement": "13-205",
                    "criterion": None,
                    "needed": 2,
                    "attained": 2,
                    "state": "holds",
                    "basis": "our_reading",
                },
            ],
        }
    )


def test_a_target_date_stands_where_every_failing_requirement_has_one(baseline):
    dates = {each["number"]: each["target_date"] for each in board_report(baseline)["recommendations"]}
    assert dates[6] == dates[8] == dates[11] == "2016-01-31"
    assert dates[4] == dates[20] == "2015-12-31"
    assert dates[2] is None, "13-201 fails too, and has no target"
    assert dates[5] is None, "met: nothing is due"


def test_the_json_file_is_utf_8_readable_and_ends_its_last_line(cast):
    assert board_json({"name": "Żółć & Čapek"}) == '{\n  "name": "Żółć & Čapek"\n}\n'.encode()


def test_the_csv_has_a_row_for_each_condition_and_reads_back(baseline):
    content = board_bytes(baseline, "csv")
    rows = rows_of(content)
    assert len(rows) == 28
    assert content.count(b"\r\n") == 29
    assert not content.startswith(b"\xef\xbb\xbf")
    assert rows[0] == {
        "organisation_code": "DMA001",
        "organisation_name": "Trust DMA001",
        "kind": "acute",
        "year": "2015-16",
        "stage": "baseline",
        "number": "1",
        "framework": "igt-13",
        "crosswalk": "caldicott2-1",
        "digest": f"sha256:{baseline.digest}",
        "recommendation": "1",
        "summary": "People can see their records, and who has looked",
        "theme": "rights",
        "status": "partly_met",
        "share": "55",
        "previous_status": "",
        "target_date": "",
        "requirement": "13-206",
        "criterion": "3b",
        "needed": "1",
        "attained": "0",
        "state": "does_not_hold",
        "basis": "documented",
    }
    assert list(rows[0])[-1] == "basis"


def test_csv_and_json_say_the_same(baseline):
    said = [
        (str(one["number"]), one["status"], each["requirement"], each["criterion"] or "", each["state"])
        for one in json.loads(board_bytes(baseline, "json"))["recommendations"]
        for each in one["conditions"]
    ]
    columns = ("recommendation", "status", "requirement", "criterion", "state")
    assert [tuple(row[name] for name in columns) for row in rows_of(board_bytes(baseline, "csv"))] == said


def test_a_recommendation_that_does_not_apply_keeps_its_rows(baseline):
    report = board_report(baseline)
    outside = report["recommendations"][0]
    outside.update(status="not_applicable", share=None)
    for condition in outside["conditions"]:
        condition.update(attained=None, state="does_not_apply")
    rows = [row for row in rows_of(board_csv(report)) if row["recommendation"] == "1"]
    assert [(row["status"], row["share"], row["attained"], row["state"]) for row in rows] == [
        ("not_applicable", "", "", "does_not_apply")
    ] * 3


def test_a_name_that_looks_like_a_formula_is_only_text_in_the_csv(cast):
    boss = make_person("eve", make_organisation("DMA009", name="=cmd|' /C calc'!A0"), "administrator")
    made = submitted(started(boss), Stage.BASELINE, JULY, boss)
    assert {row["organisation_name"] for row in rows_of(board_bytes(made, "csv"))} == {"'=cmd|' /C calc'!A0"}
    assert json.loads(board_bytes(made, "json"))["organisation"]["name"] == "=cmd|' /C calc'!A0"


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_submission_gives_the_same_bytes_for_ever(cast, assessment, baseline, form):
    before = board_bytes(baseline, form)
    raised(assessment, "13-112", 3, cast.ada)
    Organisation.objects.filter(code="DMA001").update(name="Renamed since")
    again = cast.ada.organisation.submissions.get(pk=baseline.pk)
    assert board_bytes(again, form) == before


def test_an_unknown_form_is_refused_in_words(baseline):
    with pytest.raises(ValueError, match="choose pdf, csv or json"):
        board_bytes(baseline, "xlsx")


def test_a_requirement_not_scored_is_said_so_and_attains_nothing(cast, assessment):
    made = submitted(assessment, Stage.BASELINE, JULY, cast.ada)
    report = board_report(made)
    assert {each["status"] for each in report["recommendations"]} == {"not_met"}
    assert {(each["state"], each["attained"]) for one in report["recommendations"] for each in one["conditions"]} == {
        ("not_scored", None)
    }
    assert report["score"] == {"percent": 0, "points": 0, "maximum": 135, "grade": "not_satisfactory"}


def test_the_next_stage_is_measured_from_the_one_before(cast, assessment, baseline):
    raised(assessment, "13-112", 2, cast.ada)
    raised(assessment, "13-302", 1, cast.ada)
    update = board_report(submitted(assessment, Stage.UPDATE, OCTOBER, cast.ada))
    found = {each["number"]: (each["previous_status"], each["status"]) for each in update["recommendations"]}
    assert found[14] == ("not_met", "met")
    assert found[5] == ("met", "not_met")
    assert found[1] == ("partly_met", "partly_met")
    assert update["number"] == 1


def test_a_correction_changes_what_later_stages_are_measured_from(cast, assessment, baseline):
    raised(assessment, "13-112", 2, cast.ada)
    corrected = submitted(assessment, Stage.BASELINE, JULY, cast.ada, reason="Training was counted twice")
    report = board_report(corrected)
    assert (report["number"], report["correction_reason"]) == (2, "Training was counted twice")
    assert {each["previous_status"] for each in report["recommendations"]} == {None}
    update = board_report(submitted(assessment, Stage.UPDATE, OCTOBER, cast.ada))
    assert next(each for each in update["recommendations"] if each["number"] == 14)["previous_status"] == "met"


def test_late_is_said_of_a_late_submission_and_of_its_corrections(cast, assessment):
    august = datetime(2015, 8, 1, 0, 0, tzinfo=UTC)
    late = submitted(assessment, Stage.BASELINE, august, cast.ada)
    assert board_report(late)["late"] is True
    corrected = submitted(assessment, Stage.BASELINE, august, cast.ada, reason="A slip")
    assert board_report(corrected)["late"] is True


def test_a_preview_is_marked_and_has_nothing_of_a_submission(cast, assessment, baseline):
    raised(assessment, "13-112", 2, cast.ada)
    report = preview_report(fresh(assessment, cast.ada), NOVEMBER)
    assert [report[name] for name in ("stage", "number", "submitted_at", "late", "digest")] == [
        "preview", None, None, None, None,
    ]  # fmt: skip
    assert list(report) == list(board_report(baseline))
    assert results(report) == {**RESULTS, 14: ("met", 100)}
    rows = rows_of(preview_bytes(fresh(assessment, cast.ada), "csv", NOVEMBER))
    assert {(row["stage"], row["number"], row["digest"]) for row in rows} == {("preview", "", "")}


def test_a_preview_compares_with_what_the_stage_ahead_would_compare_with(cast, assessment, baseline):
    def before(at: datetime) -> set[str | None]:
        report = preview_report(fresh(assessment, cast.ada), at)
        return {each["previous_status"] for each in report["recommendations"]}

    assert before(JULY) == {None}, "until 31 July a submission would be a correction of Baseline"
    assert before(OCTOBER) == {"met", "partly_met", "not_met"}, "then the Update, measured from Baseline"


def test_a_perfect_trust_is_met_throughout_and_satisfactory(cast, assessment):
    record_all(assessment, 3, by=cast.ada)
    due(assessment, "13-101", JULY.date())
    report = board_report(submitted(assessment, Stage.BASELINE, JULY, cast.ada))
    assert report["headline"] == {"met": 16, "partly_met": 0, "not_met": 0, "not_applicable": 0}
    assert report["score"] == {"percent": 100, "points": 135, "maximum": 135, "grade": "satisfactory"}
    assert {each["target_date"] for each in report["recommendations"]} == {None}


def test_the_report_reads_the_snapshot_and_asks_the_database_nothing(baseline, django_assert_num_queries):
    made = Submission(document=baseline.document, digest=baseline.digest)
    with django_assert_num_queries(0):
        assert board_report(made) == board_report(baseline)
