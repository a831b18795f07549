"""The real framework: version 13 for acute, mental health and ambulance trusts. Other kinds: test_other_kinds.py."""

import re
from collections import Counter

import pytest

from igtoolkit.standard.framework import Framework, Requirement
from igtoolkit.standard.words import Basis, Stage, Theme

Set = tuple[Requirement, ...]
SIZES = {"acute": 45, "mental_health": 45, "ambulance": 35}
# Own words of ours apart, these are what v13 added for Caldicott2: read in a published v13 return.
CALDICOTT_CRITERIA = {("13-202", "2c"), ("13-202", "3a"), ("13-202", "3b"), ("13-206", "3b")}


@pytest.mark.parametrize(("kind", "size"), SIZES.items())
def test_each_kind_of_trust_has_its_set(igt_13: Framework, kind: str, size: int) -> None:
    held = igt_13.for_kind(kind).requirements
    assert len(held) == len({each.code for each in held}) == size == igt_13.kind(kind).size


def test_these_three_kinds_have_reports_and_no_other(igt_13: Framework) -> None:
    assert [each.code for each in igt_13.reported_kinds] == list(SIZES)
    assert all(not igt_13.for_kind(each.code).recommendations for each in igt_13.kinds if not each.reported)
    assert all(len(igt_13.for_kind(kind).recommendations) == 16 for kind in SIZES)


def test_the_acute_set_by_initiative(igt_13: Framework) -> None:
    counted = Counter(each.initiative for each in igt_13.for_kind("acute").requirements)
    assert counted == {"IGM": 5, "CDPA": 9, "ISA": 15, "CIA": 5, "SUA": 8, "CORP": 3}
    assert [each.code for each in igt_13.initiatives] == list(counted)


def test_only_the_acute_total_is_documented(igt_13: Framework, trusts: Set) -> None:
    assert igt_13.kind("acute").basis is Basis.DOCUMENTED
    assert igt_13.kind("mental_health").basis is Basis.OUR_READING
    assert igt_13.kind("ambulance").basis is Basis.OUR_READING
    assert all(each.kinds_basis is Basis.OUR_READING for each in trusts)


def test_requirements_are_numbered_within_their_initiative(igt_13: Framework) -> None:
    for each in igt_13.requirements:
        initiative = igt_13.initiative(each.initiative)
        assert initiative.first <= each.number <= initiative.last
        assert each.code == f"13-{each.number}"


def test_each_requirement_has_five_to_nine_criteria(trusts: Set) -> None:
    assert {each.code: len(each.criteria) for each in trusts if not 5 <= len(each.criteria) <= 9} == {}


def test_the_last_criterion_of_level_3_and_no_other_is_maintenance(igt_13: Framework) -> None:
    for each in igt_13.requirements:
        assert [one.maintenance for one in each.criteria] == [False] * (len(each.criteria) - 1) + [True], each.code
        assert each.criteria[-1].level == 3
        assert each.criteria[-1].text.startswith("Having reached level 3 last year,"), each.code
        assert len(each.at_level(3)) >= 2, each.code


def test_each_criterion_has_two_or_three_examples_of_evidence(igt_13: Framework, trusts: Set) -> None:
    short = {f"{r.code}-{c.code}": len(c.evidence) for r in trusts for c in r.criteria}
    assert {code: number for code, number in short.items() if number not in (2, 3)} == {}
    for requirement in igt_13.requirements:
        for each in requirement.criteria:
            assert len(set(each.evidence)) == len(each.evidence), f"{requirement.code}-{each.code}"


def spelling(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def test_no_criterion_is_written_twice(igt_13: Framework) -> None:
    texts = Counter(spelling(each.text) for one in igt_13.requirements for each in one.criteria)
    assert [text for text, number in texts.items() if number > 1] == []


@pytest.mark.parametrize("part", ["title", "statement", "why"])
def test_no_title_statement_or_reason_is_written_twice(igt_13: Framework, part: str) -> None:
    texts = Counter(spelling(getattr(each, part)) for each in igt_13.requirements)
    assert [text for text, number in texts.items() if number > 1] == []


def test_titles_fit_on_a_line_of_a_report(igt_13: Framework) -> None:
    assert {each.code: len(each.title) for each in igt_13.requirements if len(each.title) > 110} == {}


def test_each_level_says_what_it_amounts_to(igt_13: Framework) -> None:
    for each in igt_13.requirements:
        assert set(each.summaries) == {1, 2, 3}, each.code
        assert all(each.at_level(number) for number in (1, 2, 3)), each.code


def test_all_our_words_are_said_to_be_ours(igt_13: Framework, trusts: Set) -> None:
    assert {each.words_basis for each in igt_13.requirements} == {Basis.OUR_READING}
    documented = {(r.code, c.code) for r in trusts for c in r.criteria if c.basis is Basis.DOCUMENTED}
    assert documented == CALDICOTT_CRITERIA


def test_not_relevant_may_be_chosen_for_transfers_abroad_alone(igt_13: Framework) -> None:
    held = [each for each in igt_13.requirements if each.not_relevant]
    assert [(each.group, each.code) for each in held] == [("ccg", "13-236"), ("ctp", "13-209"), ("trust", "13-209")]
    assert all("reason" in each.not_relevant for each in held)


def test_there_are_26_recommendations_and_16_are_in_the_report(igt_13: Framework) -> None:
    assert [each.number for each in igt_13.crosswalk.recommendations] == list(range(1, 27))
    assert [each.number for each in igt_13.recommendations] == [1, 2, 4, 5, 6, 7, 8, 9, 11, 12, 14, 15, 17, 19, 20, 25]
    assert {each.theme for each in igt_13.recommendations} == set(Theme)
    assert all(each.source and each.text and each.summary for each in igt_13.crosswalk.recommendations)


def test_the_crosswalk_has_28_conditions_of_which_one_is_documented(igt_13: Framework) -> None:
    conditions = [(one.number, each) for one in igt_13.recommendations for each in one.conditions]
    assert len(conditions) == 28
    documented = [
        (number, each.requirement, each.criterion) for number, each in conditions if each.basis is Basis.DOCUMENTED
    ]
    assert documented == [(1, "13-206", "3b")]
    assert all(each.source for _, each in conditions)


def test_five_conditions_name_a_criterion(igt_13: Framework) -> None:
    named = [
        (one.number, f"{each.requirement}-{each.criterion}")
        for one in igt_13.recommendations
        for each in one.conditions
        if each.criterion
    ]
    assert named == [(1, "13-206-3b"), (6, "13-202-2c"), (8, "13-202-3a"), (8, "13-202-3b"), (11, "13-202-3a")]


def test_the_criteria_that_recommendations_name_say_what_caldicott2_asked(igt_13: Framework) -> None:
    acute = igt_13.for_kind("acute")
    asked = {("13-206", "3b"): "audit trail", ("13-202", "2c"): "legal basis", ("13-202", "3a"): "objection"}
    for (code, criterion), words in asked.items():
        assert words in acute.requirement(code).criterion(criterion).text, code


def test_the_weak_mappings_say_so(igt_13: Framework) -> None:
    weak = [one.number for one in igt_13.recommendations for each in one.conditions if "weak mapping" in each.source]
    assert weak == [9, 17]


@pytest.mark.parametrize(
    ("year", "days"),
    [
        ("2014-15", ["2014-07-31", "2014-10-31", "2015-03-31"]),
        ("2015-16", ["2015-07-31", "2015-10-31", "2016-03-31"]),
        ("2016-17", ["2016-07-31", "2016-10-31", "2017-03-31"]),
    ],
)
def test_the_three_deadlines_of_a_year(igt_13: Framework, year: str, days: list[str]) -> None:
    calendar = igt_13.calendar(year)
    assert [calendar.deadline(stage).isoformat() for stage in Stage] == days
    assert calendar.year == year
    assert calendar.opens < calendar.deadline(Stage.BASELINE)


def test_three_years_have_calendars(igt_13: Framework) -> None:
    assert list(igt_13.calendars) == ["2014-15", "2015-16", "2016-17"]
    assert {each.opens.isoformat()[5:] for each in igt_13.calendars.values()} == {"06-01"}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("ACUTE - LARGE", "acute"),
        ("ACUTE - MEDIUM", "acute"),
        ("ACUTE - SMALL", "acute"),
        ("ACUTE - TEACHING", "acute"),
        ("ACUTE - SPECIALIST", "acute"),
        ("ACUTE - MULTI-SERVICE", "acute"),
        ("MENTAL HEALTH AND LEARNING DISABILITY", "mental_health"),
        ("AMBULANCE", "ambulance"),
        ("COMMUNITY", "community_provider"),
        ("CARE TRUST", ""),
    ],
)
def test_the_words_of_published_lists_name_a_kind(igt_13: Framework, words: str, kind: str) -> None:
    assert igt_13.kind_words[words.casefold()] == kind


def test_words_that_say_too_little_wait_for_the_service_team(igt_13: Framework) -> None:
    waiting = {word for word, kind in igt_13.kind_words.items() if not kind}
    assert {"care trust", "trust", "nhs trust", "profile not complete"} <= waiting


def test_a_trust_reads_one_text_a_number(igt_13: Framework) -> None:
    def texts(of: Requirement) -> tuple[str, ...]:
        return (of.title, of.statement, *(each.text for each in of.criteria))

    acute, ambulance = igt_13.for_kind("acute"), igt_13.for_kind("ambulance")
    assert {texts(each) for each in ambulance.requirements} <= {texts(each) for each in acute.requirements}
