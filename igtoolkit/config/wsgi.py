"""What a web server starts: `igtoolkit.config.wsgi`."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "igtoolkit.config.settings")
django_application = get_wsgi_application()

from igtoolkit.records.frameworks import frameworks  # noqa: E402  (once Django is set up)

# Read the frameworks before the first visitor comes, not while the first one waits.
frameworks()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Every form of ours is UTF-8; another charset in a request is a mistake or a trick, and is not followed."""
    kind, found, _ = environ.get("CONTENT_TYPE", "").partition("charset=")
    if found and "boundary" not in environ["CONTENT_TYPE"]:
        environ["CONTENT_TYPE"] = kind.rstrip("; ")
    return django_application(environ, start_response)
