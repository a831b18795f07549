"""What keeps Final from being submitted."""

import pytest

from igtoolkit.standard.final import Blocker, Lack, Mark, Path, blockers
from tests.standard.small import framework as small
from tests.standard.small import requirement

POSTS = ("siro", "ig_lead")
FULL = Path(completes=True, confirms=True, posts=POSTS)
SMALL = Path(completes=False, confirms=False, posts=("ig_lead",))
DONE = Mark(scored=True, complete=True, confirmed=True)


def framework():
    return small([requirement(f"13-{number}") for number in (101, 102, 103, 104)])


def every(mark):
    return {each.code: mark for each in framework().requirements}


def test_nothing_blocks_what_is_scored_complete_confirmed_and_named():
    assert blockers(framework(), every(DONE), POSTS, FULL) == ()


def test_an_unanswered_requirement_is_to_be_scored():
    marks = every(DONE)
    code = next(iter(marks))
    del marks[code]
    assert blockers(framework(), marks, POSTS, FULL) == (Blocker(Lack.UNSCORED, (code,)),)


@pytest.mark.parametrize(
    ("mark", "lack"),
    [
        (Mark(), Lack.UNSCORED),
        (Mark(scored=True), Lack.INCOMPLETE),
        (Mark(scored=True, complete=True), Lack.UNCONFIRMED),
    ],
)
def test_each_requirement_lacks_the_first_thing_that_is_missing(mark, lack):
    found = blockers(framework(), every(mark), POSTS, FULL)
    assert [each.lack for each in found] == [lack]
    assert len(found[0].subjects) == len(framework().requirements)


def test_every_post_that_nobody_holds_is_named():
    assert blockers(framework(), every(DONE), ("siro",), FULL) == (Blocker(Lack.UNNAMED, ("ig_lead",)),)


def test_a_small_body_marks_nothing_and_names_its_ig_lead():
    assert blockers(framework(), every(Mark(scored=True)), ("ig_lead",), SMALL) == ()
    assert blockers(framework(), every(Mark(scored=True)), (), SMALL) == (Blocker(Lack.UNNAMED, ("ig_lead",)),)
    assert [each.lack for each in blockers(framework(), {}, ("ig_lead",), SMALL)] == [Lack.UNSCORED]


def test_where_one_person_answers_nobody_confirms_and_nobody_else_may_edit():
    marks = every(Mark(scored=True, complete=True))
    alone = Path(completes=True, confirms=False, posts=POSTS, alone=True, editors=1)
    assert blockers(framework(), marks, POSTS, alone) == ()
    crowd = Path(completes=True, confirms=False, posts=POSTS, alone=True, editors=2)
    assert blockers(framework(), marks, POSTS, crowd) == (Blocker(Lack.NOT_ALONE),)


def test_what_is_missing_comes_in_the_order_in_which_it_is_put_right():
    codes = [each.code for each in framework().requirements]
    marks = dict(zip(codes, (Mark(), Mark(scored=True), Mark(scored=True, complete=True)), strict=False))
    found = blockers(framework(), marks | dict.fromkeys(codes[3:], DONE), (), FULL)
    assert [each.lack for each in found] == [Lack.UNSCORED, Lack.INCOMPLETE, Lack.UNCONFIRMED, Lack.UNNAMED]
