"""The words of the board pack, for the trust that was worked out by hand in board_example.py.

What holds it back: 13-207 at level 1 (2 needed: recommendations 2, 4 and 20; due 31 December), 13-202 at level 1 (3a
and 3b needed, which is level 3: 6, 8 and 11; due 31 January), 13-112 at level 1 (14), and for level 3: 13-201 (2),
13-203 and 13-206-3b (1). So 6 requirements hold back 8 recommendations, and four have no date.
"""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from igtoolkit.records.frameworks import framework
from igtoolkit.reports.pack.asking import asking, weakest
from igtoolkit.reports.pack.owed import owed
from igtoolkit.reports.pack.pack import pack
from igtoolkit.reports.pack.reasons import reasons
from igtoolkit.reports.pack.speaking import speaking_notes
from igtoolkit.standard.words import Stage
from tests.reports.board_example import JULY, OCTOBER, due, fresh, handed_in, raised, submitted
from tests.reports.pack_example import ordinary_pack
from tests.worlds import world

Document = dict[str, Any]


@world
def baseline(cast, assessment):
    """As submitted on 29 July 2015, with an owner for 13-207."""
    handed_in(assessment, cast.ada)
    assessment.answers.filter(requirement="13-207").update(owner="Deputy Chief Nurse")
    return submitted(assessment, Stage.BASELINE, JULY, cast.ada, reason="the owner was left out")


@pytest.fixture(scope="module")
def kept() -> dict[str, Document]:
    return {}


@pytest.fixture
def document(kept, request) -> Document:
    """The snapshot of `baseline`, made once for all tests that need no more."""
    if not kept:
        kept["it"] = request.getfixturevalue("baseline").snapshot
    return deepcopy(kept["it"])


def says(notes: list[Document], heading: str) -> list[str]:
    return next(each["says"] for each in notes if each["heading"] == heading)


def all_met(**other: Document) -> Document:
    """A document whose recommendations are all met, but for those given: r8={...}."""
    whole = framework("igt-13")
    found = [
        {
            "number": each.number, "summary": each.summary, "theme": each.theme.value, "status": "met", "share": 100,
            "conditions": [{"requirement": one.requirement, "criterion": one.criterion, "state": "holds"}
                           for one in each.conditions],
            **other.get(f"r{each.number}", {}),
        }
        for each in whole.recommendations
        if each.theme
    ]  # fmt: skip
    return {"framework": "igt-13", "crosswalk": "caldicott2-1", "recommendations": found, "answers": []}


def test_the_papers_get_every_word_they_were_promised(baseline):
    made, promised = pack(baseline), ordinary_pack()
    assert made.keys() == promised.keys()
    for part in ("speaking_notes", "owed", "questions", "reasons"):
        assert made[part][0].keys() == promised[part][0].keys(), part
    assert made["about_questions"].startswith("About what is weakest")
    assert made["reasons"][0]["conditions"][0].keys() == promised["reasons"][0]["conditions"][0].keys()


# Speaking notes.


def test_the_notes_of_the_trust_worked_out_by_hand(document):
    notes = speaking_notes(document)
    assert says(notes, "How we stand") == [
        "8 of 16 recommendations are met, 3 partly, 5 not.",
        "None of 16 rests on evidence dated within 2015-16.",
        "Our score is 64%, and the grade is Not satisfactory: 3 of 45 requirements are below level 2.",
        "This is our Baseline: work in progress, and not for publication.",
        "This is correction 2 of what we first submitted.",
    ]
    assert says(notes, "What has changed") == [
        "Nothing was submitted before this, so there is nothing to compare with."
    ]
    first, then = says(notes, "What would move us most")
    assert first.startswith("First: Bring 13-202 to level 3: tick ")
    assert first.endswith("Recommendations 6, 8 and 11 become met.")
    assert then.startswith("Then: Bring 13-207 to level 2: tick ")
    title = framework("igt-13").for_kind("acute").requirement("13-207").title
    assert says(notes, "What is owed") == [
        "6 requirements hold back 8 recommendations.",
        f"First, 13-207 ({title}) is due at level 2 on 31 December 2015: Deputy Chief Nurse is named to see to it.",
        "4 lack a date for what is asked, and 5 lack an owner.",
    ]


def test_the_notes_say_how_many_rest_on_evidence_of_the_year(document):
    for each in document["answers"]:
        each["evidence"] = [{"criterion": one, "dated": "2015-06-01"} for one in each["ticked"]]
    assert says(speaking_notes(document), "How we stand")[1] == "8 of 16 rest on evidence dated within 2015-16."


def test_the_notes_are_a_minute_long(document):
    spoken = " ".join(each for note in speaking_notes(document) for each in note["says"])
    assert 80 <= len(spoken.split()) <= 200


def test_what_rose_and_what_fell_back_is_said_by_name_and_a_date_that_passed_as_past(cast, assessment, baseline):
    raised(assessment, "13-207", 2, cast.ada)
    raised(assessment, "13-302", 1, cast.ada)
    due(fresh(assessment, cast.ada), "13-202", date(2015, 10, 1))
    notes = speaking_notes(submitted(assessment, Stage.UPDATE, OCTOBER, cast.ada).snapshot)
    (changed,) = says(notes, "What has changed")
    assert changed == (
        "Since Baseline: 9 met, against 8 then; recommendations 2, 4 and 20 have risen, and recommendations "
        "5 (After a breach: explain, put right, apologise) and 6 (No legal basis means a breach, and the board hears) "
        "have fallen back."
    )
    assert "was due at level 3 on 1 October 2015: nobody is named to see to it." in says(notes, "What is owed")[1]


def test_another_framework_or_crosswalk_is_not_compared_with(document):
    final = {name: document[name] for name in ("framework", "framework_digest", "crosswalk", "crosswalk_digest")}
    final |= {"year": "2014-15", "stage": "final", "number": 1, "percent": 60, "statuses": {"1": "met"}}
    now = speaking_notes(document | {"earlier": [final]})
    assert says(now, "What has changed")[0].startswith(
        "Since last year’s Final: 8 met, against 1 then; recommendation 1 ("
    )
    now = speaking_notes(document | {"earlier": [final | {"crosswalk_digest": "0" * 64}]})
    assert says(now, "What has changed") == [
        "Since last year’s Final the framework or the crosswalk has changed, so we do not compare the two."
    ]


# What is owed.


def test_what_is_owed_stands_soonest_first_and_says_what_it_holds_back(document):
    told = {each["requirement"]: each for each in owed(document)}
    assert list(told) == ["13-207", "13-202", "13-112", "13-201", "13-203", "13-206"]
    assert [each["numbers"] for each in told.values()] == [[2, 4, 20], [6, 8, 11], [14], [2], [1], [1]]
    assert [each["level"] for each in told.values()] == [2, 3, 2, 3, 3, 3]
    assert [each["owner"] for each in told.values()] == ["Deputy Chief Nurse", *[""] * 5]
    assert told["13-202"]["due_words"] == "31 Jan 2016"


def test_a_date_that_reaches_what_one_recommendation_asks_and_not_what_another_does_is_said_of_the_one(document):
    """6 asks for criterion 2c, which is level 2; 8 and 11 ask for level 3."""
    answer = next(each for each in document["answers"] if each["requirement"] == "13-202")
    answer["target_level"] = 2
    told = [each for each in owed(document) if each["requirement"] == "13-202"]
    assert [(each["level"], each["numbers"], each["due"]) for each in told] == [
        (2, [6], "2016-01-31"),
        (3, [8, 11], None),
    ]
    assert says(speaking_notes(document), "What is owed")[-1] == "5 lack a date for what is asked, and 5 lack an owner."


def test_a_date_that_stops_short_of_all_that_is_asked_is_none_and_says_so(document):
    answer = next(each for each in document["answers"] if each["requirement"] == "13-202")
    answer["target_level"] = 1
    (found,) = [each for each in owed(document) if each["requirement"] == "13-202"]
    assert (found["due"], found["numbers"], found["short_of"]) == (None, [6, 8, 11], "level 1 by 31 Jan 2016")


# Questions.


def test_the_weakest_five_are_asked_about_by_status_then_share_then_number(document):
    asked = asking(document)
    assert [each["number"] for each in asked] == [8, 11, 14, 20, 2]
    assert [each["status_words"] for each in asked] == ["Not met"] * 5
    assert [each["number"] for each in weakest(document["recommendations"])] == [8, 11, 14, 20, 2, 6, 1, 4]
    assert asked[2]["why"] == "13-112 is at level 1 and needs 2."
    assert asked[4]["why"] == "13-201 is at level 2 and needs 3; 13-207 is at level 1 and needs 2."
    assert asked[1]["why"].startswith("13-202 lacks criteria ")
    assert asked[0]["ask"] == list(framework("igt-13").questions[8].weak.ask)


def test_where_all_is_met_there_is_a_question_from_each_theme():
    asked = asking(all_met())
    assert [each["number"] for each in asked] == [1, 2, 5, 6]
    assert asked[0]["ask"] == list(framework("igt-13").questions[1].met.ask)
    assert asked[0]["why"] == "It rests on 13-206, 13-203 and 13-205."


def test_one_weakness_is_followed_by_two_questions_on_other_themes():
    lacking = {"requirement": "13-202", "criterion": "3a", "state": "does_not_hold", "attained": 0, "missing": ["3a"]}
    asked = asking(all_met(r11={"status": "not_met", "share": 0, "conditions": [lacking]}))
    assert [each["number"] for each in asked] == [11, 2, 5]
    assert asked[0]["why"] == "13-202 lacks criterion 3a."


def test_what_is_not_scored_or_was_imported_says_so():
    unscored = {"requirement": "13-112", "criterion": None, "state": "not_scored", "attained": None, "missing": []}
    weak = all_met(r14={"status": "not_met", "share": 0, "conditions": [unscored]})
    assert asking(weak)[0]["why"] == "13-112 is not scored."
    weak["answers"] = [{"requirement": "13-112", "level": 2, "ticked": None}]
    assert asking(weak)[0]["why"] == "The criteria of 13-112 are not known."


def test_another_crosswalk_has_no_questions():
    assert asking(all_met() | {"crosswalk": "caldicott2-2"}) == []


# Reasons.


def test_every_condition_is_explained_and_what_falls_short_says_what_is_missing_when_and_who(document):
    told = {each["number"]: each for each in reasons(document)}
    assert len(told) == 16
    twenty = told[20]["conditions"][0]
    assert (twenty["requirement"], twenty["stands"]) == ("13-207", "level 1, needs 2")
    assert twenty["owed"] == "Due 31 December 2015; owner: Deputy Chief Nurse"
    assert told[14]["conditions"][0]["owed"] == "No target date; no owner"
    met = told[5]["conditions"][0]
    assert (met["stands"], met["missing"], met["owed"]) == ("level 2, needs 2", "", "")
    assert [one["documented"] for one in told[1]["conditions"]] == [True, False, False]


def test_the_words_of_a_criterion_stand_where_it_is_missing_first(document):
    told = {each["number"]: each for each in reasons(document)}
    first = told[1]["conditions"][0]["missing"]
    words = framework("igt-13").for_kind("acute").requirement("13-206").criterion("3b").text
    assert f"3b {words.rstrip('.')}" in first
    assert told[11]["conditions"][0]["missing"].endswith(", as above")


# Levels from a file.


def test_an_imported_result_says_that_its_criteria_are_not_known(document):
    for each in document["answers"]:
        each.update({"ticked": None, "owner": "", "target_level": None, "target_date": None})
    for recommendation in document["recommendations"]:
        for each in recommendation["conditions"]:
            each.update({"state": "not_scored", "attained": None, "missing": []} if each["criterion"] else {})
    assert not any("evidence dated" in each for each in says(speaking_notes(document), "How we stand"))
    document |= {"imported": True, "senior_people": [], "number": 1}
    notes = speaking_notes(document)
    assert "Our levels came from a file, so criteria behind them are not known." in says(notes, "How we stand")
    assert says(notes, "What is owed")[1] == "None has a date for what is asked, and none has an owner."
    assert asking(document)[0]["why"] == "The criteria of 13-202 are not known."
    (first, *_) = reasons(document)
    assert first["conditions"][0]["stands"].startswith("its level was imported, and its criteria are unknown; needs")
