"""What a web server starts: `igtoolkit.config.wsgi`."""

import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import Error, connections

CHARSET = re.compile(r";\s*charset[*\d]*\s*=[^;]*", re.IGNORECASE)  # also in parts and encoded, as RFC 2231 has it

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "igtoolkit.config.settings")
django_application = get_wsgi_application()

from igtoolkit.access.reach import nobody_unless_told  # noqa: E402  (once Django is set up)
from igtoolkit.config.patience import hurry  # noqa: E402
from igtoolkit.records import clock  # noqa: E402
from igtoolkit.records.frameworks import frameworks  # noqa: E402
from igtoolkit.web.posting import look  # noqa: E402

# Read the frameworks before the first visitor comes, not while the first one waits.
frameworks()
nobody_unless_told()
hurry()


def remember() -> None:
    """As a web server starts, never on import: ask for the demonstration's mark, and take up mail that waits.

    With the database away later, pages that need nothing else of it are still made.
    """
    with suppress(Error):
        clock.demonstration()
    connections.close_all()
    look()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Every form of ours is UTF-8; another charset in a request is a mistake or a trick, and is not followed."""
    environ["CONTENT_TYPE"] = CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
    return django_application(environ, start_response)
