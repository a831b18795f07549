"""What a web server starts: `igtoolkit.config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "igtoolkit.config.settings")
application = get_wsgi_application()
