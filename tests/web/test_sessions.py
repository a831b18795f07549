"""How long somebody stays signed in, what ends it at once, and where they are signed in."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client

from igtoolkit.access import scope
from igtoolkit.actions.managing import activate_person, change_person, deactivate_person
from igtoolkit.actions.sessions import end_sessions_of
from igtoolkit.actions.tokens import bearer, live_tokens, make_token
from igtoolkit.records.models import Person
from igtoolkit.records.sessions import clear_sessions, sessions_of, whose
from igtoolkit.web.browsers import browser
from tests.conftest import PASSWORD, make_person, with_password

MORNING = datetime(2026, 1, 5, 9, tzinfo=UTC)
OWN = "/organisations/DMA001/2015-16/"
SESSIONS = "/account/sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def morning(time_machine):
    """Nine o'clock, and the clock moves only where a test moves it."""
    time_machine.move_to(MORNING, tick=False)
    return time_machine


@pytest.fixture
def ada(cast) -> Person:
    return with_password(cast.ada)


def signed_in(person: Person) -> Client:
    """Another browser of a person."""
    made = Client()
    made.force_login(person)
    return made


def is_in(client: Client) -> bool:
    return client.get(SESSIONS).status_code == 200


def words(response) -> str:
    return response.content.decode()


# For how long


def test_who_does_nothing_for_30_minutes_is_signed_out(ada, morning):
    client = signed_in(ada)
    morning.shift(timedelta(minutes=29, seconds=59))
    assert is_in(client)
    morning.shift(timedelta(minutes=29, seconds=59))
    assert is_in(client)
    morning.shift(timedelta(minutes=30, seconds=1))
    assert not is_in(client)


def test_after_12_hours_everybody_signs_in_again(ada, morning):
    client = signed_in(ada)
    for _ in range(35):
        morning.shift(timedelta(minutes=20))
        assert is_in(client)
    morning.shift(timedelta(minutes=19))
    assert is_in(client)
    morning.shift(timedelta(minutes=2))
    assert not is_in(client)
    assert sessions_of(ada) == []


def test_that_a_session_is_used_is_written_once_a_minute_and_alone(ada, morning, django_assert_num_queries):
    client = signed_in(ada)
    client.get("/help/")
    morning.shift(timedelta(seconds=59))
    with django_assert_num_queries(2):  # the session, the person
        client.get("/help/")
    morning.shift(timedelta(seconds=1))
    with django_assert_num_queries(3):
        client.get("/help/")
    with django_assert_num_queries(2):
        client.get("/help/")


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_put_right_by_an_hour_locks_nobody_out(ada, morning, hours):
    client = signed_in(ada)
    morning.shift(timedelta(hours=hours))
    assert is_in(client) == (hours < 0)
    assert is_in(signed_in(ada))


def test_a_clock_put_back_keeps_no_session_for_ever(ada, morning):
    client = signed_in(ada)
    morning.shift(timedelta(hours=-1))
    assert is_in(client)
    morning.shift(timedelta(minutes=31))
    assert not is_in(client)
    ahead = signed_in(ada)
    morning.shift(timedelta(days=-400))
    assert not is_in(ahead)


def test_a_visitor_with_a_session_that_is_over_is_a_visitor(ada, client, morning):
    client.force_login(ada)
    assert is_in(client)
    morning.shift(timedelta(hours=1))
    assert client.get(OWN).headers["Location"] == f"/sign-in/?next={OWN}"
    assert "You are not signed in any more" in words(client.get(f"/sign-in/?next={OWN}"))
    assert "You are not signed in any more" not in words(Client().get(f"/sign-in/?next={OWN}"))


def test_what_is_over_is_thrown_away(ada, morning):
    signed_in(ada)
    morning.shift(timedelta(minutes=20))
    signed_in(ada)
    morning.shift(timedelta(minutes=11))
    assert clear_sessions() == 1
    assert len(sessions_of(ada)) == 1


# The cookie


def test_the_cookie_is_the_hosts_own_and_no_scripts(ada, client):
    cookies = client.post("/sign-in/", {"login": ada.email, "password": PASSWORD}).cookies
    for name in ("session", "whose"):
        cookie = cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")
        assert cookie["max-age"] == ""


def test_a_key_is_new_at_signing_in_and_at_signing_in_again(ada, client):
    client.get("/sign-in/")
    keys = []
    for address in ("/sign-in/", "/sign-in/again/"):
        client.post(address, {"login": ada.email, "password": PASSWORD})
        keys.append(client.session.session_key)
    assert len(set(keys)) == 2
    assert [each.key for each in sessions_of(ada)] == keys[1:]


def test_a_key_tells_no_person_apart_without_our_secret(ada, settings):
    before = whose(ada.pk)
    settings.SECRET_KEY = "another"
    assert whose(ada.pk) != before
    assert len(signed_in(ada).session.session_key) == 40


# What ends it at once


@pytest.mark.parametrize(
    "changed",
    [
        lambda ada, cast: with_password(ada),
        lambda ada, cast: Person.objects.filter(pk=ada.pk).update(role="reviewer"),
        lambda ada, cast: Person.objects.filter(pk=ada.pk).update(organisation=cast.cleo.organisation),
        lambda ada, cast: Person.objects.filter(pk=ada.pk).update(organisation=None, role="", reads_for_ndg=True),
        lambda ada, cast: Person.objects.filter(pk=ada.pk).update(organisation=None, role="", serves=True),
        lambda ada, cast: Person.objects.filter(pk=ada.pk).update(is_active=False),
    ],
    ids=["password", "role", "organisation", "reader for the NDG", "service team", "deactivated"],
)
def test_the_next_request_after_a_change_is_a_visitors(ada, cast, changed):
    clients = [signed_in(ada), signed_in(ada)]
    assert all(is_in(each) for each in clients)
    changed(ada, cast)
    assert not any(is_in(each) for each in clients)


def test_changing_ones_own_password_keeps_this_session_alone(ada):
    here, there = signed_in(ada), signed_in(ada)
    before = here.session.session_key
    new = "lantern gravel otter"
    form = {"current": "not it", "password1": new, "password2": new}
    assert "That is not the password you use now" in words(here.post("/account/password/", form))
    assert is_in(there)
    assert here.post("/account/password/", {**form, "current": PASSWORD}).status_code == 302
    assert [is_in(here), is_in(there)] == [True, False]
    assert here.session.session_key != before
    assert Person.objects.get(pk=ada.pk).check_password(new)


def test_another_name_ends_nothing(ada, cast):
    client = signed_in(cast.con)
    change_person(cast.con, name="Connie", role="contributor", by=ada)
    assert is_in(client)


def test_who_is_deactivated_and_activated_at_once_signs_in_again(ada, cast):
    client = signed_in(cast.con)
    deactivate_person(cast.con, by=ada)
    activate_person(cast.con, by=ada)
    assert not is_in(client)


def test_an_administrator_signs_somebody_out_everywhere(ada, cast):
    client, elsewhere = signed_in(ada), signed_in(cast.con)
    page = f"/people/{cast.con.pk}/"
    assert "Sign them out everywhere" in words(client.get(page))
    assert client.post(page, {"then": "sign_out"}).status_code == 302
    assert not is_in(elsewhere)
    assert is_in(client)
    told = ada.organisation.events.get(event="sessions_ended")
    assert (told.by, '"sessions":1' in told.facts) == (ada.email, True)


def test_no_administrator_of_another_trust_signs_anybody_out(cast):
    client = signed_in(cast.con)
    with pytest.raises(PermissionError):
        end_sessions_of(cast.con, by=cast.cleo)
    assert signed_in(cast.cleo).post(f"/people/{cast.con.pk}/", {"then": "sign_out"}).status_code == 404
    assert is_in(client)


def test_a_page_that_was_being_made_when_its_session_ended_is_answered(ada, client):
    client.force_login(ada)
    session = client.session
    session["read"] = "before it ended"
    Session.objects.all().delete()
    session.save()
    assert not is_in(client)
    assert not Session.objects.exists()


def test_a_session_that_the_database_could_not_keep_is_not_taken_for_ended(ada, client):
    client.force_login(ada)
    session = client.session
    session["read"] = "before the fault"

    def full(execute, sql, *rest):
        if sql.startswith("UPDATE"):
            raise OperationalError("the disk is full") from OSError("full")
        return execute(sql, *rest)

    with connection.execute_wrapper(full), pytest.raises(OperationalError, match="the disk is full"):
        session.save()
    assert is_in(client)


def test_a_token_has_the_rights_of_its_moment(ada, cast):
    _, text = make_token("spreadsheet", by=ada)
    program = Client(headers={"Authorization": f"Bearer {text}"})
    assert program.get("/api/v1/organisations/DMA001/").status_code == 200
    Person.objects.filter(pk=ada.pk).update(organisation=cast.cleo.organisation)
    assert program.get("/api/v1/organisations/DMA001/").status_code == 404
    deactivate_person(Person.objects.get(pk=ada.pk), by=cast.cleo)
    assert program.get("/api/v1/organisations/DMA002/").status_code == 401


# Where one is signed in


def test_each_browser_is_listed_in_words(ada, morning):
    Client(headers={"user-agent": FIREFOX}).post("/sign-in/", {"login": ada.email, "password": PASSWORD})
    morning.shift(timedelta(minutes=5))
    html = words(signed_in(ada).get(SESSIONS))
    rows = re.findall(r'<tr role="row">.*?</tr>', html, re.DOTALL)[1:]
    assert len(rows) == 2
    assert "This one" in rows[0]
    assert "Firefox on Windows" in rows[1]
    assert "5 January 2026 at 09:00" in rows[1]
    assert "127.0.0.1" in rows[1]
    for each in sessions_of(ada):
        assert each.key not in html


def test_one_session_is_ended(ada):
    here, there, elsewhere = signed_in(ada), signed_in(ada), signed_in(ada)
    gone = next(each for each in sessions_of(ada) if each.key == there.session.session_key)
    assert here.post(SESSIONS, {"end": gone.mark}).status_code == 302
    assert [is_in(each) for each in (here, there, elsewhere)] == [True, False, True]
    assert ada.organisation.events.filter(event="own_sessions_ended").count() == 1


def test_all_others_are_ended_and_nobody_elses(ada, cast):
    here, there, rex = signed_in(ada), signed_in(ada), signed_in(cast.rex)
    here.post(SESSIONS, {"then": "others"})
    assert [is_in(each) for each in (here, there, rex)] == [True, False, True]


def test_ones_tokens_end_with_ones_other_sessions_where_one_says_so(ada, cast):
    here, there = signed_in(ada), signed_in(ada)
    for name in ("sheet", "nightly"):
        make_token(name, by=ada)
    _, of_rex = make_token("sheet", by=cast.rex)
    assert "Also revoke my 2 tokens for the API" in words(here.get(SESSIONS))
    here.post(SESSIONS, {"then": "others"})
    assert (is_in(there), len(live_tokens(ada))) == (False, 2)
    assert "Also revoke" not in words(here.get(SESSIONS))
    assert "Revoke my 2 tokens for the API" in words(here.get(SESSIONS)), "with nothing else to end"
    there = signed_in(ada)
    html = words(here.post(SESSIONS, {"then": "others", "tokens": "also"}, follow=True))
    assert "One session is ended: whoever used it is signed out. Your 2 tokens are revoked" in html
    assert (is_in(here), is_in(there), live_tokens(ada)) == (True, False, [])
    assert bearer(of_rex) == cast.rex
    told = [(each.event, each.by) for each in ada.organisation.events.order_by("number")][-3:]
    assert told == [("token_revoked", ada.email)] * 2 + [("own_sessions_ended", ada.email)]


def test_tokens_alone_are_revoked_too_and_one_session_ended_ends_none(ada):
    here, there = signed_in(ada), signed_in(ada)
    make_token("sheet", by=ada)
    gone = next(each for each in sessions_of(ada) if each.key == there.session.session_key)
    here.post(SESSIONS, {"end": gone.mark, "tokens": "also"})
    assert len(live_tokens(ada)) == 1
    html = words(here.post(SESSIONS, {"then": "others", "tokens": "also"}, follow=True))
    assert "Your token is revoked: programs are refused from now on." in html
    assert "No session was ended" not in html
    assert live_tokens(ada) == []


def test_nobody_ends_a_session_of_somebody_else(ada, cast):
    rex = signed_in(cast.rex)
    signed_in(ada).post(SESSIONS, {"end": sessions_of(cast.rex)[0].mark})
    assert is_in(rex)


def test_500_sessions_get_a_page_too(ada, django_assert_num_queries):
    here = signed_in(ada)
    signed_in(ada)
    here.get(SESSIONS)
    row = Session.objects.get(pk=here.session.session_key)
    begins = whose(ada.pk)
    copies = [Session(f"{begins}{n:030}", row.session_data, row.expire_date) for n in range(500)]
    with django_assert_num_queries(4):  # the session, the person, their sessions and tokens
        here.get(SESSIONS)
    Session.objects.bulk_create(copies)
    with django_assert_num_queries(5):  # and how many there are
        html = words(here.get(SESSIONS))
    assert "And 452 more, used less lately." in html
    here.post(SESSIONS, {"then": "others"})
    assert len(sessions_of(ada)) == 1


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (FIREFOX, "Firefox on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on an iPhone"),
        ("curl/8", "Another program"),
        ("", "Another program"),
    ],
)
def test_a_browser_is_told_in_words(agent, told):
    assert browser(agent) == told


# Until when, said on the page


def test_each_page_says_until_when_one_stays_signed_in(ada, client, morning):
    client.force_login(ada)
    assert "You stay signed in until <strong>09:30</strong>" in words(client.get(SESSIONS))
    morning.shift(timedelta(minutes=10))
    html = words(client.get("/help/"))
    assert "You stay signed in until <strong>09:40</strong>" in html
    assert 'data-igt-for="1800"' in html
    assert "igt-stay" not in words(Client().get("/help/"))


def test_what_is_said_holds_to_the_second(ada, client, morning):
    client.force_login(ada)
    morning.shift(timedelta(seconds=40))
    left = int(re.search(r'data-igt-for="(\d+)"', words(client.get("/help/")))[1])
    assert left == 29 * 60 + 20
    morning.shift(timedelta(seconds=left - 1))
    assert is_in(client)


def test_near_12_hours_the_page_says_so_too(ada, client, morning):
    client.force_login(ada)
    for _ in range(36):
        morning.shift(timedelta(minutes=19, seconds=50))
        html = words(client.get("/help/"))
    assert "until <strong>21:00</strong>" in html


def test_opening_the_page_for_it_keeps_one_signed_in(ada, client, morning):
    client.force_login(ada)
    morning.shift(timedelta(minutes=29))
    assert "You are still signed in" in words(client.get("/account/stay/"))
    morning.shift(timedelta(minutes=29))
    assert is_in(client)


def test_the_demonstrations_clock_changes_nothing(ada, client, morning, monkeypatch):
    monkeypatch.setattr("igtoolkit.records.clock.now", lambda: datetime(2015, 10, 20, 8, tzinfo=UTC))
    client.force_login(ada)
    assert "until <strong>09:30</strong>" in words(client.get("/help/"))
    morning.shift(timedelta(minutes=31))
    assert not is_in(client)


def test_somebody_elses_scope_is_not_reached_by_a_key_that_begins_as_theirs(ada, cast):
    stolen = whose(cast.cleo.pk)
    row = Session.objects.get(pk=signed_in(ada).session.session_key)
    Session.objects.create(
        session_key=f"{stolen}{'0' * 30}", session_data=row.session_data, expire_date=row.expire_date
    )
    assert sessions_of(cast.cleo) == []
    assert scope.find_assessment(ada, "DMA002", "2015-16") is None
    assert make_person("zoe", cast.ada.organisation, "viewer").pk
