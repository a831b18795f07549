"""What is logged: one line an event, in UTC, with the reference that the page gave, and nothing that anybody typed."""

import logging
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404
from gunicorn.glogging import Logger

from igtoolkit.web.refusals import reference
from igtoolkit.web.refused import pattern

LONGEST = 4_000
FRAMES = 12
WHERE = re.compile(r"/(?:igtoolkit|site-packages)/")
TOLD_ELSEWHERE = (401, 403, 404, 405)  # web/refused.py says who was refused what
NO_FAULT = (PermissionDenied, Http404, SuspiciousOperation)


class Line(logging.Formatter):
    """2026-11-23T09:00:00.000Z WARNING igtoolkit.config.working ref=1a2b-3c4d What happened."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        request = getattr(record, "request", None)
        told = _of_request(record, request) if hasattr(request, "META") else record.getMessage()
        fault = record.exc_info[1] if record.exc_info else None
        if fault is not None and not isinstance(fault, NO_FAULT):
            told += f" | {' < '.join(_faults(fault))}"
        return escaped(f"{at} {record.levelname} {record.name} {told}")[:LONGEST]


class ServerLog(Logger):
    """The web server's own lines in the same form."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(Line())


class WorthALine(logging.Filter):
    """Not what Django says of each 403 and 404: its lines hold the address as asked for, with whatever is in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.name == "django.request" and getattr(record, "status_code", 0) in TOLD_ELSEWHERE)


def escaped(text: str) -> str:
    """On one line whatever is in it: nobody can write a line of their own into the log."""
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)


def _of_request(record: logging.LogRecord, request: Any) -> str:
    """What Django says about a request holds its address: a link's key may be in it, so its pattern stands instead."""
    status = getattr(record, "status_code", "")
    why = record.getMessage() if record.name == "django.security.DisallowedHost" else ""
    words = ["ref=" + reference(request), str(request.method), pattern(request), str(status), why[:200]]
    return " ".join(filter(None, words))


def _faults(fault: BaseException | None) -> Iterator[str]:
    """Each fault and what it came from, with the places in our code. Its own words only where they are the machine's:
    others hold what was typed."""
    while fault is not None:
        frames = traceback.extract_tb(fault.__traceback__)[-FRAMES:]
        places = ", ".join(f"{WHERE.split(each.filename)[-1]}:{each.lineno}" for each in frames)
        yield f"{type(fault).__name__}{_words(fault)} at {places}"
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)


def _words(fault: BaseException) -> str:
    if isinstance(fault, (OperationalError, InterfaceError)):
        return f" ({str(fault).splitlines()[0][:200] if str(fault) else ''})"
    if isinstance(fault, OSError) and fault.strerror and isinstance(fault.errno, int):
        return f" ({fault.strerror})"
    return ""
