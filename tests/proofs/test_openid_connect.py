"""OpenID Connect against a real provider on the loopback: signing in, and every way in which it must not work."""

import re
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core import mail
from django.test import Client

from igtoolkit.access.scope import everything
from igtoolkit.config.places import SignInService, sign_in_service
from igtoolkit.records.models import AuditEvent, Person
from igtoolkit.web.identity import FAULTS, Protocol
from scripts.with_postgresql import free_port
from tests.conftest import PASSWORD, with_password
from tests.oidc import BACK, CLIENT, NAME, PATIENCE, SECRET, is_there, running
from tests.proofs import report
from tests.web.reading import title, words

TOOLKIT = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The provider's address, for as long as the module runs."""
    with running(TOOLKIT) as address:
        yield address


@pytest.fixture
def provider(server, settings) -> str:
    settings.OIDC = SignInService(server, CLIENT, SECRET, NAME)
    settings.SITE_ADDRESS = TOOLKIT
    settings.SECOND_FACTOR = True
    return server


@pytest.fixture
def ben(cast) -> Person:
    """A viewer, who needs no second factor, known to the provider as ben-there."""
    return with_password(cast.ben)


def through(answer) -> str:
    """Follow our redirect through the provider as a browser would; the address of ours that it leads back to."""
    with requests.Session() as browser:
        address = answer.headers["Location"]
        for _ in range(8):
            found = browser.get(address, allow_redirects=False, timeout=PATIENCE)
            address = requests.compat.urljoin(address, found.headers["Location"])
            if urlsplit(address).path == BACK:
                return f"{BACK}?{urlsplit(address).query}"
    raise AssertionError("The provider led nowhere.")


def connected(server: str, person: Person, account: str) -> Client:
    """A browser in which the person has connected who they are at the provider."""
    is_there(server, account)
    client = Client()
    client.force_login(person)
    client.get(through(client.post("/account/identity/connect/")))
    assert SocialAccount.objects.filter(user=person, uid=account).exists()
    return client


def signing_in(client: Client, **sent: str) -> str:
    return through(client.post("/sign-in/identity/", sent))


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_person_connects_signs_out_and_signs_in(provider, ben):
    began = time.perf_counter()
    client = connected(provider, ben, "ben-there")
    assert "Connected: you can now sign in with Care Login" in words(client.get("/account/"))
    assert (mail.outbox[-1].to, "was connected" in mail.outbox[-1].body) == ([ben.email], True)
    client.post("/sign-out/")
    assert not is_signed_in(client)
    back = signing_in(client, next="/account/tokens/")
    key = client.session.session_key
    assert client.get(back).headers["Location"] == "/account/tokens/"
    assert client.get("/account/tokens/").status_code == 200
    assert client.session.session_key != key
    trail = everything(AuditEvent, reason="the test reads the trail").values_list("event", flat=True)
    assert list(trail) == ["identity_connected"]
    report("openid connect", f"connected and signed in through a real provider in {time.perf_counter() - began:.1f} s")


def test_what_is_asked_of_the_provider_is_little_and_sealed(provider, ben):
    asked = parse_qs(urlsplit(Client().post("/sign-in/identity/").headers["Location"]).query)
    assert asked["scope"] == ["openid"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"{TOOLKIT}{BACK}"]
    assert len(asked["state"][0]) == len(asked["nonce"][0]) == 32  # letters and figures: 190 bits


def test_nothing_the_provider_says_is_kept_but_who_it_is(provider, ben):
    connected(provider, ben, "ben-there")
    client = Client()
    client.get(signing_in(client))
    kept = SocialAccount.objects.get()
    assert (kept.uid, kept.extra_data) == ("ben-there", {})


def test_an_identity_nobody_connected_gets_a_page_and_no_account(provider, cast):
    """Even with the e-mail address of somebody here, which the provider calls verified."""
    people = Person.objects.count()
    is_there(provider, "ada")
    client = Client()
    answer = client.get(signing_in(client))
    assert (answer.status_code, title(answer)) == (403, "You are not known here by this identity – IG Toolkit")
    assert "connect Care Login on your account's page" in words(answer)
    assert (is_signed_in(client), Person.objects.count(), SocialAccount.objects.count()) == (False, people, 0)


def test_somebody_deactivated_gets_the_same_page_as_nobody(provider, ben):
    connected(provider, ben, "ben-there")
    ben.is_active = False
    ben.save()
    pages = []
    for account in ("ben-there", "nobody-here"):
        is_there(provider, account)
        client = Client()
        answer = client.get(signing_in(client))
        assert not is_signed_in(client)
        pages.append((answer.status_code, re.sub(r"took \d+\.\d\d", "", words(answer))))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("query", ["", "?code=x", "?state=wrong&code=x", "?error=server_error", "?state=\0&code=\0"])
def test_a_wrong_state_lets_nobody_in(provider, ben, query):
    client = Client()
    client.post("/sign-in/identity/")
    answer = client.get(BACK + query)
    assert (answer.status_code, is_signed_in(client)) == (403, False)
    assert "Signing in with Care Login did not work" in title(answer)


def test_an_answer_meant_for_another_browser_lets_nobody_in(provider, ben):
    connected(provider, ben, "ben-there")
    mine, theirs = Client(), Client()
    back = signing_in(mine)
    theirs.post("/sign-in/identity/")
    assert theirs.get(back).status_code == 403
    assert not is_signed_in(theirs)


def test_a_code_is_good_once(provider, ben):
    connected(provider, ben, "ben-there")
    client = Client()
    back = signing_in(client)
    assert client.get(back).status_code == 302
    client.post("/sign-out/")
    assert client.get(back).status_code == 403
    code = parse_qs(urlsplit(back).query)["code"][0]
    fresh = parse_qs(urlsplit(client.post("/sign-in/identity/").headers["Location"]).query)["state"][0]
    assert client.get(BACK, {"code": code, "state": fresh}).status_code == 403
    assert not is_signed_in(client)


def test_another_persons_code_under_ones_own_state_lets_nobody_in(provider, ben):
    """The code is bound to the browser that asked for it, by PKCE."""
    connected(provider, ben, "ben-there")
    bens, mine = Client(), Client()
    code = parse_qs(urlsplit(signing_in(bens)).query)["code"][0]
    state = parse_qs(urlsplit(mine.post("/sign-in/identity/").headers["Location"]).query)["state"][0]
    assert mine.get(BACK, {"code": code, "state": state}).status_code == 403
    assert not is_signed_in(mine)


def test_an_answer_to_another_question_lets_nobody_in(provider, ben):
    connected(provider, ben, "ben-there")
    client = Client()
    back = signing_in(client)
    session = client.session
    for state, *_ in session["socialaccount_states"].values():
        state["nonce"] = "of another browser"
    session.save()
    assert client.get(back).status_code == 403
    assert not is_signed_in(client)


@pytest.mark.parametrize("way", ["another key", "the secret", "none"])
def test_a_token_that_the_provider_did_not_sign_is_refused(provider, rf, settings, way):
    """Even when it came over the line to the provider, where the library would not look at its signature."""
    kid = requests.get(f"{provider}/jwks", timeout=PATIENCE).json()["keys"][0]["kid"]
    key, name = {
        "another key": (rsa.generate_private_key(65537, 2048), "RS256"),
        "the secret": (settings.OIDC.secret, "HS256"),
        "none": (None, "none"),
    }[way]
    said = {"iss": provider, "aud": "igtoolkit", "sub": "ada-there", "exp": time.time() + 60}
    forged = jwt.encode(said, key, algorithm=name, headers={"kid": kid})
    protocol = Protocol(rf.get("/"), settings.OIDC.key)
    protocol.did_fetch_access_token = True
    with pytest.raises(FAULTS):
        protocol._decode_id_token(protocol.get_provider().app, forged)


def test_somebody_who_stops_at_the_provider_is_told_so(provider, ben):
    is_there(provider, "ben-there", stops=True)
    client = Client()
    answer = client.get(signing_in(client))
    assert (answer.status_code, title(answer)) == (403, "You stopped signing in with Care Login – IG Toolkit")


def test_a_provider_that_is_down_says_so_and_a_password_works(provider, ben, settings):
    down = f"http://127.0.0.1:{free_port()}"
    settings.OIDC = settings.OIDC._replace(server=down)
    client = Client()
    answer = client.post("/sign-in/identity/")
    assert (answer.status_code, title(answer)) == (503, "Care Login cannot be reached – IG Toolkit")
    assert "Your login and password work as before" in words(answer)
    client.post("/sign-in/", {"login": ben.email, "password": PASSWORD})
    assert is_signed_in(client)


def test_a_provider_that_calls_itself_another_is_not_believed(provider, ben, settings):
    settings.OIDC = settings.OIDC._replace(server=provider.replace("127.0.0.1", "localhost"))
    assert Client().post("/sign-in/identity/").status_code == 403


def test_the_identities_of_another_server_are_not_those_of_this_one(provider, ben, settings):
    connected(provider, ben, "ben-there")
    SocialAccount.objects.update(provider=settings.OIDC._replace(server="https://other.example").key)
    client = Client()
    assert client.get(signing_in(client)).status_code == 403
    assert not is_signed_in(client)


def test_an_identity_belongs_to_one_account(provider, ben, cast):
    connected(provider, ben, "ben-there")
    client = Client()
    client.force_login(cast.con)
    client.get(through(client.post("/account/identity/connect/")))
    assert "connected to another account here" in words(client.get("/account/"))
    assert SocialAccount.objects.get().user == ben


def test_what_one_person_began_another_does_not_finish_at_the_same_browser(provider, ben, cast):
    is_there(provider, "ben-there")
    client = Client()
    client.force_login(ben)
    back = through(client.post("/account/identity/connect/"))
    client.force_login(cast.con)
    assert client.get(back).status_code == 403
    assert not SocialAccount.objects.exists()


def test_one_disconnects_and_is_not_let_in_any_more(provider, ben):
    client = connected(provider, ben, "ben-there")
    client.post("/account/identity/disconnect/")
    client.post("/sign-out/")
    assert client.get(signing_in(client)).status_code == 403
    assert not is_signed_in(client)


def test_connecting_asks_for_a_fresh_sign_in(provider, ben, monkeypatch):
    client = Client()
    client.force_login(ben)
    later = time.time() + 6 * 60
    monkeypatch.setattr("igtoolkit.web.sessions.time.time", lambda: later)
    assert client.post("/account/identity/connect/").headers["Location"] == "/sign-in/again/"


@pytest.mark.parametrize(
    ("amr", "acr", "trusted", "asked"),
    [
        (["pwd", "otp", "mfa"], None, False, True),
        (["pwd", "otp", "mfa"], None, True, False),
        (["pwd"], None, True, True),
        (None, "https://refeds.org/profile/mfa", True, False),
        (None, "0", True, True),
        (None, None, True, True),
    ],
)
def test_the_second_factor_is_asked_unless_the_trusted_provider_says_that_one_was_used(
    provider, ben, settings, amr, acr, trusted, asked
):
    connected(provider, ben, "ben-there")
    Authenticator.objects.create(user=ben, type="totp", data={"secret": "not read here"})
    settings.OIDC_TRUSTED_FACTOR = trusted
    is_there(provider, "ben-there", **({"amr": amr} if amr else {}), **({"acr": acr} if acr else {}))
    client = Client()
    answer = client.get(signing_in(client))
    assert (answer.headers["Location"] == "/sign-in/second-factor/", is_signed_in(client)) == (asked, not asked)


def test_an_administrator_without_a_second_factor_is_led_to_setting_one_up_here_too(provider, cast, settings):
    SocialAccount.objects.create(user=cast.ada, provider=settings.OIDC.key, uid="ada-there", extra_data={})
    is_there(provider, "ada-there")
    client = Client()
    client.get(signing_in(client))
    assert client.get("/account/tokens/").headers["Location"].startswith("/account/second-factor/")


def test_our_session_lives_by_our_rules_and_not_by_the_providers(provider, ben, time_machine):
    """Signing out here is over here alone; whether the provider asks anything of who comes back is its own business."""
    connected(provider, ben, "ben-there")
    client = Client()
    client.get(signing_in(client))
    client.post("/sign-out/")
    assert client.get("/account/").status_code == 302
    client.get(signing_in(client))
    began = time.time()
    time_machine.move_to(began + 29 * 60)
    assert client.get("/account/").status_code == 200
    time_machine.move_to(began + 60 * 60)
    assert client.get("/account/").status_code == 302


def test_forms_may_lead_on_to_the_providers_origin_alone():
    assert SignInService("https://login.care.example/realms/one", "c", "s", NAME).origin == "https://login.care.example"


def test_half_of_a_provider_is_a_mistake(monkeypatch):
    monkeypatch.setenv("IGTOOLKIT_OIDC_SERVER", "https://login.care.example")
    with pytest.raises(SystemExit, match="IGTOOLKIT_OIDC_NAME"):
        sign_in_service()
    for each in ("CLIENT", "SECRET", "NAME"):
        monkeypatch.setenv(f"IGTOOLKIT_OIDC_{each}", "x")
    assert sign_in_service().server == "https://login.care.example"
    monkeypatch.setenv("IGTOOLKIT_OIDC_SERVER", "http://login.care.example")
    with pytest.raises(SystemExit, match="https://"):
        sign_in_service()
