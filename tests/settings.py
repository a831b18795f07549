"""The product's settings, in a home of the tests' own and with static files as they lie."""

import os
import tempfile

os.environ["IGTOOLKIT_HOME"] = tempfile.mkdtemp(prefix="igtoolkit-tests-")
os.environ["IGTOOLKIT_PLAIN_STATIC"] = "1"
os.environ["IGTOOLKIT_SECRET"] = "only for tests"
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"  # servers of ours are on this machine
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's library keeps an event loop in the thread

from igtoolkit.config.settings import *  # noqa: F403
from igtoolkit.config.settings import STATIC_ROOT

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
ROWS_CLOSED = False  # outside of pages a test arranges and looks with the same connection: within them it is closed
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", "igtoolkit.web.passwords.Argon2id"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SECOND_FACTOR = False  # every other test signs in with a password alone; tests of second factors switch it on
MAIL_AT_ONCE = True  # so that a test finds it
