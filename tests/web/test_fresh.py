"""What counts or guards an account is done only by who signed in within the last five minutes."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from time_machine import travel

from igtoolkit.access import scope
from igtoolkit.actions.answers import save_answer
from igtoolkit.actions.said import Said
from igtoolkit.actions.submissions import draft_digest
from igtoolkit.records import clock
from igtoolkit.records.models import ApiToken, Person, SupportAccess
from igtoolkit.standard.words import Stage
from tests.conftest import PASSWORD, record_all, stand_ready, started, submit_final, with_password
from tests.web.test_kept import typed
from tests.worlds import world

OWN = "/organisations/DMA001/2015-16/"
SUBMIT = OWN + "baseline/submit/"
AGAIN = "/sign-in/again/"
KEPT = "/account/kept/"
LAST_SECOND = datetime(2015, 7, 31, 22, 59, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def evening(time_machine):
    """The last half minute before the Baseline's deadline."""
    time_machine.move_to(LAST_SECOND - timedelta(minutes=6), tick=False)
    return time_machine


@world
def at_work(cast):
    """Ada, who has recorded everything at level 1 by then."""
    with travel(LAST_SECOND - timedelta(minutes=6), tick=False):
        record_all(started(with_password(cast.ada)), 1, by=cast.ada)
    return cast.ada


@pytest.fixture
def ada(at_work, client, evening):
    """Signed in six minutes ago."""
    client.force_login(at_work)
    evening.shift(timedelta(minutes=6))
    return at_work


def again(client, password: str = PASSWORD):
    return client.post(AGAIN, {"password": password})


def text(page) -> str:
    """Its words on one line."""
    return " ".join(re.sub("<[^>]+>", "", page.content.decode()).split())


def form_of(client, address: str) -> dict[str, str]:
    return form_in(client.get(address))


def form_in(page) -> dict[str, str]:
    html = page.content.decode()
    return dict(re.findall(r'<input type="hidden" name="(key|draft|version)" value="([^"]*)"', html))


def submissions(ada):
    return list(scope.submissions(ada))


def send_kept(client, address: str):
    return client.post(address, dict(typed(client.get(KEPT).content.decode(), address)))


def test_a_submission_waits_for_the_password_and_is_then_sent_by_one_press(ada, client, evening):
    form = form_of(client, SUBMIT)
    assert client.post(SUBMIT, form).headers["Location"] == AGAIN
    assert submissions(ada) == []
    assert "What you sent is kept" in client.get(AGAIN).content.decode()
    assert again(client).headers["Location"] == KEPT
    assert send_kept(client, SUBMIT).headers["Location"] == OWN + "baseline/submitted/"
    assert client.post(SUBMIT, form).headers["Location"] == OWN + "baseline/submitted/"  # its key still counts once
    assert [each.stage for each in submissions(ada)] == ["baseline"]


def test_what_waits_is_not_said_to_be_signed_for_before_it_is(ada, client):
    client.post(SUBMIT, form_of(client, SUBMIT))
    before = client.get(KEPT).content.decode()
    assert "This waits until you have signed in again" in before
    assert "You have signed in again" not in before
    again(client)
    assert "You have signed in again" in client.get(KEPT).content.decode()


def test_nobody_is_late_because_they_were_asked_to_sign_in(ada, client, evening):
    client.post(SUBMIT, form_of(client, SUBMIT))
    evening.shift(timedelta(minutes=2))
    again(client)
    send_kept(client, SUBMIT)
    (made,) = submissions(ada)
    assert (made.submitted_at, made.late) == (LAST_SECOND, False)


@pytest.mark.parametrize(("after", "other"), [(11, {}), (2, {"reason": "Something else"})], ids=["old", "changed"])
def test_another_form_or_an_old_one_arrives_when_it_does(ada, client, evening, after, other):
    client.post(SUBMIT, form_of(client, SUBMIT))
    evening.shift(timedelta(minutes=after))
    again(client)
    client.post(SUBMIT, {**dict(typed(client.get(KEPT).content.decode(), SUBMIT)), **other})
    assert submissions(ada)[0].late


def test_sent_again_before_the_password_its_ten_minutes_do_not_begin_anew(ada, client, evening):
    form = form_of(client, SUBMIT)
    client.post(SUBMIT, form)
    evening.shift(timedelta(minutes=9))
    assert client.post(SUBMIT, form).headers["Location"] == AGAIN
    evening.shift(timedelta(minutes=2))
    again(client)
    send_kept(client, SUBMIT)
    assert submissions(ada)[0].late


def test_sent_again_before_the_password_it_still_arrived_when_it_first_did(ada, client, evening):
    form = form_of(client, SUBMIT)
    client.post(SUBMIT, form)
    evening.shift(timedelta(minutes=2))
    client.post(SUBMIT, form)
    again(client)
    send_kept(client, SUBMIT)
    (made,) = submissions(ada)
    assert (made.submitted_at, made.late) == (LAST_SECOND, False)


@pytest.mark.parametrize("is_guessed", [True, False], ids=["as it will stand", "as it stood"])
def test_what_was_typed_after_the_deadline_is_dated_after_it(ada, client, evening, monkeypatch, is_guessed):
    """Even if somebody could tell beforehand what the assessment's digest will be."""
    if is_guessed:
        for place in ("actions", "web.pages"):
            name = "submissions" if place == "actions" else "submitting"
            monkeypatch.setattr(f"igtoolkit.{place}.{name}.draft_digest", lambda _: "guessed")
    client.post(SUBMIT, form_of(client, SUBMIT))
    evening.shift(timedelta(minutes=2))
    assessment = scope.find_assessment(ada, "DMA001", "2015-16")
    save_answer(assessment, "13-202", Said(not_yet=True, comment="Typed later."), version=1, by=ada)
    again(client)
    assert send_kept(client, SUBMIT).status_code == (302 if is_guessed else 409)
    assert [each.late for each in submissions(ada)] == [True] * is_guessed


def test_who_sent_in_time_and_meets_another_change_reads_when_the_next_one_would_arrive(ada, client, evening):
    client.post(SUBMIT, form_of(client, SUBMIT))
    evening.shift(timedelta(minutes=2))
    assessment = scope.find_assessment(ada, "DMA001", "2015-16")
    save_answer(assessment, "13-202", Said(not_yet=True, comment="Typed later."), version=1, by=ada)
    again(client)
    kept = text(client.get(KEPT))
    assert "It reached us on 31 July 2015 at 23:59 and counts from then" in kept
    assert "if you send it before 1 August 2015 at 00:09" in kept
    page = send_kept(client, SUBMIT)
    told = text(page)
    assert page.status_code == 409
    assert "You first sent this on 31 July 2015 at 23:59, and were asked to sign in again." in told
    assert "what you submit from here counts from when you submit it" in told
    assert "The deadline for Baseline was 31 July 2015. A submission now is accepted and recorded as late." in told
    assert "is on time" not in told
    client.post(SUBMIT, form_in(page))
    assert [each.late for each in submissions(ada)] == [True], "as the page said"


def test_who_waits_too_long_reads_it_before_they_send(ada, client, evening):
    client.post(SUBMIT, form_of(client, SUBMIT))
    evening.shift(timedelta(minutes=11))
    again(client)
    kept = text(client.get(KEPT))
    assert "It counts from when you send it from here, because it has waited for more than ten minutes" in kept
    assert "since it first reached us on 31 July 2015 at 23:59" in kept


def test_of_another_form_nothing_is_said_about_when_it_counts(ada, client):
    client.post("/support/", {"reason": "Look", "hours": "2"})
    again(client)
    assert "counts from" not in text(client.get(KEPT))


def test_nobody_can_work_out_the_digest_of_a_draft(ada, settings):
    assessment = scope.find_assessment(ada, "DMA001", "2015-16")
    before = draft_digest(assessment)
    settings.SECRET_KEY = "another service's"
    assert draft_digest(assessment) != before


def test_the_page_says_beforehand_that_one_will_be_asked(ada, client):
    for address in (SUBMIT, "/people/invite/", "/account/tokens/", "/support/"):
        assert "You will be asked to sign in again first" in client.get(address).content.decode(), address


def test_rights_tokens_and_looks_wait_for_the_password(ada, cast, client):
    for address, form in (
        (f"/people/{cast.con.pk}/", {"name": "Con", "role": "administrator"}),
        ("/people/invite/", {"name": "New", "login": "new@example.org", "role": "viewer"}),
        ("/account/tokens/", {"name": "Sheet"}),
        ("/support/", {"reason": "Look", "hours": "2"}),
    ):
        assert client.post(address, form).headers["Location"] == AGAIN, address
    assert Person.objects.get(pk=cast.con.pk).role == "contributor"
    assert not Person.objects.filter(email="new@example.org").exists()
    assert not ApiToken.objects.exists()
    assert not SupportAccess.unscoped.exists()
    again(client)
    send_kept(client, "/support/")
    assert SupportAccess.unscoped.count() == 1


def test_opening_final_again_waits_for_the_password(ada, cast, client):
    record = scope.find_assessment(ada, "DMA001", "2015-16")
    submit_final(stand_ready(record, cast), by=ada, at=clock.now())
    assert client.post(OWN + "reopen/").headers["Location"] == AGAIN
    assert not scope.find_assessment(ada, "DMA001", "2015-16").is_open
    again(client)
    send_kept(client, OWN + "reopen/")
    assert scope.find_assessment(ada, "DMA001", "2015-16").is_open


def test_accepting_the_assurance_statement_waits_for_the_password(ada, cast, client):
    stand_ready(scope.find_assessment(ada, "DMA001", "2015-16"), cast)
    address = OWN + "final/submit/"
    form = {**form_of(client, address), "assurance": "accepted"}
    assert client.post(address, form).headers["Location"] == AGAIN
    assert submissions(ada) == []
    again(client)
    send_kept(client, address)
    assert [each.stage for each in submissions(ada)] == [Stage.FINAL]


def test_five_minutes_are_five_minutes(ada, client, evening):
    again(client)
    evening.shift(timedelta(minutes=4, seconds=59))
    assert client.post("/account/tokens/", {"name": "One"}).status_code == 200
    evening.shift(timedelta(seconds=2))
    assert client.post("/account/tokens/", {"name": "Two"}).status_code == 302
    evening.shift(timedelta(hours=-1))
    assert client.post("/account/tokens/", {"name": "Two"}).status_code == 302


def test_saving_an_answer_asks_for_nothing(ada, client):
    response = client.post(OWN + "requirements/13-202/", {"version": "1", "ticked": ["1a"], "then": "save"})
    assert response.headers["Location"].startswith(OWN)


def test_a_wrong_password_is_told_and_counted(ada, client):
    for wrong, told in (("", "Enter your password"), ("wrong", "The password is wrong")):
        response = again(client, wrong)
        html = response.content.decode()
        assert response.status_code == 422
        assert "<title>Error: Sign in again" in html
        assert html.count(told) == 2
    for _ in range(9):
        again(client, "wrong")
    assert "Too many tries: wait" in again(client).content.decode()
    assert client.post("/account/tokens/", {"name": "One"}).headers["Location"] == AGAIN


@pytest.mark.parametrize("onward", ["//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example", "x"])
def test_one_goes_on_to_addresses_of_this_service_alone(ada, client, onward):
    assert client.post(AGAIN, {"password": PASSWORD, "next": onward}).headers["Location"] == "/account/sessions/"
    assert client.post(AGAIN, {"password": PASSWORD, "next": "/help/"}).headers["Location"] == "/help/"


def test_who_does_not_want_to_any_more_throws_it_away(ada, client):
    client.post("/account/tokens/", {"name": "One"})
    client.post(KEPT)
    assert again(client).headers["Location"] == "/account/sessions/"
    assert not ApiToken.objects.exists()
