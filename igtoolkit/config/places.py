"""Reading the environment: where the database, the secret and the mail server are.

A real service, which is reached over https alone, takes no secret that could be guessed and opens no connection that
others could read: it does not start with one.
"""

import os
import secrets
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

SHORTEST = 43  # characters of a secret given to a real service: as many as 256 random bits take
FEWEST = 10  # different ones
AT_HOME = ("", "localhost", "127.0.0.1", "::1")  # a socket, or this machine
VERIFIED = ("verify-full", "verify-ca")
ADDRESS_FILE = "address"  # papers made by command carry the same address as those made by the running service

# WAL lets readers go on while one writes; FULL keeps every acknowledged save through a power cut;
# IMMEDIATE makes writers queue instead of failing (Django's default failed four saves in five under load).
SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF; PRAGMA recursive_triggers=ON; "
    "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456;"
)


def database(home: Path, address: str | None, *, real: bool = False) -> dict[str, Any]:
    """Django's settings of the database: PostgreSQL at `address`, or SQLite in `home`."""
    if address:
        return _postgresql(urlsplit(address), real)
    return {
        "ENGINE": "igtoolkit.records.sqlite",
        "NAME": str(home / "igtoolkit.sqlite3"),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START},
    }


def _postgresql(parts: SplitResult, real: bool) -> dict[str, Any]:
    if parts.scheme not in ("postgresql", "postgres"):
        raise SystemExit(f"IGTOOLKIT_DATABASE must begin with postgresql://, not {parts.scheme}://.")
    options = dict(parse_qsl(parts.query))  # sslmode=verify-full and the like
    if real and _is_elsewhere(parts) and options.get("sslmode") not in VERIFIED:
        raise SystemExit("IGTOOLKIT_DATABASE is on another machine: end it with ?sslmode=verify-full.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _is_elsewhere(parts: SplitResult) -> bool:
    return (parts.hostname or "") not in AT_HOME


def secret_key(home: Path, *, real: bool = False) -> str:
    """The secret key: from the environment, or made once and kept where only this user can read it."""
    given = os.environ.get("IGTOOLKIT_SECRET")
    if given and real and (len(given) < SHORTEST or len(set(given)) < FEWEST):
        raise SystemExit(f"IGTOOLKIT_SECRET could be guessed: use at least {SHORTEST} random characters, or unset it.")
    if given:
        return given
    path = home / "secret-key"
    if not path.exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), "utf-8")
    return path.read_text("utf-8")


def mail(address: str | None, *, real: bool = False) -> dict[str, Any]:
    """Django's mail settings: an SMTP server, or the console; for a real service without one (links would stand in
    its log), nothing, which is told to whoever sends."""
    if not address and real:
        return {"EMAIL_BACKEND": "igtoolkit.web.mail_server.NoServer"}
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtp+tls", "smtps"):
        raise SystemExit(f"IGTOOLKIT_MAIL must begin with smtps://, smtp+tls:// or smtp://, not {parts.scheme}://.")
    if real and parts.scheme == "smtp" and _is_elsewhere(parts):
        raise SystemExit("IGTOOLKIT_MAIL is on another machine: begin it with smtp+tls:// or smtps://.")
    return {
        "EMAIL_BACKEND": "igtoolkit.web.mail_server.Server",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 10,
    }


class SignInService(NamedTuple):
    """Another service that says who somebody is, by OpenID Connect. name: what people call it."""

    server: str
    client: str
    secret: str
    name: str

    @property
    def key(self) -> str:
        """What identities of this service are kept under: another server's are never taken for these."""
        return f"oidc-{sha256(self.server.encode()).hexdigest()[:32]}"

    @property
    def origin(self) -> str:
        parts = urlsplit(self.server)
        return f"{parts.scheme}://{parts.netloc}"


def sign_in_service() -> SignInService | None:
    """The sign-in service that the environment names; None without one. Half of one is a mistake."""
    names = [f"IGTOOLKIT_OIDC_{each}" for each in ("SERVER", "CLIENT", "SECRET", "NAME")]
    found = [os.environ.get(each, "").strip() for each in names]
    if not any(found):
        return None
    if not all(found):
        raise SystemExit(f"Set all of {', '.join(names)}, or none.")
    parts = urlsplit(found[0])
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost"):
        raise SystemExit(f"{names[0]} must begin with https://.")
    return SignInService(found[0].rstrip("/"), *found[1:])


def breached(given: str | None) -> Path | None:
    """The operator's list of passwords that were stolen elsewhere; None without one."""
    if not given:
        return None
    if not Path(given).is_file():
        raise SystemExit(f"IGTOOLKIT_BREACHED names {given}, and no file is there.")
    return Path(given)


def site_address(home: Path) -> str:
    """Where people reach the service: as set, as `igtoolkit serve` last served it, or this machine."""
    given = os.environ.get("IGTOOLKIT_ADDRESS")
    kept = home / ADDRESS_FILE
    return (given or (kept.read_text("utf-8") if kept.exists() else "http://127.0.0.1:8000")).strip().rstrip("/")
