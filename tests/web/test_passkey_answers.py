"""What is posted as a passkey's answer and is none is refused in words, never an error; a good one counts once."""

import json
from base64 import urlsafe_b64encode
from hashlib import sha256

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.contrib.sessions.models import Session
from django.test import Client
from fido2.cose import ES256
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from igtoolkit.web.passkeys import MOST

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


def _with_passkey(person) -> ec.EllipticCurvePrivateKey:
    """Give somebody a passkey. Returns its private key."""
    key = ec.generate_private_key(ec.SECP256R1())
    held = AttestedCredentialData.create(Aaguid.NONE, b"x", ES256.from_cryptography_key(key.public_key()))
    data = AuthenticatorData.create(sha256(b"testserver").digest(), OWNER | 0b1000000, 0, bytes(held))
    made = _answer(clientDataJSON=WORDS, attestationObject=bytes(AttestationObject.create("none", data, {})))
    credential = {**json.loads(made), "clientExtensionResults": {}}
    Authenticator.objects.create(user=person, type="webauthn", data={"name": "laptop", "credential": credential})
    return key


def _good(key: ec.EllipticCurvePrivateKey, person, challenge: str) -> str:
    said = {"type": "webauthn.get", "challenge": challenge, "origin": "https://testserver"}
    words, data = json.dumps(said).encode(), sha256(b"testserver").digest() + bytes([OWNER]) + bytes(4)
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


def test_nobody_fills_the_database_by_asking_for_questions(db):
    answers = [Client().get("/sign-in/passkey/").status_code for _ in range(62)]
    assert answers == [200] * 60 + [429] * 2
    assert Session.objects.count() == 60
    assert Client(REMOTE_ADDR="10.2.2.2").get("/sign-in/passkey/").status_code == 200
