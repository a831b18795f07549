"""Performance against the recommendations is worked out from standings, and decided by conditions alone."""

from datetime import date
from fractions import Fraction

import pytest

from igtoolkit.standard.crosswalk import Performance, Target, outcome, performance
from igtoolkit.standard.framework import Framework, UnknownRequirement
from igtoolkit.standard.scoring import Standing
from igtoolkit.standard.words import State, Status
from tests.standard.small import at, framework, not_relevant, recommendation, requirement, standing

R203, R205, R206 = requirement("13-203"), requirement("13-205"), requirement("13-206", "1a 2a 3a 3b 3c*")
ONE = framework([R203, R205, R206], [recommendation(1, "13-206 3b", "13-203 3", "13-205 2")])
AT_2 = {"13-203": at(2, R203), "13-205": at(2, R205), "13-206": at(2, R206)}


def only(standings: dict[str, Standing], of: Framework = ONE, **more: object) -> Performance:
    (result,) = performance(of, standings, **more)  # type: ignore[arg-type]
    return result


def test_the_printed_example_comes_to_55_percent() -> None:
    """206-3b not ticked, 203 at 2 of 3, 205 at 2 of 2: (0 + 2/3 + 1)/3."""
    result = only(AT_2)
    assert [(each.needed, each.attained, each.state) for each in result.outcomes] == [
        (1, 0, State.DOES_NOT_HOLD),
        (3, 2, State.DOES_NOT_HOLD),
        (2, 2, State.HOLDS),
    ]
    assert result.fraction == Fraction(5, 9)
    assert (result.number, result.status, result.share) == (1, Status.PARTLY_MET, 55)


def test_met_when_every_condition_holds() -> None:
    result = only(AT_2 | {"13-203": at(3, R203), "13-206": standing(R206, "1a 2a 3b")})
    assert (result.status, result.share, result.target_date) == (Status.MET, 100, None)


def test_not_met_when_none_holds_however_much_is_attained() -> None:
    result = only(AT_2 | {"13-205": at(1, R205)})
    assert (result.status, result.share) == (Status.NOT_MET, 38)  # (0 + 2/3 + 1/2)/3 = 7/18


def test_more_than_is_needed_counts_as_what_is_needed() -> None:
    result = only(AT_2 | {"13-205": at(3, R205)})
    assert result.outcomes[2].attained == 3
    assert (result.status, result.share) == (Status.PARTLY_MET, 55)


def test_a_criterion_holds_at_level_2_though_its_neighbour_at_level_3_is_not_ticked() -> None:
    of_206 = standing(R206, "1a 2a 3b")
    assert of_206.level == 2
    first = only(AT_2 | {"13-206": of_206}).outcomes[0]
    assert (first.state, first.attained, first.missing) == (State.HOLDS, 1, ())


def test_a_ticked_criterion_does_not_hold_above_a_gap() -> None:
    first = only(AT_2 | {"13-206": standing(R206, "1a 3a 3b")}).outcomes[0]
    assert (first.state, first.attained, first.missing) == (State.DOES_NOT_HOLD, 0, ("2a",))


def test_a_criterion_of_level_1_has_no_levels_below_it() -> None:
    of = framework([R203], [recommendation(1, "13-203 1b")])
    assert only({"13-203": standing(R203, "1b")}, of).status is Status.MET


def test_a_requirement_not_scored_holds_no_condition_and_stays_in_the_share() -> None:
    result = only({"13-205": at(2, R205)})
    assert [each.state for each in result.outcomes] == [State.NOT_SCORED, State.NOT_SCORED, State.HOLDS]
    assert [each.attained for each in result.outcomes] == [None, None, 2]
    assert result.outcomes[0].missing == ("1a", "2a", "3b")
    assert (result.status, result.share) == (Status.PARTLY_MET, 33)


def test_not_yet_at_level_1_is_scored_and_holds_nothing() -> None:
    of = framework([R205], [recommendation(1, "13-205 1")])
    first = only({"13-205": Standing(0)}, of).outcomes[0]
    assert (first.state, first.attained) == (State.DOES_NOT_HOLD, 0)


def test_nothing_recorded_is_not_met_at_0_percent() -> None:
    result = only({})
    assert (result.status, result.share) == (Status.NOT_MET, 0)


def test_a_condition_on_a_requirement_that_is_not_relevant_does_not_apply() -> None:
    result = only(AT_2 | {"13-206": not_relevant()})
    assert (result.outcomes[0].state, result.outcomes[0].attained) == (State.DOES_NOT_APPLY, None)
    assert (result.status, result.share) == (Status.PARTLY_MET, 83)  # (2/3 + 1)/2


def test_a_condition_outside_the_set_of_the_kind_does_not_apply() -> None:
    coding = requirement("13-505", kinds=["acute"])
    of = framework([R205, coding], [recommendation(1, "13-505 2", "13-205 2")])
    acute = only({"13-205": at(2, R205)}, of.for_kind("acute"))
    ambulance = only({"13-205": at(2, R205)}, of.for_kind("ambulance"))
    assert (acute.outcomes[0].state, acute.status, acute.share) == (State.NOT_SCORED, Status.PARTLY_MET, 50)
    assert (ambulance.outcomes[0].state, ambulance.status, ambulance.share) == (State.DOES_NOT_APPLY, Status.MET, 100)


def test_not_applicable_has_no_share() -> None:
    result = only(dict.fromkeys(["13-203", "13-205", "13-206"], not_relevant()))
    assert (result.status, result.share, result.target_date) == (Status.NOT_APPLICABLE, None, None)
    assert result.fraction == 0


def by(*day: int, level: int = 3) -> Target:
    return Target(level, date(*day))


def test_the_target_date_is_the_latest_among_failing_requirements() -> None:
    targets = {"13-203": by(2016, 1, 31), "13-206": by(2015, 12, 1), "13-205": by(2016, 3, 31)}
    assert only(AT_2, targets=targets).target_date == date(2016, 1, 31)


def test_there_is_no_target_date_when_one_failing_requirement_has_none() -> None:
    assert only(AT_2, targets={"13-203": by(2016, 1, 31)}).target_date is None
    assert only(AT_2).target_date is None


def test_a_requirement_not_scored_fails_and_needs_a_target_too() -> None:
    targets = {"13-203": by(2016, 1, 31)}
    rest = {"13-205": at(2, R205), "13-206": standing(R206, "1a 2a 3b")}
    assert only(rest, targets=targets).target_date == date(2016, 1, 31)
    assert only({"13-205": at(2, R205)}, targets=targets).target_date is None


def test_one_requirement_failing_two_conditions_has_one_target() -> None:
    of = framework([R206], [recommendation(8, "13-206 3a", "13-206 3b")])
    assert only({"13-206": at(2, R206)}, of, targets={"13-206": by(2016, 1, 31)}).target_date == date(2016, 1, 31)


def test_a_target_that_stops_short_of_what_is_needed_is_none_here() -> None:
    of = framework([R206], [recommendation(8, "13-206 3b")])
    stands = {"13-206": at(1, R206)}
    assert only(stands, of, targets={"13-206": by(2016, 1, 31, level=2)}).target_date is None
    assert only(stands, of, targets={"13-206": by(2016, 1, 31, level=3)}).target_date == date(2016, 1, 31)


def test_a_met_recommendation_has_no_target_date() -> None:
    of = framework([R205], [recommendation(1, "13-205 2")])
    assert only({"13-205": at(2, R205)}, of, targets={"13-205": by(2016, 1, 31)}).target_date is None


def test_last_years_level_3_adds_the_maintenance_criterion_to_what_is_missing() -> None:
    of = framework([R203], [recommendation(1, "13-203 3")])
    standings = {"13-203": standing(R203, "1a 1b 2a 2b 3a", maintained=True)}
    assert only(standings, of).outcomes[0].missing == ("3b",)
    assert only(standings, of, maintained=frozenset({"13-203"})).outcomes[0].missing == ("3b", "3c")


def test_recommendations_without_conditions_are_not_in_the_report_and_order_is_kept() -> None:
    of = framework([R203], [recommendation(7, "13-203 2"), recommendation(10), recommendation(3, "13-203 1")])
    assert [each.number for each in performance(of, {})] == [7, 3]


def test_a_standing_outside_the_framework_is_refused() -> None:
    with pytest.raises(UnknownRequirement, match="13-999"):
        performance(ONE, {"13-999": Standing(1)})


def test_one_condition_can_be_asked_for_alone() -> None:
    condition = ONE.recommendations[0].conditions[1]
    assert outcome(ONE, condition, {"13-203": at(1, R203)}).fraction == Fraction(1, 3)


def test_an_acute_trust_at_level_2_throughout_meets_12_of_16(acute: Framework) -> None:
    results = {each.number: each for each in performance(acute, {r.code: at(2, r) for r in acute.requirements})}
    assert {n: r.status for n, r in results.items() if r.status is not Status.MET} == {
        1: Status.PARTLY_MET,
        2: Status.PARTLY_MET,
        8: Status.NOT_MET,
        11: Status.NOT_MET,
    }
    assert [results[number].share for number in (1, 2, 8, 11)] == [55, 83, 0, 0]


def test_an_acute_trust_at_level_3_throughout_meets_all_16(acute: Framework) -> None:
    results = performance(acute, {r.code: at(3, r) for r in acute.requirements})
    assert {(each.status, each.share) for each in results} == {(Status.MET, 100)}
    assert len(results) == 16


def test_every_recommendation_applies_to_every_reported_kind(igt_13: Framework) -> None:
    for kind in igt_13.reported_kinds:
        states = {one.state for each in performance(igt_13.for_kind(kind.code), {}) for one in each.outcomes}
        assert states == {State.NOT_SCORED}, kind.code
