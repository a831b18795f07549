"""What is hashed, encrypted, signed and drawn by lot is as docs/decisions/cryptography.md says, and nothing weaker."""

import ast
import math
import stat
import string
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.contrib.auth.hashers import make_password
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client

from igtoolkit.actions.tokens import make_token
from igtoolkit.actions.withheld import salt
from igtoolkit.actions.witnessing import public_key, signing_key, witness_heads
from igtoolkit.config import settings as product
from igtoolkit.config.places import secret_key
from igtoolkit.records.sessions import RANDOM, SessionStore
from igtoolkit.reports.verify_chains import Heads
from igtoolkit.reports.witnessed import read_witness
from igtoolkit.web.links import FORGOTTEN
from igtoolkit.web.passwords import Argon2id
from igtoolkit.web.second_factor import SecondFactors, _cipher
from tests.conftest import PASSWORD, with_password

CODE = Path(__file__).parents[2] / "igtoolkit"
CRYPTOGRAPHY = {"argon2", "cryptography", "hashlib", "hmac", "jwt", "random", "secrets", "ssl", "zlib"}
LIBRARIES = ("allauth.mfa.totp", "allauth.mfa.recovery_codes", "allauth.mfa.utils")
DJANGOS = ("django.core.signing", "django.utils.crypto", "django.contrib.auth.hashers", "django.contrib.auth.tokens")
# Everything of the kind that our code takes from elsewhere. `random` is for the demonstration's invented data alone.
KNOWN = {
    *(
        "hashlib",
        "hashlib.sha256",
        "hashlib.sha1",
        "hmac.compare_digest",
        "secrets",
        "secrets.token_hex",
        "secrets.SystemRandom",
    ),
    *("cryptography.fernet.Fernet", "cryptography.fernet.InvalidToken", "cryptography.exceptions.InvalidSignature"),
    *("cryptography.hazmat.primitives.hashes.SHA256", "cryptography.hazmat.primitives.kdf.hkdf.HKDF"),
    *(
        "cryptography.hazmat.primitives.serialization",
        "cryptography.hazmat.primitives.serialization.load_pem_public_key",
    ),
    "cryptography.hazmat.primitives.asymmetric.ed25519.Ed25519PrivateKey",
    "cryptography.hazmat.primitives.asymmetric.ed25519.Ed25519PublicKey",
    *("allauth.mfa.utils.decrypt", "allauth.mfa.utils.encrypt"),
    "allauth.mfa.recovery_codes.internal.auth.RecoveryCodes",
    *(f"allauth.mfa.totp.internal.auth.{each}" for each in ("format_hotp_value", "generate_totp_secret", "hotp_value")),
    *(f"django.core.signing.{each}" for each in ("BadSignature", "Signer")),
    *(f"django.utils.crypto.{each}" for each in ("constant_time_compare", "get_random_string", "salted_hmac")),
    *(f"django.contrib.auth.hashers.{each}" for each in ("Argon2PasswordHasher", "UNUSABLE_PASSWORD_PREFIX")),
    *(f"django.contrib.auth.hashers.{each}" for each in ("check_password", "make_password")),
    "django.contrib.auth.tokens.PasswordResetTokenGenerator",
}
HASHES = {"sha256"}  # but for the demonstration's dice, and lists of stolen passwords, which are of SHA-1s


@cache
def everything() -> list[tuple[str, ast.AST]]:
    """Every file of ours by its name, read once."""
    return [
        (each.relative_to(CODE).as_posix(), ast.parse(each.read_text("utf-8"))) for each in sorted(CODE.rglob("*.py"))
    ]


def trees() -> Iterator[tuple[str, ast.AST]]:
    return (each for each in everything() if not {"migrations", "demonstration"} & set(each[0].split("/")))


def taken(tree: ast.AST) -> Iterator[str]:
    """The names that a file imports of what has to do with secrets."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name.split(".")[0] in CRYPTOGRAPHY)
        elif isinstance(node, ast.ImportFrom) and node.module:
            module = node.module
            if module.split(".")[0] in CRYPTOGRAPHY or module.startswith((*LIBRARIES, *DJANGOS)):
                yield from (f"{module}.{each.name}" for each in node.names)


def test_only_known_parts_of_known_libraries_are_used():
    assert {name for _, tree in trees() for name in taken(tree)} == KNOWN


def test_chance_that_can_be_foretold_is_for_invented_data_alone():
    assert [name for name, tree in everything() if "random" in set(taken(tree))] == ["config/demonstration/dice.py"]


def test_every_digest_and_every_keyed_digest_is_sha_256():
    calls = [(name, node) for name, tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    plain = {
        node.func.attr
        for _, node in calls
        if isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "hashlib"
    }
    keyed = {
        (name, next((each.value.value for each in node.keywords if each.arg == "algorithm"), "sha1"))
        for name, node in calls
        if getattr(node.func, "id", "") == "salted_hmac"
    }
    assert plain == HASHES
    assert [name for name, tree in trees() if "hashlib.sha1" in set(taken(tree))] == ["web/breached.py"]
    assert {algorithm for _, algorithm in keyed} == HASHES, keyed


def test_secrets_are_encrypted_and_what_was_changed_is_not_read(settings):
    """AES in CBC with HMAC-SHA256 over all of it, checked first (Fernet): each byte counts."""
    kept = SecondFactors().encrypt("JBSWY3DPEHPK3PXP")
    assert kept.startswith("gAAAA")
    assert SecondFactors().decrypt(kept) == "JBSWY3DPEHPK3PXP"
    assert SecondFactors().encrypt("JBSWY3DPEHPK3PXP") != kept
    for at in range(0, len(kept) - 2, 7):
        other = "A" if kept[at] != "A" else "B"
        with pytest.raises((InvalidToken, ValueError)):
            SecondFactors().decrypt(kept[:at] + other + kept[at + 1 :])
    assert len(_cipher("x")._encryption_key) * 8 == len(_cipher("x")._signing_key) * 8 == 128


# How much chance there is in what nobody may guess

HEX, ALNUM, BASE64 = 16, 62, 64


def session_key() -> str:
    return SessionStore()._get_new_session_key()[-RANDOM:]


DRAWN: dict[str, tuple[int, Callable]] = {
    "the secret of the service": (BASE64, lambda cast, tmp_path: secret_key(tmp_path / "home")),
    "a session": (36, lambda cast, tmp_path: session_key()),
    "a token": (BASE64, lambda cast, tmp_path: make_token(str(tmp_path), by=cast.ada)[1].removeprefix("igt_")),
    "a form's token": (ALNUM, lambda cast, tmp_path: _get_new_csrf_string()),
    "a password's salt": (ALNUM, lambda cast, tmp_path: Argon2id().salt()),
    "an app's secret": (32, lambda cast, tmp_path: generate_totp_secret()),
    "what recovery codes are made of": (HEX, lambda cast, tmp_path: RecoveryCodes.generate_seed()),
    "the salt of a sealed event": (HEX, lambda cast, tmp_path: salt()["salt"]),
}


@pytest.mark.parametrize("what", DRAWN)
def test_what_nobody_may_guess_has_128_bits_of_chance(what, cast, tmp_path, monkeypatch):
    monkeypatch.delenv("IGTOOLKIT_SECRET", raising=False)
    alphabet, draw = DRAWN[what]
    drawn = [draw(cast, tmp_path / str(n)) for n in range(5)]
    assert len(set(drawn)) == 5
    assert all(len(each.rstrip("=")) * math.log2(alphabet) >= 128 for each in drawn)
    assert len(set("".join(drawn))) > alphabet // 4


def test_a_mailed_link_cannot_be_made_up(cast):
    """Its key is 128 bits of an HMAC under the service's secret, over who it is for and when it was made."""
    key = FORGOTTEN.made_for(cast.ben).rstrip("/").rpartition("-")[2]
    assert len(key) * math.log2(HEX) >= 128
    assert set(key) <= set(string.hexdigits)
    assert FORGOTTEN.keys.algorithm == "sha256"


def test_the_secret_of_the_service_is_made_once_and_only_its_owner_reads_it(tmp_path, monkeypatch):
    monkeypatch.delenv("IGTOOLKIT_SECRET", raising=False)
    home = tmp_path / "home"
    assert secret_key(home) == secret_key(home)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "secret-key").stat().st_mode) == 0o600


def test_heads_are_signed_with_ed25519_under_a_key_of_its_own(tmp_path, settings):
    settings.WITNESS_KEY = tmp_path / "key.pem"
    assert isinstance(signing_key(), Ed25519PrivateKey)
    assert stat.S_IMODE(settings.WITNESS_KEY.stat().st_mode) == 0o600


# Everything can be changed


def test_a_password_kept_in_an_older_way_is_kept_anew_at_the_next_sign_in(cast, settings):
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    cast.ben.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
    cast.ben.save()
    for _ in range(2):
        client = Client()
        assert client.post("/sign-in/", {"login": cast.ben.email, "password": PASSWORD}).status_code == 302
    cast.ben.refresh_from_db()
    assert cast.ben.password.startswith("argon2$argon2id$")


def test_another_secret_ends_every_session_and_link_and_leaves_passwords(cast, settings):
    with_password(cast.ben)
    client = Client()
    client.force_login(cast.ben)
    link = FORGOTTEN.made_for(cast.ben)
    assert client.get("/account/").status_code == 200
    settings.SECRET_KEY = "another secret, given because somebody may have seen the first"
    assert client.get("/account/").status_code == 302
    page = Client().get(link.removeprefix(settings.SITE_ADDRESS), follow=True).content.decode()
    assert "This link no longer works" in page
    assert Client().post("/sign-in/", {"login": cast.ben.email, "password": PASSWORD}).status_code == 302


def test_another_key_signs_from_a_day_on_and_the_old_files_hold_by_the_old_one(cast, tmp_path, settings):
    kept = []
    for n in range(2):
        settings.WITNESS, settings.WITNESS_KEY = tmp_path / f"witness{n}", tmp_path / f"key{n}.pem"
        witness_heads(by=None)
        kept.append((settings.WITNESS, public_key()))
    heads: Heads = {}
    for folder, key in kept:
        assert list(read_witness(folder, key, heads, Counter())) == []
    assert any("signature" in each for each in read_witness(kept[0][0], kept[1][1], {}, Counter()))
