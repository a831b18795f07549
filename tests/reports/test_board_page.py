"""The words of the board report, for page and paper."""

from datetime import UTC, date, datetime

import pytest

from igtoolkit.actions.assessments import name_senior_people
from igtoolkit.records.models import Submission
from igtoolkit.reports.board_below import below_level_2
from igtoolkit.reports.board_line import change
from igtoolkit.reports.board_page import board_page, on_paper, preview_page
from igtoolkit.reports.board_rows import theme_bars
from igtoolkit.reports.board_story import headline, story
from igtoolkit.reports.board_why import arithmetic, because
from igtoolkit.reports.drafts import draft
from igtoolkit.standard.words import Stage
from tests.conftest import record_all
from tests.reports.board_example import JULY, NOVEMBER, OCTOBER, due, fresh, handed_in, raised, submitted
from tests.reports.board_page_example import ordinary
from tests.worlds import world

FEBRUARY = datetime(2016, 2, 1, 9, 0, tzinfo=UTC)


@world
def baseline(cast, assessment) -> Submission:
    """The trust that was worked out by hand, as submitted on 29 July 2015."""
    return handed_in(assessment, cast.ada)


def row(page: dict, number: int) -> dict:
    return next(each for each in page["rows"] if each["number"] == number)


def standing(**statuses: int) -> list[dict]:
    """So many recommendations of each status: standing(met=2, not_met=1)."""
    return [
        {
            "number": n,
            "status": status,
            "previous_status": None,
            "target_date": None,
            "theme": "rights",
            "conditions": [],
        }
        for n, status in enumerate((each for each, many in statuses.items() for _ in range(many)), start=1)
    ]


def told(recommendations: list[dict], **rest: object) -> dict:
    """A document in the form of a snapshot, with as much of it as the story needs."""
    return {
        "year": "2015-16",
        "stage": "update",
        "recommendations": recommendations,
        "compared_with": None,
        "answers": [],
        "steps": [],
        "score": {"requirements": 45, "recorded": 45},
        "submitted_at": "2015-10-29T14:02:11Z",
        **rest,
    }


def test_the_paper_gets_every_word_it_was_promised(baseline):
    page, promised = on_paper(board_page(baseline)), ordinary()
    assert page.keys() == promised.keys()
    for part in ("rows", "themes", "steps", "people", "score", "organisation"):
        one, other = (each[part][0] if isinstance(each[part], list) else each[part] for each in (page, promised))
        assert one.keys() == other.keys(), part


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        ({"met": 9, "partly_met": 4, "not_met": 3}, "9 of 16 recommendations are met, 4 partly, 3 not."),
        ({"met": 1, "not_met": 15}, "1 of 16 recommendations is met, 15 not."),
        ({"met": 16}, "All 16 recommendations are met."),
        ({"met": 15, "not_applicable": 1}, "All 15 recommendations that apply are met; 1 does not apply."),
        (
            {"met": 8, "partly_met": 6, "not_applicable": 2},
            "8 of 14 recommendations are met, 6 partly; 2 do not apply.",
        ),
        ({"not_met": 16}, "None of 16 recommendations is met."),
        ({"partly_met": 4, "not_met": 12}, "None of 16 recommendations is met: 4 partly, 12 not."),
        ({"not_applicable": 16}, "None of the 16 recommendations applies."),
    ],
)
def test_the_headline_counts_what_applies(statuses, words):
    assert headline(standing(**statuses)) == words


def test_the_story_of_the_trust_worked_out_by_hand(baseline):
    assert board_page(baseline)["story"] == (
        "Recommendations 6, 8 and 11 wait on one requirement, 13-202. "
        "The next target date is 31 December 2015 (for recommendations 4 and 20); "
        "3 of the 8 that fall short are not fully dated."
    )


def test_the_story_tells_what_rose_and_what_fell_back(cast, assessment, baseline):
    raised(assessment, "13-207", 2, cast.ada)
    raised(assessment, "13-302", 1, cast.ada)
    page = board_page(submitted(assessment, Stage.UPDATE, OCTOBER, cast.ada))
    assert page["story"].startswith("Up from 8 at Baseline (4 and 20 now met; 5 and 6 fell back). ")
    assert page["headline"].startswith("9 of 16 ")
    assert page["previous_stage"] == "Baseline"


def test_a_story_with_no_way_forward_by_one_requirement_says_so():
    step = {"requirement": "13-203", "becoming_met": [], "moving": [1, 19]}
    assert story(told(standing(partly_met=2), steps=[step])) == (
        "None is one requirement away from being met; 13-203 would move most (recommendations 1 and 19). "
        "No target date is set."
    )


def test_a_story_says_when_a_target_has_passed_and_when_nothing_is_scored():
    late = standing(not_met=1)
    late[0]["target_date"] = "2015-08-31"
    assert story(told(late)) == "The earliest target date passed on 31 August 2015 (for recommendation 1)."
    unscored = told(standing(not_met=2), score={"requirements": 45, "recorded": 0})
    assert story(unscored) == "No requirement has been scored yet. No target date is set."


def holding_back(requirement: str, needed: int = 2, **target: object) -> tuple[dict, dict]:
    """A condition that does not hold, and the answer behind it: target_level and target_date."""
    condition = {"requirement": requirement, "criterion": None, "needed": needed, "state": "does_not_hold"}
    return condition, {"requirement": requirement, "target_level": None, "target_date": None, **target}


def test_a_story_names_a_requirement_that_is_due_before_any_recommendation_is():
    first, second = holding_back("13-203", target_level=2, target_date="2016-06-30"), holding_back("13-206")
    one, other = standing(partly_met=1, not_met=1)
    one["conditions"], other["target_date"] = [first[0], second[0]], "2016-09-30"
    found = told([one, other], answers=[first[1], second[1]])
    due = "The next target date is 30 June 2016 (13-203); "
    assert story(found) == f"{due}1 of the 2 that fall short is not fully dated."
    assert story({**found, "recommendations": [one]}) == f"{due}the one that falls short is not fully dated."
    first[1]["target_level"] = 1  # which would change nothing here
    assert story(found) == (
        "The next target date is 30 September 2016 (for recommendation 2); "
        "1 of the 2 that fall short has no target date."
    )


def test_more_than_four_that_rose_or_fell_are_counted():
    rose = [each | {"previous_status": "not_met"} for each in standing(met=5)]
    fell = [each | {"previous_status": "met", "number": 5 + each["number"]} for each in standing(not_met=4)]
    now = told([*rose, *fell], compared_with={"stage": "baseline"})
    assert story(now).startswith("Up from 4 at Baseline (5 recommendations now met; 6, 7, 8 and 9 fell back). ")


def test_a_story_without_change_or_shortfall_is_short():
    same = standing(met=2)
    for each in same:
        each["previous_status"] = "met"
    assert story(told(same, compared_with={"stage": "baseline"})) == "As many as at Baseline."
    assert story(told(standing(met=2))) == ""


def test_the_rows_say_what_they_rest_on(baseline):
    page = board_page(baseline)
    assert row(page, 1)["rests_on"] == "13-206 3b no · 13-203 2/3 · 13-205 2/2"
    assert row(page, 8)["rests_on"] == "13-202 3a no, 3b no", "one requirement is named once"
    assert row(page, 15)["rests_on"] == "13-101 2/1 · 13-200 2/2"
    assert row(page, 1)["status_words"] == "Partly met"
    assert [row(page, number)["due"] for number in (1, 5, 6, 20)] == ["", "", "31 Jan 2016", "31 Dec 2015"]
    assert [row(page, number)["undated"] for number in (1, 5, 6, 20)] == [True, False, False, False]
    assert [row(page, number)["part_dated"] for number in (1, 2, 5, 20)] == [False, True, False, False]
    assert page["key"] == "2/3: has level 2, needs 3. 3b: one criterion."


def test_not_scored_and_not_relevant_are_said_in_words(cast, assessment):
    page = board_page(submitted(assessment, Stage.BASELINE, JULY, cast.ada))
    assert row(page, 1)["rests_on"] == "13-206 3b not scored · 13-203 not scored · 13-205 not scored"
    document = {"number": 1, "summary": "", "theme": "rights", "status": "not_applicable", "share": None}
    outside = {"criterion": None, "needed": 2, "attained": None, "state": "does_not_apply"}
    recommendation = {**document, "conditions": [outside]}
    assert because(recommendation) == "None of its conditions applies, so it is not applicable."
    assert arithmetic(recommendation) == ""


def test_each_status_says_why_in_full_words(baseline):
    found = row(board_page(baseline), 1)
    assert found["because"] == "1 of 3 conditions holds, so it is partly met."
    assert found["arithmetic"] == "(0 + 2/3 + 1) / 3 = 55 percent"
    audit, told_of, access = found["why"]
    assert audit["requirement"] == "13-206"
    assert (
        audit["title"] == "Access to confidential information is monitored and audited, and people can see who looked"
    )
    assert (audit["needed"], audit["attained"]) == ("criterion 3b, with all of levels 1 and 2", "3b is not ticked")
    assert (audit["state_words"], audit["basis_words"]) == ("Does not hold", "Documented")
    assert [each["code"] for each in audit["missing"]] == ["3b"]
    assert audit["missing"][0]["text"].startswith("All systems that hold confidential personal information")
    assert (told_of["needed"], told_of["attained"]) == ("level 3", "it stands at level 2")
    assert [each["code"] for each in told_of["missing"]] == ["3a", "3b"]
    assert (access["state_words"], access["basis_words"], access["missing"]) == ("Holds", "Our reading", [])


def test_every_row_says_why_and_gives_its_sources(baseline):
    for each in board_page(baseline)["rows"]:
        assert each["because"].endswith(f"so it is {each['status_words'].lower()}.")
        assert each["arithmetic"].endswith(" percent")
        assert all(one["title"] and one["source"] and one["state_words"] for one in each["why"])


def test_a_criterion_ticked_above_a_gap_is_told_from_one_not_ticked(cast, assessment, baseline):
    now = raised(assessment, "13-202", 1, cast.ada, "3a")
    found = row(preview_page(now, NOVEMBER), 11)
    assert found["why"][0]["attained"] == "3a is ticked, but not all below it"
    assert found["rests_on"] == "13-202 3a no"


@pytest.mark.parametrize(
    ("now", "before", "direction"),
    [
        ("met", "not_met", "up"),
        ("partly_met", "met", "down"),
        ("met", "met", "same"),
        ("met", "", "none"),
        ("not_applicable", "met", "none"),
        ("not_met", "not_applicable", "none"),
    ],
)
def test_a_change_is_up_or_down_only_between_results_that_apply(now, before, direction):
    assert change(now, before) == direction


def test_changes_are_said_in_words(cast, assessment, baseline):
    raised(assessment, "13-112", 2, cast.ada)
    raised(assessment, "13-302", 1, cast.ada)
    page = board_page(submitted(assessment, Stage.UPDATE, OCTOBER, cast.ada))
    words = {number: row(page, number)["change_words"] for number in (14, 5, 1)}
    assert words == {14: "Up from Not met", 5: "Down from Met", 1: "No change"}


def test_the_themes_count_their_recommendations_and_leave_out_what_does_not_apply(baseline):
    themes = {each["name"]: each for each in board_page(baseline)["themes"]}
    assert {name: each["words"] for name, each in themes.items()} == {
        "Leadership": "3 of 5 met",
        "Sharing for care": "1 of 4 met",
        "Transparency": "3 of 3 met",
        "People's rights": "1 of 4 met",
    }
    assert [themes["People's rights"][each] for each in ("met", "partly_met", "not_met")] == [1, 1, 2]
    bars = theme_bars(standing(met=1, not_applicable=2))
    assert [each["words"] for each in bars if each["name"] == "People's rights"] == ["1 of 1 met"]


def test_the_steps_name_what_to_tick_and_what_it_brings(cast, baseline):
    steps = board_page(baseline)["steps"]
    assert [(each["doing"], each["result"]) for each in steps] == [
        ("Bring 13-202 to level 3: tick 5 criteria", "Recommendations 6, 8 and 11 become met."),
        ("Bring 13-207 to level 2: tick 2a, 2b and 2c", "Recommendations 4 and 20 become met; 2 moves closer."),
        ("Bring 13-112 to level 2: tick 2a, 2b and 2c", "Recommendation 14 becomes met."),
    ]
    assert steps[1]["about"] == "Routine sharing with other organisations follows agreed protocols"
    assert [each["title"] for each in steps] == [f"{each['doing']} ({each['about']})" for each in steps]
    assert [each["code"] for each in steps[0]["missing"]] == ["2a", "2b", "2c", "3a", "3b"]


def test_a_step_that_leaves_its_level_incomplete_promises_no_level(cast, assessment):
    record_all(assessment, 2, by=cast.ada)
    raised(assessment, "13-203", 3, cast.ada)
    raised(assessment, "13-201", 3, cast.ada)
    raised(assessment, "13-202", 3, cast.ada)
    steps = preview_page(fresh(assessment, cast.ada), NOVEMBER)["steps"]
    assert [each["doing"] for each in steps] == ["Tick 3b in 13-206"]


def test_score_and_grade_stand_together_and_say_what_is_short(cast, baseline):
    assert board_page(baseline)["score"] == {
        "percent": "64%",
        "grade": "Not satisfactory",
        "grade_mark": "not_met",
        "note": "3 of 45 requirements below level 2",
    }


def test_one_or_two_below_level_2_are_named_where_the_reader_may_know_of_them(cast, assessment):
    record_all(assessment, 2, by=cast.ada, r202=1, r112=1)
    note = "requirements below level 2"
    found = preview_page(fresh(assessment, cast.ada), NOVEMBER)["score"]["note"]
    assert found == f"2 of 45 {note}: 13-112 and 13-202"
    raised(assessment, "13-202", 2, cast.ada)
    raised(assessment, "13-110", 1, cast.ada)  # which no recommendation rests on
    now = fresh(assessment, cast.ada)
    assert preview_page(now, NOVEMBER)["score"]["note"] == f"2 of 45 {note}"
    final = draft(now, NOVEMBER) | {"stage": "final"}
    assert below_level_2(final) == ["13-110", "13-112"], "at Final all levels are published"


def test_the_score_of_an_unfinished_and_of_a_perfect_record(cast, assessment):
    nothing = preview_page(fresh(assessment, cast.ada), NOVEMBER)
    assert nothing["score"]["note"] == "None of 45 requirements scored yet"
    record_all(assessment, 3, by=cast.ada)
    perfect = preview_page(fresh(assessment, cast.ada), NOVEMBER)
    assert perfect["score"] == {
        "percent": "100%",
        "grade": "Satisfactory",
        "grade_mark": "met",
        "note": "All 45 requirements at level 2 or above",
    }
    assert (perfect["steps"], perfect["steps_absent"]) == ([], "Every recommendation is met.")


def test_those_who_answer_are_named_and_a_vacant_post_says_so(cast, assessment):
    named = {"siro": ("A. Adeyemi", "Finance Director"), "ig_lead": ("M. Okafor", "")}
    name_senior_people(assessment, named, by=cast.ada)
    page = board_page(submitted(assessment, Stage.BASELINE, JULY, cast.ada))
    assert [(each["post"], each["name"]) for each in page["people"]] == [
        ("SIRO", "A. Adeyemi, Finance Director"),
        ("Caldicott Guardian", "not named"),
        ("IG lead", "M. Okafor"),
        ("Chief executive", "not named"),
        ("Submitted by", "Ada, 29 July 2015"),
    ]


def test_a_report_says_when_it_was_submitted_in_london(baseline):
    page = board_page(baseline)
    assert page["submitted"] == "Submitted 29 July 2015 at 14:02"
    assert (page["stage"], page["work_in_progress"], page["preview"], page["notes"]) == ("Baseline", True, False, [])
    assert page["organisation"] == {"code": "DMA001", "name": "Trust DMA001", "kind": "Acute trust"}


def test_lateness_and_a_correction_are_noted(cast, assessment):
    august = datetime(2015, 8, 12, 13, 0, tzinfo=UTC)
    late = submitted(assessment, Stage.BASELINE, august, cast.ada)
    assert board_page(late)["notes"] == ["Submitted late: the deadline was 31 July 2015"]
    again = submitted(assessment, Stage.BASELINE, august, cast.ada, reason="Counted twice")
    assert board_page(again)["notes"] == [
        "First submitted late: the deadline was 31 July 2015",
        "Correction 2: Counted twice",
    ]


def test_one_recommendation_that_fell_back_is_named_as_one(cast, assessment, baseline):
    raised(assessment, "13-210", 1, cast.ada)
    page = board_page(submitted(assessment, Stage.UPDATE, OCTOBER, cast.ada))
    assert page["story"].startswith("Down from 8 at Baseline (17 fell back). ")


def test_an_earlier_stage_that_was_not_submitted_is_noted(cast, assessment):
    draft = fresh(assessment, cast.ada)
    assert preview_page(draft, JULY)["notes"] == []
    assert preview_page(draft, FEBRUARY)["notes"] == [
        "Baseline and Performance Update were not submitted: nothing to compare with"
    ]
    page = board_page(submitted(assessment, Stage.UPDATE, OCTOBER, cast.ada))
    assert page["notes"] == ["Baseline was not submitted: nothing to compare with"]
    assert page["previous_stage"] is None


def test_with_any_earlier_stage_there_is_something_to_compare_with(cast, assessment, baseline):
    draft = fresh(assessment, cast.ada)
    assert [preview_page(draft, at)["notes"] for at in (OCTOBER, FEBRUARY)] == [[], []]


def test_a_copy_can_be_checked_at_an_address_without_its_scheme(baseline, settings):
    settings.SITE_ADDRESS = "https://igtoolkit.example"
    page = board_page(baseline)
    assert page["digest"] == f"sha256:{baseline.digest}"
    assert page["check_address"] == f"igtoolkit.example/check/{baseline.digest}/"
    assert page["basis"] == (
        "Framework igt-13, crosswalk caldicott2-1 (28 conditions: 1 documented, 27 our reading). "
        "Self-assessment; not independently verified."
    )


def test_a_preview_says_so_and_can_be_checked_nowhere(cast, assessment, baseline):
    due(assessment, "13-202", date(2016, 1, 31))
    page = preview_page(fresh(assessment, cast.ada), OCTOBER)
    assert page["preview"] is True
    assert page["work_in_progress"] is True
    assert (page["stage"], page["submitted"]) == ("Performance Update", "As recorded on 29 October 2015 at 14:02")
    assert (page["digest"], page["check_address"]) == ("", "")
    assert "Submitted by" not in [each["post"] for each in page["people"]]
    assert page["previous_stage"] == "Baseline"
