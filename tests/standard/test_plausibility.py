"""What raises a question and what does not, each rule at its edge."""

from typing import Any

import pytest

from igtoolkit.standard.plausibility import Noticed, Rule, second_look

LONG = "Held by the IG team."  # 20 characters
MINUTES = {"criterion": "1a", "note": "Minutes", "link": "", "dated": "2015-06-01"}


def said(n: int, level: int | None = 1, **more: Any) -> dict[str, Any]:
    return {"requirement": f"13-{n}", "level": level, "not_relevant": False, "comment": "", "evidence": [], **more}


def several(many: int, level: int | None = 1, **more: Any) -> list[dict[str, Any]]:
    return [said(101 + n, level, **more) for n in range(many)]


def codes(many: int) -> tuple[str, ...]:
    return tuple(f"13-{101 + n}" for n in range(many))


def test_four_requirements_risen_two_levels_without_evidence_are_noticed():
    (found,) = second_look([*several(4, 3), said(200, 2)], [*several(4, 1), said(200, 1)])
    assert found == Noticed(Rule.RISEN_WITHOUT_EVIDENCE, codes(4))


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (several(3, 3), several(3, 1)),  # three
        (several(4, 2), several(4, 1)),  # one level
        (several(4, 1), several(4, 3)),  # fallen
        (several(4, 2), several(4, None)),  # not scored then
        (several(4, None, not_relevant=True), several(4, 0)),
        (several(4, 3), []),  # not asked then
        (several(4, 3), None),  # nothing to compare with
        (several(4, 3, evidence=[MINUTES]), several(4, 1)),
        ([*several(3, 3), said(104, 3, evidence=[MINUTES])], several(4, 1)),  # one of them has something new
    ],
)
def test_less_than_that_is_not(now, then):
    assert second_look(now, then) == ()


def test_evidence_from_before_does_not_explain_a_rise_and_reworded_evidence_does():
    then = several(4, 1, evidence=[MINUTES])
    assert [each.rule for each in second_look(several(4, 3, evidence=[MINUTES]), then)] == [Rule.RISEN_WITHOUT_EVIDENCE]
    assert second_look(several(4, 3, evidence=[]), then)[0].requirements == codes(4)
    assert second_look(several(4, 3, evidence=[{**MINUTES, "note": "Minutes of June"}]), then) == ()


def test_a_requirement_with_new_evidence_is_left_out_of_those_listed():
    now = [*several(4, 3), said(200, 3, evidence=[MINUTES])]
    (found,) = second_look(now, [*several(4, 1), said(200, 1)])
    assert found.requirements == codes(4)


def test_five_requirements_with_one_comment_are_noticed_whatever_its_capitals_and_spaces():
    (found,) = second_look([*several(4, comment=LONG), said(200, comment=f"  {LONG.upper()}\n"), said(201)], None)
    assert found == Noticed(Rule.SAME_COMMENT, (*codes(4), "13-200"))


@pytest.mark.parametrize(
    "answers",
    [
        several(4, comment=LONG),
        several(45, comment=LONG[1:]),  # 19 characters
        several(45, comment="no        more       than  spaces"[:20]),
        several(45),
        [said(101 + n, comment=f"{LONG} {n}") for n in range(45)],
        [{"requirement": code, "level": None} for code in codes(45)],
    ],
)
def test_fewer_shorter_or_different_comments_are_not(answers):
    assert second_look(answers, None) == ()


def test_two_comments_that_both_stand_often_are_listed_together_in_the_order_of_the_requirements():
    answers = [said(101 + n, comment=LONG if n % 2 else f"Not {LONG}") for n in range(10)]
    assert second_look(answers, None) == (Noticed(Rule.SAME_COMMENT, codes(10)),)


def test_ten_requirements_all_at_level_2_are_noticed_leaving_out_what_is_not_relevant():
    (found,) = second_look([*several(10, 2), said(200, None, not_relevant=True)], None)
    assert found == Noticed(Rule.ALL_AT_LEVEL_2, codes(10))


@pytest.mark.parametrize(
    "answers",
    [
        several(9, 2),
        [*several(10, 2), said(200, 3)],
        [*several(10, 2), said(200, 1)],
        [*several(10, 2), {"requirement": "13-200", "level": None}],  # not scored
        several(10, None, not_relevant=True),
        [],
    ],
)
def test_another_level_or_too_few_requirements_are_not(answers):
    assert second_look(answers, None) == ()


def test_what_is_noticed_never_holds_a_comment():
    found = second_look(several(45, 2, comment=LONG), several(45, 0))
    assert [each.rule for each in found] == list(Rule)
    assert LONG not in repr(found)


def test_every_rule_is_said_in_words():
    assert all(rule.words.endswith(".") for rule in Rule)
    assert len({rule.words for rule in Rule}) == len(Rule)
