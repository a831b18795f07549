"""Confirming several answers at once: all of them, or none."""

import pytest

from igtoolkit.access.policy import Refused
from igtoolkit.actions.answers import save_answer
from igtoolkit.actions.confirming import StaleConfirmation, confirm_answers
from igtoolkit.actions.said import Invalid, Said
from igtoolkit.standard.framework import UnknownRequirement
from tests.conftest import up_to

CODES = ("13-101", "13-105", "13-112")


@pytest.fixture
def read(assessment, cast) -> dict[str, int]:
    """{requirement: version}, of three answers that a contributor marked complete and a reviewer has read."""
    for code in CODES:
        said = Said(ticked=up_to(assessment, code, 2), complete=True)
        save_answer(assessment, code, said, version=0, by=cast.con)
    return dict(assessment.answers.values_list("requirement", "version"))


def confirmed(assessment) -> set[str]:
    return set(assessment.answers.exclude(confirmed_at=None).values_list("requirement", flat=True))


def test_a_reviewer_confirms_several_answers_with_one_event(assessment, read, cast, told):
    made = confirm_answers(assessment, read, by=cast.rex)
    assert [each.requirement for each in made] == sorted(CODES)
    assert {each.confirmed_by for each in assessment.answers.all()} == {cast.rex}
    event, by, facts = told(assessment.organisation)[-1]
    assert (event, by) == ("answers_confirmed", "rex@example.org")
    assert facts["after"] == {"year": "2015-16", "versions": read}


def test_what_is_confirmed_already_stays_as_it_is(assessment, read, cast, told):
    confirm_answers(assessment, {"13-101": read["13-101"]}, by=cast.ada)
    made = confirm_answers(assessment, read, by=cast.rex)
    assert {each.requirement for each in made} == {"13-105", "13-112"}
    assert assessment.answers.get(requirement="13-101").confirmed_by == cast.ada
    before = told(assessment.organisation)
    assert confirm_answers(assessment, read, by=cast.rex) == []
    assert told(assessment.organisation) == before


def test_one_that_cannot_be_confirmed_keeps_them_all_from_it_and_says_why(assessment, read, cast):
    save_answer(assessment, "13-105", Said(ticked=up_to(assessment, "13-105", 1)), version=read["13-105"], by=cast.con)
    now = dict(assessment.answers.values_list("requirement", "version"))
    with pytest.raises(Invalid) as refused:
        confirm_answers(assessment, {**now, "13-200": 0}, by=cast.rex)
    assert set(refused.value.errors) == {"13-105", "13-200"}
    assert "13-105 is not marked complete" in refused.value.errors["13-105"]
    assert confirmed(assessment) == set()


def test_nobody_confirms_their_own_among_others(assessment, read, cast):
    said = Said(ticked=up_to(assessment, "13-112", 2), comment="Read again", complete=True)
    save_answer(assessment, "13-112", said, version=read["13-112"], by=cast.rex)
    now = dict(assessment.answers.values_list("requirement", "version"))
    with pytest.raises(Invalid, match="You marked 13-112 complete yourself"):
        confirm_answers(assessment, now, by=cast.rex)
    assert confirmed(assessment) == set()


def test_nobody_confirms_several_of_which_one_has_changed_since(assessment, read, cast):
    said = Said(ticked=up_to(assessment, "13-112", 1), complete=True)
    save_answer(assessment, "13-112", said, version=read["13-112"], by=cast.con)
    with pytest.raises(StaleConfirmation):
        confirm_answers(assessment, read, by=cast.rex)
    assert confirmed(assessment) == set()


def test_a_requirement_outside_the_set_is_refused(assessment, read, cast):
    with pytest.raises(UnknownRequirement):
        confirm_answers(assessment, {**read, "13-999": 0}, by=cast.rex)


@pytest.mark.parametrize("who", ["con", "ben", "cleo", "nia", "sam"])
def test_only_reviewers_and_administrators_of_the_trust_confirm_several(assessment, read, cast, who):
    with pytest.raises(Refused):
        confirm_answers(assessment, read, by=getattr(cast, who))
    assert confirmed(assessment) == set()
