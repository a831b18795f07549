"""Second factors: set up, asked for, used once, lost; and who must have one."""

import re
import time
from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse

from igtoolkit.access.scope import everything
from igtoolkit.actions.codes import spend_code
from igtoolkit.actions.second_factors import add_app, make_recovery_codes, take_factors_away
from igtoolkit.actions.tokens import make_token
from igtoolkit.records import clock
from igtoolkit.records.models import AuditEvent, Demonstration
from tests.access.pages import PAGES, STARTED
from tests.conftest import PASSWORD, with_password
from tests.web.reading import title, words

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SET_UP = "/account/second-factor/"
STEP = "/sign-in/second-factor/"


@pytest.fixture(autouse=True)
def second_factors_asked(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture(autouse=True)
def half_a_minute(time_machine):
    """The machine's clock stands: no half minute ends between a code and its check."""
    time_machine.move_to(datetime(2026, 1, 5, 9, tzinfo=UTC), tick=False)


@pytest.fixture
def ada(cast):
    return with_password(cast.ada)


def code(secret: str = SECRET, later: int = 0) -> str:
    """What an app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def wrong_code() -> str:
    near = {code(later=each) for each in range(-3, 4)}
    return next(each for each in map("{:06}".format, range(10)) if each not in near)


def with_app(person) -> list[str]:
    """Give somebody an app with SECRET. Returns their recovery codes."""
    return add_app(SECRET, code(later=-1), by=person)


def sign_in(person, **rest) -> Client:
    """A browser after a right password."""
    client = Client(**rest)
    client.post("/sign-in/", {"login": person.email, "password": PASSWORD})
    return client


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def events() -> list[str]:
    rows = everything(AuditEvent, reason="the test reads the trail").order_by("pk")
    return [each for each in rows.values_list("event", flat=True) if "factor" in each or "recovery" in each]


# Setting up


def test_an_app_is_set_up_from_the_key_on_the_page_and_the_code_it_shows(ada):
    client = sign_in(ada)
    page = client.get(SET_UP + "app/")
    secret = re.search(r'class="igt-secret">([A-Z2-7 ]+)<', page.content.decode())[1].replace(" ", "")
    picture = client.get(SET_UP + "app/code.svg")
    made = client.post(SET_UP + "app/", {"code": code(secret)})
    codes = re.findall(r"<li>(\d{4} \d{4})</li>", made.content.decode())
    assert picture.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert b"<svg xmlns=" in picture.content
    assert (title(made), len(codes), len(set(codes))) == ("Your recovery codes – Your account – IG Toolkit", 10, 10)
    assert events() == ["second_factor_added", "recovery_codes_made"]
    assert mail.outbox[-1].to == [ada.email]
    assert "was added to your second factors" in mail.outbox[-1].body
    assert secret not in mail.outbox[-1].body


def test_a_secret_is_kept_encrypted(ada):
    with_app(ada)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    client = sign_in(ada)
    assert SECRET not in kept
    assert all(each not in kept for each in make_recovery_codes(by=ada))
    client.get(SET_UP + "app/")
    assert "app_secret" not in client.session or client.session["app_secret"].startswith("gAAAA")


def test_a_wrong_code_sets_nothing_up_and_the_key_stays(ada):
    client = sign_in(ada)
    first = client.get(SET_UP + "app/").content
    refused = client.post(SET_UP + "app/", {"code": "12345"})
    key = re.search(rb'class="igt-secret">([A-Z2-7 ]+)<', first)[1]
    assert (refused.status_code, title(refused)) == (422, "Error: Set up an app – Your account – IG Toolkit")
    assert key in refused.content
    assert not Authenticator.objects.exists()


def test_setting_one_up_ends_the_sessions_begun_without_one(ada):
    elsewhere, here = sign_in(ada), sign_in(ada)
    here.get(SET_UP + "app/")
    secret = re.search(rb'igt-secret">([A-Z2-7 ]+)<', here.get(SET_UP + "app/").content)[1].decode().replace(" ", "")
    here.post(SET_UP + "app/", {"code": code(secret)})
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").headers["Location"].startswith("/sign-in/")


def test_a_second_app_is_not_set_up_beside_the_first(ada):
    client = sign_in(ada)
    with_app(ada)
    client = _past_the_step(ada)
    assert "You have set up an app already" in words(client.get(SET_UP + "app/"))
    assert client.post(SET_UP + "app/", {"code": code()}).status_code == 422
    assert Authenticator.objects.filter(type="totp").count() == 1


def _past_the_step(person, later: int = 0) -> Client:
    client = sign_in(person)
    client.post(STEP, {"code": code(later=later)})
    assert is_signed_in(client)
    return client


# Signing in


def test_after_the_password_the_code_is_asked_for_and_lets_in(ada):
    with_app(ada)
    client = Client()
    asked = client.post("/sign-in/", {"login": ada.email, "password": PASSWORD, "next": "/account/tokens/"})
    assert asked.headers["Location"] == STEP
    assert not is_signed_in(client)
    assert client.get("/account/").headers["Location"].startswith("/sign-in/")
    key = client.session.session_key
    let_in = client.post(STEP, {"code": f" {code()[:3]} {code()[3:]}"})
    assert let_in.headers["Location"] == "/account/tokens/"
    assert client.session.session_key != key
    assert client.get("/account/tokens/").status_code == 200


def test_a_code_is_never_taken_twice(ada):
    with_app(ada)
    used = code()
    first, second = sign_in(ada), sign_in(ada)
    assert first.post(STEP, {"code": used}).status_code == 302
    refused = second.post(STEP, {"code": used})
    assert (refused.status_code, is_signed_in(second)) == (422, False)
    assert title(refused) == "Error: Your second factor – IG Toolkit"
    assert second.post(STEP, {"code": code(later=1)}).status_code == 302


def test_the_code_that_set_an_app_up_does_not_sign_in(ada):
    used = code()
    add_app(SECRET, used, by=ada)
    assert sign_in(ada).post(STEP, {"code": used}).status_code == 422


def test_a_code_before_the_last_one_used_is_not_taken(ada):
    add_app(SECRET, code(), by=ada)
    assert spend_code(ada, code(later=-1)) == ""


@pytest.mark.parametrize("typed", ["", " ", "0", "١٢٣٤٥٦", "x" * 10_000, "123456\0", "12345678901234567890"])
def test_what_is_no_code_is_refused_in_words(ada, typed):
    with_app(ada)
    assert sign_in(ada).post(STEP, {"code": typed}).status_code == 422


def test_a_recovery_code_lets_in_once_and_says_so(ada):
    codes = with_app(ada)
    client = sign_in(ada)
    assert client.post(STEP, {"code": f"{codes[3][:4]} {codes[3][4:]}"}).status_code == 302
    assert "9 left" in words(client.get("/account/tokens/"))
    assert "One of your recovery codes was used" in mail.outbox[-1].body
    assert "recovery_code_used" in events()
    assert sign_in(ada).post(STEP, {"code": codes[3]}).status_code == 422
    assert sign_in(ada).post(STEP, {"code": codes[4]}).status_code == 302


def test_new_recovery_codes_take_the_place_of_the_old(ada):
    old = with_app(ada)
    client = _past_the_step(ada)
    shown = client.post(SET_UP + "recovery-codes/")
    new = [each.replace(" ", "") for each in re.findall(r"<li>(\d{4} \d{4})</li>", shown.content.decode())]
    assert len(new) == 10
    assert sign_in(ada).post(STEP, {"code": old[0]}).status_code == 422
    assert sign_in(ada).post(STEP, {"code": new[0]}).status_code == 302


def test_nobody_comes_to_the_second_step_without_the_first(ada):
    with_app(ada)
    client = Client()
    for answer in (client.get(STEP), client.post(STEP, {"code": code()})):
        assert answer.headers["Location"] == "/sign-in/"
    assert not is_signed_in(client)


def test_a_password_set_between_the_steps_ends_the_first(ada):
    with_app(ada)
    client = sign_in(ada)
    ada.set_password("quite another password")
    ada.save()
    assert client.post(STEP, {"code": code()}).headers["Location"] == "/sign-in/"
    assert not is_signed_in(client)


def test_somebody_deactivated_between_the_steps_stays_out(ada):
    with_app(ada)
    client = sign_in(ada)
    ada.is_active = False
    ada.save()
    client.post(STEP, {"code": code()})
    assert not is_signed_in(client)


def test_before_the_right_password_nobody_is_told_who_has_a_second_factor(cast):
    ada, cleo = with_password(cast.ada), with_password(cast.cleo)
    with_app(ada)
    pages = []
    for person in (ada, cleo):
        answer = Client().post("/sign-in/", {"login": person.email, "password": "not the password"})
        told = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        pages.append((answer.status_code, re.sub(r"\d\.\d\d", "", told.replace(person.email, "LOGIN"))))
    assert pages[0] == pages[1]


# Guessing


def test_after_ten_codes_one_waits_and_elsewhere_one_comes_in(ada):
    codes = with_app(ada)
    client = sign_in(ada)
    for _ in range(10):
        assert client.post(STEP, {"code": wrong_code()}).status_code == 422
    slowed = client.post(STEP, {"code": code()})
    assert slowed.status_code == 429
    assert "wait" in words(slowed)
    client.post(STEP, {"code": code()})
    assert [each.to for each in mail.outbox if "then tried many codes" in each.body] == [[ada.email]]
    elsewhere = sign_in(ada, REMOTE_ADDR="198.51.100.7")
    assert elsewhere.post(STEP, {"code": codes[0]}, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_fifty_codes_from_everywhere_are_the_most_until_there_is_a_new_password(ada):
    with_app(ada)
    for each in range(5):
        place = {"REMOTE_ADDR": f"198.51.100.{each}"}
        client = sign_in(ada, **place)
        for _ in range(10):
            client.post(STEP, {"code": wrong_code()}, **place)
    fresh = {"REMOTE_ADDR": "198.51.100.99"}
    assert sign_in(ada, **fresh).post(STEP, {"code": code()}, **fresh).status_code == 429
    ada.set_password(PASSWORD)
    ada.save()
    assert sign_in(ada, **fresh).post(STEP, {"code": code()}, **fresh).status_code == 302


# Who must have one


@pytest.mark.parametrize("who", ["ada", "nia", "sam"])
def test_who_manages_reads_the_nation_or_serves_is_led_to_setting_one_up(cast, who):
    person = with_password(getattr(cast, who))
    client = sign_in(person)
    for path in (
        "/account/tokens/",
        "/organisations/DMA001/2015-16/",
        "/national/2015-16/baseline/caldicott2/",
        "/people/",
    ):
        assert client.get(path).headers["Location"].startswith(SET_UP), path
    assert client.post("/account/tokens/", {"name": "mine"}).headers["Location"] == SET_UP
    assert "Your work here needs more than a password" in words(client.get(SET_UP))
    assert client.get("/help/").status_code == 200


def test_no_closed_page_opens_without_it(ada):
    """Whatever a visitor is sent to sign in for, and whatever of the API asks a visitor for a token."""
    client = sign_in(ada)
    opened = []
    for name, page in PAGES.items():
        address = reverse(name, kwargs=page.address)
        for method in ("GET", "POST"):
            closed = page.expected(method, STARTED)[:1]
            if closed not in (">", "1") or address.startswith(SET_UP):
                continue
            answer = client.get(address) if method == "GET" else client.post(address)
            led = answer.headers.get("Location", "").startswith(SET_UP) or answer.status_code == 401
            opened += [] if led else [(name, method)]
    assert opened == []


@pytest.mark.parametrize("path", ["/people/", "/trail.json", "/account/tokens/", "/organisations/TR1/2015-16/"])
def test_no_header_that_moves_the_service_to_another_address_leads_past_it(ada, path):
    """Web servers take SCRIPT_NAME from a header of a program beside them, and some proxies pass on whose it was."""
    assert sign_in(ada).get(path, SCRIPT_NAME="/x").headers.get("Location", "").startswith(SET_UP)


def test_after_setting_up_one_goes_on_to_where_one_was_going(ada):
    client = sign_in(ada)
    led = client.get("/account/tokens/").headers["Location"]
    client.get(led)
    secret = re.search(rb'igt-secret">([A-Z2-7 ]+)<', client.get(SET_UP + "app/").content)[1].decode().replace(" ", "")
    made = client.post(SET_UP + "app/", {"code": code(secret)})
    assert 'href="/account/tokens/">I have kept them' in made.content.decode()
    assert client.get("/account/tokens/").status_code == 200


@pytest.mark.parametrize(
    "next_", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_one_goes_on_to_no_other_service(ada, next_):
    client = sign_in(ada)
    client.get(SET_UP, {"next": next_})
    assert "set_up_then" not in client.session


@pytest.mark.parametrize("who", ["ben", "con", "rex"])
def test_others_are_offered_one_and_come_in_without(cast, who):
    client = sign_in(with_password(getattr(cast, who)))
    assert client.get("/account/tokens/").status_code == 200
    assert "Set up a second factor" in words(client.get("/account/"))


def test_the_api_takes_somebody_without_their_second_factor_for_a_visitor(ada):
    client = sign_in(ada)
    assert client.get("/api/v1/organisations/").status_code == 401
    assert client.get("/api/v1/years/").status_code == 200
    with_app(ada)
    assert _past_the_step(ada).get("/api/v1/organisations/").status_code == 200


def test_a_token_reads_without_a_second_factor(ada):
    _, text = make_token("monthly", by=ada)
    assert Client().get("/api/v1/organisations/", headers={"Authorization": f"Bearer {text}"}).status_code == 200


def test_the_last_one_is_not_removed_by_who_needs_one(ada):
    with_app(ada)
    client = _past_the_step(ada)
    row = Authenticator.objects.get(type="totp")
    assert "the only one you have" in words(client.get(f"{SET_UP}{row.pk}/remove/"))
    assert client.post(f"{SET_UP}{row.pk}/remove/").status_code == 422
    assert Authenticator.objects.filter(pk=row.pk).exists()


def test_a_viewer_removes_the_last_one_and_the_codes_go_with_it(cast):
    ben = with_password(cast.ben)
    with_app(ben)
    client = _past_the_step(ben)
    row = Authenticator.objects.get(type="totp")
    assert client.post(f"{SET_UP}{row.pk}/remove/").headers["Location"] == "/account/"
    assert not Authenticator.objects.exists()
    assert events()[-1] == "second_factor_removed"
    assert "was removed from your second factors" in mail.outbox[-1].body


def test_nobody_removes_anothers(cast):
    with_app(cast.ada)
    row = Authenticator.objects.get(type="totp")
    client = sign_in(with_password(cast.ben))
    assert client.get(f"{SET_UP}{row.pk}/remove/").status_code == 404
    assert client.post(f"{SET_UP}{row.pk}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=row.pk).exists()


def test_a_session_without_it_changes_no_second_factor_of_somebody_who_has_one(cast):
    """Whoever has the password alone, in a session that was begun before, sets up nothing of their own."""
    ben = with_password(cast.ben)
    client = Client()
    client.force_login(ben)
    with_app(ben)
    client.force_login(ben)
    for path in ("app/", "passkey/", "recovery-codes/"):
        assert "Sign in with your second factor first" in words(client.post(SET_UP + path, {"code": code()})), path
    assert events() == ["second_factor_added", "recovery_codes_made"]


def test_changing_second_factors_asks_for_a_fresh_sign_in(ada, monkeypatch):
    client = sign_in(ada)
    later = time.time() + 6 * 60
    monkeypatch.setattr("igtoolkit.web.sessions.time.time", lambda: later)
    assert client.get(SET_UP + "app/").headers["Location"] == "/sign-in/again/?next=/account/second-factor/app/"
    assert client.post(SET_UP + "app/", {"code": "123456"}).headers["Location"] == "/sign-in/again/"


# The demonstration


@pytest.fixture
def demonstration(db):
    now = clock.now()
    Demonstration.objects.create(clock_starts=now, began=now)
    clock.demonstration.cache_clear()
    yield
    clock.demonstration.cache_clear()


def test_a_demonstration_asks_only_when_that_is_switched_on(demonstration, ada, settings):
    with_app(ada)
    assert is_signed_in(sign_in(ada))
    assert sign_in(ada).get("/account/tokens/").status_code == 200
    settings.DEMO_SECOND_FACTOR = True
    client = sign_in(ada)
    assert not is_signed_in(client)


def test_the_demonstrations_switch_does_nothing_in_a_real_service(ada, settings):
    settings.DEMO_SECOND_FACTOR = False
    assert sign_in(ada).get("/account/tokens/").headers["Location"].startswith(SET_UP)


def test_a_real_service_has_no_switch_for_it(monkeypatch):
    text = open("igtoolkit/config/settings.py", encoding="utf-8").read()  # noqa: SIM115
    assert re.search(r"^SECOND_FACTOR = True$", text, re.MULTILINE)


# Lost


def test_an_administrator_takes_a_lost_one_away(cast):
    ada, rex = with_password(cast.ada), with_password(cast.rex)
    with_app(rex)
    rexs = _past_the_step(rex)
    with_app(ada)
    client = _past_the_step(ada)
    page = f"/people/{rex.pk}/"
    assert "Take away the second factor" in words(client.get(page))
    assert client.post(page, {"then": "take_factors"}).status_code == 302
    assert rexs.get("/account/").headers["Location"].startswith("/sign-in/")
    assert is_signed_in(sign_in(rex))
    assert events()[-1] == "second_factors_taken_away"
    assert (mail.outbox[-1].to, "took your second factors away" in mail.outbox[-1].body) == ([rex.email], True)


def test_the_service_team_may_and_another_trusts_administrator_may_not(cast):
    ada, sam, cleo = map(with_password, (cast.ada, cast.sam, cast.cleo))
    for each in (ada, sam, cleo):
        with_app(each)
    page = f"/people/{ada.pk}/"
    assert _past_the_step(cleo).post(page, {"then": "take_factors"}).status_code == 404
    assert Authenticator.objects.filter(user=ada).exists()
    assert _past_the_step(sam).post(page, {"then": "take_factors"}).status_code == 302
    assert not Authenticator.objects.filter(user=ada).exists()


def test_nobody_takes_away_their_own_on_the_page_of_people(ada):
    with_app(ada)
    client = _past_the_step(ada)
    assert "Take away" not in words(client.get(f"/people/{ada.pk}/"))
    assert client.post(f"/people/{ada.pk}/", {"then": "take_factors"}).status_code == 403
    assert Authenticator.objects.filter(user=ada).exists()


def test_the_operator_takes_them_away(ada):
    with_app(ada)
    take_factors_away(ada, by=None)
    assert not Authenticator.objects.exists()


def test_ones_account_opens_when_the_services_secret_was_changed_since(ada, settings):
    with_app(ada)
    client = _past_the_step(ada)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another one", [settings.SECRET_KEY]
    assert client.get("/account/").status_code == 200


# What it costs


def test_remembering_it_costs_no_query(ada, django_assert_num_queries, settings):
    with_app(ada)
    client = _past_the_step(ada)
    client.get("/help/")
    with django_assert_num_queries(2) as asked:  # the session and the person
        client.get("/account/tokens/does-not-exist/")
    assert not any("mfa_authenticator" in each["sql"] for each in asked.captured_queries)


def test_ones_account_takes_few_queries(ada, django_assert_max_num_queries):
    with_app(ada)
    client = _past_the_step(ada)
    with django_assert_max_num_queries(12):
        assert client.get("/account/").status_code == 200
