"""Each try to get in, by whichever way and whatever came of it, is one line of the log, without what was typed."""

import logging
import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from igtoolkit.actions.second_factors import add_app
from igtoolkit.web.links import FORGOTTEN
from tests.conftest import PASSWORD, with_password
from tests.web.test_second_factor import SECRET

LINE = re.compile(r"Way in (\w+): ([a-z ]+) for (person \d+|a visitor)(?:, login ([0-9a-f]{12}),)? from ([0-9a-f.:]+)")
HERE = "10.1.1.1"


@pytest.fixture
def told(caplog):
    """What the log says of ways in since it was last asked: [(way, what came of it, for whom, login)]."""
    caplog.set_level(logging.INFO, "igtoolkit.web.ways_in")

    def read() -> list[tuple[str, ...]]:
        found = [LINE.fullmatch(each.getMessage()) for each in caplog.records if each.name == "igtoolkit.web.ways_in"]
        assert all(each and each[5] == HERE for each in found)
        caplog.clear()
        return [each.groups()[:3] for each in found]

    return read


@pytest.fixture
def ada(cast):
    return with_password(cast.ada)


def sign_in(client: Client, password: str = PASSWORD, login: str = "ada@example.org") -> None:
    client.post("/sign-in/", {"login": login, "password": password})


def test_signing_in_and_out_and_a_wrong_password_are_told(ada, told):
    client = Client(REMOTE_ADDR=HERE)
    sign_in(client, "a wrong password")
    sign_in(client, login="nobody@example.org")
    sign_in(client)
    client.post("/sign-in/again/", {"password": "wrong"})
    client.post("/sign-in/again/", {"password": PASSWORD})
    client.post("/sign-out/")
    me = f"person {ada.pk}"
    assert told() == [
        ("account_login", "not taken", "a visitor"),
        ("account_login", "not taken", "a visitor"),
        ("account_login", "done", me),
        ("account_reauthenticate", "not taken", me),
        ("account_reauthenticate", "done", me),
        ("account_logout", "done", "a visitor"),
    ]


def test_one_login_has_one_digest_that_does_not_tell_it(ada, caplog):
    caplog.set_level(logging.INFO, "igtoolkit.web.ways_in")
    for login in ("ada@example.org", "ADA@example.org", "con@example.org"):
        sign_in(Client(REMOTE_ADDR=HERE), "wrong", login)
    first, again, other = (
        LINE.fullmatch(each.getMessage())[4] for each in caplog.records if "Way in" in each.getMessage()
    )
    assert first == again != other
    assert "ada" not in caplog.text.lower()


def test_each_step_of_a_second_factor_is_told(ada, told, settings, time_machine):
    settings.SECOND_FACTOR = True
    time_machine.move_to("2026-01-05T09:00:00Z", tick=False)
    now = int(time.time()) // 30
    add_app(SECRET, format_hotp_value(hotp_value(SECRET, now - 1)), by=ada)
    client = Client(REMOTE_ADDR=HERE)
    sign_in(client)
    client.post("/sign-in/second-factor/", {"code": "none"})
    client.post("/sign-in/second-factor/", {"code": format_hotp_value(hotp_value(SECRET, now))})
    Client(REMOTE_ADDR=HERE).post("/sign-in/passkey/", {"credential": "none"})
    assert told() == [
        ("account_login", "second factor asked", "a visitor"),
        ("second_factor_asked", "not taken", "a visitor"),
        ("second_factor_asked", "done", f"person {ada.pk}"),
        ("passkey_sign_in", "not taken", "a visitor"),
    ]


def test_who_is_made_to_wait_is_told(ada, told):
    for _ in range(11):
        sign_in(Client(REMOTE_ADDR=HERE), "wrong")
    assert [came_of for _, came_of, _ in told()] == ["not taken"] * 10 + ["made to wait"]


def test_links_for_a_password_are_told(ada, told):
    client = Client(REMOTE_ADDR=HERE)
    client.post("/sign-in/forgotten/", {"email": "ada@example.org"})
    at = client.get(FORGOTTEN.made_for(ada).removeprefix("http://127.0.0.1:8000")).headers["Location"]
    client.post(at, {"password1": "short", "password2": "short"})
    client.post(at, {"password1": "lantern gravel otter", "password2": "lantern gravel otter"})
    assert [each[:2] for each in told()] == [
        ("account_reset_password", "done"),
        ("account_reset_password_from_key", "not taken"),
        ("account_reset_password_from_key", "done"),
    ]


def test_nothing_but_ways_in_is_told(ada, told):
    client = Client(REMOTE_ADDR=HERE)
    client.force_login(ada)
    client.get("/sign-in/")
    client.get("/account/")
    client.post("/account/tokens/", {"name": ""})
    assert told() == []
