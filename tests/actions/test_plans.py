"""Improvement plans: writing, sending, and the service team's decision."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from igtoolkit.access import scope
from igtoolkit.access.policy import Refused
from igtoolkit.actions.finals import reopen_final
from igtoolkit.actions.plans import Planned, StalePlan, save_plan, send_plan
from igtoolkit.actions.reviews import AlreadyDecided, review_plan
from igtoolkit.actions.said import Invalid
from igtoolkit.actions.shortfalls import action_digest, draft_digest, shortfalls, standing_final, written
from igtoolkit.records import clock
from igtoolkit.reports.reviews import reviewed_grade
from tests.conftest import submit_final
from tests.plan_examples import AUDIT, BOTH, DUE, SPRING, TRAIN, draft, final_of, lay_down, sent_plan
from tests.worlds import world


@pytest.fixture
def spring(monkeypatch) -> datetime:
    """10 April 2016: Final has just been due."""
    monkeypatch.setattr(clock, "now", lambda: SPRING)
    return SPRING


@world
def lived(assessment, cast):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(clock, "now", lambda: SPRING)
        final_of(cast, r112=1, r202=0)


@pytest.fixture
def final(lived, spring, cast):
    """DMA001's assessment after a Final with two requirements below level 2."""
    return draft(cast.ada)


def corrected(cast, level: int):
    """Final once more, with 13-112 at another level."""
    reopen_final(draft(cast.ada), by=cast.ada)
    lay_down(draft(cast.ada), {"13-112": level, "13-202": 0}, by=cast.con, confirmed_by=cast.rex)
    return submit_final(draft(cast.ada), by=cast.ada, at=SPRING, key="again", reason="Training was counted again.")


# Shortfalls


def test_the_shortfalls_are_those_of_the_final_that_stands(final):
    standing = standing_final(final)
    found = shortfalls(standing)
    assert [(each.requirement, each.level) for each in found] == [("13-112", 1), ("13-202", 0)]
    assert len(found) == standing.snapshot["score"]["below_satisfactory"]
    assert found[0].title == final.framework.requirement("13-112").title


def test_without_a_final_or_a_shortfall_there_is_no_plan(spring, assessment, cast):
    with pytest.raises(Refused):
        save_plan(assessment, BOTH, by=cast.con)
    final_of(cast)
    for act in (lambda: save_plan(draft(cast.ada), BOTH, by=cast.con), lambda: send_plan(draft(cast.ada), by=cast.ada)):
        with pytest.raises(Invalid, match="No plan is needed"):
            act()


# Writing


def test_what_is_planned_is_kept_and_told(final, cast, told):
    assert save_plan(final, BOTH, by=cast.con) == ["13-112", "13-202"]
    held = written(final)
    assert (held["13-112"].action, held["13-112"].owner, held["13-112"].due) == (TRAIN.action, TRAIN.owner, DUE)
    assert held["13-112"].changed_by == cast.con
    event, by, facts = told(final.organisation)[-1]
    assert (event, by, facts["before"]) == ("plan_saved", "con@example.org", {})
    assert facts["after"]["13-202"] == AUDIT.facts


def test_saving_the_same_again_changes_nothing(final, cast, told):
    save_plan(final, BOTH, by=cast.con)
    before = told(final.organisation)
    assert save_plan(final, BOTH, by=cast.rex) == []
    assert told(final.organisation) == before


def test_a_row_left_empty_is_taken_out_and_one_not_named_stays(final, cast):
    save_plan(final, BOTH, by=cast.con)
    assert save_plan(final, {"13-112": Planned()}, by=cast.con) == ["13-112"]
    assert list(written(final)) == ["13-202"]


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        (Planned("", "Paul", DUE), "action", "Enter what will be done about 13-112"),
        (Planned("Train.", "\u200b", DUE), "owner", "Enter who will see to it"),
        (Planned("Train.", "Paul", None), "due", "Enter the date"),
        (Planned("Train.", "Paul", None, "Due date must be a real date"), "due", "a real date"),
        (Planned("Train.", "Paul", date(2016, 4, 9)), "due", "today or in the future"),
        (Planned("Train.", "Paul", date(2027, 1, 1)), "due", "within ten years"),
        (Planned("x" * 2_001, "Paul", DUE), "action", "2,000 characters or fewer; it has 2,001"),
        (Planned("Train.", "x" * 101, DUE), "owner", "100 characters or fewer"),
        (Planned("Tr\0ain.", "Paul", DUE), "action", "cannot be kept"),
    ],
)
def test_what_cannot_be_planned_is_refused_and_nothing_is_kept(final, cast, said, field, words):
    with pytest.raises(Invalid, match=words) as refused:
        save_plan(final, {"13-112": said, "13-202": AUDIT}, by=cast.con)
    assert list(refused.value.errors) == [f"13-112-{field}"]
    assert written(final) == {}


def test_today_is_in_time_and_a_date_that_has_passed_since_may_stay(final, cast, monkeypatch):
    save_plan(final, {"13-112": Planned("Train.", "Paul", SPRING.date())}, by=cast.con)
    monkeypatch.setattr(clock, "now", lambda: datetime(2016, 5, 1, tzinfo=UTC))
    save_plan(final, {"13-112": Planned("Train all.", "Paul", SPRING.date())}, by=cast.con)
    with pytest.raises(Invalid, match="The due date of 13-112 has passed"):
        send_plan(final, by=cast.ada)


def test_a_requirement_of_nobodys_is_refused(final, cast):
    with pytest.raises(Invalid, match="no requirement 13-999"):
        save_plan(final, {"13-999": TRAIN}, by=cast.con)


def test_an_old_form_overwrites_nobody_and_is_told_what_stands(final, cast):
    save_plan(final, {"13-112": TRAIN}, by=cast.con)
    seen = {"13-112": "", "13-202": ""}
    with pytest.raises(StalePlan) as stale:
        save_plan(final, {"13-112": AUDIT, "13-202": AUDIT}, by=cast.rex, seen=seen)
    assert list(stale.value.theirs) == ["13-112"]
    assert list(written(final)) == ["13-112"]
    again = {**seen, "13-112": action_digest(stale.value.theirs["13-112"])}
    assert save_plan(final, {"13-112": AUDIT, "13-202": AUDIT}, by=cast.rex, seen=again) == ["13-112", "13-202"]


@pytest.mark.parametrize("who", ["ben", "cleo", "nia", "sam"])
def test_nobody_else_writes_or_sends(final, cast, who):
    for act in (save_plan, send_plan):
        with pytest.raises(Refused):
            act(final, *([BOTH] if act is save_plan else []), by=getattr(cast, who))
    assert written(final) == {}


@pytest.mark.parametrize("who", ["con", "rex"])
def test_only_an_administrator_sends(final, cast, who):
    save_plan(final, BOTH, by=getattr(cast, who))
    with pytest.raises(Refused):
        send_plan(final, by=getattr(cast, who))


# Sending


def test_a_plan_goes_once_every_shortfall_has_its_action(final, cast, told):
    save_plan(final, {"13-112": TRAIN}, by=cast.con)
    with pytest.raises(Invalid) as refused:
        send_plan(final, by=cast.ada)
    assert refused.value.errors == {"13-202-action": "13-202 has no action yet"}
    plan = sent_plan(cast)
    assert (plan.number, plan.submission, plan.sent_by, plan.sent_at) == (1, standing_final(final), cast.ada, SPRING)
    title = final.framework.requirement("13-112").title
    assert json.loads(plan.document)[0] == {**TRAIN.facts, "requirement": "13-112", "title": title, "level": 1}
    event, _, facts = told(final.organisation)[-1]
    assert (event, facts["after"]["number"], facts["after"]["final"]) == ("plan_sent", 1, 1)


def test_a_second_press_sends_nothing_more(final, cast):
    first = sent_plan(cast)
    assert send_plan(draft(cast.ada), by=cast.ada).pk == first.pk
    save_plan(draft(cast.ada), {"13-112": AUDIT}, by=cast.con)
    with pytest.raises(Invalid, match="waits for the service team"):
        send_plan(draft(cast.ada), by=cast.ada)
    assert scope.plans(cast.sam).count() == 1


def test_only_what_was_looked_at_is_sent(final, cast):
    save_plan(final, BOTH, by=cast.con)
    seen = draft_digest(shortfalls(standing_final(final)), written(final))
    save_plan(final, {"13-112": AUDIT}, by=cast.con)
    with pytest.raises(StalePlan):
        send_plan(final, by=cast.ada, seen=seen)
    send_plan(final, by=cast.ada, seen=draft_digest(shortfalls(standing_final(final)), written(final)))


def test_what_was_sent_does_not_change_with_the_draft_nor_by_any_query(final, cast):
    plan = sent_plan(cast)
    save_plan(draft(cast.ada), {"13-112": AUDIT}, by=cast.con)
    assert scope.plans(cast.sam).get().actions[0]["action"] == TRAIN.action
    with pytest.raises(DatabaseError), transaction.atomic():
        scope.plans(cast.sam).filter(pk=plan.pk).order_by().update(document="[]")


# Deciding


def test_an_accepted_plan_is_the_reviewed_grade_and_changes_no_snapshot(final, cast, told):
    plan = sent_plan(cast)
    before = plan.submission.document
    assert reviewed_grade(plan.submission) is None
    review = review_plan(plan, accepted=True, reason="Sound, and soon enough.", by=cast.sam)
    held = reviewed_grade(standing_final(draft(cast.ada)))
    assert (held.pk, held.reason, held.decided_by, held.decided_at) == (review.pk, review.reason, cast.sam, SPRING)
    assert standing_final(draft(cast.ada)).document == before
    assert told(final.organisation)[-1][:2] == ("plan_accepted", "sam@example.org")
    with pytest.raises(Invalid, match="accepted this plan"):
        save_plan(draft(cast.ada), {"13-112": AUDIT}, by=cast.con)
    with pytest.raises(Invalid, match="accepted this plan"):
        send_plan(draft(cast.ada), by=cast.ada)


def test_a_returned_plan_can_be_sent_again_as_the_next_number(final, cast, told):
    review_plan(sent_plan(cast), accepted=False, reason="Who audits, and how?", by=cast.sam)
    assert reviewed_grade(standing_final(draft(cast.ada))) is None
    assert told(final.organisation)[-1][0] == "plan_returned"
    save_plan(draft(cast.ada), {"13-112": AUDIT}, by=cast.con)
    again = send_plan(draft(cast.ada), by=cast.ada)
    assert again.number == 2
    review_plan(again, accepted=True, reason="Clear now.", by=cast.sam)
    assert reviewed_grade(standing_final(draft(cast.ada))).plan.number == 2


@pytest.mark.parametrize("reason", ["", " \n", "\u200b", "x" * 2_001, "a\0b"])
def test_a_decision_needs_a_reason_that_can_be_kept(final, cast, reason):
    with pytest.raises(Invalid) as refused:
        review_plan(sent_plan(cast), accepted=True, reason=reason, by=cast.sam)
    assert list(refused.value.errors) == ["reason"]


@pytest.mark.parametrize("who", ["ada", "rex", "cleo", "nia", "dev"])
def test_nobody_else_decides(final, cast, who):
    plan = sent_plan(cast)
    with pytest.raises(Refused):
        review_plan(plan, accepted=True, reason="Ours.", by=getattr(cast, who))
    assert reviewed_grade(plan.submission) is None


def test_a_decision_is_taken_once(final, cast):
    plan = sent_plan(cast)
    review_plan(plan, accepted=True, reason="Sound.", by=cast.sam)
    review_plan(plan, accepted=True, reason="Sound.", by=cast.sam)
    with pytest.raises(AlreadyDecided):
        review_plan(plan, accepted=False, reason="No.", by=cast.sam)


def test_a_correction_of_final_starts_the_reviewed_grade_anew(final, cast):
    plan = sent_plan(cast)
    review_plan(plan, accepted=True, reason="Sound.", by=cast.sam)
    assert corrected(cast, 0).number == 2
    assert reviewed_grade(standing_final(draft(cast.ada))) is None
    assert reviewed_grade(plan.submission) is not None
    again = send_plan(draft(cast.ada), by=cast.ada)
    assert (again.number, again.submission.number, again.actions[0]["level"]) == (1, 2, 0)


def test_a_plan_about_a_final_that_was_corrected_takes_no_decision(final, cast):
    plan = sent_plan(cast)
    corrected(cast, 2)
    with pytest.raises(Invalid, match="corrected since"):
        review_plan(plan, accepted=True, reason="Sound.", by=cast.sam)
    assert [each.requirement for each in shortfalls(standing_final(draft(cast.ada)))] == ["13-202"]


def test_what_was_planned_about_a_requirement_no_longer_short_is_kept_and_not_sent(final, cast):
    save_plan(final, BOTH, by=cast.con)
    corrected(cast, 2)
    assert save_plan(draft(cast.ada), {"13-112": AUDIT}, by=cast.con) == ["13-112"]
    assert [each["requirement"] for each in send_plan(draft(cast.ada), by=cast.ada).actions] == ["13-202"]
