"""What the web server itself answers to what is no request."""

import socket
from contextlib import suppress
from types import SimpleNamespace

import pytest
from django.db import connections
from gunicorn.http.errors import InvalidHeader, InvalidRequestLine, LimitRequestHeaders, LimitRequestLine

from igtoolkit.config.web_server import Worker
from igtoolkit.records import clock
from tests.proofs.serving import PATIENCE, QuickService


def answered(fault: Exception) -> tuple[str, dict[str, str], str]:
    """The status line, the headers and the page that somebody gets."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        Worker.__new__(Worker).handle_error(None, ours, ("127.0.0.1", 1), fault)
        ours.close()
        head, _, page = theirs.recv(10_000).decode().partition("\r\n\r\n")
    first, *rest = head.split("\r\n")
    return first, dict(line.split(": ", 1) for line in rest), page


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (LimitRequestLine(5_000, 4_094), "414 URI Too Long"),
        (LimitRequestHeaders("limit request headers fields"), "431 Request Header Fields Too Large"),
        (InvalidRequestLine("<script>alert(1)</script>"), "400 Bad Request"),
        (InvalidHeader("x\r\ny"), "400 Bad Request"),
        (RuntimeError("of ours"), "500 Internal Server Error"),
    ],
)
def test_what_is_no_request_gets_a_plain_page_with_every_header(fault, status):
    first, headers, page = answered(fault)
    assert first == f"HTTP/1.1 {status}"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store, private"
    assert len(page.encode()) == int(headers["Content-Length"])
    assert "Nothing was changed." in page
    for told in ("script", "of ours", "gunicorn"):
        assert told not in page


def raw(port: int, path: str, *headers: str) -> str:
    """The status line of what a program gets that writes its request by hand, from this machine."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
        told = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *headers, "Connection: close", "", ""]
        line.sendall("\r\n".join(told).encode())
        return line.makefile("rb").readline().decode().strip()


def test_no_header_moves_the_service_to_another_address(served):
    """The server takes who stands on this machine for a proxy of ours, unless it believes no such header at all."""
    for name in ("SCRIPT_NAME", "Script_Name", "SCRIPT-NAME"):
        assert raw(served, "/x/help/", f"{name}: /x") == "HTTP/1.1 404 Not Found"
        assert raw(served, "/help/", f"{name}: /x") == "HTTP/1.1 200 OK"
    assert raw(served, "/help/", "PATH_INFO: /trail/") == "HTTP/1.1 200 OK"
    assert raw(served, "/trail/", "PATH_INFO: /help/") == "HTTP/1.1 302 Found"
    for scheme in ("X-Forwarded-Proto: https", "X-Forwarded-Protocol: ssl", "X-Forwarded-Ssl: on"):
        both = raw(served, "/help/", scheme, "X-Forwarded-Proto: http")
        assert both == "HTTP/1.1 200 OK", "contradictions are refused where such headers are believed"


def test_a_worker_asks_whose_clock_it_is_before_the_first_visitor_comes(
    db, monkeypatch, settings, django_assert_num_queries
):
    monkeypatch.setattr(connections, "close_all", lambda: None)  # the test's own transaction goes on
    settings.TEMPLATES_AHEAD = False
    clock.demonstration.cache_clear()
    worker = Worker.__new__(Worker)
    worker.app, worker.tmp = SimpleNamespace(wsgi=lambda: None), SimpleNamespace(notify=lambda: None)
    with django_assert_num_queries(1):
        worker.load_wsgi()
    with django_assert_num_queries(0):
        clock.demonstration()


SECOND = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"
UNSURE = {
    "both a length and chunks": b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "two lengths": b"Content-Length: 0\r\nContent-Length: 40\r\n\r\n",
    "two lengths in one": b"Content-Length: 0, 40\r\n\r\n",
    "a length with a sign": b"Content-Length: +0\r\n\r\n",
    "a length in another base": b"Content-Length: 0x0\r\n\r\n",
    "chunks by another name": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunks twice": b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "a space before the colon": b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "a header in two lines": b"X-One: a\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a chunk of no length": b"Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
    "a name with an underscore for a hyphen": b"Content_Length: 0\r\nContent-Length: 5\r\n\r\n",
}


@pytest.fixture(scope="module")
def served(django_db_setup, django_db_blocker, tmp_path_factory):
    """The port of the real web server."""
    with django_db_blocker.unblock():
        service = QuickService(tmp_path_factory.mktemp("served")).wait()
        yield service.port
        service.kill()


def replies(port: int, sent: bytes) -> bytes:
    """Everything that comes back until the line is cut."""
    found = b""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line, suppress(ConnectionResetError):
        line.sendall(sent)
        while part := line.recv(10_000):
            found += part
    return found


@pytest.mark.parametrize("unsure", UNSURE)
def test_where_a_request_ends_is_never_in_doubt(served, unsure):
    """A second request hidden in the body of one whose end proxies may see elsewhere is answered by nobody."""
    found = replies(served, b"POST /help/ HTTP/1.1\r\nHost: localhost\r\n" + UNSURE[unsure] + SECOND)
    assert b"HTTP/1.1 200" not in found
    assert b"HTTP/1.1 400" in found


def test_requests_one_after_the_other_are_answered_one_by_one(served):
    last = SECOND.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    assert replies(served, SECOND + last).count(b"HTTP/1.1 200") == 2
    chunked = b"POST /help/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n"
    found = replies(served, chunked + last)
    assert (found.count(b"HTTP/1.1 403"), found.count(b"HTTP/1.1 200")) == (1, 1)
