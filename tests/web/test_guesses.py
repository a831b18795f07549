"""Guessing is slow, and nobody can keep a rival out by guessing."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connections
from django.test import Client, RequestFactory

from igtoolkit.web.tries import network
from tests.conftest import PASSWORD, with_password

HERE, ELSEWHERE = "10.1.1.1", "10.2.2.2"
WRONG = "none of theirs at all"
WAIT = re.compile(r"Wait (\d+) (second|minute)s?, then try again")


@pytest.fixture
def ada(cast):
    return with_password(cast.ada)


def sign_in(login: str = "ada@example.org", password: str = WRONG, place: str = HERE):
    return Client(REMOTE_ADDR=place).post("/sign-in/", {"login": login, "password": password})


def fail(times: int, **rest: str) -> None:
    for _ in range(times):
        assert sign_in(**rest).status_code == 200


def test_after_ten_failures_a_login_waits_from_that_network_and_is_told_for_how_long(ada):
    fail(10)
    response = sign_in(password=PASSWORD)
    assert response.status_code == 429
    assert 30 <= int(response.headers["Retry-After"]) <= 300
    assert WAIT.search(response.content.decode())[1] == "5"
    assert "<title>Error: Sign in" in response.content.decode()


def test_the_right_password_still_works_from_another_network(ada):
    fail(10)
    assert sign_in(password=PASSWORD, place=ELSEWHERE).status_code == 302


def test_another_login_still_works_from_that_network(ada, cast):
    with_password(cast.con)
    fail(10)
    assert sign_in("con@example.org", PASSWORD).status_code == 302


def test_nobody_waits_longer_than_five_minutes(ada, time_machine):
    time_machine.move_to("2026-01-05T09:00:00Z", tick=False)
    fail(10)
    for _ in range(20):
        assert sign_in().status_code == 429
    time_machine.shift(300)
    assert sign_in(password=PASSWORD).status_code == 302


def test_however_slowly_the_tenth_failure_comes_half_a_minute_follows(ada, time_machine):
    time_machine.move_to("2026-01-05T09:00:00Z", tick=False)
    for _ in range(10):
        fail(1)
        time_machine.shift(32)
    time_machine.shift(-32)
    assert int(sign_in().headers["Retry-After"]) >= 30
    time_machine.shift(29)
    assert sign_in(password=PASSWORD).status_code == 429
    time_machine.shift(2)
    assert sign_in(password=PASSWORD).status_code == 302


def test_a_right_password_is_no_guess(ada):
    for _ in range(25):
        assert sign_in(password=PASSWORD).status_code == 302
    fail(10)
    assert sign_in().status_code == 429


def test_a_clock_put_back_keeps_nobody_out(ada, time_machine):
    time_machine.move_to("2026-01-05T09:00:00Z", tick=False)
    fail(10)
    time_machine.shift(-3600)
    assert sign_in(password=PASSWORD).status_code == 302


def test_asking_for_links_is_limited_by_login_and_network(ada):
    def ask(place: str):
        return Client(REMOTE_ADDR=place).post("/sign-in/forgotten/", {"email": "ada@example.org"})

    assert {ask(HERE).status_code for _ in range(5)} == {302}
    refused = ask(HERE)
    assert refused.status_code == 429
    assert "Wait 5 minutes, then ask again" in refused.content.decode()
    assert ask(ELSEWHERE).status_code == 302


def ask_anywhere(number: int) -> None:
    response = Client(REMOTE_ADDR=f"10.3.3.{number}").post("/sign-in/forgotten/", {"email": "ada@example.org"})
    assert response.headers["Location"] == "/sign-in/forgotten/sent/"


def test_asking_again_from_elsewhere_takes_no_link_away_and_sends_no_more_mail(ada, time_machine):
    time_machine.move_to("2026-01-05T09:00:00Z", tick=False)
    for number in range(8):
        ask_anywhere(number)
    (sent,) = mail.outbox
    link = re.search(r"http://127.0.0.1:8000(\S+)", sent.body)[1]
    assert "Set a new password" in Client().get(link, follow=True).content.decode()
    time_machine.shift(601)
    ask_anywhere(9)
    assert len(mail.outbox) == 2


def test_who_has_used_the_link_may_ask_for_another_at_once(ada):
    ask_anywhere(1)
    assert sign_in(password=PASSWORD).status_code == 302  # a link dies with a sign-in, as with a new password
    ask_anywhere(2)
    assert len(mail.outbox) == 2


def test_a_login_gets_ten_links_a_day_wherever_they_are_asked_for(ada, time_machine):
    time_machine.move_to("2026-01-05T09:00:00Z", tick=False)
    for number in range(15):
        ask_anywhere(number)
        time_machine.shift(601)
    assert len(mail.outbox) == 10
    time_machine.shift(24 * 3600)
    ask_anywhere(16)
    assert len(mail.outbox) == 11


def test_as_many_guesses_as_ask_at_once_are_as_many(committed, cast):
    with_password(cast.ada)

    def guess(number: int) -> int:
        try:
            return sign_in(password=f"guess {number}").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(25) as pool:
        found = list(pool.map(guess, range(50)))
    assert (found.count(200), found.count(429)) == (10, 40)


@pytest.mark.parametrize(
    ("proxies", "sent", "place"),
    [
        (0, "10.9.9.9", "10.0.0.1"),  # no proxy of ours: what the sender wrote is not believed
        (1, "10.9.9.9", "10.9.9.9"),
        (1, "1.1.1.1, 10.9.9.9", "10.9.9.9"),
        (2, "1.1.1.1, 10.9.9.9, 10.0.0.2", "10.9.9.9"),
        (2, "10.9.9.9", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "not an address", "not an address"),
        (1, "2001:db8:1:2:3::9", "2001:db8:1:2::/64"),
        (1, "::ffff:10.9.9.9", "10.9.9.9"),
        (1, "10.9.9.9:50123", "10.9.9.9"),
        (1, "[2001:db8:1:2:3::9]:50123", "2001:db8:1:2::/64"),
        (1, "[2001:db8:1:2:3::9]", "2001:db8:1:2::/64"),
    ],
)
def test_the_network_is_what_our_outermost_proxy_saw(settings, proxies, sent, place):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": sent} if sent else {})
    assert network(request) == place
