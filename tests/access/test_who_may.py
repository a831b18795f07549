"""What docs/access.md has no column for, by hand: small bodies, who knows of a record, who proves it twice."""

import pytest

from igtoolkit.access.policy import Action, Refused, knows, may, needs_second_factor, require
from igtoolkit.records.models import Submission
from tests.access.nation import VISITOR, gone

REPORT = Action.VIEW_BOARD_REPORT


def test_a_small_body_has_no_report_and_nobody_confirms_there(cast, nation):
    large, small = nation.first.assessment, nation.practices.assessment
    for action in (Action.VIEW_PREVIEW, Action.CONFIRM_ANSWER, Action.DECLARE_ONE_PERSON):
        assert may(cast.ada, action, large)
        assert not may(cast.dev, action, small)
    for person in (cast.dev, cast.nia):
        assert not may(person, REPORT, nation.practices)
        assert not knows(person, REPORT, nation.practices)


def test_who_may_knows_and_who_belongs_knows(cast, nation):
    assert knows(cast.nia, REPORT, nation.first)
    assert knows(cast.ben, Action.DISMISS_SECOND_LOOK, nation.first)
    assert knows(VISITOR, Action.VIEW_PUBLISHED, nation.final)
    for nobody in (VISITOR, cast.cleo, cast.sam, gone(cast.ada), gone(cast.nia)):
        assert not knows(nobody, REPORT, nation.first)
        assert not knows(nobody, Action.VIEW_ASSESSMENT, nation.first.assessment)


def test_of_nothing_in_particular_nobody_knows(cast, nation):
    for action in (Action.VIEW_ASSESSMENT, REPORT, Action.VIEW_PUBLISHED, Action.MANAGE_PEOPLE):
        assert not knows(cast.ada, action, None)


def test_what_is_published_is_a_final(cast, nation):
    assert may(VISITOR, Action.VIEW_PUBLISHED, nation.practices)
    for other in (None, nation.other, nation.other.assessment):
        assert not may(VISITOR, Action.VIEW_PUBLISHED, other)


def test_what_may_not_be_done_is_refused(cast, nation):
    require(cast.ada, REPORT, nation.first)
    with pytest.raises(Refused):
        require(cast.cleo, REPORT, nation.first)


def test_who_manages_reads_the_nation_or_serves_proves_it_twice(cast, nation):
    assert all(needs_second_factor(each) for each in (cast.ada, cast.dev, cast.nia, cast.sam))
    assert not any(needs_second_factor(each) for each in (cast.ben, cast.con, cast.rex))


def test_nobody_is_their_own_who_belongs_nowhere(cast, nation):
    nowhere = Submission(organisation=None, assessment=nation.first.assessment, stage="baseline")
    assert not may(cast.sam, Action.VIEW_BOARD_REPORT, nowhere)
    assert not knows(cast.sam, Action.VIEW_BOARD_REPORT, nowhere)
