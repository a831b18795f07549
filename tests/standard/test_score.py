"""The score is points of the maximum, rounded down; the grade is never worked out from it."""

import pytest

from igtoolkit.standard.framework import Framework, UnknownRequirement
from igtoolkit.standard.scoring import Score, Standing, score
from igtoolkit.standard.words import Grade
from tests.standard.small import at, framework, not_relevant, recorded, requirement

CODES = [f"13-{number}" for number in range(101, 118)]
SEVENTEEN = framework([requirement(code) for code in CODES])


def test_a_real_acute_trust_of_2016_stood_at_97_percent(acute: Framework) -> None:
    """42 requirements at level 3 and 3 at level 2 of 45: 132 of 135 is 97.78."""
    result = score(acute, recorded(acute, [3] * 42 + [2] * 3))
    assert (result.points, result.maximum, result.percent) == (132, 135, 97)
    assert result.grade is Grade.SATISFACTORY


def test_all_at_level_2_is_66_percent_and_satisfactory(acute: Framework) -> None:
    result = score(acute, recorded(acute, [2] * 45))
    assert (result.points, result.percent, result.grade) == (90, 66, Grade.SATISFACTORY)


def test_three_recorded_of_45_is_6_percent_for_the_rest_stay_in_the_maximum(acute: Framework) -> None:
    result = score(acute, recorded(acute, [3, 3, 3]))
    assert (result.points, result.maximum, result.percent) == (9, 135, 6)
    assert (result.recorded, result.requirements, result.below_satisfactory) == (3, 45, 42)
    assert result.grade is Grade.NOT_SATISFACTORY


# One organisation's published returns of 2013 (twice) and 2016, requirement by requirement.
BASELINE = [0, 2, 1, 1, 2, 1, 3, 1, 2, 0, 0, 0, 1, 2, 0, 1, 0]
UPDATE = [2, 2, 1, 1, 2, 1, 3, 1, 2, 1, 1, 1, 2, 2, 1, 1, 1]
FINAL = [3] * 17


@pytest.mark.parametrize(
    ("levels", "points", "percent", "grade"),
    [
        (BASELINE, 17, 33, Grade.NOT_SATISFACTORY),
        (UPDATE, 25, 49, Grade.NOT_SATISFACTORY),
        (FINAL, 51, 100, Grade.SATISFACTORY),
    ],
)
def test_a_real_organisation_went_from_33_to_49_to_100_percent(
    levels: list[int], points: int, percent: int, grade: Grade
) -> None:
    result = score(SEVENTEEN, recorded(SEVENTEEN, levels))
    assert (result.points, result.maximum, result.percent, result.grade) == (points, 51, percent, grade)


def test_a_high_percentage_can_fail() -> None:
    result = score(SEVENTEEN, recorded(SEVENTEEN, [3] * 16 + [1]))
    assert (result.percent, result.grade) == (96, Grade.NOT_SATISFACTORY)


def test_a_lower_percentage_can_pass() -> None:
    result = score(SEVENTEEN, recorded(SEVENTEEN, [2] * 17))
    assert (result.percent, result.grade) == (66, Grade.SATISFACTORY)


def test_a_requirement_not_scored_yet_fails_the_grade() -> None:
    result = score(SEVENTEEN, recorded(SEVENTEEN, [3] * 16))
    assert (result.percent, result.grade) == (94, Grade.NOT_SATISFACTORY)


def test_level_0_on_record_counts_as_recorded_and_one_not_scored_does_not() -> None:
    result = score(SEVENTEEN, recorded(SEVENTEEN, [0, 0]))
    assert (result.points, result.recorded, result.percent) == (0, 2, 0)


def test_a_requirement_that_does_not_count_leaves_both_sides() -> None:
    result = score(SEVENTEEN, recorded(SEVENTEEN, [2] * 16) | {CODES[16]: not_relevant()})
    assert (result.points, result.maximum, result.requirements) == (32, 48, 16)
    assert (result.percent, result.grade) == (66, Grade.SATISFACTORY)


def test_a_level_under_what_does_not_count_gains_no_points() -> None:
    """A requirement scored before it was declared not relevant keeps its ticks on record."""
    result = score(SEVENTEEN, recorded(SEVENTEEN, [2] * 16) | {CODES[16]: Standing(3, counts=False)})
    assert (result.points, result.maximum, result.recorded) == (32, 48, 16)


def test_with_nothing_in_the_maximum_there_is_no_percentage_and_no_grade() -> None:
    result = score(SEVENTEEN, dict.fromkeys(CODES, not_relevant()))
    assert result == Score(points=0, maximum=0, below_satisfactory=0, recorded=0, requirements=0)
    assert result.percent is None
    assert result.grade is None


def test_a_percentage_is_rounded_down_never_up() -> None:
    assert Score(points=134, maximum=135, below_satisfactory=0, recorded=45, requirements=45).percent == 99
    assert Score(points=135, maximum=135, below_satisfactory=0, recorded=45, requirements=45).percent == 100


def test_a_standing_outside_the_set_is_refused() -> None:
    with pytest.raises(UnknownRequirement, match="13-999"):
        score(SEVENTEEN, {"13-999": Standing(2)})


def test_a_requirement_of_another_kind_is_outside_the_set() -> None:
    coding = requirement("13-505", kinds=["acute"])
    both = framework([requirement("13-101"), coding])
    assert score(both.for_kind("acute"), {"13-505": at(2, coding)}).maximum == 6
    assert score(both.for_kind("ambulance"), {}).maximum == 3
    with pytest.raises(UnknownRequirement, match="13-505"):
        score(both.for_kind("ambulance"), {"13-505": at(2, coding)})
