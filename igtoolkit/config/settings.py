"""How the service starts. Everything that differs between places is an environment variable.

IGTOOLKIT_HOME      folder for the embedded database and the secret key (default: var)
IGTOOLKIT_DATABASE  postgresql://user:password@host:port/name; unset: SQLite in IGTOOLKIT_HOME
IGTOOLKIT_SECRET    the secret key; unset: made once and kept in IGTOOLKIT_HOME
IGTOOLKIT_HOSTS     host names the service answers to, with commas (default: this machine only)
IGTOOLKIT_HTTPS     1 when the service is reached over https only (production)
IGTOOLKIT_ADDRESS   the address people reach it at, printed on papers and in mail
IGTOOLKIT_PROXIES   how many proxies of ours stand in front (their X-Forwarded-For is believed; default: none)
IGTOOLKIT_MAIL      smtp://, smtp+tls:// or smtps://user:password@host:port; unset: mail is printed on the console
IGTOOLKIT_FROM      the address mail comes from
IGTOOLKIT_FEEDBACK  the address for feedback on reports
IGTOOLKIT_PLAIN_STATIC  1 serves styles and scripts as they lie, without hashed names (tests, development)
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from igtoolkit.config.places import database, mail, secret_key, site_address

HOME = Path(os.environ.get("IGTOOLKIT_HOME", "var")).resolve()
HTTPS = os.environ.get("IGTOOLKIT_HTTPS") == "1"
ROOM = Path(__file__).resolve().parent.parent

SECRET_KEY = secret_key(HOME)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("IGTOOLKIT_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
SITE_ADDRESS = site_address(HOME)
FEEDBACK_ADDRESS = os.environ.get("IGTOOLKIT_FEEDBACK", "feedback@igtoolkit.example")
DEFAULT_FROM_EMAIL = os.environ.get("IGTOOLKIT_FROM", "no-reply@igtoolkit.example")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "igtoolkit.records",
    "igtoolkit.web",
]
MIDDLEWARE = [
    "igtoolkit.api.door.problems",
    "igtoolkit.web.middleware.arrival",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "igtoolkit.web.middleware.told",
    "igtoolkit.api.door.door",
    "igtoolkit.web.middleware.doors",
]
ROOT_URLCONF = "igtoolkit.config.urls"
WSGI_APPLICATION = "igtoolkit.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOM / "web" / "jinja2", ROOM / "api" / "jinja2"],
        "OPTIONS": {"environment": "igtoolkit.web.templates.environment", "context_processors": []},
    },
    {  # Mail of the sign-in library, which is written for Django's own templates.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOM / "web" / "mail"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

DATABASES = {"default": database(HOME, os.environ.get("IGTOOLKIT_DATABASE"))}
# Tries at signing in are counted here, by all processes together.
FILES = "django.core.cache.backends.filebased.FileBasedCache"
# Beyond its most, entries go by chance: who tried too often must not go for the sake of a picture.
CACHES = {
    "default": {"BACKEND": FILES, "LOCATION": HOME / "cache", "OPTIONS": {"MAX_ENTRIES": 5_000}},
    "drawings": {"BACKEND": FILES, "LOCATION": HOME / "drawing" / "kept", "OPTIONS": {"MAX_ENTRIES": 500}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
globals().update(mail(os.environ.get("IGTOOLKIT_MAIL")))

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [ROOM / "web" / "static"]
PLAIN_STATIC = os.environ.get("IGTOOLKIT_PLAIN_STATIC") == "1"
HASHED = "igtoolkit.config.static_files.Hashed"
PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": PLAIN if PLAIN_STATIC else HASHED},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = PLAIN_STATIC

AUTH_USER_MODEL = "records.Person"
AUTHENTICATION_BACKENDS = ["igtoolkit.web.signing_in.Backend"]
PASSWORD_HASHERS = [
    "igtoolkit.web.passwords.Argon2id",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "igtoolkit.web.signing_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_USER_DISPLAY = "igtoolkit.web.signing_in.display"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
# A whole trust signs in from one address on the night of a deadline; a guesser is slowed by the failures.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("IGTOOLKIT_PROXIES", "0"))
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "50/5m/ip,10/5m/key", "reset_password": "20/5m/ip,5/5m/key"}

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "igtoolkit.web.refusals.stale_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
# A requirement's form: ticks, a comment, and several pieces of evidence for each criterion.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
