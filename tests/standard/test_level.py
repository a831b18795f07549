"""A level is worked out from ticks, never typed."""

import pytest

from igtoolkit.standard.scoring import applicable, level, missing_for
from tests.standard.small import requirement

REQUIREMENT = requirement("13-202", "1a 1b 2a 2b 3a 3b 3c*")


def reached(ticked: str, *, maintained: bool = False) -> int:
    return level(REQUIREMENT, ticked.split(), maintained=maintained)


def codes(*, maintained: bool) -> str:
    return " ".join(each.code for each in applicable(REQUIREMENT, maintained=maintained))


@pytest.mark.parametrize(
    ("ticked", "expected"),
    [
        ("", 0),
        ("1a", 0),
        ("1a 1b", 1),
        ("1a 1b 2a", 1),
        ("1a 1b 2a 2b", 2),
        ("1a 1b 2a 2b 3a", 2),
        ("1a 1b 2a 2b 3a 3b", 3),
        ("1a 1b 2a 2b 3a 3b 3c", 3),
    ],
)
def test_a_level_is_reached_when_all_its_criteria_and_all_below_are_ticked(ticked: str, expected: int) -> None:
    assert reached(ticked) == expected


@pytest.mark.parametrize("ticked", ["2a 2b 3a 3b", "1a 2a 2b 3a 3b", "3a 3b 3c"])
def test_ticks_above_a_gap_gain_nothing(ticked: str) -> None:
    assert reached(ticked) == 0


def test_a_gap_at_level_2_holds_the_requirement_at_level_1() -> None:
    assert reached("1a 1b 2a 3a 3b") == 1


def test_level_3_for_the_first_time_does_not_need_the_maintenance_criterion() -> None:
    assert reached("1a 1b 2a 2b 3a 3b", maintained=False) == 3


def test_level_3_again_needs_the_maintenance_criterion() -> None:
    assert reached("1a 1b 2a 2b 3a 3b", maintained=True) == 2
    assert reached("1a 1b 2a 2b 3a 3b 3c", maintained=True) == 3


def test_the_maintenance_criterion_alone_does_not_stand_for_level_3() -> None:
    assert reached("1a 1b 2a 2b 3c", maintained=True) == 2
    assert reached("1a 1b 2a 2b 3c", maintained=False) == 2


def test_the_maintenance_criterion_applies_only_where_level_3_was_reached_last_year() -> None:
    assert codes(maintained=False) == "1a 1b 2a 2b 3a 3b"
    assert codes(maintained=True) == "1a 1b 2a 2b 3a 3b 3c"


def test_the_order_of_ticks_is_of_no_account() -> None:
    assert reached("2b 1b 2a 1a") == 2


def test_a_tick_on_a_criterion_of_another_requirement_is_refused() -> None:
    with pytest.raises(LookupError, match="13-202 has no criterion 3d"):
        level(REQUIREMENT, {"1a", "3d"})


def test_what_is_missing_for_a_level_is_named_in_order() -> None:
    assert missing_for(REQUIREMENT, {"1b", "3a"}, 2) == ("1a", "2a", "2b")
    assert missing_for(REQUIREMENT, {"1b", "3a"}, 3) == ("1a", "2a", "2b", "3b")
    assert missing_for(REQUIREMENT, {"1b", "3a"}, 3, maintained=True) == ("1a", "2a", "2b", "3b", "3c")
    assert missing_for(REQUIREMENT, {"1a", "1b"}, 1) == ()
