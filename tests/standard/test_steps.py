"""A step brings one requirement to what its conditions need; the best comes first."""

from fractions import Fraction

from igtoolkit.standard.crosswalk import Step, performance, steps
from igtoolkit.standard.framework import Framework
from igtoolkit.standard.words import Status
from tests.standard.small import at, framework, not_relevant, recommendation, requirement, standing

R101, R202, R206 = requirement("13-101"), requirement("13-202"), requirement("13-206", "1a 2a 3a 3b 3c*")


def in_order(found: tuple[Step, ...]) -> list[str]:
    return [each.requirement.code for each in found]


def test_recommendations_becoming_met_come_before_share_gained() -> None:
    of = framework(
        [R101, R202], [recommendation(1, "13-202 3"), recommendation(2, "13-202 3"), recommendation(3, "13-101 3")]
    )
    best, second = steps(of, {"13-101": at(0, R101), "13-202": at(2, R202)})
    assert (best.requirement.code, best.becoming_met, best.gain) == ("13-202", (1, 2), Fraction(2, 3))
    assert (second.requirement.code, second.becoming_met, second.gain) == ("13-101", (3,), Fraction(1))


def test_share_gained_comes_before_fewest_levels() -> None:
    of = framework([R101, R202], [recommendation(1, "13-101 3"), recommendation(2, "13-202 3")])
    best, second = steps(of, {"13-101": at(2, R101), "13-202": at(1, R202)})
    assert (best.requirement.code, best.gain, best.levels) == ("13-202", Fraction(2, 3), 2)
    assert (second.requirement.code, second.gain, second.levels) == ("13-101", Fraction(1, 3), 1)


def test_fewest_levels_come_before_code() -> None:
    of = framework([R101, R202], [recommendation(1, "13-101 2"), recommendation(2, "13-202 1")])
    best, second = steps(of, {"13-101": at(0, R101), "13-202": at(0, R202)})
    assert (best.requirement.code, best.gain, best.levels) == ("13-202", Fraction(1), 1)
    assert (second.requirement.code, second.gain, second.levels) == ("13-101", Fraction(1), 2)


def test_code_decides_when_nothing_else_does() -> None:
    of = framework([R202, R101], [recommendation(1, "13-202 2"), recommendation(2, "13-101 2")])
    assert in_order(steps(of, {})) == ["13-101", "13-202"]


def test_a_step_says_where_it_leads_and_what_is_missing() -> None:
    of = framework([R202], [recommendation(1, "13-202 2"), recommendation(2, "13-202 3")])
    (only,) = steps(of, {"13-202": standing(R202, "1a 1b 2b 3a")})
    assert (only.to_level, only.levels, only.missing) == (3, 2, ("2a", "3b"))
    assert (only.becoming_met, only.moving, only.gain) == ((1, 2), (1, 2), Fraction(1, 2) + Fraction(2, 3))


def test_a_criterion_is_asked_for_by_itself_not_with_its_whole_level() -> None:
    of = framework([R206], [recommendation(1, "13-206 3b")])
    (only,) = steps(of, {"13-206": at(1, R206)})
    assert only.missing == ("2a", "3b")
    assert (only.to_level, only.levels, only.becoming_met) == (3, 2, (1,))


def test_a_step_can_move_a_recommendation_without_making_it_met() -> None:
    of = framework([R101, R202], [recommendation(1, "13-101 2", "13-202 2")])
    first, second = steps(of, {})
    assert (first.becoming_met, first.moving, first.gain) == ((), (1,), Fraction(1, 2))
    assert (second.becoming_met, second.moving, second.gain) == ((), (1,), Fraction(1, 2))


def test_last_years_level_3_puts_the_maintenance_criterion_into_the_step() -> None:
    of = framework([R202], [recommendation(1, "13-202 3")])
    (only,) = steps(of, {"13-202": at(2, R202)}, maintained=frozenset({"13-202"}))
    assert only.missing == ("3a", "3b", "3c")


def test_there_is_no_step_where_nothing_fails() -> None:
    of = framework([R101, R202], [recommendation(1, "13-101 2"), recommendation(2, "13-202 2")])
    assert steps(of, {"13-101": at(2, R101), "13-202": not_relevant()}) == ()


def test_a_requirement_that_no_recommendation_names_is_no_step() -> None:
    of = framework([R101, R202], [recommendation(1, "13-101 2")])
    assert in_order(steps(of, {})) == ["13-101"]


def test_the_steps_of_an_acute_trust_at_level_2_throughout(acute: Framework) -> None:
    """202: 8 and 11 from nothing to all. 201: 2, from 5/6. 206: 1, from 5/9 to 8/9. 203: 1, to 6/9."""
    found = steps(acute, {each.code: at(2, each) for each in acute.requirements})
    assert [(each.requirement.code, each.becoming_met, each.moving, each.gain) for each in found] == [
        ("13-202", (8, 11), (8, 11), Fraction(2)),
        ("13-201", (2,), (2,), Fraction(1, 6)),
        ("13-206", (), (1,), Fraction(1, 3)),
        ("13-203", (), (1,), Fraction(1, 9)),
    ]
    assert found[0].missing == ("3a", "3b")
    assert found[2].missing == ("3b",)


def test_taking_every_step_in_turn_meets_every_recommendation(acute: Framework) -> None:
    ticked: dict[str, str] = {}
    while left := steps(acute, {code: standing(acute.requirement(code), codes) for code, codes in ticked.items()}):
        best = left[0]
        code = best.requirement.code
        ticked[code] = " ".join([ticked.get(code, ""), *best.missing])
    standings = {code: standing(acute.requirement(code), codes) for code, codes in ticked.items()}
    assert {each.status for each in performance(acute, standings)} == {Status.MET}
    named = {each.requirement for one in acute.recommendations for each in one.conditions}
    assert set(ticked) == named
