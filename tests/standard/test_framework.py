"""A framework answers by code, and refuses what it does not hold."""

import pytest

from igtoolkit.standard.framework import UnknownRequirement
from igtoolkit.standard.words import Stage, Status, Theme
from tests.standard.small import framework, recommendation, requirement

COMPANY = requirement("13-101", "1a 2a 3a", kinds=["ambulance"], group="company")
WHOLE = framework(
    [requirement("13-101"), COMPANY, requirement("13-505", kinds=["acute"])], [recommendation(1, "13-101 2")]
)


def test_a_framework_narrows_to_the_requirements_of_one_kind() -> None:
    assert [each.code for each in WHOLE.for_kind("acute").requirements] == ["13-101", "13-505"]
    assert [each.code for each in WHOLE.for_kind("ambulance").requirements] == ["13-101"]


def test_a_kind_reads_the_words_of_its_own_group() -> None:
    assert WHOLE.for_kind("ambulance").requirement("13-101").group == "trust"


def test_narrowing_twice_gives_the_same_framework() -> None:
    assert WHOLE.for_kind("acute") is WHOLE.for_kind("acute")


def test_what_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(UnknownRequirement, match="igt-13 has no requirement 13-999"):
        WHOLE.requirement("13-999")
    with pytest.raises(LookupError, match="no kind hospital"):
        WHOLE.for_kind("hospital")
    with pytest.raises(LookupError, match="small-1 has no recommendation 27"):
        WHOLE.recommendation(27)
    with pytest.raises(LookupError, match="no calendar for 2030-31"):
        WHOLE.calendar("2030-31")
    assert not WHOLE.has("13-999")


def test_a_requirement_lists_its_criteria_by_level() -> None:
    assert [each.code for each in requirement("13-101").at_level(3)] == ["3a", "3b", "3c"]
    assert requirement("13-101", "1a 2a 3a").criterion_codes == {"1a", "2a", "3a"}


def test_stages_know_what_came_before_them() -> None:
    assert Stage.BASELINE.earlier == ()
    assert Stage.FINAL.earlier == (Stage.BASELINE, Stage.UPDATE)
    assert Stage.UPDATE.words == "Performance Update"


def test_every_status_has_a_shape_and_words_of_its_own() -> None:
    assert len({each.mark for each in Status}) == len({each.words for each in Status}) == 5
    assert Status.PARTLY_MET.words == "Partly met"
    assert Theme.RIGHTS.words == "People's rights"
