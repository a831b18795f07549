"""What a web server starts: `igtoolkit.config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "igtoolkit.config.settings")
application = get_wsgi_application()

from igtoolkit.records.frameworks import frameworks  # noqa: E402  (once Django is set up)

# Read the frameworks before the first visitor comes, not while the first one waits.
frameworks()
