"""Improvement plans: the organisation's page, and the service team's."""

import pytest
from django.test import Client

from igtoolkit.actions.finals import reopen_final
from igtoolkit.actions.plans import Planned, save_plan
from igtoolkit.actions.reviews import review_plan
from igtoolkit.actions.shortfalls import written
from igtoolkit.records import clock
from igtoolkit.reports.reviews import reviewed_grade
from tests.conftest import make_organisation, make_person, started, submit_final
from tests.plan_examples import AUDIT, BOTH, SPRING, TRAIN, draft, final_of, lay_down, sent_plan
from tests.web.reading import form_of, title, words
from tests.worlds import world

OWN = "/organisations/DMA001/2015-16/improvement-plan/"
SEND = OWN + "send/"
SENT = "/plans/DMA001/2015-16/"
CANARY = "kestrel-over-the-moor"


@world
def lived(assessment, cast):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(clock, "now", lambda: SPRING)
        return final_of(cast, r112=1, r202=0)


@pytest.fixture
def final(lived, monkeypatch):
    """DMA001's Final with two requirements below level 2."""
    monkeypatch.setattr(clock, "now", lambda: SPRING)
    return lived


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def con(final, cast):
    return browser(cast.con)


@pytest.fixture
def ada(final, cast):
    return browser(cast.ada)


@pytest.fixture
def sam(final, cast):
    return browser(cast.sam)


def typed(code: str, said: Planned) -> dict[str, str]:
    due = said.due
    parts = {"day": str(due.day), "month": str(due.month), "year": str(due.year)}
    dated = {f"{code}-due-{part}": value for part, value in parts.items()}
    return {f"{code}-action": said.action, f"{code}-owner": said.owner, **dated}


# Writing


def test_each_shortfall_is_offered_and_what_is_typed_is_kept(con, cast):
    page = con.get(OWN)
    assert "2 requirements stand below level 2" in words(page)
    assert "13-112-action" in page.content.decode()
    assert "13-101-action" not in page.content.decode()
    told = con.post(OWN, {**form_of(page, "13-112-action"), **typed("13-112", TRAIN)})
    assert (told.status_code, told.url) == (302, OWN)
    again = con.get(OWN)
    assert "Saved: 13-112." in words(again)
    assert title(again).startswith("Saved: Improvement plan")
    assert form_of(again, "13-112-action")["13-112-due-month"] == ["9"]
    assert "13-202 has no action yet" in words(again)


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"13-202-owner": "Paul"}, "13-202-action", "Enter what will be done about 13-202"),
        ({"13-202-action": "x" * 2_001, "13-202-owner": "Paul"}, "13-202-action", "it has 2,001"),
        ({"13-202-due-day": "31", "13-202-due-month": "2", "13-202-due-year": "2017"}, "13-202-due", "a real date"),
        ({"13-202-due-day": "1"}, "13-202-due", "must include a month and a year"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(con, cast, given, field, said):
    sent = {**form_of(con.get(OWN), "13-112-action"), **typed("13-112", TRAIN), **given}
    page = con.post(OWN, sent)
    assert page.status_code == 422
    assert title(page).startswith("Error: ")
    assert f'<a href="#{field}">' in page.content.decode()
    assert said in words(page)
    kept = form_of(page, "13-112-action")
    assert kept["13-112-action"] == [TRAIN.action]
    assert all(kept[name] == [value] for name, value in given.items())
    assert written(draft(cast.ada)) == {}


def test_an_old_form_shows_both_texts_and_overwrites_nothing(con, cast):
    mine = {**form_of(con.get(OWN), "13-112-action"), **typed("13-112", AUDIT)}
    save_plan(draft(cast.ada), {"13-112": TRAIN}, by=cast.rex)
    page = con.post(OWN, mine)
    assert page.status_code == 409
    assert TRAIN.action in words(page)
    assert "Saved by Rex." in words(page)
    sent = form_of(page, "13-112-action")
    assert sent["13-112-action"] == [AUDIT.action]
    assert written(draft(cast.ada))["13-112"].action == TRAIN.action
    assert con.post(OWN, sent).status_code == 302
    assert written(draft(cast.ada))["13-112"].action == AUDIT.action


def test_strange_and_enormous_forms_are_answered(con):
    for given in (
        {"13-999-action": "Nothing."},
        {"x-y-action": "a\0b"},
        {f"{n}-{m}-action": "x" for n in range(30) for m in range(30)},
        {"13-202-action": "x" * 1_000_000},
    ):
        assert con.post(OWN, given).status_code == 422
    assert con.post(OWN, {}).status_code == 302


def test_a_viewer_reads_and_changes_nothing(final, cast):
    save_plan(draft(cast.ada), {"13-112": TRAIN}, by=cast.con)
    ben = browser(cast.ben)
    page = ben.get(OWN)
    assert TRAIN.action in words(page)
    assert "No action yet." in words(page)
    assert 'name="13-112-action"' not in page.content.decode()
    assert "Only an administrator can send the plan. Yours is Ada." in words(page)
    assert ben.post(OWN, typed("13-112", AUDIT)).status_code == ben.post(SEND).status_code == 403


def test_before_final_and_after_a_satisfactory_one_the_page_says_why_there_is_no_plan(client, cast, monkeypatch):
    client.force_login(cast.ada)
    assert "Final has not been submitted." in words(client.get(OWN))
    monkeypatch.setattr(clock, "now", lambda: SPRING)
    started(cast.ada)
    final_of(cast)
    page = client.get(OWN)
    assert "No plan is needed: in Final every requirement stands at level 2 or more." in words(page)
    assert "Send the plan" not in words(page)
    refused = client.post(OWN, typed("13-112", TRAIN))
    assert refused.status_code == 422
    assert form_of(refused, "13-112-action")["13-112-action"] == [TRAIN.action]
    assert client.post(SEND, {}).status_code == 422


# Sending


def test_the_button_is_blocked_with_what_is_missing_until_all_is_there(ada, cast):
    page = ada.get(OWN)
    assert '<a href="#13-112-action">13-112 has no action yet</a>' in page.content.decode()
    refused = ada.post(SEND, form_of(page, "13-112-action"))
    assert refused.status_code == 422
    save_plan(draft(cast.ada), BOTH, by=cast.con)
    ready = ada.get(OWN)
    told = ada.post(SEND, form_of(ready, "draft"))
    assert (told.status_code, told.url) == (302, OWN)
    shown = words(ada.get(OWN))
    assert "Sent, waiting for the service team" in shown
    assert "Plan 1, sent 10 April 2016 at 10:00 by Ada." in shown
    assert "What you change here is not in the plan that was sent." in shown


def test_what_was_changed_after_the_page_was_opened_is_not_sent_unseen(ada, cast):
    save_plan(draft(cast.ada), BOTH, by=cast.con)
    seen = form_of(ada.get(OWN), "draft")
    save_plan(draft(cast.ada), {"13-112": AUDIT}, by=cast.con)
    page = ada.post(SEND, seen)
    assert page.status_code == 409
    assert "Look through it again, then send it." in words(page)
    assert ada.post(SEND, form_of(page, "draft")).status_code == 302
    assert ada.post(SEND, form_of(page, "draft")).status_code == 302  # a second press of the same button


# The service team


def test_the_service_team_reads_the_plan_and_nothing_else(final, cast, monkeypatch):
    assessment = draft(cast.ada)
    assessment.answers.filter(requirement="13-112").update(comment=CANARY)
    reopen_final(assessment, by=cast.ada)
    submit_final(draft(cast.ada), by=cast.ada, at=SPRING, key="again", reason="A comment was added.")
    assert CANARY in draft(cast.ada).submissions.get(stage="final", number=2).document
    sent_plan(cast)
    sam = browser(cast.sam)
    page = sam.get(SENT)
    told = words(page)
    for each in ("13-112", TRAIN.action, TRAIN.owner, "30 September 2016", "Level 1", "13-202", "Level 0"):
        assert each in told
    assert all(each not in page.content.decode() for each in (CANARY, "13-101", "Margaret Iredale"))
    assert "%" not in told
    for path in ("/organisations/DMA001/2015-16/", OWN, "/organisations/DMA001/2015-16/final/caldicott2/"):
        assert sam.get(path).status_code == 404


def test_a_plan_is_returned_with_a_reason_and_accepted_the_second_time(sam, ada, cast, final):
    sent_plan(cast)
    assert "Waiting" in words(sam.get("/plans/"))
    decision = {**form_of(sam.get(SENT), "reason"), "decision": "return", "reason": "Who audits,\r\nand how?"}
    assert sam.post(SENT, decision).url == "/plans/"
    assert "Plan 1 of Trust DMA001 is returned." in words(sam.get("/plans/"))
    own = words(ada.get(OWN))
    assert "Returned: change the plan and send it again" in own
    assert "Who audits, and how?" in own
    save_plan(draft(cast.ada), {"13-112": AUDIT}, by=cast.con)
    assert ada.post(SEND, form_of(ada.get(OWN), "draft")).status_code == 302
    shown = sam.get(SENT)
    assert "Earlier plans Plan 1, sent" in words(shown)
    decision = {**form_of(shown, "reason"), "decision": "accept", "reason": "Clear now."}
    assert sam.post(SENT, decision).status_code == 302
    accepted = words(ada.get(OWN))
    assert "Satisfactory with improvement plan" in accepted
    assert "Clear now." in accepted
    assert "Save the plan" not in accepted
    assert reviewed_grade(final).reason == "Clear now."
    published = words(Client().get("/published/DMA001/2015-16/"))
    assert "Satisfactory with improvement plan" in published
    assert "Clear now." in published
    assert TRAIN.owner not in published
    assert "13-112-action" not in ada.get(OWN).content.decode()


def test_what_is_typed_after_a_plan_was_accepted_is_not_lost(con, cast):
    mine = {**form_of(con.get(OWN), "13-112-action"), **typed("13-112", AUDIT)}
    review_plan(sent_plan(cast), accepted=True, reason="Sound.", by=cast.sam)
    page = con.post(OWN, mine)
    assert page.status_code == 422
    assert "The service team has accepted this plan" in words(page)
    assert form_of(page, "13-112-action")["13-112-action"] == [AUDIT.action]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"decision": "", "reason": "Sound."}, "decision"),
        ({"decision": "perhaps", "reason": "Sound."}, "decision"),
        ({"decision": "accept", "reason": " "}, "reason"),
        ({"decision": "accept", "reason": "x" * 2_001}, "reason"),
    ],
)
def test_a_decision_that_is_not_whole_is_refused_and_what_was_typed_kept(sam, cast, final, given, field):
    sent_plan(cast)
    page = sam.post(SENT, {**form_of(sam.get(SENT), "reason"), **given})
    assert page.status_code == 422
    assert f'<a href="#{field}">' in page.content.decode()
    assert form_of(page, "reason")["reason"] == [given["reason"]]
    assert reviewed_grade(final) is None


def test_two_of_the_service_team_decide_once_and_the_second_is_told(sam, cast, final):
    plan = sent_plan(cast)
    mine = {**form_of(sam.get(SENT), "reason"), "decision": "return", "reason": "My own words."}
    review_plan(plan, accepted=True, reason="Sound.", by=make_person("sue", serves=True))
    page = sam.post(SENT, mine)
    assert page.status_code == 409
    assert "Somebody else decided on this plan" in words(page)
    assert "My own words." in words(page)
    assert reviewed_grade(final).reason == "Sound."


def test_a_decision_is_about_the_plan_that_was_read(sam, cast):
    plan = sent_plan(cast)
    mine = {**form_of(sam.get(SENT), "reason"), "decision": "accept", "reason": "Sound."}
    review_plan(plan, accepted=False, reason="Not yet.", by=make_person("sue", serves=True))
    save_plan(draft(cast.ada), {"13-112": AUDIT}, by=cast.con)
    sent_plan(cast)
    page = sam.post(SENT, mine)
    assert page.status_code == 409
    assert "A newer plan was sent after you opened the page" in words(page)
    assert form_of(page, "reason")["reason"] == ["Sound."]
    assert sam.post(SENT, {**form_of(page, "reason"), "decision": "accept"}).status_code == 302


def test_a_corrected_final_is_said_on_both_sides(sam, ada, cast):
    sent_plan(cast)
    reopen_final(draft(cast.ada), by=cast.ada)
    assert "Final is open again for a correction." in words(ada.get(OWN))
    lay_down(draft(cast.ada), {"13-202": 1}, by=cast.con, confirmed_by=cast.rex)
    submit_final(draft(cast.ada), by=cast.ada, at=SPRING, key="again", reason="Counted again.")
    assert "the reviewed grade of this one starts anew" in words(ada.get(OWN))
    assert "1 requirement stands below level 2" in words(ada.get(OWN))
    assert "Final corrected since" in words(sam.get("/plans/"))
    page = sam.get(SENT)
    assert "takes no decision" in words(page)
    assert 'name="decision"' not in page.content.decode()


def test_who_sent_none_and_who_does_not_exist_are_twins(sam, cast):
    for person in (cast.sam, cast.nia, cast.cleo, cast.ada):
        client = browser(person)
        for method in ("get", "post"):
            answers = [getattr(client, method)(f"/plans/{code}/2015-16/") for code in ("DMA001", "DMA002", "ZZZ", "..")]
            answers += [getattr(client, method)(f"/plans/DMA001/{year}/") for year in ("2014-15", "soon")]
            answers.append(getattr(client, method)("/plans/DMA001\0/2015-16/"))
            assert {each.status_code for each in answers} == {404}, person
            assert len({each.content for each in answers}) == 1


def test_a_plan_that_was_sent_is_open_to_nobody_else(final, cast):
    sent_plan(cast)
    for person in (cast.nia, cast.cleo, cast.dev, cast.ada, cast.ben):
        client = browser(person)
        answers = [client.get(f"/plans/{code}/2015-16/") for code in ("DMA001", "ZZZ")]
        assert [each.status_code for each in answers] == [404, 404]
        assert answers[0].content == answers[1].content
        assert client.get("/plans/").status_code == 403
    assert Client().get(SENT).url == f"/sign-in/?next={SENT}"
    for person in (cast.cleo, cast.dev, cast.nia, cast.sam):
        assert browser(person).get(OWN).status_code == browser(person).post(SEND).status_code == 404


# Many


def test_the_list_puts_the_longest_waiting_first_and_takes_as_many_queries_for_20_as_for_2(
    sam, cast, django_assert_max_num_queries, monkeypatch
):
    plan = sent_plan(cast)
    review_plan(plan, accepted=True, reason="Sound.", by=cast.sam)
    copies(plan, 2)
    with django_assert_max_num_queries(12) as few:
        page = sam.get("/plans/")
    assert words(page).index("Trust DMB01") < words(page).index("Trust DMB00") < words(page).index("Trust DMA001")
    copies(plan, 20)
    with django_assert_max_num_queries(12) as many:
        sam.get("/plans/")
    assert len(few) == len(many)
    with django_assert_max_num_queries(12):
        sam.get(SENT)


def test_the_organisations_page_takes_as_many_queries_for_20_shortfalls_as_for_2(
    ada, cast, django_assert_max_num_queries
):
    save_plan(draft(cast.ada), BOTH, by=cast.con)
    with django_assert_max_num_queries(12) as few:
        ada.get(OWN)
    reopen_final(draft(cast.ada), by=cast.ada)
    codes = [each.code for each in draft(cast.ada).framework.requirements][:20]
    lay_down(draft(cast.ada), dict.fromkeys(codes, 1), by=cast.con, confirmed_by=cast.rex)
    submit_final(draft(cast.ada), by=cast.ada, at=SPRING, key="again", reason="Counted again.")
    with django_assert_max_num_queries(12) as many:
        page = ada.get(OWN)
    assert "20 requirements stand below level 2" in words(page)
    assert len(many) <= len(few) + 1  # whether a plan was sent about the Final before this one


def copies(plan, n: int) -> None:
    """The same plan from n more trusts, each waiting a day longer than the one before."""
    for at in range(n):
        if make_organisation(f"DMB{at:02}").people.exists():
            continue
        trust = make_organisation(f"DMB{at:02}")
        administrator = make_person(f"dmb{at:02}", trust, "administrator")
        assessment = started(administrator)
        facts = {
            name: getattr(plan.submission, name) for name in ("year", "stage", "number", "kind", "late", "document")
        }
        final = assessment.submissions.create(
            organisation=trust, name=trust.name, submitted_at=SPRING, key="k", digest=f"{at:064}", **facts
        )
        day = SPRING.replace(month=3, day=28 - at)
        final.plans.create(number=1, document=plan.document, sent_at=day, sent_by=administrator)
