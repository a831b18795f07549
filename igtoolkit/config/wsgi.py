"""What a web server starts: `igtoolkit.config.wsgi`."""

import os
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

CHARSET = re.compile(r";\s*charset\s*=[^;]*", re.IGNORECASE)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "igtoolkit.config.settings")
django_application = get_wsgi_application()

from igtoolkit.records.frameworks import frameworks  # noqa: E402  (once Django is set up)

# Read the frameworks before the first visitor comes, not while the first one waits.
frameworks()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Every form of ours is UTF-8; another charset in a request is a mistake or a trick, and is not followed."""
    environ["CONTENT_TYPE"] = CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
    return django_application(environ, start_response)
