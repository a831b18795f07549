"""Whether anything was kept of what a request asked for, for the page that says so when the rest of it fails."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]
WRITES = ("INSERT", "UPDATE", "DELETE")
NOT_WHAT_WAS_SENT = ("django_session", "records_tries")  # who is signed in, and how often somebody tried


class Watch:
    """Sees each statement of one request; `kept` once a transaction with a change in it has ended well."""

    def __init__(self) -> None:
        self.kept = False

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        result = execute(sql, params, many, context)
        text = str(sql)
        if text.lstrip()[:6].upper() in WRITES and not any(table in text for table in NOT_WHAT_WAS_SENT):
            waiting = context["connection"].run_on_commit
            if not waiting or waiting[-1][1] != self.note:
                context["connection"].on_commit(self.note)
        return result

    def note(self) -> None:
        self.kept = True


def keeping(handler: Handler) -> Handler:
    """Put a watch on the statements of every request that may change something."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return handler(request)
        watch = request.watch = Watch()  # type: ignore[attr-defined]
        with connection.execute_wrapper(watch):
            return handler(request)

    return handle


def has_kept(request: HttpRequest) -> bool:
    """Whether a change that this request asked for is in the database already."""
    watch = getattr(request, "watch", None)
    return isinstance(watch, Watch) and watch.kept
