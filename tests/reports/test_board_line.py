"""The line of marks before a status: every stage submitted before, in order, and where it breaks."""

import pytest

from igtoolkit.reports.board_line import change, line
from igtoolkit.reports.board_page import board_page, preview_page
from igtoolkit.reports.board_story import story
from igtoolkit.standard.words import Stage
from tests.reports.board_example import NOVEMBER, OCTOBER, fresh, handed_in, raised, submitted

STANDARD = {"framework": "igt-13", "framework_digest": "a", "crosswalk": "caldicott2-1", "crosswalk_digest": "b"}


def said(year: str, stage: str, status: str, **versions: str) -> dict:
    return {"year": year, "stage": stage, "statuses": {"1": status}, **STANDARD, **versions}


def document(*earlier: dict, stage: str = "final", status: str = "met", **versions: str) -> dict:
    """A snapshot with one recommendation and as much else as its line needs."""
    return {
        "year": "2015-16",
        "stage": stage,
        "compared_with": None,
        "earlier": list(earlier),
        "recommendations": [{"number": 1, "status": status, "target_date": None, "conditions": []}],
        "answers": [],
        "score": {"requirements": 45, "recorded": 45},
        "steps": [],
        "submitted_at": "2016-03-24T15:36:00Z",
        **STANDARD,
        **versions,
    }


WHOLE_YEAR = (
    said("2014-15", "final", "not_met"),
    said("2015-16", "baseline", "not_met"),
    said("2015-16", "update", "partly_met"),
)


def test_the_line_runs_from_last_years_final_up_to_this_stage():
    found = document(*WHOLE_YEAR)
    past = line(found)
    assert [(each.words, each.short) for each in past.columns] == [
        ("2014-15 Final", "2014-15 Final"), ("Baseline", "B"), ("Performance Update", "U"),
    ]  # fmt: skip
    assert [each["mark"] for each in past.marks(1)] == ["■", "■", "◐"]
    assert past.words(found["recommendations"][0]) == (
        "2014-15 Final: not met. Baseline: not met. Performance Update: partly met. Now: met, up from partly met."
    )
    assert (past.broken, past.breaks, past.change(found["recommendations"][0])) == ("", [], "up")


def test_a_stage_that_was_missed_keeps_its_place_and_is_said_to_be_missing():
    found = document(WHOLE_YEAR[0], WHOLE_YEAR[2])
    past = line(found)
    assert [each["mark"] for each in past.marks(1)] == ["■", "·", "◐"]
    assert "Baseline: not submitted." in past.words(found["recommendations"][0])


def test_without_anything_earlier_there_is_no_line():
    found = document()
    past = line(found)
    assert (past.columns, past.last, past.words(found["recommendations"][0])) == ((), None, "")
    assert past.change(found["recommendations"][0]) == "none"


def test_a_year_without_a_crosswalk_has_no_column():
    found = document(said("2014-15", "final", "") | {"statuses": {}}, *WHOLE_YEAR[1:])
    assert [each.short for each in line(found).columns] == ["B", "U"]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"framework": "igt-12"}, "framework changed"),
        ({"framework_digest": "x"}, "framework changed"),
        ({"crosswalk": "caldicott2-0"}, "crosswalk changed"),
        ({"crosswalk_digest": "x"}, "crosswalk changed"),
        ({"framework": "igt-12", "crosswalk": "caldicott2-0"}, "framework and crosswalk changed"),
    ],
)
def test_another_framework_or_crosswalk_breaks_the_line_there_and_nowhere_else(other, why):
    found = document(WHOLE_YEAR[0] | other, *WHOLE_YEAR[1:])
    past = line(found)
    assert [each.broken for each in past.columns] == ["", why, ""]
    assert past.breaks == [f"{why} before Baseline: not comparable"]
    assert f"not met. {why.capitalize()}: not comparable. Baseline: " in past.words(found["recommendations"][0])
    assert past.change(found["recommendations"][0]) == "up", "this stage and the one before it were judged alike"


def test_across_a_break_nothing_is_up_or_down():
    found = document(*WHOLE_YEAR, crosswalk_digest="x")
    past = line(found)
    assert past.breaks == ["crosswalk changed before Final: not comparable"]
    assert past.change(found["recommendations"][0]) == "none"
    assert past.words(found["recommendations"][0]).endswith("Crosswalk changed: not comparable. Now: met.")
    assert story(found) == "The crosswalk changed since Performance Update: not comparable."


def test_a_break_over_a_stage_that_was_missed_is_told_where_the_next_one_stands():
    found = document(WHOLE_YEAR[0] | {"framework": "igt-12"}, WHOLE_YEAR[2])
    assert [each.broken for each in line(found).columns] == ["", "", "framework changed"]


def test_a_baseline_is_measured_from_last_years_final():
    found = document(WHOLE_YEAR[0], stage="baseline")
    assert story(found) == "Up from 0 at 2014-15 Final (1 now met)."
    assert line(found).change(found["recommendations"][0]) == "up"


@pytest.mark.parametrize(
    ("last_year", "told"),
    [
        ("not_met", "Up from 0 at Performance Update (1 now met) and from 0 a year ago."),
        ("met", "Up from 0 at Performance Update (1 now met), as many as a year ago."),
    ],
)
def test_a_final_is_measured_from_the_stage_before_and_from_a_year_ago(last_year, told):
    found = document(said("2014-15", "final", last_year), *WHOLE_YEAR[1:])
    assert story(found) == told


def test_where_fewer_are_met_than_a_year_ago_and_as_many_as_since_both_are_said():
    now = {"status": "not_met"}
    found = document(said("2014-15", "final", "met"), said("2015-16", "update", "not_met"), **now)
    assert story(found).startswith("As many as at Performance Update, down from 1 a year ago. ")
    found = document(said("2014-15", "final", "not_met"), said("2015-16", "update", "not_met"), **now)
    assert story(found).startswith("As many as at Performance Update and a year ago. ")


def test_last_year_is_left_out_where_anything_broke_the_line_since():
    found = document(WHOLE_YEAR[0] | {"crosswalk_digest": "x"}, *WHOLE_YEAR[1:])
    assert line(found).last_year is None
    assert story(found) == "Up from 0 at Performance Update (1 now met)."


def test_a_recommendation_that_an_earlier_stage_did_not_report_has_an_empty_mark():
    found = document(WHOLE_YEAR[1] | {"statuses": {"2": "met"}}, stage="update")
    past = line(found)
    assert past.marks(1) == [{"status": "", "mark": "", "words": "Not reported"}]
    assert past.change(found["recommendations"][0]) == "none"


def test_a_snapshot_from_before_the_line_was_kept_still_knows_the_stage_it_is_compared_with():
    compared = {"stage": "update", "framework": "igt-13", "crosswalk": "caldicott2-1", "digest": "d"}
    found = document() | {"compared_with": compared}
    del found["earlier"]
    found["recommendations"][0]["previous_status"] = "not_met"
    past = line(found)
    assert [(each.short, each.mark(1)["mark"]) for each in past.columns] == [("B", "·"), ("U", "■")]
    assert past.change(found["recommendations"][0]) == "up"


def test_a_status_that_comes_back_to_what_it_was_two_stages_ago_is_not_called_a_change_since_then():
    assert change("met", "met") == "same"
    found = document(said("2015-16", "baseline", "met"), said("2015-16", "update", "not_met"))
    assert line(found).change(found["recommendations"][0]) == "up"


@pytest.mark.django_db
def test_the_line_of_a_real_year(cast, assessment):
    handed_in(assessment, cast.ada)
    raised(assessment, "13-112", 2, cast.ada)
    raised(assessment, "13-302", 1, cast.ada)
    update = board_page(submitted(assessment, Stage.UPDATE, OCTOBER, cast.ada))
    rows = {each["number"]: each for each in update["rows"]}
    assert [each["short"] for each in update["stages"]] == ["B"]
    assert [(n, rows[n]["line"][0]["mark"], rows[n]["change"]) for n in (14, 5, 1)] == [
        (14, "■", "up"), (5, "●", "down"), (1, "◐", "same"),
    ]  # fmt: skip
    assert rows[5]["line_words"] == "Baseline: met. Now: not met, down from met."
    assert update["line_key"] == "B Baseline, ▲ up, ▼ down since Baseline."
    preview = preview_page(fresh(assessment, cast.ada), NOVEMBER)
    assert [each["words"] for each in preview["stages"]] == ["Baseline", "Performance Update"]
