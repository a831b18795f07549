"""Final in pages: what is still to be done, the second person, the assurance, and opening it again."""

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from igtoolkit.access import scope
from igtoolkit.actions.answers import answer_to, save_answer
from igtoolkit.actions.finals import declare_one_person, reopen_final
from igtoolkit.actions.said import EvidenceSaid, Said
from igtoolkit.records import clock
from igtoolkit.records.models import Answer, Assessment, Person
from tests.conftest import (
    make_organisation,
    make_person,
    mark_complete,
    record,
    register,
    stand_ready,
    started,
    submit_final,
    up_to,
)
from tests.web.reading import form_of, title, words
from tests.worlds import world

PLACE = "/organisations/DMA001/2015-16/"
SUBMIT = PLACE + "final/submit/"
CONFIRM = PLACE + "requirements/13-101/confirm/"
MARCH = datetime(2016, 3, 30, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def march(monkeypatch):
    """30 March 2016 in the morning."""
    monkeypatch.setattr(clock, "now", lambda: MARCH)


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def fresh(cast) -> Assessment:
    return scope.find_assessment(cast.ada, "DMA001", "2015-16")


def answer(cast) -> Answer:
    return answer_to(fresh(cast), "13-101")


@world
def complete(assessment, cast) -> Assessment:
    """13-101 at level 1, marked complete by Con."""
    record(assessment, {"13-101": 1}, by=cast.con)
    mark_complete(assessment, ["13-101"], by=cast.con)
    return assessment


@world
def ready(assessment, cast) -> Assessment:
    return stand_ready(assessment, cast)


def test_the_assessment_says_who_must_do_what_before_final(complete, cast):
    page = words(browser(cast.ben).get(PLACE))
    assert "Before Final can be submitted: 3 things to do" in page
    assert "Score 44 requirements: 13-105, 13-110" in page
    assert "Confirm 1 requirement: 13-101. A second person does this" in page
    assert "Those who can confirm: Ada, Rex." in page
    assert "Name the senior people: Senior Information Risk Owner, Caldicott Guardian" in page
    links = re.findall(r'href="([^"]+)"', browser(cast.ben).get(PLACE).content.decode())
    assert PLACE + "requirements/13-105/" in links
    assert PLACE + "senior-people/#siro-name" in links


def test_one_reviewer_can_confirm_what_a_contributor_completed(complete, cast):
    cast.rex.organisation.people.filter(pk=cast.rex.pk).update(is_active=False)
    page = words(browser(cast.con).get(PLACE))
    assert "Those who can confirm: Ada." in page
    assert "invite a reviewer" not in page


def test_nobody_is_named_for_their_own_work(complete, cast):
    record(complete, {"13-105": 1}, by=cast.rex)
    mark_complete(complete, ["13-105"], by=cast.rex)
    save_answer(fresh(cast), "13-101", Said(not_yet=True, complete=True), version=answer(cast).version, by=cast.rex)
    page = words(browser(cast.ben).get(PLACE))
    assert "Those who can confirm: Ada." in page
    make_person("ria", cast.ada.organisation, "reviewer")
    assert "Those who can confirm: Ada, Ria." in words(browser(cast.ben).get(PLACE))


def test_a_reviewer_is_asked_for_only_where_an_answer_has_nobody_left(complete, cast):
    record(complete, {"13-105": 1, "13-110": 1}, by=cast.con)
    mark_complete(complete, ["13-105"], by=cast.ada)
    save_answer(fresh(cast), "13-110", Said(not_yet=True), version=1, by=cast.rex)
    mark_complete(complete, ["13-110"], by=cast.ada)
    page = words(browser(cast.ben).get(PLACE))
    assert "Confirm 3 requirements: 13-101, 13-105, 13-110." in page
    assert "Those who can confirm: Ada, Rex. Nobody here can confirm 13-110: an administrator can invite" in page


def test_a_blocked_button_says_why(complete, cast):
    page = browser(cast.ada).get(SUBMIT).content.decode()
    assert re.search(r'<button class="nhsuk-button" type="submit" disabled aria-describedby="why">Submit Final', page)
    assert 'id="todo"' in page


def test_a_post_that_goes_round_the_blocked_button_is_refused_with_what_was_typed(complete, cast):
    ada = browser(cast.ada)
    form = form_of(ada.get(SUBMIT), "draft")
    refused = ada.post(SUBMIT, {**form, "assurance": "accepted"})
    assert refused.status_code == 422
    assert "Final cannot be submitted yet: see what is still to be done" in words(refused)
    assert form_of(refused, "assurance")["assurance"] == ["accepted"]
    assert fresh(cast).is_open


def test_a_reviewer_confirms_and_goes_to_the_next(complete, cast):
    record(complete, {"13-105": 1}, by=cast.con)
    mark_complete(complete, ["13-105"], by=cast.con)
    rex = browser(cast.rex)
    page = rex.get(PLACE + "requirements/13-101/")
    assert "You can confirm this" in words(page)
    gone = rex.post(CONFIRM, {**form_of(page, "version"), "version": str(answer(cast).version), "then": "next"})
    assert gone.headers["Location"] == PLACE + "requirements/13-105/?show=unconfirmed"
    assert "Confirmed by Rex" in words(rex.get(PLACE + "requirements/13-101/"))
    last = rex.post(PLACE + "requirements/13-105/confirm/", {"version": "2", "then": "next"})
    assert last.headers["Location"] == PLACE
    assert "To be confirmed 0" in words(rex.get(PLACE))


def test_a_reviewer_confirms_several_at_once_but_not_their_own(complete, cast):
    record(complete, {"13-105": 1, "13-110": 1}, by=cast.con)
    mark_complete(complete, ["13-105"], by=cast.con)
    mark_complete(complete, ["13-110"], by=cast.rex)
    rex = browser(cast.rex)
    page = rex.get(PLACE, {"show": "unconfirmed"}).content.decode()
    offered = re.findall(r'name="confirm" value="([^"]+)"', page)
    assert [each.partition(":")[0] for each in offered] == ["13-101", "13-105"]
    told = rex.post(PLACE + "confirm/", {"confirm": offered}, follow=True)
    assert "13-101, 13-105 confirmed." in words(told)
    assert "Your own work" in words(told)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ([], "Nothing was confirmed: tick what you have read."),
        (["13-101:0"], "One of them was changed after you opened the list, so none was confirmed."),
        (["13-101:x"], "One of them was changed after you opened the list, so none was confirmed."),
        (["13-105:0"], "None was confirmed. 13-105 is not marked complete"),
    ],
)
def test_several_are_confirmed_together_or_not_at_all(complete, cast, sent, told):
    page = browser(cast.rex).post(PLACE + "confirm/", {"confirm": sent}, follow=True)
    assert told in words(page)
    assert not answer(cast).is_confirmed


def test_who_completed_it_reads_why_they_cannot_confirm(complete, cast):
    mark_complete(complete, ["13-101"], by=cast.con)
    save_answer(fresh(cast), "13-101", Said(not_yet=True, complete=True), version=answer(cast).version, by=cast.rex)
    rex = browser(cast.rex)
    assert "You marked 13-101 complete yourself: a second person must confirm it" in words(
        rex.get(PLACE + "requirements/13-101/")
    )
    told = rex.post(CONFIRM, {"version": str(answer(cast).version)}, follow=True)
    assert "Not confirmed. You marked 13-101 complete yourself" in words(told)
    assert not answer(cast).is_confirmed


def test_what_changed_since_it_was_read_is_not_confirmed(complete, cast):
    rex = browser(cast.rex)
    seen = str(answer(cast).version)
    save_answer(fresh(cast), "13-101", Said(not_yet=True, complete=True), version=answer(cast).version, by=cast.ada)
    told = rex.post(CONFIRM, {"version": seen}, follow=True)
    assert "13-101 was changed after you opened it, so it was not confirmed" in words(told)
    assert not answer(cast).is_confirmed


def test_a_confirmation_can_be_taken_back(ready, cast):
    told = browser(cast.rex).post(CONFIRM, {"then": "withdraw"}, follow=True)
    assert "13-101 is no longer confirmed." in words(told)
    assert not answer(cast).is_confirmed


@pytest.mark.parametrize("version", ["", "x", "²", "9" * 40, "-1"])
def test_a_strange_version_confirms_nothing(complete, cast, version):
    assert browser(cast.rex).post(CONFIRM, {"version": version}).status_code == 302
    assert not answer(cast).is_confirmed


def test_confirming_an_invented_requirement_is_not_found(complete, cast):
    assert browser(cast.rex).post(PLACE + "requirements/13-999/confirm/", {"version": "1"}).status_code == 404


def test_final_is_submitted_with_the_assurance_statement(ready, cast):
    ada = browser(cast.ada)
    page = ada.get(SUBMIT)
    assert "Nothing more is to be done" in words(page)
    assert ready.framework.assurance.split(". ")[0] in words(page)
    form = form_of(page, "draft")
    without = ada.post(SUBMIT, form)
    assert without.status_code == 422
    assert title(without).startswith("Error: ")
    assert "Accept the assurance statement" in words(without)
    sent = ada.post(SUBMIT, {**form, "assurance": "accepted"}, follow=True)
    assert "Final submitted" in title(sent)
    assert not fresh(cast).is_open
    assert 'href="/published/DMA001/2015-16/"' in ada.get(PLACE).content.decode()


def test_final_sent_twice_gives_its_receipt_twice(ready, cast):
    ada = browser(cast.ada)
    form = {**form_of(ada.get(SUBMIT), "draft"), "assurance": "accepted"}
    answers = [ada.post(SUBMIT, form) for _ in range(2)]
    assert [each.status_code for each in answers] == [302, 302]
    assert fresh(cast).submissions.filter(stage="final").count() == 1
    assert "Final is closed: Final has been submitted. Open it again to correct it." in words(ada.get(SUBMIT))


def test_once_submitted_the_answers_are_read_and_not_changed(ready, cast):
    submit_final(ready, by=cast.ada, at=MARCH)
    page = browser(cast.con).get(PLACE + "requirements/13-101/")
    assert "Final has been submitted, so answers can no longer change." in words(page)
    assert "<textarea" not in page.content.decode()


def test_final_is_opened_again_and_corrected(ready, cast):
    submit_final(ready, by=cast.ada, at=MARCH)
    ada = browser(cast.ada)
    assert "Until then the Final that was submitted stays published" in words(ada.get(PLACE + "reopen/"))
    told = words(ada.post(PLACE + "reopen/", follow=True))
    assert "Final is open again" in told
    assert "Final was opened again 30 March 2016" in told
    version = answer(cast).version
    said = Said(ticked=up_to(fresh(cast), "13-101", 3), complete=True)
    save_answer(fresh(cast), "13-101", said, version=version, by=cast.con)
    browser(cast.rex).post(CONFIRM, {"version": str(answer(cast).version)})
    form = form_of(ada.get(SUBMIT), "draft")
    sent = ada.post(SUBMIT, {**form, "assurance": "accepted", "reason": "13-101 was understated"}, follow=True)
    assert "Number 2: 13-101 was understated" in words(sent)
    published = words(browser(cast.nia).get("/published/DMA001/2015-16/"))
    assert "Final, corrected, submitted" in published
    assert "91 of 135 points" in published


def test_pressing_twice_opens_final_once(ready, cast):
    submit_final(ready, by=cast.ada, at=MARCH)
    ada = browser(cast.ada)
    assert [ada.post(PLACE + "reopen/").status_code for _ in range(2)] == [302, 302]
    page = ada.get(PLACE + "reopen/")
    assert "Final is open again already: Ada opened it 30 March 2016" in words(page)
    assert "Open Final again</button>" not in page.content.decode()
    assert "Correct Final" not in words(ada.get(PLACE)).replace("Submit the correction of Final", "")


@pytest.mark.parametrize("who", ["ada", "rex", "con", "ben"])
def test_the_receipt_of_final_says_how_it_is_corrected(ready, cast, who):
    submit_final(ready, by=cast.ada, at=MARCH)
    page = browser(getattr(cast, who)).get(PLACE + "final/submitted/")
    linked = f'href="{PLACE}reopen/">Correct Final' in page.content.decode()
    others = "an administrator can open it again and submit a correction with a reason. Yours is Ada." in words(page)
    assert (linked, others) == ((True, False) if who == "ada" else (False, True))


def test_a_closed_final_is_shown_as_it_was_frozen(ready, cast):
    submit_final(ready, by=cast.ada, at=MARCH)
    ready.answers.update(ticks="", level=None)
    page = browser(cast.ben).get(PLACE)
    assert "45 of 45 scored" in words(page)
    assert "Score and grade of Final 66% ● Satisfactory 90 of 135 points" in words(page)
    assert f'href="{PLACE}final/caldicott2/"' in page.content.decode()
    assert "improvement-plan/" not in page.content.decode()


def test_the_improvement_plan_is_linked_by_the_final_that_stands(assessment, cast):
    submit_final(stand_ready(assessment, cast, level=1), by=cast.ada, at=MARCH)
    assert f'href="{PLACE}improvement-plan/"' in browser(cast.ben).get(PLACE).content.decode()
    reopen_final(fresh(cast), by=cast.ada)
    for each in fresh(cast).answer_list():
        each.ticked = up_to(assessment, each.requirement, 3)
        each.save()
    assert "100% ● Satisfactory" in words(browser(cast.ben).get(PLACE))
    assert f'href="{PLACE}improvement-plan/"' in browser(cast.ben).get(PLACE).content.decode()


def test_a_draft_that_was_reopened_after_the_preview_is_looked_at_again(ready, cast):
    """Two tabs: what was confirmed when the page was opened is not when it is sent."""
    ada = browser(cast.ada)
    form = form_of(ada.get(SUBMIT), "draft")
    browser(cast.rex).post(CONFIRM, {"then": "withdraw"})
    sent = ada.post(SUBMIT, {**form, "assurance": "accepted"})
    assert sent.status_code == 409
    assert "Confirm 1 requirement: 13-101" in words(sent)


def test_a_visitor_reads_a_published_final_and_nothing_else(ready, cast, client):
    secret = "0f6c2d comment kept inside"
    said = Said(
        ticked=up_to(fresh(cast), "13-101", 2),
        comment=secret,
        evidence=(EvidenceSaid("1a", note=secret, link=f"https://{'a' * 8}.example/", dated=date(2016, 3, 1)),),
        complete=True,
    )
    save_answer(fresh(cast), "13-101", said, version=answer(cast).version, by=cast.con)
    browser(cast.rex).post(CONFIRM, {"version": str(answer(cast).version)})
    assert client.get("/published/DMA001/2015-16/").status_code == 404
    submit_final(fresh(cast), by=cast.ada, at=MARCH)
    page = client.get("/published/dma001/2015-16/")
    assert page.status_code == 200
    text = words(page)
    assert "66%" in text
    assert "● Satisfactory Self-assessed: every requirement is at level 2 or more" in text
    assert "Reviewed grade None: the self-assessed grade stands." in text
    for kept in (secret, "aaaaaaaa.example", "Margaret Iredale", ">Con<", ">Rex<", cast.ada.email):
        assert kept not in page.content.decode()


def test_what_is_not_published_is_not_found_with_the_same_bytes(ready, cast, client):
    submit_final(ready, by=cast.ada, at=MARCH)
    answers = {
        client.get(f"/published/{place}/").content
        for place in ("DMA002/2015-16", "NOBODY/2015-16", "DMA001/2014-15", "DMA001/1066-67", "DMA001/%00", "~/x")
    }
    assert len(answers) == 1


def test_where_one_person_answers_the_report_and_the_published_page_say_so(assessment, cast, client):
    cast.ada.organisation.people.exclude(pk=cast.ada.pk).update(is_active=False)
    ada = browser(cast.ada)
    assert "nobody else could confirm these answers" in words(ada.get(PLACE + "one-person/"))
    assert "The declaration is recorded." in words(ada.post(PLACE + "one-person/", {"then": "declare"}, follow=True))
    submit_final(stand_ready(fresh(cast), cast, alone=cast.ada), by=cast.ada, at=MARCH)
    assert "One person answers for this organisation, which it declared" in words(
        client.get("/published/DMA001/2015-16/")
    )
    assert "declared: one person answers here, so nobody confirmed" in words(ada.get(PLACE + "final/caldicott2/"))


def test_others_who_can_answer_keep_it_from_being_declared(assessment, cast):
    ada = browser(cast.ada)
    assert "besides you, Con and Rex can record answers" in words(ada.get(PLACE + "one-person/"))
    refused = ada.post(PLACE + "one-person/", {"then": "declare"})
    assert refused.status_code == 422
    assert "only a body with one person may declare this" in words(refused)


def test_answers_of_others_keep_it_from_being_declared(complete, cast):
    cast.ada.organisation.people.exclude(pk=cast.ada.pk).update(is_active=False)
    page = browser(cast.ada).get(PLACE + "one-person/")
    assert "It cannot be declared yet: Con completed or last changed answers here" in words(page)
    assert "Declare this" not in words(page)


def test_a_declaration_is_withdrawn(assessment, cast):
    cast.ada.organisation.people.exclude(pk=cast.ada.pk).update(is_active=False)
    declare_one_person(fresh(cast), by=cast.ada)
    told = browser(cast.ada).post(PLACE + "one-person/", {"then": "withdraw"}, follow=True)
    assert "The declaration is withdrawn: a second person confirms again." in words(told)


def test_last_years_final_stands_beside_this_years_answers(ready, cast):
    submit_final(ready, by=cast.ada, at=MARCH)
    register(cast.ada.organisation, year="2016-17")
    started(cast.ada, "2016-17")
    ada = browser(cast.ada)
    following = "/organisations/DMA001/2016-17/"
    assert "Not scored 2 last year" in words(ada.get(following))
    page = words(ada.get(following + "requirements/13-101/"))
    assert "Last year’s Final: level 2" in page
    assert "Ticked in last year’s Final." in page


def test_a_small_body_scores_and_submits_final_alone(cast):
    practice = browser(cast.dev)
    place = "/organisations/DMG001/2015-16/"
    draft = started(cast.dev)
    assert draft.is_simplified
    page = words(practice.get(place))
    assert "Baseline" not in page.split("Stages")[1].split("Requirements")[0]
    assert "To be confirmed" not in page
    record(draft, {each.code: 2 for each in draft.framework.requirements}, by=cast.dev)
    assert "Mark complete" not in words(practice.get(place + f"requirements/{draft.framework.requirements[0].code}/"))
    assert "Baseline is closed: general practices submit Final alone." in words(
        practice.get(place + "baseline/submit/")
    )
    practice.post(
        place + "senior-people/", {**form_of(practice.get(place + "senior-people/"), "version"), "ig_lead-name": "Dev"}
    )
    form = form_of(practice.get(place + "final/submit/"), "draft")
    sent = practice.post(place + "final/submit/", {**form, "assurance": "accepted"}, follow=True)
    assert "Final submitted" in title(sent)
    assert "A small body: one person answers for it." in words(Client().get("/published/DMG001/2015-16/"))


def test_pages_of_final_ask_few_queries(ready, cast, django_assert_max_num_queries):
    ada = browser(cast.ada)
    for path in (PLACE, SUBMIT, PLACE + "one-person/", PLACE + "requirements/13-101/"):
        ada.get(path)
        with django_assert_max_num_queries(12):
            ada.get(path)
    submit_final(ready, by=cast.ada, at=MARCH)
    with django_assert_max_num_queries(6):
        Client().get("/published/DMA001/2015-16/")


def test_a_reviewer_of_another_trust_cannot_confirm(complete, cast):
    other = make_person("ria", make_organisation("DMA002"), "reviewer")
    assert browser(other).post(CONFIRM, {"version": "2"}).status_code == 404
    assert not answer(cast).is_confirmed
