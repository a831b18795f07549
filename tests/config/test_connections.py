"""What the service connects to is what docs/running.md says, and nobody on the way reads it or answers in its place."""

import ast
import datetime
import json
import os
import re
import smtplib
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from pathlib import Path

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.mail import EmailMessage, get_connection

from igtoolkit.config.places import SignInService, database, mail, secret_key, sign_in_service
from tests.conftest import PASSWORD, with_password

ROOT = Path(__file__).parents[2]
RUNNING = (ROOT / "docs" / "running.md").read_text("utf-8")
HOME = Path("/nowhere")
PATIENCE = 60  # seconds: what is awaited comes at once, unless the machine has much else to do
CALLING = {"aiohttp", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "smtplib", "socket", "socketserver"}
CALLING |= {"ssl", "telnetlib", "urllib", "urllib3", "websockets", "xmlrpc"}


def imported(path: Path) -> set[str]:
    """Everything that a file imports, with its module: http.HTTPStatus."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {f"{node.module}.{each.name}" for each in node.names}
    return found


def test_one_file_of_ours_opens_connections_and_that_is_to_the_mail_server():
    """Elsewhere names of faults and of addresses' parts are all that is taken from what could open one."""
    calling: dict[str, set[str]] = {}
    for path in (ROOT / "igtoolkit").rglob("*.py"):
        for name in imported(path):
            if name.split(".")[0] in CALLING and not name.startswith("urllib.parse"):
                calling.setdefault(path.relative_to(ROOT / "igtoolkit").as_posix(), set()).add(name)
    assert calling.pop("web/mail_server.py") == {"smtplib", "socket"}
    taken = set().union(*calling.values())
    assert {each for each in taken if not re.search(r"Exception$|Error$|Refused$", each)} == {"http.HTTPStatus"}


def test_signing_in_elsewhere_asks_the_server_that_is_named_and_no_other(cast, client, settings, monkeypatch):
    asked = set()

    def look_up(host: str, *rest: object, **more: object) -> list:
        asked.add(host)
        raise socket.gaierror("no other machine is there")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    settings.OIDC = SignInService("https://login.care.example", "igtoolkit", "secret", "Care Login")
    assert client.post("/sign-in/identity/").status_code == 503
    assert asked == {"login.care.example"}


def test_every_connection_there_can_be_is_written_down():
    table = RUNNING.partition("## What it connects to")[2].partition("\n## ")[0]
    named = re.findall(r"^\| `(IGTOOLKIT_\w+)`", table, re.M)
    assert named == ["IGTOOLKIT_DATABASE", "IGTOOLKIT_MAIL", "IGTOOLKIT_OIDC_SERVER"]


LOGGERS = """
import django, json, logging, sys
django.setup()
from igtoolkit.config import wsgi
known = [logging.getLogger(), *map(logging.getLogger, logging.root.manager.loggerDict)]
told = [(each.name, one) for each in known for one in each.handlers]
print(json.dumps([[name, type(one).__name__, getattr(one, "stream", 0) is sys.stderr] for name, one in told]))
"""


def test_the_log_goes_to_standard_error_and_nowhere_else(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("IGTOOLKIT_", "DJANGO_"))}
    told = {"IGTOOLKIT_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "igtoolkit.config.settings"}
    made = subprocess.run([sys.executable, "-c", LOGGERS], env=kept | told, capture_output=True, text=True, check=True)
    handlers = json.loads(made.stdout)
    assert [name for name, kind, standard in handlers if not standard and kind != "NullHandler"] == []
    assert ["root", "StreamHandler", True] in handlers
    assert not [each for each in tmp_path.rglob("*") if each.suffix == ".log"]


# A real service is not set up to be read on the way


@pytest.mark.parametrize("mode", ["", "?sslmode=prefer", "?sslmode=require", "?sslmode=disable", "?sslmode=allow"])
def test_a_real_service_does_not_start_with_an_open_line_to_its_database(mode):
    address = f"postgresql://toolkit:secret@database.example/toolkit{mode}"
    with pytest.raises(SystemExit, match="sslmode=verify-full"):
        database(HOME, address, real=True)
    assert database(HOME, address)["HOST"] == "database.example"


@pytest.mark.parametrize("address", ["database.example/t?sslmode=verify-full", "127.0.0.1/t", "/t", "localhost/t"])
def test_a_database_on_this_machine_or_behind_a_checked_certificate_will_do(address):
    assert database(HOME, f"postgresql://{address}", real=True)["NAME"] == "t"


@pytest.mark.parametrize(
    ("address", "will_do"),
    [
        ("smtp://mail.example", False),
        ("smtp+tls://mail.example", True),
        ("smtps://mail.example", True),
        ("smtp://localhost", True),
    ],
)
def test_a_real_service_does_not_send_mail_in_the_clear(address, will_do):
    assert mail(address)["EMAIL_HOST"]
    if will_do:
        assert mail(address, real=True) == mail(address)
        return
    with pytest.raises(SystemExit, match=r"smtp\+tls://"):
        mail(address, real=True)


def test_a_mail_server_of_no_known_kind_is_a_mistake():
    with pytest.raises(SystemExit, match="smtps://"):
        mail("mail.example:25")


def test_a_sign_in_service_elsewhere_is_reached_over_https_alone(monkeypatch):
    for name, value in {"CLIENT": "c", "SECRET": "s", "NAME": "n", "SERVER": "http://login.care.example"}.items():
        monkeypatch.setenv(f"IGTOOLKIT_OIDC_{name}", value)
    with pytest.raises(SystemExit, match="https://"):
        sign_in_service()


@pytest.mark.parametrize("secret", ["changeme", "x" * 60, "abcabcabc" * 8])
def test_a_real_service_does_not_start_with_a_secret_that_could_be_guessed(monkeypatch, secret):
    monkeypatch.setenv("IGTOOLKIT_SECRET", secret)
    with pytest.raises(SystemExit, match="could be guessed"):
        secret_key(HOME, real=True)
    assert secret_key(HOME) == secret


# Who answers in another's place


def certified(name: str) -> tuple[ec.EllipticCurvePrivateKey, bytes]:
    """A key, and a certificate as PEM that its owner made out to themselves, by this name."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - datetime.timedelta(1)).not_valid_after(now + datetime.timedelta(1))
    if name[0].isdigit():
        made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))]), critical=False)
    return key, made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.fixture(scope="module")
def stranger(tmp_path_factory) -> ssl.SSLContext:
    """Somebody with a certificate for 127.0.0.1 that they made themselves."""
    key, certificate = certified("127.0.0.1")
    path = tmp_path_factory.mktemp("stranger") / "both.pem"
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(key.private_bytes(*form) + certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


@contextmanager
def answering(handle: Callable[[socket.socket], None]) -> Iterator[int]:
    """The port of somebody who answers one visitor in this way."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(PATIENCE)

        def serve() -> None:
            with suppress(OSError), server.accept()[0] as visitor:
                visitor.settimeout(PATIENCE)
                handle(visitor)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        thread.join(PATIENCE)


def over_tls(context: ssl.SSLContext, heard: list[bytes]) -> Callable[[socket.socket], None]:
    def handle(visitor: socket.socket) -> None:
        with context.wrap_socket(visitor, server_side=True) as inside:
            heard.append(inside.recv(1000))

    return handle


def test_mail_goes_to_nobody_whose_certificate_is_not_good(stranger, settings):
    heard: list[bytes] = []
    with answering(over_tls(stranger, heard)) as port:
        settings.MAILED = mail(f"smtps://toolkit:secret@127.0.0.1:{port}")
        with pytest.raises(ssl.SSLCertVerificationError):
            sending(settings.MAILED)
    assert heard == []


def test_mail_is_not_sent_in_the_clear_where_encryption_was_asked_for():
    """Somebody on the way may leave out that the server offers it."""
    heard: list[bytes] = []

    def handle(visitor: socket.socket) -> None:
        visitor.sendall(b"220 mail.example\r\n")
        while line := visitor.recv(1000):
            heard.append(line)
            visitor.sendall(b"221 bye\r\n" if line.startswith(b"QUIT") else b"250 mail.example\r\n")
            visitor.settimeout(1)  # nothing more need come

    with answering(handle) as port, pytest.raises(smtplib.SMTPNotSupportedError):
        sending(mail(f"smtp+tls://toolkit:secret@127.0.0.1:{port}"))
    assert {each[:4].upper() for each in heard} <= {b"EHLO", b"QUIT"}


def sending(told: dict) -> None:
    facts = {"host": told["EMAIL_HOST"], "port": told["EMAIL_PORT"], "username": told["EMAIL_HOST_USER"]}
    facts |= {"password": told["EMAIL_HOST_PASSWORD"], "use_ssl": told["EMAIL_USE_SSL"], "timeout": PATIENCE}
    connection = get_connection(told["EMAIL_BACKEND"], use_tls=told["EMAIL_USE_TLS"], **facts)
    EmailMessage("Subject", "A link", to=["ada@example.org"], connection=connection).send()


def test_nobody_signs_in_with_a_service_whose_certificate_is_not_good(stranger, cast, client, settings):
    heard: list[bytes] = []
    with answering(over_tls(stranger, heard)) as port:
        settings.OIDC = SignInService(f"https://127.0.0.1:{port}", "igtoolkit", "secret", "Care Login")
        assert client.post("/sign-in/identity/").status_code == 503
    assert heard == []
    with_password(cast.ben)
    assert client.post("/sign-in/", {"login": cast.ben.email, "password": PASSWORD}).status_code == 302


def test_a_sign_in_service_that_sends_us_elsewhere_is_not_followed(cast, client, settings):
    heard: list[bytes] = []

    def elsewhere(visitor: socket.socket) -> None:
        heard.append(visitor.recv(1000))

    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"http://127.0.0.1:{other.getsockname()[1]}/inside"

        def sends_on(visitor: socket.socket) -> None:
            elsewhere(visitor)
            visitor.sendall(f"HTTP/1.1 302 Found\r\nLocation: {address}\r\nContent-Length: 0\r\n\r\n".encode())

        with answering(sends_on) as port:
            settings.OIDC = SignInService(f"http://127.0.0.1:{port}", "igtoolkit", "secret", "Care Login")
            assert client.post("/sign-in/identity/").status_code == 503
        other.settimeout(0.2)
        with pytest.raises(TimeoutError):
            other.accept()
    assert len(heard) == 1


@pytest.mark.parametrize("answer", [b"N", b"S"], ids=["offers no encryption", "has a certificate of its own"])
def test_no_password_is_given_to_another_database(stranger, answer, tmp_path):
    heard: list[bytes] = []

    def handle(visitor: socket.socket) -> None:
        heard.append(visitor.recv(1000)[4:8])  # what PostgreSQL's clients ask first: may I encrypt?
        visitor.sendall(answer)
        if answer == b"S":
            over_tls(stranger, heard)(visitor)
        else:
            heard.append(visitor.recv(1000))

    (tmp_path / "roots.pem").write_bytes(certified("some root")[1])
    with answering(handle) as port:
        told = database(HOME, f"postgresql://t:secret@127.0.0.1:{port}/t?sslmode=verify-full", real=True)
        options = {**told["OPTIONS"], "sslrootcert": str(tmp_path / "roots.pem"), "connect_timeout": str(PATIENCE)}
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(host=told["HOST"], port=told["PORT"], user="t", password="secret", dbname="t", **options)
    assert [each for each in heard if each] == [(80877103).to_bytes(4, "big")]
