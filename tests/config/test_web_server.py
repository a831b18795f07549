"""What the web server itself answers to what is no request."""

import socket
from types import SimpleNamespace

import pytest
from django.db import connections
from gunicorn.http.errors import InvalidHeader, InvalidRequestLine, LimitRequestHeaders, LimitRequestLine

from igtoolkit.config.web_server import Worker
from igtoolkit.records import clock


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


def test_a_worker_asks_whose_clock_it_is_before_the_first_visitor_comes(db, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(connections, "close_all", lambda: None)  # the test's own transaction goes on
    clock.demonstration.cache_clear()
    worker = Worker.__new__(Worker)
    worker.app = SimpleNamespace(wsgi=lambda: None)
    with django_assert_num_queries(1):
        worker.load_wsgi()
    with django_assert_num_queries(0):
        clock.demonstration()
