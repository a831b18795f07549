"""What is posted as a passkey's answer and is none is refused in words, never an error; a good one counts once."""

import json
import re
from base64 import urlsafe_b64encode
from hashlib import sha256

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from fido2.cose import ES256
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from igtoolkit.access.scope import everything
from igtoolkit.records.models import AuditEvent
from igtoolkit.web.passkeys import MOST
from tests.conftest import PASSWORD, with_password
from tests.web.reading import words

WORDS = b'{"type": "webauthn.get", "challenge": "eA", "origin": "https://toolkit.example"}'
HEAD = bytes(32) + b"\x81" + bytes(4)  # of an authenticator's data that says that extensions follow


def _answer(**said: bytes) -> str:
    told = {name: urlsafe_b64encode(data).decode().rstrip("=") for name, data in said.items()}
    return json.dumps({"id": "eA", "rawId": "eA", "type": "public-key", "response": told})


def _shown(data: bytes, words: bytes = WORDS) -> str:
    return _answer(clientDataJSON=words, authenticatorData=data, signature=b"", userHandle=b"1")


@pytest.mark.parametrize(
    "answer",
    [
        "[" * MOST,
        "null",
        _shown(HEAD + b"\x19"),
        _shown(HEAD + b"\x81" * 3000),
        _shown(bytes(37), b"[" * 9000),
        _shown(b"\0" * 32 + b"\xc1"),
    ],
    ids=["nested", "null", "cut short", "nested data", "nested words", "no key"],
)
def test_an_answer_that_is_none_leads_back_to_signing_in(db, client, answer):
    client.get("/sign-in/passkey/")
    response = client.post("/sign-in/passkey/", {"credential": answer})
    assert (response.status_code, response.headers["Location"]) == (302, "/sign-in/")


@pytest.mark.parametrize("made", [b"", b"\xa3", b"\x19", b"\x81" * 9000])
def test_no_passkey_is_kept_of_what_is_none(cast, client, made):
    client.force_login(cast.ben)
    client.get("/account/second-factor/passkey/")
    words = WORDS.replace(b"webauthn.get", b"webauthn.create")
    sent = {"name": "a laptop", "credential": _answer(clientDataJSON=words, attestationObject=made)}
    assert client.post("/account/second-factor/passkey/", sent).status_code == 422


OWNER = 0b101  # somebody was there, and it was the owner


def _with_passkey(person, counted: int = 0) -> ec.EllipticCurvePrivateKey:
    """Give somebody a passkey whose device has counted so many uses. Returns its private key."""
    key = ec.generate_private_key(ec.SECP256R1())
    held = AttestedCredentialData.create(Aaguid.NONE, b"x", ES256.from_cryptography_key(key.public_key()))
    data = AuthenticatorData.create(sha256(b"testserver").digest(), OWNER | 0b1000000, counted, bytes(held))
    made = _answer(clientDataJSON=WORDS, attestationObject=bytes(AttestationObject.create("none", data, {})))
    credential = {**json.loads(made), "clientExtensionResults": {}}
    Authenticator.objects.create(user=person, type="webauthn", data={"name": "laptop", "credential": credential})
    return key


def _good(key: ec.EllipticCurvePrivateKey, person, challenge: str, counted: int = 0) -> str:
    said = {"type": "webauthn.get", "challenge": challenge, "origin": "https://testserver"}
    words, data = json.dumps(said).encode(), sha256(b"testserver").digest() + bytes([OWNER]) + counted.to_bytes(4)
    signature = key.sign(data + sha256(words).digest(), ec.ECDSA(SHA256()))
    return _answer(
        clientDataJSON=words, authenticatorData=data, signature=signature, userHandle=str(person.pk).encode()
    )


def test_one_answer_signs_in_one_browser_however_many_send_it_at_once(cast, client):
    key = _with_passkey(cast.ben)
    challenge = client.get("/sign-in/passkey/").json()["publicKey"]["challenge"]
    browsers, answer = [client, Client(), Client()], _good(key, cast.ben, challenge)
    for each in browsers[1:]:  # as when all of them are read before the first is written
        session = each.session
        session["passkey"] = client.session["passkey"]
        session.save()
    for each in browsers:
        each.post("/sign-in/passkey/", {"credential": answer})
    assert ["_auth_user_id" in each.session for each in browsers] == [True, False, False]


def test_nobody_fills_the_database_by_asking_for_questions(db, time_machine):
    time_machine.move_to("2026-01-05T09:00:00Z", tick=False)
    answers = [Client().get("/sign-in/passkey/").status_code for _ in range(62)]
    assert answers == [200] * 60 + [429] * 2
    assert Session.objects.count() == 60
    assert Client(REMOTE_ADDR="10.2.2.2").get("/sign-in/passkey/").status_code == 200


def _shows(client: Client, key: ec.EllipticCurvePrivateKey, person, counted: int) -> str:
    """Sign in with a passkey alone. What the next page says, but for whoever is in."""
    challenge = client.get("/sign-in/passkey/").json()["publicKey"]["challenge"]
    answer = client.post("/sign-in/passkey/", {"credential": _good(key, person, challenge, counted)})
    return "" if "_auth_user_id" in client.session else words(client.get(answer.url))


@pytest.mark.parametrize(
    ("made", "shown", "let_in"),
    [
        (0, [0, 0, 0], [True, True, True]),  # a device that does not count
        (0, [1, 2, 9], [True, True, True]),
        (7, [8, 8], [True, False]),
        (7, [7], [False]),
        (0, [5, 4, 6], [True, False, True]),
        (0, [5, 0, 6], [True, False, True]),  # a copy in something that does not count
        (0, [2**32 - 1, 1], [True, False]),
    ],
)
def test_a_passkey_whose_count_does_not_go_on_is_refused(cast, made, shown, let_in):
    key = _with_passkey(cast.ben, made)
    told = [_shows(Client(), key, cast.ben, counted) for counted in shown]
    assert [not each for each in told] == let_in
    assert all("it may have been copied" in each for each in told if each)


def test_the_trail_and_its_owner_are_told_of_a_copy_and_nothing_is_noted_of_its_use(cast):
    key = _with_passkey(cast.ben, 3)
    assert not _shows(Client(), key, cast.ben, 9)
    before = Authenticator.objects.get()
    for counted in (5, 4):
        assert _shows(Client(), key, cast.ben, counted)
    events = everything(AuditEvent, reason="a test looks").filter(event="passkey_refused")
    facts = {"kind": "passkey", "name": "laptop"}
    assert [json.loads(each.facts) for each in events] == [{"after": {**facts, "counted": n}} for n in (5, 4)]
    assert {(each.organisation, each.by) for each in events} == {(cast.ben.organisation, cast.ben.email)}
    (letter,) = mail.outbox  # once an hour at most
    assert letter.to == [cast.ben.email]
    assert "passkey “laptop” was used and refused" in " ".join(letter.body.split())
    now = Authenticator.objects.get()
    assert (now.last_used_at, now.data) == (before.last_used_at, before.data)
    owner = Client()
    owner.force_login(cast.ada)
    assert "Passkey refused, for it may have been copied" in words(owner.get("/trail/"))


def test_of_two_answers_with_one_count_at_once_one_lets_in(cast):
    key = _with_passkey(cast.ben, 3)
    assert [not _shows(Client(), key, cast.ben, 4) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("page", ["/sign-in/second-factor/", "/sign-in/again/"])
def test_a_copy_is_no_second_step_and_no_fresh_sign_in_either(cast, settings, page):
    settings.SECOND_FACTOR = True
    key = _with_passkey(with_password(cast.ben), 3)
    client = Client()
    if page == "/sign-in/again/":
        client.force_login(cast.ben)
    else:
        client.post("/sign-in/", {"login": cast.ben.email, "password": PASSWORD})
    for counted, status in ((3, 422), (4, 302)):
        challenge = re.search(r"challenge&(?:#34|quot);: &(?:#34|quot);([\w-]+)", client.get(page).content.decode())[1]
        answer = client.post(page, {"credential": _good(key, cast.ben, challenge, counted)})
        assert answer.status_code == status
    assert "/sign-in/" not in answer.url
