"""Signing in and out, and a forgotten password."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.core import mail

from igtoolkit.records import clock
from igtoolkit.records.frameworks import framework_for
from igtoolkit.records.models import Demonstration
from igtoolkit.standard.words import Stage
from igtoolkit.web.signing_in import WRONG, current_year, landing, own_page, reported
from tests.conftest import PASSWORD, register, with_password

NEW = "lantern gravel otter"
AUTUMN = datetime(2015, 10, 20, 8, tzinfo=UTC)


@pytest.fixture
def autumn_2015(db):
    """A demonstration whose clock stands in October 2015."""
    Demonstration.objects.create(clock_starts=AUTUMN, began=datetime.now(UTC))
    clock.demonstration.cache_clear()
    yield
    clock.demonstration.cache_clear()


@pytest.fixture
def ada(cast):
    return with_password(cast.ada)


def sign_in(client, login: str, password: str = PASSWORD, **rest: str):
    return client.post("/sign-in/", {"login": login, "password": password, **rest})


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def words(response) -> str:
    return response.content.decode()


# Signing in


@pytest.mark.parametrize("login", ["ada@example.org", "ADA@Example.org", "  ada@example.org "])
def test_a_login_is_known_in_any_case(ada, client, login):
    assert sign_in(client, login).status_code == 302
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("login", "password"),
    [("ada@example.org", "none of it"), ("nobody@example.org", PASSWORD), ("ada@example.org", PASSWORD.upper())],
)
def test_a_wrong_login_and_a_wrong_password_read_the_same(ada, client, login, password):
    response = sign_in(client, login, password)
    html = words(response)
    assert not is_signed_in(client)
    assert "<title>Error: Sign in – IG Toolkit</title>" in html
    assert html.count(WRONG) == 2
    assert f'<a href="#login">{WRONG}</a>' in html
    assert f'value="{login}"' in html
    assert password not in html


def test_somebody_who_has_no_password_yet_gets_the_same_words(cast, client):
    assert WRONG in words(sign_in(client, "ada@example.org"))


@pytest.mark.parametrize(
    ("login", "password", "told"),
    [
        ("", "x", "Enter your login"),
        ("ada@example.org", "", "Enter your password"),
        ("ada", "x", "Enter your login in full: it looks like an e-mail address"),
    ],
)
def test_an_empty_or_half_login_is_explained_beside_its_field(ada, client, login, password, told):
    html = words(sign_in(client, login, password))
    assert "<title>Error: Sign in" in html
    assert html.count(told) == 2


@pytest.mark.parametrize("login", ["a\0da@example.org", "<b>@example.org", "\ud800@example.org", "a" * 5000])
def test_strange_logins_are_refused_in_peace(ada, client, login):
    posted = urlencode({"login": login.encode("utf-8", "surrogatepass"), "password": "x"})
    response = client.post("/sign-in/", posted, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200
    assert "<title>Error: " in words(response)
    assert "<b>@" not in words(response)


def test_signing_in_changes_the_session_key(ada, client):
    client.get("/sign-in/")
    session = client.session
    session["held"] = "x"
    session.save()
    client.cookies["session"] = session.session_key
    sign_in(client, "ada@example.org")
    assert client.session.session_key != session.session_key


def test_the_session_ends_with_the_browser(ada, client):
    response = sign_in(client, "ada@example.org")
    cookie = response.cookies["session"]
    assert cookie["max-age"] == ""
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_somebody_signed_in_is_led_on_from_the_sign_in_page(ada, client):
    client.force_login(ada)
    assert client.get("/sign-in/").headers["Location"] == "/organisations/DMA001/2015-16/"


def test_nobody_can_sign_up(db, client):
    assert "sign-up" not in words(client.get("/sign-in/"))
    assert "signup" not in words(client.get("/sign-in/")).lower()
    for path in ("/sign-up/", "/sign-in/signup/", "/accounts/signup/", "/signup/"):
        assert client.get(path).status_code == 404


def test_a_login_switched_off_gets_the_answer_of_a_wrong_password(ada, client):
    ada.is_active = False
    ada.save()
    assert WRONG in words(sign_in(client, "ada@example.org", "wrong"))
    assert WRONG in words(sign_in(client, "ada@example.org"))
    assert not is_signed_in(client)
    assert "<h1>This login is switched off</h1>" in words(client.get("/sign-in/inactive/"))


def test_a_script_gets_the_page_like_anybody_else(ada, client):
    response = client.post(
        "/sign-in/", {"login": "ada@example.org", "password": "x"}, headers={"X-Requested-With": "XMLHttpRequest"}
    )
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"


def test_the_demonstrations_logins_are_shown_in_the_demonstration_alone(autumn_2015, client):
    assert "caldicott-demo" in words(client.get("/sign-in/"))
    Demonstration.objects.all().delete()
    clock.demonstration.cache_clear()
    assert "caldicott-demo" not in words(client.get("/sign-in/"))


# Where one lands


def test_a_trusts_person_lands_on_the_years_assessment(ada, client, autumn_2015):
    register(ada.organisation, year="2016-17")
    assert sign_in(client, "ada@example.org").headers["Location"] == "/organisations/DMA001/2015-16/"


def test_outside_every_year_they_land_on_their_latest_assessment(ada, client):
    assert current_year(clock.now()) is None
    assert sign_in(client, "ada@example.org").headers["Location"] == "/organisations/DMA001/2015-16/"


def test_an_organisation_never_registered_lands_at_home(ada):
    ada.organisation.registrations.all().delete()
    assert landing(ada) == "/"


def test_the_ndg_reader_lands_on_the_newest_whole_report(cast, client, autumn_2015):
    with_password(cast.nia)
    location = sign_in(client, "nia@example.org").headers["Location"]
    assert location == "/national/2015-16/baseline/caldicott2/"


def test_the_service_team_lands_at_home(cast, client, autumn_2015):
    with_password(cast.sam)
    assert sign_in(client, "sam@example.org").headers["Location"] == "/"


def test_ones_own_page_is_known_without_a_query(cast, autumn_2015, django_assert_num_queries):
    clock.now()
    with django_assert_num_queries(0):
        assert own_page(cast.ada) == "/organisations/DMA001/2015-16/"
        assert own_page(cast.dev) == "/organisations/DMG001/2015-16/"
        assert own_page(cast.nia) == "/national/2015-16/baseline/caldicott2/"
        assert own_page(cast.sam) == "/"


@pytest.mark.parametrize(
    ("at", "year"),
    [
        (datetime(2013, 5, 31, 22, 59, tzinfo=UTC), None),
        (datetime(2013, 5, 31, 23, tzinfo=UTC), "2013-14"),
        (datetime(2015, 5, 31, 22, 59, tzinfo=UTC), "2014-15"),
        (datetime(2015, 5, 31, 23, tzinfo=UTC), "2015-16"),  # midnight of 1 June in London
        (datetime(2016, 4, 20, tzinfo=UTC), "2015-16"),
        (datetime(2016, 5, 31, 23, tzinfo=UTC), "2016-17"),
        (datetime(2017, 5, 31, tzinfo=UTC), "2016-17"),
        (datetime(2026, 11, 22, tzinfo=UTC), None),
    ],
)
def test_the_year_is_the_one_whose_calendar_is_open(at, year):
    assert current_year(at) == year


def test_the_newest_whole_report_is_of_the_last_stage_that_is_past():
    year = "2015-16"
    calendar = framework_for(year).calendar(year)
    assert reported(year, calendar.closes_at(Stage.BASELINE) - timedelta(seconds=1)) == ("2014-15", Stage.FINAL)
    assert reported(year, AUTUMN) == (year, Stage.BASELINE)
    assert reported(year, calendar.closes_at(Stage.UPDATE)) == (year, Stage.UPDATE)
    assert reported(year, calendar.closes_at(Stage.FINAL)) == (year, Stage.FINAL)


def test_the_first_year_with_a_report_begins_with_its_baseline():
    opens = datetime(2014, 6, 2, tzinfo=UTC)
    assert reported("2014-15", opens) == ("2014-15", Stage.BASELINE)


def test_a_visitor_sent_to_sign_in_comes_to_what_they_asked_for(ada, client):
    asked = "/organisations/DMA001/2015-16/requirements/13-202/?show=all"
    sent = client.get(asked).headers["Location"]
    html = words(client.get(sent))
    kept = re.search(r'<input type="hidden" name="next" value="([^"]*)">', html)[1]
    assert kept == asked
    assert sign_in(client, "ada@example.org", next=kept).headers["Location"] == asked


def test_where_one_was_going_survives_a_wrong_password(ada, client):
    html = words(sign_in(client, "ada@example.org", "wrong", next="/help/"))
    assert '<input type="hidden" name="next" value="/help/">' in html


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http://testserver@evil.example/",
        "http://testserver/help/",
        "help/",
        "",
    ],
)
def test_only_our_own_addresses_are_gone_to(ada, client, elsewhere):
    response = sign_in(client, "ada@example.org", next=elsewhere)
    assert response.headers["Location"] == "/organisations/DMA001/2015-16/"


# Signing out


def test_signing_out_is_asked_by_get_and_done_by_post(ada, client):
    client.force_login(ada)
    html = words(client.get("/sign-out/"))
    assert is_signed_in(client)
    assert '<form method="post" action="/sign-out/">' in html
    assert client.post("/sign-out/").headers["Location"] == "/"
    assert not is_signed_in(client)


def test_a_visitor_has_nothing_to_sign_out_of(db, client):
    assert client.get("/sign-out/").headers["Location"] == "/"


# A forgotten password


def ask_for_link(client, login: str):
    return client.post("/sign-in/forgotten/", {"email": login})


def link_in(message) -> str:
    return re.search(r"http://\S+", message.body)[0].removeprefix("http://127.0.0.1:8000")


def test_a_link_is_mailed_in_our_words_to_our_address(ada, client):
    response = client.post("/sign-in/forgotten/", {"email": "ADA@example.org"}, headers={"host": "localhost"})
    assert response.headers["Location"] == "/sign-in/forgotten/sent/"
    (sent,) = mail.outbox
    assert sent.to == ["ada@example.org"]
    assert sent.subject == "Set a new password for the Information Governance Toolkit"
    assert sent.body.startswith("Hello Ada,\n")
    assert "http://127.0.0.1:8000/sign-in/forgotten/" in sent.body
    assert "localhost" not in sent.body
    assert sent.content_subtype == "plain"


def test_names_stand_in_mail_as_they_are(ada, client):
    ada.name = "Seán O'Neill & Co <x>"
    ada.save()
    ask_for_link(client, "ada@example.org")
    assert "Hello Seán O'Neill & Co <x>," in mail.outbox[0].body


def test_an_unknown_login_gets_the_same_page_and_no_mail(ada, client):
    known, unknown = ask_for_link(client, "ada@example.org"), ask_for_link(client, "nobody@example.org")
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert known.content == unknown.content
    assert [message.to for message in mail.outbox] == [["ada@example.org"]]


def test_a_login_switched_off_gets_no_mail(ada, client):
    ada.is_active = False
    ada.save()
    assert ask_for_link(client, "ada@example.org").headers["Location"] == "/sign-in/forgotten/sent/"
    assert mail.outbox == []


@pytest.mark.parametrize(("login", "told"), [("", "Enter your login"), ("ada", "Enter your login in full")])
def test_a_login_that_is_none_is_explained(db, client, login, told):
    html = words(ask_for_link(client, login))
    assert "<title>Error: Forgotten password" in html
    assert html.count(told) == 2


def test_the_link_sets_a_new_password_once(ada, client):
    ask_for_link(client, "ada@example.org")
    link = link_in(mail.outbox[0])
    form = client.get(link).headers["Location"]
    assert "<h1>Set a new password</h1>" in words(client.get(form))
    done = client.post(form, {"password1": NEW, "password2": NEW})
    assert done.headers["Location"] == "/sign-in/forgotten/done/"
    assert "<h1>Your new password is set</h1>" in words(client.get("/sign-in/forgotten/done/"))
    assert WRONG in words(sign_in(client, "ada@example.org"))
    assert sign_in(client, "ada@example.org", NEW).status_code == 302
    client.logout()
    assert "<h1>This link no longer works</h1>" in words(client.get(link, follow=True))


def test_a_new_password_signs_everybody_else_out(ada, client):
    other = client.__class__()
    other.force_login(ada)
    ask_for_link(client, "ada@example.org")
    form = client.get(link_in(mail.outbox[0])).headers["Location"]
    client.post(form, {"password1": NEW, "password2": NEW})
    assert other.get("/organisations/DMA001/2015-16/").headers["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize(
    ("first", "second", "field", "told"),
    [
        ("short", "short", "password1", "Use at least 12 characters"),
        ("ada@example.org", "ada@example.org", "password1", "Choose a password less like your login"),
        ("qwerty123456", "qwerty123456", "password1", "Choose a password that fewer people use"),
        (NEW, NEW + "s", "password2", "Enter the same password both times"),
        ("", "", "password1", "Enter a new password"),
        (NEW, "", "password2", "Enter the new password again"),
    ],
)
def test_a_password_that_will_not_do_is_explained_beside_its_field(ada, client, first, second, field, told):
    ask_for_link(client, "ada@example.org")
    form = client.get(link_in(mail.outbox[0])).headers["Location"]
    html = words(client.post(form, {"password1": first, "password2": second}))
    assert "<title>Error: Set a new password" in html
    assert f'<a href="#{field}">{told}</a>' in html
    assert f'id="{field}-error"><span class="nhsuk-u-visually-hidden">Error: </span>{told}' in html
    assert not re.search(r'type="password"[^>]* value=', html)


@pytest.mark.parametrize("link", ["1-no-such-key", "zzzz-x", "1-set-password", "99999999999999999999-a"])
def test_a_link_that_is_none_is_explained(ada, client, link):
    response = client.get(f"/sign-in/forgotten/{link}/", follow=True)
    assert response.status_code == 200
    assert link.partition("-")[2] not in response.request["PATH_INFO"]
    assert "<h1>This link no longer works</h1>" in words(response)
    assert 'href="/sign-in/forgotten/">Ask for a new link</a>' in words(response)
