"""How the service starts. Everything that differs between places is an environment variable.

IGTOOLKIT_HOME      folder for the embedded database and the secret key (default: var)
IGTOOLKIT_DATABASE  postgresql://user:password@host:port/name; unset: SQLite in IGTOOLKIT_HOME
IGTOOLKIT_SECRET    the secret key; unset: made once and kept in IGTOOLKIT_HOME
IGTOOLKIT_HOSTS     host names the service answers to, with commas (default: this machine only)
IGTOOLKIT_HTTPS     1 when the service is reached over https only (production)
IGTOOLKIT_ADDRESS   the address people reach it at, printed on papers and in mail
IGTOOLKIT_PROXIES   how many proxies of ours stand in front (their X-Forwarded-For is believed; default: none)
IGTOOLKIT_MAIL      smtp://, smtp+tls:// or smtps://user:password@host:port; unset: the console, with https none
IGTOOLKIT_FROM      the address mail comes from
IGTOOLKIT_FEEDBACK  the address for feedback on reports
IGTOOLKIT_SECURITY  the address to which somebody writes who found a hole
IGTOOLKIT_BREACHED  file of the SHA-1s of passwords that were stolen elsewhere, in order; unset: none are looked up
IGTOOLKIT_ROWS      unguarded serves from a PostgreSQL without the wall between organisations' rows (default: no)
IGTOOLKIT_DEMO_SECOND_FACTOR  1 asks for second factors in a demonstration too (a real service always does)
IGTOOLKIT_OIDC_SERVER   https://… of a service people may also sign in with, by OpenID Connect; with it go
IGTOOLKIT_OIDC_CLIENT, IGTOOLKIT_OIDC_SECRET, and IGTOOLKIT_OIDC_NAME, what people call it (default: none)
IGTOOLKIT_OIDC_TRUSTED_FACTOR  1 when that service's word is enough that more than a password was used there
IGTOOLKIT_WITNESS   folder for the signed heads of the audit chains (default: witness in IGTOOLKIT_HOME)
IGTOOLKIT_WITNESS_KEY   file with the Ed25519 key that signs them, as PEM; unset: made once and kept in IGTOOLKIT_HOME
IGTOOLKIT_WITNESS_MAIL  where they are mailed each day; unset: nowhere
IGTOOLKIT_PLAIN_STATIC  1 serves styles and scripts as they lie, without hashed names (tests, development)
"""

import os
from pathlib import Path

from igtoolkit.config.places import breached, database, mail, secret_key, sign_in_service, site_address

HOME = Path(os.environ.get("IGTOOLKIT_HOME", "var")).resolve()
HTTPS = os.environ.get("IGTOOLKIT_HTTPS") == "1"
ROOM = Path(__file__).resolve().parent.parent

SECRET_KEY = secret_key(HOME, real=HTTPS)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("IGTOOLKIT_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
FORCE_SCRIPT_NAME = ""  # the doors go by the address: no header says that it begins further on
SITE_ADDRESS = site_address(HOME)
SECURITY_ADDRESS = os.environ.get("IGTOOLKIT_SECURITY", "security@igtoolkit.example")
FEEDBACK_ADDRESS = os.environ.get("IGTOOLKIT_FEEDBACK", "feedback@igtoolkit.example")
WITNESS = Path(os.environ.get("IGTOOLKIT_WITNESS") or HOME / "witness")
WITNESS_KEY = Path(os.environ.get("IGTOOLKIT_WITNESS_KEY") or HOME / "witness-key.pem")
WITNESS_MAIL = os.environ.get("IGTOOLKIT_WITNESS_MAIL", "")
DEFAULT_FROM_EMAIL = os.environ.get("IGTOOLKIT_FROM", "no-reply@igtoolkit.example")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "igtoolkit.records",
    "igtoolkit.web",
]
MIDDLEWARE = [
    "igtoolkit.web.headers.headers",
    "igtoolkit.web.refused.refused",
    "igtoolkit.web.ways_in.ways_in",
    "igtoolkit.api.door.problems",
    "igtoolkit.web.middleware.arrival",
    "igtoolkit.web.keeping.keeping",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "igtoolkit.web.session_writes.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "igtoolkit.web.sessions.lives",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "igtoolkit.web.middleware.told",
    "igtoolkit.web.second_factor.second_factor",
    "igtoolkit.api.door.door",
    "igtoolkit.web.middleware.doors",
    "igtoolkit.web.telling.telling",
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
TEMPLATES_AHEAD = True  # read as a web server starts: web/warming.py

DATABASES = {"default": database(HOME, os.environ.get("IGTOOLKIT_DATABASE"), real=HTTPS)}
ROWS_GUARDED = ROWS_CLOSED = os.environ.get("IGTOOLKIT_ROWS") != "unguarded"
FILES = "django.core.cache.backends.filebased.FileBasedCache"
# Beyond its most, entries go by chance.
CACHES = {
    "default": {"BACKEND": FILES, "LOCATION": HOME / "cache", "OPTIONS": {"MAX_ENTRIES": 5_000}},
    "drawings": {"BACKEND": FILES, "LOCATION": HOME / "drawing" / "kept", "OPTIONS": {"MAX_ENTRIES": 500}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
globals().update(mail(os.environ.get("IGTOOLKIT_MAIL"), real=HTTPS))
MAIL_AT_ONCE = False  # after the answer: web/posting.py

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
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MIMETYPES = {".svg": "image/svg+xml; charset=utf-8"}

AUTH_USER_MODEL = "records.Person"
AUTHENTICATION_BACKENDS = ["igtoolkit.web.signing_in.Backend"]
PASSWORD_HASHERS = [
    "igtoolkit.web.passwords.Argon2id",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "igtoolkit.web.passwords.Length"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "igtoolkit.web.passwords.NotGuessed"},
    {"NAME": "igtoolkit.web.breached.NotBreached"},
]
BREACHED = breached(os.environ.get("IGTOOLKIT_BREACHED"))
PASSWORD_RESET_TIMEOUT = 72 * 60 * 60  # the longest-lived link; web/links.py says how long each kind works
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
# Never off on a real service; the demonstration's row decides which that is (web/second_factor.py).
SECOND_FACTOR = True
DEMO_SECOND_FACTOR = os.environ.get("IGTOOLKIT_DEMO_SECOND_FACTOR") == "1"
MFA_ADAPTER = "igtoolkit.web.second_factor.SecondFactors"
OIDC = sign_in_service()
OIDC_TRUSTED_FACTOR = os.environ.get("IGTOOLKIT_OIDC_TRUSTED_FACTOR") == "1"
SOCIALACCOUNT_ADAPTER = "igtoolkit.web.identity.Identities"
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
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("IGTOOLKIT_PROXIES", "0"))
ACCOUNT_RATE_LIMITS = False  # web/guesses.py counts in the database: a cache forgets by chance

SESSION_ENGINE = "igtoolkit.records.sessions"  # which says for how long somebody stays signed in
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "igtoolkit.web.refusals.stale_form"
MESSAGE_STORAGE = "igtoolkit.web.passing.Passing"

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # browsers' own lists are for the owner of the whole domain to ask for
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$", r"^api/v1/"]  # api/door.py refuses a program, so that it is noticed
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
NONE, SELF = "'none'", "'self'"
CONTENT_SECURITY_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "form-action": [SELF, *([OIDC.origin] if OIDC else [])],  # browsers hold it against what a form leads on to
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
}
# A requirement's form: ticks, a comment, and several pieces of evidence for each criterion.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"worth_a_line": {"()": "igtoolkit.config.logs.WorthALine"}},
    "formatters": {"line": {"()": "igtoolkit.config.logs.Line"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["worth_a_line"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"igtoolkit": {"level": "INFO"}, "django": {"handlers": [], "level": "WARNING"}},
}
