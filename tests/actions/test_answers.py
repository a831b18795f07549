"""Saving an answer: what is recorded, what is told, and what is refused."""

from datetime import date

import pytest

from igtoolkit.access import scope
from igtoolkit.access.policy import Refused
from igtoolkit.actions.answers import StaleAnswer, answer_to, save_answer
from igtoolkit.actions.said import EvidenceSaid, Invalid, Said
from igtoolkit.records.models import Assessment, Person
from igtoolkit.standard.framework import UnknownRequirement
from igtoolkit.standard.words import Stage
from tests.conftest import up_to

CODE = "13-202"
MINUTES = EvidenceSaid("1a", note="Minutes of the steering group", dated=date(2015, 5, 4))
LINK = EvidenceSaid("2a", link="https://intranet.example/guideline", dated=date(2015, 6, 1))

pytestmark = pytest.mark.usefixtures("summer")


def save(assessment, person, version=0, code=CODE, **said):
    return save_answer(assessment, code, Said(**said), version=version, by=person)


def fresh(person) -> Assessment:
    return scope.find_assessment(person, "DMA001", "2015-16")


def recorded(person, code=CODE):
    return answer_to(fresh(person), code)


def test_the_level_follows_from_the_ticks(assessment, cast):
    for level in range(4):
        saved = save(assessment, cast.con, level, ticked=up_to(assessment, CODE, level), not_yet=not level)
        assert saved.level == recorded(cast.con).level == level
    assert fresh(cast.con).standings()[CODE].level == 3


def test_nothing_ticked_is_not_scored_and_not_yet_is_level_0(assessment, cast):
    assert save(assessment, cast.con, comment="Begun.").level is None
    assert fresh(cast.con).standings() == {}
    assert save(assessment, cast.con, 1, comment="Begun.", not_yet=True).level == 0
    assert fresh(cast.con).standings()[CODE].level == 0


def test_everything_said_is_recorded(assessment, cast, summer):
    save(
        assessment,
        cast.con,
        ticked=frozenset({"1a", "1b"}),
        comment="Written in May.",
        target_level=3,
        target_date=date(2015, 12, 31),
        owner=" Head of Health Records ",
        evidence=(MINUTES, LINK),
    )
    answer = recorded(cast.ada)
    assert (answer.ticked, answer.level, answer.comment) == (["1a", "1b"], 1, "Written in May.")
    assert (answer.target_level, answer.target_date) == (3, date(2015, 12, 31))
    assert answer.owner == answer.facts()["owner"] == "Head of Health Records"
    assert [each.facts() for each in answer.evidence_list()] == [
        {"criterion": "1a", "note": "Minutes of the steering group", "link": "", "dated": "2015-05-04"},
        {"criterion": "2a", "note": "", "link": "https://intranet.example/guideline", "dated": "2015-06-01"},
    ]
    assert (answer.version, answer.changed_by, answer.changed_at) == (1, cast.con, summer)


def test_each_save_is_told_with_before_and_after(assessment, cast, told):
    save(assessment, cast.con, ticked=frozenset({"1a"}), evidence=(MINUTES,))
    save(assessment, cast.ada, 1, ticked=frozenset({"1a", "1b"}), evidence=(MINUTES,), comment="More.")
    started, first, second = told(cast.ada.organisation)
    assert started[0] == "assessment_started"
    assert (first[0], first[1], second[0], second[1]) == (
        "answer_saved",
        cast.con.email,
        "answer_saved",
        cast.ada.email,
    )
    assert first[2]["before"]["version"] == 0
    assert first[2]["after"] == second[2]["before"]
    assert second[2]["after"]["ticked"] == ["1a", "1b"]
    assert second[2]["after"]["evidence"][0]["note"] == "Minutes of the steering group"


def test_saving_the_same_twice_saves_it_once(assessment, cast, told):
    said = {"ticked": frozenset({"1a"}), "evidence": (MINUTES,), "complete": True}
    save(assessment, cast.con, **said)
    for version in (0, 1):
        assert save(assessment, cast.con, version, **said).version == 1
    assert len(recorded(cast.con).evidence_list()) == 1
    assert len(told(cast.ada.organisation)) == 2


def test_a_stale_save_is_refused_with_both_texts(assessment, cast, told):
    save(assessment, cast.con, comment="Con's text")
    with pytest.raises(StaleAnswer) as refused:
        save(assessment, cast.ada, comment="Ada's text")
    assert (refused.value.theirs.comment, refused.value.said.comment) == ("Con's text", "Ada's text")
    assert recorded(cast.ada).comment == "Con's text"
    assert len(told(cast.ada.organisation)) == 2


def test_a_version_from_the_future_or_from_nowhere_is_stale(assessment, cast):
    save(assessment, cast.con, comment="Con's text")
    for version in (-1, 7):
        with pytest.raises(StaleAnswer):
            save(assessment, cast.ada, version, comment="Ada's text")


def test_marking_complete_what_others_saved_alike_overwrites_nothing(assessment, cast):
    save(assessment, cast.con, ticked=frozenset({"1a"}), evidence=(MINUTES,))
    kept = recorded(cast.con).evidence_list()[0].pk
    save(assessment, cast.ada, 0, ticked=frozenset({"1a"}), evidence=(MINUTES,), complete=True)
    answer = recorded(cast.con)
    assert (answer.completed_by, answer.version) == (cast.ada, 2)
    assert answer.evidence_list()[0].pk == kept


@pytest.mark.parametrize(
    "change",
    [
        {"ticked": frozenset({"1a", "1b"})},
        {"ticked": frozenset(), "not_yet": True},
        {"comment": "Other words."},
        {"evidence": ()},
        {"evidence": (MINUTES, LINK)},
    ],
)
def test_a_change_of_substance_takes_off_complete(assessment, cast, change):
    said = {"ticked": frozenset({"1a"}), "evidence": (MINUTES,)}
    save(assessment, cast.con, **said, complete=True)
    assert recorded(cast.con).is_complete
    save(assessment, cast.con, 1, **{**said, **change})
    assert not recorded(cast.con).is_complete


def test_a_new_owner_leaves_complete_alone(assessment, cast):
    save(assessment, cast.con, ticked=frozenset({"1a"}), complete=True)
    save(assessment, cast.ada, 1, ticked=frozenset({"1a"}), owner="Deputy Chief Nurse")
    assert recorded(cast.ada).is_complete


def test_a_new_target_leaves_complete_alone(assessment, cast):
    save(assessment, cast.con, ticked=frozenset({"1a"}), complete=True)
    save(assessment, cast.ada, 1, ticked=frozenset({"1a"}), target_level=2, target_date=date(2015, 9, 1))
    assert recorded(cast.con).completed_by == cast.con


def test_complete_can_be_taken_off_alone(assessment, cast, told):
    save(assessment, cast.con, ticked=frozenset({"1a"}), complete=True)
    save(assessment, cast.con, 1, ticked=frozenset({"1a"}), complete=False)
    answer = recorded(cast.con)
    assert (answer.is_complete, answer.completed_by, answer.version) == (False, None, 2)
    assert [facts["after"]["complete"] for event, _, facts in told(cast.ada.organisation)[1:]] == [True, False]


def test_what_is_not_scored_cannot_be_complete(assessment, cast):
    with pytest.raises(Invalid) as refused:
        save(assessment, cast.con, comment="Nothing ticked.", complete=True)
    assert list(refused.value.errors) == ["ticked"]


def test_evidence_is_kept_changed_added_and_removed_by_key(assessment, cast):
    save(assessment, cast.con, evidence=(MINUTES, LINK, EvidenceSaid("2a", note="Poster", dated=date(2015, 6, 2))))
    minutes, _, poster = recorded(cast.con).evidence_list()
    said = (
        EvidenceSaid("1a", note=minutes.note, dated=minutes.dated, pk=minutes.pk),
        EvidenceSaid("2a", note="Poster on every ward", dated=poster.dated, pk=poster.pk),
        EvidenceSaid("3a", note="Log of objections", dated=date(2015, 6, 3)),
    )
    save(assessment, cast.ada, 1, evidence=said)
    found = recorded(cast.con).evidence_list()
    assert [(each.criterion, each.note) for each in found] == [
        ("1a", "Minutes of the steering group"),
        ("2a", "Poster on every ward"),
        ("3a", "Log of objections"),
    ]
    assert [each.pk for each in found[:2]] == [minutes.pk, poster.pk]
    assert [each.added_by for each in found] == [cast.con, cast.con, cast.ada]


def test_evidence_of_another_answer_is_never_touched(assessment, cast):
    save(assessment, cast.con, code="13-101", evidence=(MINUTES,))
    theirs = recorded(cast.con, "13-101").evidence_list()[0]
    taken = EvidenceSaid("1a", note="Taken over", dated=date(2015, 6, 1), pk=theirs.pk)
    save(assessment, cast.con, evidence=(taken,))
    assert recorded(cast.con, "13-101").evidence_list()[0].note == "Minutes of the steering group"
    assert recorded(cast.con).evidence_list()[0].pk != theirs.pk


def test_not_relevant_needs_a_reason_and_leaves_every_sum(assessment, cast):
    with pytest.raises(Invalid) as refused:
        save(assessment, cast.con, code="13-209", not_relevant=True, reason="  ")
    assert list(refused.value.errors) == ["reason"]
    save(assessment, cast.con, code="13-209", not_relevant=True, reason="Nothing leaves the UK.", complete=True)
    answer = recorded(cast.con, "13-209")
    assert (answer.level, answer.reason, answer.is_complete) == (None, "Nothing leaves the UK.", True)
    assert fresh(cast.con).score().maximum == 44 * 3


def test_not_relevant_is_refused_where_it_is_not_offered(assessment, cast):
    with pytest.raises(Invalid) as refused:
        save(assessment, cast.con, not_relevant=True, reason="We would rather not.")
    assert list(refused.value.errors) == ["not_relevant"]
    assert recorded(cast.con).pk is None


def test_a_reason_goes_when_the_requirement_is_relevant_again(assessment, cast):
    save(assessment, cast.con, code="13-209", not_relevant=True, reason="Nothing leaves the UK.")
    save(assessment, cast.con, 1, code="13-209", ticked=frozenset({"1a"}), reason="Nothing leaves the UK.")
    assert recorded(cast.con, "13-209").reason == ""


@pytest.mark.parametrize("who", ["ben", "cleo", "dev", "nia", "sam"])
def test_who_may_not_save_is_refused(assessment, cast, told, who):
    with pytest.raises(Refused):
        save(assessment, getattr(cast, who), ticked=frozenset({"1a"}))
    assert recorded(cast.ada).pk is None
    assert len(told(cast.ada.organisation)) == 1


def test_a_closed_assessment_takes_no_more_answers(assessment, cast):
    scope.everything(Assessment, reason="tests").update(stage_reached=Stage.FINAL)
    with pytest.raises(Refused):
        save(assessment, cast.ada, ticked=frozenset({"1a"}))
    assert fresh(cast.ada).standings() == {}


def test_a_requirement_outside_the_set_is_unknown(assessment, cast):
    with pytest.raises(UnknownRequirement):
        save(assessment, cast.con, code="13-999", ticked=frozenset({"1a"}))


@pytest.mark.parametrize("lost", [{"is_active": False}, {"role": "viewer"}])
def test_who_lost_their_rights_while_they_waited_saves_nothing(assessment, cast, lost):
    Person.objects.filter(pk=cast.con.pk).update(**lost)  # after the page's door had let them in
    with pytest.raises(Refused):
        save(assessment, cast.con, comment="Too late.")
    assert recorded(cast.ada).version == 0
