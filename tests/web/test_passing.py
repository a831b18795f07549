"""Passing messages: said once, to whom they are for, and no write of the database."""

import base64

import pytest
from django.contrib import messages
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from tests.conftest import YEAR, started

ONE = f"/organisations/DMA001/{YEAR}/requirements/13-101/"


def leave(client, text: str) -> None:
    """Leave a message for the next page, as a view does."""
    request = client.get("/help/").wsgi_request
    messages.success(request, text)
    answer = HttpResponse()
    request._messages.update(answer)
    request.session.save()
    client.cookies.update(answer.cookies)


def told(client, address: str = "/help/") -> str:
    return client.get(address).content.decode()


def test_a_message_is_shown_once(cast, client):
    client.force_login(cast.ada)
    leave(client, "Saved <13-202>")
    shown = '<div class="igt-message igt-message--success" role="status">\n<p>Saved &lt;13-202&gt;</p>'
    assert shown in told(client)
    assert "Saved" not in told(client)


@pytest.mark.parametrize("next_one", ["cleo", None])
def test_who_comes_next_to_the_same_browser_is_not_told_it(cast, client, next_one):
    client.force_login(cast.ada)
    leave(client, "Saved 13-202")
    kept = client.cookies["told"].value
    client.logout()
    if next_one:
        client.force_login(getattr(cast, next_one))
    client.cookies["told"] = kept
    assert "Saved" not in told(client)


def test_nobody_reads_it_from_the_browser(cast, client):
    client.force_login(cast.ada)
    leave(client, "Saved 13-202")
    kept = client.cookies["told"].value
    assert b"13-202" not in base64.urlsafe_b64decode(kept)
    assert (client.cookies["told"]["httponly"], client.cookies["told"]["samesite"]) == (True, "Lax")


def test_a_message_made_up_by_somebody_else_is_not_shown(cast, client):
    client.force_login(cast.ada)
    leave(client, "Saved 13-202")
    for made_up in (client.cookies["told"].value[:-9] + "x" * 9, "Saved", "é", ""):
        client.cookies["told"] = made_up
        assert "Saved" not in told(client)


def test_a_long_message_is_shown_all_the_same(cast, client):
    client.force_login(cast.ada)
    long = " ".join(f"Saved {n}." for n in range(1000))
    leave(client, long)
    assert len(client.cookies["told"].value) < 2048
    assert long in told(client)
    assert "Saved" not in told(client)


def test_saving_and_being_told_so_writes_no_session(cast, client):
    started(cast.ada)
    client.force_login(cast.ada)
    client.get(ONE)
    with CaptureQueriesContext(connection) as seen:
        assert client.post(ONE, {"version": "0", "not_yet": "1", "then": "save"}).status_code == 302
        assert 'role="status"' in told(client, ONE)
    assert not [each["sql"] for each in seen if "django_session" in each["sql"] and "SELECT" not in each["sql"]]
