"""Links in mail by which a password is set: once, for a while, the newest alone, and nothing of them is told on."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from igtoolkit.actions.managing import activate_person, deactivate_person
from igtoolkit.web.links import FORGOTTEN, INVITED
from tests.conftest import PASSWORD, with_password

NEW = "lantern gravel otter"
OLD = "This link no longer works"
SET = {"password1": NEW, "password2": NEW}


@pytest.fixture
def ben(cast):
    return with_password(cast.ben)


@pytest.fixture(params=[FORGOTTEN, INVITED], ids=lambda each: each.kind)
def link(request):
    return request.param


def path_of(link, person) -> str:
    return link.made_for(person).removeprefix("http://127.0.0.1:8000")


def opened(path: str, client: Client | None = None) -> tuple[Client, str, str]:
    """The browser, the address it ends at, and the page."""
    client = client or Client()
    response = client.get(path, follow=True)
    return client, response.request["PATH_INFO"], response.content.decode()


def works(path: str) -> bool:
    return OLD not in opened(path)[2]


def test_a_link_works_once(ben, link):
    path = path_of(link, ben)
    client, at, page = opened(path)
    assert "password</h1>" in page
    assert client.post(at, SET).url == "/sign-in/forgotten/done/"
    ben.refresh_from_db()
    assert ben.check_password(NEW)
    assert not works(path)
    assert OLD in client.post(at, SET).content.decode()
    assert ben.organisation.events.filter(event="password_set").count() == 1
    assert "A password was set for your login" in mail.outbox[-1].body


def test_of_two_windows_one_sets_the_password(ben, link):
    path = path_of(link, ben)
    (first, at, _), (second, _, _) = opened(path), opened(path)
    first.post(at, SET)
    assert OLD in second.post(at, {"password1": PASSWORD, "password2": PASSWORD}).content.decode()
    ben.refresh_from_db()
    assert ben.check_password(NEW)


def test_in_two_tabs_of_one_browser_it_stays_one_link(ben, link):
    client, at, _ = opened(path_of(link, ben))
    opened(path_of(link, ben), client)
    assert client.post(at, SET).status_code == 302


def test_the_key_leaves_the_address_at_once_and_no_page_holds_it(ben, link):
    path = path_of(link, ben)
    key = path.rstrip("/").partition("-")[2]
    _, at, page = opened(path)
    assert at.endswith("-set/")
    assert key not in page
    assert Client().get(path).headers["Referrer-Policy"] == "same-origin"
    _, at, page = opened(path[:-2] + "/")
    assert at.endswith("-old/")
    assert key[:-1] not in page


def test_a_newer_link_ends_the_older(ben, link, time_machine):
    time_machine.move_to("2026-01-05T09:00:00Z", tick=False)
    older = path_of(link, ben)
    time_machine.shift(1)
    newer = path_of(link, ben)
    assert (works(older), works(newer)) == (False, True)


def test_a_link_of_one_kind_opens_nothing_of_the_other(ben):
    forgotten, invited = path_of(FORGOTTEN, ben), path_of(INVITED, ben)
    assert not works(forgotten.replace("/forgotten/", "/invited/"))
    assert not works(invited.replace("/invited/", "/forgotten/"))
    assert works(forgotten)
    assert works(invited)


@pytest.mark.parametrize(("life", "link"), [(timedelta(hours=1), FORGOTTEN), (timedelta(hours=72), INVITED)])
def test_a_link_works_for_its_time_and_no_longer(ben, life, link, time_machine):
    time_machine.move_to("2026-01-05T09:00:00Z", tick=False)
    path = path_of(link, ben)
    time_machine.shift(life)
    assert works(path)
    time_machine.shift(1)
    assert not works(path)


def test_a_link_dies_with_the_password_the_login_and_a_sign_in(ben, link):
    for change in ({"password": "md5$x$y"}, {"email": "benjamin@example.org"}, {"last_login": "2026-01-05T09:00Z"}):
        path = path_of(link, ben)
        before = {name: getattr(ben, name) for name in change}
        type(ben).objects.filter(pk=ben.pk).update(**change)
        assert not works(path), change
        type(ben).objects.filter(pk=ben.pk).update(**before)
        assert works(path), change


def test_somebody_deactivated_gets_in_by_no_link(ben, cast, link):
    client, at, _ = opened(path := path_of(link, ben))
    deactivate_person(ben, by=cast.ada)
    assert not works(path)
    assert OLD in client.post(at, SET).content.decode()
    activate_person(ben, by=cast.ada)
    assert works(path)


def test_the_page_of_an_old_link_says_what_to_do(ben):
    assert 'href="/sign-in/forgotten/">Ask for a new link</a>' in opened("/sign-in/forgotten/1-x/")[2]
    page = opened("/sign-in/invited/1-x/")[2]
    assert "ask whoever invited you for a new one" in page


def test_whoever_was_signed_in_in_that_browser_is_signed_out(ben, cast, link):
    client = Client()
    client.force_login(cast.ada)
    _, at, _ = opened(path_of(link, ben), client)
    client.post(at, SET)
    assert "_auth_user_id" not in client.session


def test_the_form_says_to_a_password_manager_what_is_what(ben, link):
    page = opened(path_of(link, ben))[2]
    assert len(re.findall(r'type="password"[^>]* autocomplete="new-password"', page)) == 2
    assert 'autocomplete="username"' in page
    assert "maxlength" not in page.split("<main")[1]
