"""What another sign-in service says of somebody is believed as it was set up to say it, and in no other case."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from igtoolkit.config.places import SignInService
from igtoolkit.web.identity import FAULTS, Protocol

OURS, OTHERS = (rsa.generate_private_key(65537, 2048) for _ in range(2))
CLIENT = "igtoolkit"


def public(key: rsa.RSAPrivateKey, kid: str) -> dict[str, Any]:
    return json.loads(RSAAlgorithm.to_jwk(key.public_key())) | {"kid": kid, "use": "sig", "alg": "RS256"}


class Service(BaseHTTPRequestHandler):
    """Its description and keys, and beside them keys of somebody else."""

    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        here = f"http://127.0.0.1:{self.server.server_address[1]}"
        told = {
            "/keys": {"keys": [public(OURS, "one")]},
            "/others": {"keys": [public(OTHERS, "one")]},
            "/.well-known/openid-configuration": {
                **{
                    name: f"{here}/{name}" for name in ("authorization_endpoint", "token_endpoint", "userinfo_endpoint")
                },
                "issuer": here,
                "jwks_uri": f"{here}/keys",
            },
        }
        content = json.dumps(told.get(self.path, {})).encode()
        self.send_response(200 if self.path in told else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Nothing: the test says what it saw."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def believed(address, settings, rf):
    """What is believed of a token with these facts; a fault where nothing is."""
    settings.OIDC = SignInService(address, CLIENT, "only for tests, and as long as a real one", "Care Login")

    def decode(*, key: Any = OURS, algorithm: str = "RS256", headers: dict[str, Any] | None = None, **facts: Any):
        now = time.time()
        said = {"iss": address, "aud": CLIENT, "sub": "ada-there", "iat": now, "exp": now + 60, "nonce": "n", **facts}
        said = {name: each for name, each in said.items() if each is not None}
        token = jwt.encode(said, key, algorithm=algorithm, headers={"kid": "one", **(headers or {})})
        protocol = Protocol(rf.get("/"), settings.OIDC.key)
        protocol.did_fetch_access_token = True
        return protocol._decode_id_token(protocol.get_provider().app, token)

    return decode


def test_a_token_as_it_should_be_is_believed(believed):
    assert believed()["sub"] == "ada-there"


@pytest.mark.parametrize(
    "facts",
    [
        {"exp": 1},
        {"exp": time.time() - 120},
        {"exp": None},
        {"nbf": 4_000_000_000},
        {"iat": 4_000_000_000},
        {"aud": "another client"},
        {"aud": None},
        {"iss": "https://another.example"},
        {"iss": None},
        {"key": OTHERS},
        {"key": None, "algorithm": "none"},
        {"key": "only for tests, and as long as a real one", "algorithm": "HS256"},
        {"headers": {"kid": "unknown"}},
    ],
    ids=lambda facts: " ".join(facts),
)
def test_another_token_is_not(believed, facts):
    with pytest.raises(FAULTS):
        believed(**facts)


@pytest.mark.parametrize("header", ["jku", "x5u", "jwk"])
def test_a_token_does_not_say_itself_with_which_key_it_is_checked(believed, address, header):
    named = {"jku": f"{address}/others", "x5u": f"{address}/others", "jwk": public(OTHERS, "one")}[header]
    Service.asked.clear()
    with pytest.raises(FAULTS):
        believed(key=OTHERS, headers={header: named})
    assert "/others" not in Service.asked
