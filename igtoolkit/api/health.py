"""Whether the service is alive, and whether it can take work. Neither tells a version or a name."""

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.records import rows, triggers

PLAIN = "text/plain; charset=utf-8"


@allow(Action.VIEW_PUBLIC_PAGE, rows=False)
def livez(request: HttpRequest) -> HttpResponse:
    """200 while the process answers; it touches nothing."""
    return HttpResponse("alive\n", content_type=PLAIN)


@allow(Action.VIEW_PUBLIC_PAGE)
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and its triggers are there; 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        ready = not triggers.missing() and not (settings.ROWS_GUARDED and rows.missing(connection))
    except Error:
        ready = False
    return HttpResponse("ready\n" if ready else "not ready\n", status=200 if ready else 503, content_type=PLAIN)
