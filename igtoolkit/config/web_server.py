"""The web server's own answer to what is no request, and which headers of a proxy it believes: none.

Too long an address, too many headers, broken ones: the answer comes before Django, so it asks nothing of the service.
It is a plain page, with the headers of every answer.
"""

import logging
import secrets
from typing import Any

from gunicorn import util
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

TOO_LONG = (414, "URI Too Long", "The address is too long. Copy it again from where you have it.")
TOO_MANY = (
    431,
    "Request Header Fields Too Large",
    "Your browser sent too much about itself. Delete its cookies for us.",
)
UNREADABLE = (400, "Bad Request", "What was sent could not be read. Go back, and send it again.")
FAILED = (500, "Internal Server Error", "Something went wrong here. What you had saved before is safe.")
HEADERS = (
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cache-Control: no-store, private",
    "Cross-Origin-Opener-Policy: same-origin",
    "Cross-Origin-Resource-Policy: same-origin",
    "Permissions-Policy: camera=(), geolocation=(), microphone=()",
    "Referrer-Policy: same-origin",
    "X-Content-Type-Options: nosniff",
    "X-Frame-Options: DENY",
)
PAGE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{reason} – IG Toolkit</title></head>
<body><h1>{words}</h1><p>Nothing was changed. If it happens again, give this reference: {reference}</p></body></html>
"""
log = logging.getLogger(__name__)


class Worker(ThreadWorker):
    """As ever, but for what it says of a request that it cannot read, what it asks before the first one, and whom it
    believes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cfg.set("forwarder_headers", "")  # no header says where an address begins: the doors go by the address
        self.cfg.set("secure_scheme_headers", {})  # nor that it came by https: the settings know the one that does

    def load_wsgi(self) -> None:
        super().load_wsgi()
        from igtoolkit.config.wsgi import remember  # which sets Django up
        from igtoolkit.web.warming import warm

        remember()
        warm(self.notify)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        status, reason, words = _told(exc)
        made = secrets.token_hex(4)
        reference = f"{made[:4]}-{made[4:]}"
        log.warning("ref=%s %s for what the web server could not read: %s", reference, status, type(exc).__name__)
        try:
            util.write_nonblock(client, _answer(status, reason, words, reference))
        except OSError:
            log.debug("Whoever sent it is gone.")


def _told(exc: BaseException) -> tuple[int, str, str]:
    if isinstance(exc, LimitRequestLine):
        return TOO_LONG
    if isinstance(exc, LimitRequestHeaders):
        return TOO_MANY
    return UNREADABLE if type(exc).__module__.startswith("gunicorn.http") else FAILED


def _answer(status: int, reason: str, words: str, reference: str) -> bytes:
    page = PAGE.format(reason=reason, words=words, reference=reference).encode()
    first = (f"HTTP/1.1 {status} {reason}", "Connection: close", "Content-Type: text/html; charset=utf-8")
    return "\r\n".join([*first, f"Content-Length: {len(page)}", *HEADERS, "", ""]).encode() + page
