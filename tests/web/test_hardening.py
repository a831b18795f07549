"""Small facts that an attacker would try first: numbers, types, addresses in the clear, what a browser keeps."""

import json
import re
import socket
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.apps import apps
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

from igtoolkit.actions.codes import spend_code
from igtoolkit.actions.second_factors import add_app
from igtoolkit.actions.tokens import make_token
from igtoolkit.records.models import ApiToken, Person
from igtoolkit.records.sessions import IDLE, LONGEST, sessions_of
from igtoolkit.web.links import FORGOTTEN, INVITED
from igtoolkit.web.passwords import OWN_WORDS, NotGuessed
from igtoolkit.web.sessions import FRESH
from tests.access.conftest import bring_to
from tests.access.pages import BASELINE, PAGES
from tests.conftest import PASSWORD, make_person, with_password
from tests.web.reading import words

ROOT = Path(__file__).parents[2]
CODE = ROOT / "igtoolkit"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TOO_LARGE = ("9223372036854775808", "9" * 40)
NUMBERED = [name for name, page in PAGES.items() if {"pk", "number", "token"} & set(page.address)]


def document(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


@pytest.fixture
def everybody(cast) -> list[Client]:
    bring_to(BASELINE, cast)
    clients = [Client(raise_request_exception=False) for _ in range(3)]
    for client, person in zip(clients, (cast.ada, cast.nia, cast.sam), strict=True):
        client.force_login(person)
    return clients


# Numbers, types and doubled parameters


@pytest.mark.parametrize("number", TOO_LARGE)
def test_a_number_that_no_database_keeps_is_nobodys(everybody, number):
    statuses = set()
    for name in NUMBERED:
        address = {**PAGES[name].address, **dict.fromkeys({"pk", "number", "token"} & set(PAGES[name].address), number)}
        for client in everybody:
            statuses |= {client.get(reverse(name, kwargs=address)).status_code}
            statuses |= {client.post(reverse(name, kwargs=address)).status_code}
    assert statuses <= {403, 404, 405}


ODD = ["page=-1", "page=9999999999999999999999", "page=1.5", "page=true", "page=[]", "q=%00", "annex=2&annex=1"]
ODD += ["page=1&page=2", "q[]=a", "q[x]=a", "kind=__proto__", "kind=acute&kind=%ED%A0%80", "limit=1&limit=x", "year=0"]
ODD += ["after=1&after=2", "region=%F0%9F%8F%A5", "status=9", "form=None"]


def test_a_parameter_of_another_type_or_given_twice_breaks_nothing(everybody):
    """Every page with all of them at once, another one last each time."""
    own, nation, service = everybody
    readers = {"national": nation, "kinds": service, "plans": service, "api_national": nation}
    asked = [name for name, page in PAGES.items() if page.get and not _is_slow(name)]
    faults = []
    for n, name in enumerate(asked):
        reader = next((each for begins, each in readers.items() if name.startswith(begins)), own)
        query = "&".join(ODD[n % len(ODD) :] + ODD[: n % len(ODD)])
        status = reader.get(f"{reverse(name, kwargs=PAGES[name].address)}?{query}").status_code
        faults += [(name, query, status)] if status >= 500 else []
    assert faults == []


def _is_slow(name: str) -> bool:
    return name.endswith(("_pdf", "_docx", "_xlsx")) or name.startswith(("earlier_", "account_log"))


# What an answer is

BEGINS = {
    "text/html": rb"\s*<!doctype html>",
    "text/css": rb"",
    "text/csv": rb"\xef\xbb\xbf|\w|\"",
    "text/plain": rb"\w",
    "application/json": rb"[\[{]",
    "application/problem+json": rb"\{",
    "application/pdf": rb"%PDF-",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": rb"PK\x03\x04",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": rb"PK\x03\x04",
    "image/svg+xml": rb"<(\?xml|svg)",
}


@pytest.fixture
def called(monkeypatch) -> list[object]:
    """Where this process asks to be connected to; it never is. PostgreSQL's client does not ask this way."""
    found: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda made, address: found.append(address))
    return found


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_every_answer_says_what_it_is_and_none_needs_another_machine(everybody, called):
    own, nation, service = everybody
    own.get("/account/second-factor/app/")
    seen, wrong = set(), []
    readers = {"national": nation, "kinds": service, "plans": service, "api_national": nation}
    for name, page in (
        (name, page) for name, page in PAGES.items() if not name.startswith(("earlier_", "account_log"))
    ):
        reader = next((each for begins, each in readers.items() if name.startswith(begins)), own)
        response = reader.get(reverse(name, kwargs=page.address))
        if content := body(response):
            kind, _, letters = response.headers["Content-Type"].partition("; ")
            seen.add(kind)
            needs = kind.startswith("text/") or kind.endswith("+xml")
            good = re.match(BEGINS[kind], content, re.I) and (letters == "charset=utf-8" or not needs)
            wrong += [] if good else [(name, response.headers["Content-Type"], content[:30])]
    for path in ("/static/igtoolkit.css", "/static/icon.svg"):
        kind = own.get(path).headers["Content-Type"]
        wrong += [] if kind.endswith(("; charset=utf-8", '; charset="utf-8"')) else [(path, kind)]
    assert wrong == []
    assert set(BEGINS) - seen == {"text/css"}
    assert called == []


@pytest.mark.parametrize(
    "path",
    [
        *("/static/", "/static/comfort/", "/static/../settings.py", "/static/%2e%2e/%2e%2e/config/settings.py"),
        *("/.git/config", "/.git/", "/.env", "/var/secret-key", "/igtoolkit.sqlite3", "/secret-key", "/cache/"),
        *(
            "/admin/",
            "/debug/",
            "/__debug__/",
            "/metrics",
            "/status",
            "/server-status",
            "/api/v1/docs",
            "/swagger.json",
        ),
        *("/api/", "/graphql", "/static/staticfiles.json", "/static//etc/passwd", "/witness/", "/phpinfo.php"),
    ],
)
def test_nothing_is_listed_and_nothing_served_that_was_not_meant_to_be(db, client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_nobody_writes_a_line_into_the_head_of_a_letter(cast, client, end):
    client.force_login(cast.ada)
    for name, login in (("Zoe", f"zoe@b.example{end}Bcc: all@b.example"), (f"Zoe{end}Bcc: x", "zoe@b.example")):
        sent = {"login": login, "name": name, "role": "viewer"}
        client.post("/people/invite/", sent)
    client.post("/sign-in/forgotten/", {"email": f"ada@example.org{end}Bcc: all@b.example"})
    heads = [line for each in mail.outbox for line in each.message().as_string().split("\n\n")[0].splitlines()]
    assert [line for line in heads if line.startswith("Bcc") or "all@b.example" in line] == []


# In the clear


@pytest.fixture
def https(settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31_536_000


def test_a_page_asked_in_the_clear_is_sent_to_https_and_shows_nothing(https, cast):
    client = Client()
    client.force_login(cast.ada)
    for name in ("home", "account_login", "account", "trail_csv"):
        response = client.get(reverse(name))
        assert (response.status_code, response.content) == (301, b"")
        assert response.headers["Location"] == f"https://testserver{reverse(name)}"


@pytest.mark.parametrize("path", ["years/", "organisations/", "published/", "nowhere/", ""])
def test_a_program_that_asks_in_the_clear_is_refused_so_that_it_is_noticed(https, cast, path):
    text = make_token("a program", by=cast.ada)[1]
    response = Client().get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {text}"})
    assert response.status_code == 403
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store, private"
    assert "Ask over https" in json.loads(response.content)["detail"]
    over = Client().get("/api/v1/organisations/", headers={"Authorization": f"Bearer {text}"}, secure=True)
    assert over.status_code == 200


# What a browser keeps


def test_signing_out_has_the_browser_forget_what_scripts_kept(cast, client):
    client.force_login(cast.ada)
    response = client.post("/sign-out/")
    assert response.headers["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in client.get("/sign-out/").headers


def test_scripts_keep_nothing_but_until_when_one_is_signed_in():
    """A digest that tells persons apart, and a time."""
    kept = {}
    for path in sorted((CODE / "web" / "static").rglob("*.js")):
        if "vendor" not in path.parts:
            found = re.findall(
                r"(?:localStorage|sessionStorage|indexedDB|caches|document\.cookie)[^;]*;", path.read_text()
            )
            kept |= {path.name: found} if found else {}
    assert list(kept) == ["staying.js"]
    written = [each for each in kept["staying.js"] if "setItem" in each]
    assert written == ["localStorage.setItem(SHARED, JSON.stringify({ who: document.body.dataset.igtWho, until }));"]


def test_scripts_write_no_markup_listen_to_no_other_window_and_copy_no_unknown_keys():
    """Markup comes from our own pages alone, parsed as a document, in which no script runs."""
    looked_for = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|postMessage|__proto__"
    looked_for += r"|Object\.assign\(\w+, (?!\{)|addEventListener\(\"message\"|\.prototype\b"
    looked_for += r"|setTimeout\(\s*[\"'`]|for \(const \w+ in "
    found = [
        (path.name, each)
        for path in (CODE / "web" / "static").rglob("*.js")
        if "vendor" not in path.parts
        for each in re.findall(looked_for, path.read_text("utf-8"))
    ]
    assert found == []


def test_cookies_hold_keys_and_digests_and_nothing_that_can_be_read(cast):
    cast.ada.email, cast.ada.name = "adelaide@example.org", "Adelaide"  # longer than what chance spells in a key
    with_password(cast.ada)
    client = Client()
    client.post("/sign-in/", {"login": cast.ada.email, "password": PASSWORD})
    client.get("/account/")
    assert set(client.cookies) == {"session", "csrf", "whose"}
    for cookie in client.cookies.values():
        assert re.fullmatch(r"[A-Za-z0-9:_-]{20,120}", cookie.value)
        assert not any(each in cookie.value.lower() for each in ("adelaide", "example", "dma001", "administrator"))


# What the database keeps


def test_nobody_who_reads_the_database_learns_a_secret_with_which_to_sign_in(cast):
    with_password(cast.ada)
    code = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))
    codes = add_app(SECRET, code, by=cast.ada)
    token = make_token("a program", by=cast.ada)[1]
    links = [each.made_for(cast.ada).rstrip("/").partition("-")[2] for each in (FORGOTTEN, INVITED)]
    kept = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            kept += [str(value) for row in cursor.fetchall() for value in row]
    everything = "\n".join(kept)
    assert cast.ada.email in everything
    hidden = [PASSWORD, SECRET, *codes, token, token[12:], *links]
    assert [each for each in hidden if each in everything] == []


# Signing in


def test_a_code_is_good_for_its_half_minute_and_one_on_either_side(cast, time_machine):
    time_machine.move_to("2026-01-05T09:00:10Z", tick=False)
    now = int(time.time()) // 30
    shown = {each: format_hotp_value(hotp_value(SECRET, now + each)) for each in range(-3, 4)}
    add_app(SECRET, shown[-1], by=cast.ada)
    good = []
    for each in (-3, -2, 2, 3, 0, 1):
        good += [each] if spend_code(cast.ada, shown[each]) else []
    assert good == [0, 1]


def test_a_password_is_good_however_old_it_is(cast, time_machine):
    with_password(cast.ada)
    time_machine.move_to(datetime.now(UTC) + timedelta(days=3650))
    client = Client()
    assert client.post("/sign-in/", {"login": cast.ada.email, "password": PASSWORD}).status_code == 302
    assert client.get("/account/").status_code == 200


def test_nobody_is_asked_a_secret_question_or_given_a_hint(cast):
    asked = set()
    link = FORGOTTEN.made_for(cast.ben).removeprefix("http://127.0.0.1:8000")
    signed_in = Client()
    signed_in.force_login(cast.ben)
    for client, path in (
        (Client(), "/sign-in/"),
        (Client(), "/sign-in/forgotten/"),
        (Client(), link),
        (signed_in, "/sign-in/again/"),
        (signed_in, "/account/password/"),
    ):
        page = client.get(path, follow=True).content.decode()
        asked |= set(re.findall(r'<input[^>]* name="(\w+)"', page.split("<main")[1]))
    usual = {"csrfmiddlewaretoken", "next", "credential", "username"}
    assert asked - usual == {"login", "email", "password", "current", "password1", "password2"}
    assert not [each.name for each in Person._meta.get_fields() if re.search("hint|question|answer", each.name)]


def test_every_word_that_is_written_down_makes_no_password():
    part = document("decisions/signing-in.md").partition("Words of this service")[2].partition("\n\n")[0]
    told = re.findall(r"\b[a-z]+\b", part.partition(":")[2].partition(".")[0])
    assert set(told) == set(OWN_WORDS)
    for each in told:
        with pytest.raises(ValidationError):
            NotGuessed().validate(f"{each}-{each.upper()}-{each}.123")


def test_every_way_in_is_written_down():
    table = document("decisions/signing-in.md").partition("## Every way in")[2]
    told = set(re.findall(r"`([a-z_]+)`", table))
    here = {each.name for each in get_resolver().url_patterns if str(each.pattern).lstrip("^").startswith("sign-in/")}
    only_say_so = {"account_reset_password_done", "account_reset_password_from_key_done", "account_inactive"}
    assert told == here - only_say_so
    signs_in = {
        path.relative_to(CODE).as_posix()
        for path in CODE.rglob("*.py")
        if re.search(
            r"\bperform_login\(|\bstage\.exit\(|(?<!_)\blogin\(request|request\.user = ", path.read_text("utf-8")
        )
    }
    assert signs_in == {"api/door.py", "web/identity.py", "web/second_factor.py", "web/views/second_steps.py"}


def test_a_forgotten_password_does_not_go_round_the_second_factor(cast, settings):
    settings.SECOND_FACTOR = True
    add_app(SECRET, format_hotp_value(hotp_value(SECRET, int(time.time()) // 30)), by=cast.ada)
    client = Client()
    at = client.get(FORGOTTEN.made_for(cast.ada).removeprefix("http://127.0.0.1:8000")).headers["Location"]
    new = "lantern gravel otter"
    assert client.post(at, {"password1": new, "password2": new}).headers["Location"] == "/sign-in/forgotten/done/"
    assert client.get("/account/").status_code == 302
    asked = client.post("/sign-in/", {"login": cast.ada.email, "password": new})
    assert asked.headers["Location"] == "/sign-in/second-factor/"
    assert client.get("/account/").status_code == 302


def test_recovery_codes_have_26_bits_each(cast):
    codes = add_app(SECRET, format_hotp_value(hotp_value(SECRET, int(time.time()) // 30)), by=cast.ada)
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"\d{8}", each) for each in codes)


@pytest.mark.usefixtures("db")
def test_an_empty_service_has_nobody_in_it():
    assert not Person.objects.exists()
    for login in ("admin", "admin@example.org", "administrator@dma001.example", "root@localhost"):
        for password in ("admin", "caldicott-demo", "password"):
            assert Client().post("/sign-in/", {"login": login, "password": password}).status_code != 302


# Forms


def test_a_form_writes_no_field_that_is_not_its_own(cast):
    """Whatever else is sent with it: a role, a place, a right, another's row."""
    with_password(cast.ben)
    extra = {
        "role": "administrator",
        "serves": "1",
        "reads_for_ndg": "on",
        "organisation": str(cast.cleo.organisation_id),
    }
    extra |= {
        "email": "other@example.org",
        "is_active": "",
        "pk": str(cast.ada.pk),
        "id": str(cast.ada.pk),
        "user": "1",
    }
    before = Person.objects.filter(pk=cast.ben.pk).values().get()
    client = Client()
    client.post("/sign-in/", {"login": cast.ben.email, "password": PASSWORD, **extra})
    new = "lantern gravel otter"
    client.post("/account/password/", {"current": PASSWORD, "password1": new, "password2": new, **extra})
    client.post("/account/tokens/", {"name": "mine", "person": str(cast.ada.pk), "digest": "0" * 64, **extra})
    after = Person.objects.filter(pk=cast.ben.pk).values().get()
    assert {name for name in after if after[name] != before[name]} == {"password", "last_login"}
    assert [each.person_id for each in ApiToken.objects.all()] == [cast.ben.pk]
    assert not ApiToken.objects.filter(digest="0" * 64).exists()


def test_what_goes_round_a_protection_is_logged(cast, caplog):
    """A form from elsewhere, another host, too much at once."""
    Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "x"})
    Client().get("/", headers={"Host": "elsewhere.example"})
    Client().post("/sign-in/", {f"f{n}": "" for n in range(2_001)})
    named = {each.name for each in caplog.records}
    assert {"django.security.csrf", "django.security.DisallowedHost"} <= named
    assert any("TooManyFields" in each for each in named)


# Sessions


def test_a_session_that_was_signed_out_of_is_nobodys(cast):
    client, thief = Client(), Client()
    client.force_login(cast.ada)
    thief.cookies["session"] = client.cookies["session"].value
    assert thief.get("/account/").status_code == 200
    client.post("/sign-out/")
    assert thief.get("/account/").status_code == 302


def test_sessions_last_as_long_as_is_written_down():
    told = document("decisions/sessions.md")
    minutes, hours = re.search(r"\*\*(\d+) minutes idle, (\d+) hours at most", told).groups()
    assert (timedelta(minutes=int(minutes)), timedelta(hours=int(hours))) == (IDLE, LONGEST)
    assert (re.search(r"\*\*Fresh within (\w+) minutes\*\*", told)[1], FRESH) == ("five", 300)


def test_one_is_signed_in_at_as_many_places_as_one_likes_and_each_is_listed(cast):
    clients = [Client() for _ in range(12)]
    for client in clients:
        client.force_login(cast.ada)
    assert {client.get("/account/sessions/").status_code for client in clients} == {200}
    assert len(sessions_of(cast.ada)) == 12
    assert words(clients[0].get("/account/sessions/")).count("This one") == 1
    assert clients[0].get("/account/sessions/").content.decode().count('name="end"') == 11


def test_a_role_changed_in_between_acts_on_the_next_request_of_a_program_too(cast):
    zoe = make_person("zoe", cast.ada.organisation, "viewer")
    text = make_token("a program", by=zoe)[1]
    asked = {"headers": {"Authorization": f"Bearer {text}"}}
    assert Client().get("/api/v1/organisations/DMA001/", **asked).status_code == 200
    Person.objects.filter(pk=zoe.pk).update(organisation=cast.cleo.organisation)
    assert Client().get("/api/v1/organisations/DMA001/", **asked).status_code == 404
