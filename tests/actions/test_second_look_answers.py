"""A question is answered by the National Data Guardian's reader with a reason, once, and can be taken up again."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connections, transaction

from igtoolkit.access import scope
from igtoolkit.access.policy import Refused
from igtoolkit.actions.said import Invalid
from igtoolkit.actions.second_looks import (
    NO_REASON,
    Changed,
    NotAsked,
    dismiss_second_look,
    take_up_again,
)
from igtoolkit.records.models import Dismissal, Submission
from igtoolkit.reports.second_look import history, looks
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR, make_person
from tests.reports.small_nation import report_at, trust
from tests.worlds import world

LEVEL_2 = "all_at_level_2"
REASON = "The trust told us that it plans to stay at level 2 this year."


@world
def nia():
    return make_person("nia", reads_for_ndg=True)


@world
def steady(nia):
    """The administrator of a trust at exactly level 2 throughout."""
    by = trust("DMA001")
    report_at(by, Stage.BASELINE, 2)
    return by


def sent(by) -> Submission:
    """The trust's latest Baseline."""
    return scope.find_submission(by, "DMA001", YEAR, Stage.BASELINE)


def answered(by):
    (look,) = looks(sent(by))
    return look.answered


def told(by) -> list[tuple[str, str, dict]]:
    """What the organisation's own chain says of it."""
    rows = by.organisation.events.filter(event__startswith="second_look").order_by("number")
    return [(each.event, each.by, json.loads(each.facts)["after"]) for each in rows]


def test_an_answer_is_kept_with_who_when_and_why_and_told_in_the_organisations_chain(steady, nia):
    made = dismiss_second_look(sent(nia), LEVEL_2, reason=f"  {REASON}\n", by=nia)
    assert (answered(steady).reason, answered(steady).by, answered(steady).at) == (REASON, "Nia", made.dismissed_at)
    facts = {"year": YEAR, "stage": "baseline", "number": 1, "rule": LEVEL_2, "reason": REASON}
    assert told(steady) == [("second_look_dismissed", nia.email, facts)]


def test_it_changes_nothing_of_the_submission(steady, nia):
    before = sent(nia)
    dismiss_second_look(before, LEVEL_2, reason=REASON, by=nia)
    after = sent(nia)
    assert (after.document, after.digest) == (before.document, before.digest)
    assert [each.requirements for each in after.second_looks.all()] == [
        each.requirements for each in before.second_looks.all()
    ]


@pytest.mark.parametrize("reason", ["", " \n ", "\u200b", "x" * 501, "A\0B"])
def test_an_answer_says_why_and_not_endlessly(steady, nia, reason):
    with pytest.raises(Invalid) as refused:
        dismiss_second_look(sent(nia), LEVEL_2, reason=reason, by=nia)
    assert list(refused.value.errors) == ["reason"]
    if not reason.strip():
        assert refused.value.errors["reason"] == NO_REASON
    assert answered(steady) is None
    assert told(steady) == []


def test_five_hundred_characters_are_kept(steady, nia):
    dismiss_second_look(sent(nia), LEVEL_2, reason="x" * 500, by=nia)
    assert answered(steady).reason == "x" * 500


def test_a_second_press_answers_once_and_another_reader_is_told_who_did(steady, nia):
    first = dismiss_second_look(sent(nia), LEVEL_2, reason=REASON, by=nia)
    assert dismiss_second_look(sent(nia), LEVEL_2, reason=REASON, by=nia).pk == first.pk
    with pytest.raises(Changed) as changed:
        dismiss_second_look(sent(nia), LEVEL_2, reason="Mine.", by=make_person("nils", reads_for_ndg=True))
    assert changed.value.latest.dismissed_by == nia
    assert answered(steady).reason == REASON
    assert len(told(steady)) == 1


def test_any_reader_takes_it_up_again_and_the_answer_stays_on_record(steady, nia):
    nils = make_person("nils", reads_for_ndg=True)
    made = dismiss_second_look(sent(nia), LEVEL_2, reason=REASON, by=nia)
    for _ in range(2):  # and a second press of the same button
        take_up_again(sent(nils), LEVEL_2, answer=made.pk, by=nils)
    assert answered(steady) is None
    (kept,) = history(sent(nia), LEVEL_2)
    assert (kept.reason, kept.dismissed_by, kept.withdrawn_by) == (REASON, nia, nils)
    assert [(event, by) for event, by, _ in told(steady)] == [
        ("second_look_dismissed", nia.email),
        ("second_look_taken_up_again", nils.email),
    ]
    dismiss_second_look(sent(nia), LEVEL_2, reason="Asked again, and answered.", by=nils)
    assert answered(steady).by == "Nils"
    assert len(history(sent(nia), LEVEL_2)) == 2


def test_an_answer_that_was_not_read_is_not_taken_back(steady, nia):
    nils = make_person("nils", reads_for_ndg=True)
    with pytest.raises(Changed):
        take_up_again(sent(nia), LEVEL_2, answer=0, by=nia)
    first = dismiss_second_look(sent(nia), LEVEL_2, reason=REASON, by=nia)
    take_up_again(sent(nia), LEVEL_2, answer=first.pk, by=nia)
    with pytest.raises(Changed):
        take_up_again(sent(nia), LEVEL_2, answer=first.pk, by=nils)
    dismiss_second_look(sent(nia), LEVEL_2, reason="Newer.", by=nia)
    with pytest.raises(Changed):
        take_up_again(sent(nia), LEVEL_2, answer=first.pk, by=nils)
    assert answered(steady).reason == "Newer."


def test_a_correction_asks_anew_and_the_earlier_answer_stays_with_the_earlier_one(steady, nia):
    first = sent(nia)
    dismiss_second_look(first, LEVEL_2, reason=REASON, by=nia)
    report_at(steady, Stage.BASELINE, 2, reason="A comment was added")
    assert sent(nia).number == 2
    assert answered(steady) is None
    assert looks(first)[0].answered.reason == REASON
    with pytest.raises(Changed) as changed:
        dismiss_second_look(first, LEVEL_2, reason="Late.", by=nia)
    assert changed.value.corrected


def test_a_question_that_no_rule_asks_has_no_answer(steady, nia):
    for rule in ("same_comment", "no_such_rule", ""):
        with pytest.raises(NotAsked):
            dismiss_second_look(sent(nia), rule, reason=REASON, by=nia)


def test_nobody_else_answers(steady, nia):
    others = [steady, make_person("sam", serves=True), trust("DMA002")]
    gone = make_person("nell", reads_for_ndg=True)
    gone.is_active = False
    gone.save()
    for person in (*others, gone):
        with pytest.raises(Refused):
            dismiss_second_look(sent(nia), LEVEL_2, reason=REASON, by=person)
    made = dismiss_second_look(sent(nia), LEVEL_2, reason=REASON, by=nia)
    for person in (*others, gone):
        with pytest.raises(Refused):
            take_up_again(sent(nia), LEVEL_2, answer=made.pk, by=person)
    assert answered(steady) is not None


def test_the_database_itself_holds_one_standing_answer_with_a_reason(steady, nia):
    made = dismiss_second_look(sent(nia), LEVEL_2, reason=REASON, by=nia)
    facts = {"dismissed_at": made.dismissed_at, "dismissed_by": nia}
    for reason in ("Another.", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            made.second_look.dismissals.create(reason=reason, **facts)


def test_two_readers_at_once_answer_once(committed):
    nia, nils = (make_person(name, reads_for_ndg=True) for name in ("nia", "nils"))
    report_at(trust("DMA001"), Stage.BASELINE, 2)

    def answer(by) -> str:
        try:
            dismiss_second_look(sent(by), LEVEL_2, reason=f"{by}'s reason.", by=by)
            return "answered"
        except Changed as changed:
            return f"told of {changed.latest.dismissed_by}"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(answer, (nia, nils)))
    (made,) = Dismissal.unscoped.all()
    assert results == ["answered", f"told of {made.dismissed_by}"]
