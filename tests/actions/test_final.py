"""Final: complete, confirmed by a second person, assured; submitted, reopened, corrected."""

from datetime import UTC, datetime

import pytest

from igtoolkit.access import scope
from igtoolkit.access.policy import Refused
from igtoolkit.actions.answers import answer_to, save_answer
from igtoolkit.actions.confirming import StaleConfirmation, confirm_answer, withdraw_confirmation
from igtoolkit.actions.finals import blockers, declare_one_person, reopen_final, withdraw_declaration
from igtoolkit.actions.said import EvidenceSaid, Invalid, Said
from igtoolkit.actions.submissions import submit
from igtoolkit.records.models import Answer, Assessment
from igtoolkit.standard.final import Lack
from igtoolkit.standard.words import Stage
from tests.conftest import (
    confirm_all,
    make_person,
    mark_complete,
    ready_for_final,
    record,
    register,
    started,
    submit_final,
    up_to,
)
from tests.worlds import world

MARCH = datetime(2016, 3, 30, 10, 0, tzinfo=UTC)
LAST_MOMENT = datetime(2016, 3, 31, 22, 59, 59, tzinfo=UTC)  # a second before midnight in London
MIDNIGHT = datetime(2016, 3, 31, 23, 0, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("summer")


def fresh(person) -> Assessment:
    return scope.find_assessment(person, "DMA001", "2015-16")


def answer(person, code: str = "13-101") -> Answer:
    return answer_to(fresh(person), code)


def confirm(person, code: str = "13-101", version: int | None = None) -> Answer:
    version = answer(person, code).version if version is None else version
    return confirm_answer(fresh(person), code, version=version, by=person)


def save(person, said: Said, code: str = "13-101") -> Answer:
    return save_answer(fresh(person), code, said, version=answer(person, code).version, by=person)


@world
def complete(assessment, cast) -> Assessment:
    """13-101 at level 1, recorded and marked complete by Con."""
    record(assessment, {"13-101": 1}, by=cast.con)
    mark_complete(assessment, ["13-101"], by=cast.con)
    return assessment


@world
def ready(assessment, cast) -> Assessment:
    return ready_for_final(assessment, cast)


def test_a_second_person_confirms_what_one_marked_complete(complete, cast, told):
    assert answer(cast.con).is_complete
    done = confirm(cast.rex)
    assert (done.is_confirmed, done.confirmed_by) == (True, cast.rex)
    event, by, facts = told(cast.ada.organisation)[-1]
    assert (event, by, facts["after"]["requirement"]) == ("answer_confirmed", cast.rex.email, "13-101")


def test_confirming_twice_confirms_once(complete, cast, told):
    confirm(cast.rex)
    events = len(told(cast.ada.organisation))
    assert confirm(cast.rex).confirmed_by == cast.rex
    assert len(told(cast.ada.organisation)) == events


def test_nobody_confirms_what_is_not_complete(assessment, cast):
    record(assessment, {"13-101": 1}, by=cast.con)
    with pytest.raises(Invalid, match="13-101 is not marked complete"):
        confirm(cast.rex)


def test_nobody_confirms_what_they_completed(complete, cast):
    mark_complete(complete, ["13-101"], by=cast.con)
    save(cast.rex, Said(ticked=frozenset(), not_yet=True, complete=True))
    with pytest.raises(Invalid, match="You marked 13-101 complete yourself"):
        confirm(cast.rex)
    assert confirm(cast.ada).confirmed_by == cast.ada


def test_nobody_confirms_what_they_changed_last(complete, cast):
    as_it_stands = answer(cast.rex)
    said = Said(
        ticked=frozenset(as_it_stands.ticked),
        evidence=tuple(
            EvidenceSaid(each.criterion, note=each.note, link=each.link, dated=each.dated, pk=each.pk)
            for each in as_it_stands.evidence_list()
        ),
        target_level=3,
        target_date=MARCH.date(),
    )
    save(cast.rex, said)
    assert answer(cast.rex).is_complete  # a target is no change of substance
    with pytest.raises(Invalid, match="You were the last to change 13-101"):
        confirm(cast.rex)


def test_nobody_confirms_what_they_have_not_seen(complete, cast):
    seen = answer(cast.rex).version
    save(cast.ada, Said(not_yet=True, complete=True))
    with pytest.raises(StaleConfirmation):
        confirm(cast.rex, version=seen)
    assert not answer(cast.rex).is_confirmed


@pytest.mark.parametrize("who", ["con", "ben", "cleo", "nia", "sam"])
def test_only_reviewers_and_administrators_of_the_trust_confirm(complete, cast, who):
    with pytest.raises(Refused):
        confirm_answer(fresh(cast.ada), "13-101", version=answer(cast.ada).version, by=getattr(cast, who))


@pytest.mark.parametrize(
    "said",
    [
        Said(ticked=frozenset({"1a"})),
        Said(not_yet=True),
        Said(not_yet=True, comment="Something else"),
        Said(ticked=frozenset({"1a"}), evidence=(EvidenceSaid("1a", note="More", dated=datetime(2015, 6, 2).date()),)),
    ],
    ids=["ticks", "level", "comment", "evidence"],
)
def test_a_change_of_substance_clears_both_marks(complete, cast, said):
    confirm(cast.rex)
    changed = save(cast.con, said)
    assert (changed.is_complete, changed.is_confirmed) == (False, False)


def test_a_change_that_completes_again_still_clears_the_confirmation(complete, cast):
    confirm(cast.rex)
    changed = save(cast.con, Said(not_yet=True, complete=True))
    assert (changed.is_complete, changed.is_confirmed) == (True, False)


def test_a_confirmation_can_be_taken_back(complete, cast, told):
    confirm(cast.rex)
    assert not withdraw_confirmation(fresh(cast.ada), "13-101", by=cast.ada).is_confirmed
    assert told(cast.ada.organisation)[-1][0] == "confirmation_withdrawn"
    assert answer(cast.con).is_complete


def test_final_says_all_that_is_missing(assessment, cast):
    record(assessment, {"13-101": 2, "13-105": 2, "13-110": 2}, by=cast.con)
    mark_complete(assessment, ["13-101", "13-105"], by=cast.con)
    confirm_all(assessment, ["13-101"], by=cast.rex)
    found = {each.lack: each.subjects for each in blockers(fresh(cast.ada))}
    assert len(found[Lack.UNSCORED]) == 42
    assert found[Lack.INCOMPLETE] == ("13-110",)
    assert found[Lack.UNCONFIRMED] == ("13-105",)
    assert found[Lack.UNNAMED] == ("siro", "caldicott_guardian", "ig_lead", "chief_executive")
    with pytest.raises(Invalid, match="Final cannot be submitted yet"):
        submit_final(fresh(cast.ada), by=cast.ada, at=MARCH)


def test_final_needs_the_assurance_statement(ready, cast):
    with pytest.raises(Invalid, match="Accept the assurance statement"):
        submit(ready, Stage.FINAL, key="final", arrived=MARCH, by=cast.ada)
    assert fresh(cast.ada).is_open


def test_a_submitted_final_closes_the_assessment_and_is_published(ready, cast):
    made = submit_final(ready, by=cast.ada, at=MARCH)
    told = made.snapshot
    assert (told["score"]["percent"], told["score"]["grade"]) == (66, "satisfactory")
    assert told["assurance"] == ready.framework.assurance
    assert {(each["completed_by"], each["confirmed_by"]) for each in told["answers"]} == {("Con", "Rex")}
    assert told["one_person"] is None
    assert not fresh(cast.ada).is_open
    assert scope.find_published("DMA001", "2015-16") == made
    with pytest.raises(Refused):
        save(cast.con, Said(not_yet=True))


@pytest.mark.parametrize("stage", [Stage.BASELINE, Stage.UPDATE])
def test_final_closes_the_stages_before_it(ready, cast, stage):
    submit_final(ready, by=cast.ada, at=MARCH)
    reopen_final(fresh(cast.ada), by=cast.ada)
    with pytest.raises(Invalid, match="is closed: a later stage has been submitted"):
        submit(fresh(cast.ada), stage, key="late", arrived=MARCH, by=cast.ada)


@pytest.mark.parametrize(("arrived", "late"), [(LAST_MOMENT, False), (MIDNIGHT, True)])
def test_final_is_on_time_until_midnight_in_london(ready, cast, arrived, late):
    assert submit_final(ready, by=cast.ada, at=arrived).late is late


def test_a_correction_reopens_final_and_closes_it_again(ready, cast, told):
    first = submit_final(ready, by=cast.ada, at=MARCH)
    reopen_final(fresh(cast.ada), by=cast.ada)
    assert (fresh(cast.ada).is_open, fresh(cast.ada).is_reopened) == (True, True)
    assert told(cast.ada.organisation)[-1][0] == "final_reopened"
    save(cast.con, Said(ticked=up_to(ready, "13-101", 3), complete=True))
    with pytest.raises(Invalid, match="Final cannot be submitted yet"):
        submit_final(fresh(cast.ada), by=cast.ada, at=MIDNIGHT, key="two", reason="13-101 was understated")
    confirm(cast.rex)
    with pytest.raises(Invalid, match="Give the reason"):
        submit_final(fresh(cast.ada), by=cast.ada, at=MIDNIGHT, key="two")
    second = submit_final(fresh(cast.ada), by=cast.ada, at=MIDNIGHT, key="two", reason="13-101 was understated")
    assert (second.number, second.late, first.late) == (2, False, False)
    assert (fresh(cast.ada).is_open, fresh(cast.ada).is_reopened) == (False, False)
    assert scope.find_published("DMA001", "2015-16") == second
    assert scope.find_submission(cast.ada, "DMA001", "2015-16", "final", 1) == first


@pytest.mark.parametrize("who", ["rex", "con", "ben", "cleo", "nia", "sam"])
def test_only_an_administrator_of_the_trust_reopens_final(ready, cast, who):
    submit_final(ready, by=cast.ada, at=MARCH)
    with pytest.raises(Refused):
        reopen_final(fresh(cast.ada), by=getattr(cast, who))


def test_reopening_twice_reopens_once_and_only_for_an_administrator(ready, cast, told):
    submit_final(ready, by=cast.ada, at=MARCH)
    first = reopen_final(fresh(cast.ada), by=cast.ada).reopened_at
    events = len(told(cast.ada.organisation))
    assert reopen_final(fresh(cast.ada), by=cast.ada).reopened_at == first
    assert len(told(cast.ada.organisation)) == events
    with pytest.raises(Refused):
        reopen_final(fresh(cast.ada), by=cast.rex)


def test_an_open_assessment_cannot_be_reopened(assessment, cast):
    with pytest.raises(Refused):
        reopen_final(assessment, by=cast.ada)


def test_a_body_with_several_editors_cannot_declare_that_one_person_answers(assessment, cast):
    with pytest.raises(Invalid, match="Con, Rex can also record answers here"):
        declare_one_person(assessment, by=cast.ada)


def test_a_mark_alone_does_not_let_the_author_confirm_their_own_words(assessment, cast):
    record(assessment, {"13-101": 1}, by=cast.rex)
    mark_complete(assessment, ["13-101"], by=cast.con)
    with pytest.raises(Invalid, match="You were the last to change 13-101"):
        confirm(cast.rex)
    assert confirm(cast.ada).confirmed_by == cast.ada


def test_nobody_answers_alone_over_what_others_answered(complete, cast):
    others = cast.con.organisation.people.exclude(pk=cast.ada.pk)
    others.update(is_active=False)
    with pytest.raises(Invalid, match="Con completed or last changed answers here"):
        declare_one_person(fresh(cast.ada), by=cast.ada)
    save(cast.ada, Said(not_yet=True, complete=True))
    declare_one_person(fresh(cast.ada), by=cast.ada)
    assert Lack.NOT_ALONE not in [each.lack for each in blockers(fresh(cast.ada))]


def test_where_one_person_answers_the_declaration_stands_in_for_the_second(assessment, cast, told):
    cast.con.organisation.people.exclude(pk=cast.ada.pk).update(is_active=False)
    declare_one_person(assessment, by=cast.ada)
    assert told(cast.ada.organisation)[-1][0] == "one_person_declared"
    codes = [each.code for each in assessment.framework.requirements]
    record(assessment, dict.fromkeys(codes, 2), by=cast.ada)
    mark_complete(assessment, codes, by=cast.ada)
    assert [each.lack for each in blockers(fresh(cast.ada))] == [Lack.UNNAMED]
    with pytest.raises(Refused):
        confirm(cast.ada)
    make_person("late", cast.ada.organisation, "contributor")
    assert [each.lack for each in blockers(fresh(cast.ada))] == [Lack.UNNAMED, Lack.NOT_ALONE]
    withdraw_declaration(fresh(cast.ada), by=cast.ada)
    assert {each.lack for each in blockers(fresh(cast.ada))} == {Lack.UNNAMED, Lack.UNCONFIRMED}


def test_last_years_final_shows_and_decides_which_maintenance_criteria_apply(ready, cast):
    save(cast.con, Said(ticked=up_to(ready, "13-101", 3), complete=True))
    confirm(cast.rex)
    submit_final(fresh(cast.ada), by=cast.ada, at=MARCH)
    register(cast.ada.organisation, year="2016-17")
    following = started(cast.ada, "2016-17")
    assert following.last_levels["13-101"] == 3
    assert following.last_levels["13-105"] == 2
    assert following.maintained == {"13-101"}
    without = up_to(following, "13-101", 3)
    assert following.level_of("13-101", without) == 2
    every = following.framework.requirement("13-101").criterion_codes
    assert following.level_of("13-101", every) == 3
