"""Django's settings. What a person may choose is in their own settings page, not here."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from secondvoice.accounts.settings import SignOn, accounts_kind, with_accounts
from secondvoice.reminders.settings import mail_host, push_contact
from secondvoice.site.config import data_folder, env_bool, env_int, env_names
from secondvoice.site.database import database_from_environment
from secondvoice.site.secret import secret_key

DATA = data_folder()
DEMO = env_bool("SECONDVOICE_DEMO", default=False)
DEBUG = False
SECRET_KEY = secret_key(DATA)

# Loopback only: the embedded server never answers to another name (DNS rebinding). A server's own
# names are given where it stands behind TLS; then all below that is said of HTTPS holds.
HOSTS = env_names("SECONDVOICE_HOSTS")
HTTPS = bool(HOSTS)
ALLOWED_HOSTS = HOSTS or ["127.0.0.1", "localhost", "[::1]"]

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "secondvoice.site",
    "secondvoice.records",
    "secondvoice.people",
    "secondvoice.moments",
    "secondvoice.measures",
    "secondvoice.practices",
    "secondvoice.growth",
    "secondvoice.pocket",
    "secondvoice.arriving",
    "secondvoice.departing",
    "secondvoice.report",
    "secondvoice.reminders",
    "secondvoice.support",
    "secondvoice.learn",
    "secondvoice.trying",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "secondvoice.site.middleware.Compress",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "secondvoice.site.middleware.Headers",
    "secondvoice.site.middleware.Language",
    "secondvoice.people.sessions.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    # The policy says it already (frame-ancestors); this is for browsers that do not know it.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "secondvoice.people.middleware.FrontDoor",
    "secondvoice.people.middleware.Unlocked",
    # Inside: a message that was shown leaves the session before Unlocked saves it.
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "secondvoice.site.urls"
WSGI_APPLICATION = "secondvoice.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "secondvoice.site.context_processors.frame",
            ],
            "builtins": ["django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {"default": database_from_environment(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
USE_I18N = True
# Each by its own name, which is never translated (docs/decisions/0027-other-languages.md).
LANGUAGES = [("en-gb", "English"), ("de", "Deutsch"), ("es", "Español")]
# In these everything is said, so a browser that asks for one gets it. Another speaks only to who
# chose it.
WHOLE_LANGUAGES = ["en-gb", "de", "es"]

STATIC_URL = "/static/"
STATIC_ROOT = Path(__file__).parent / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# Addresses carry a version; the fonts, which do not, keep their bytes under their names.
WHITENOISE_MAX_AGE = 365 * 24 * 3600

# On one's own machine only who comes by the printed address gets in.
FRONT_DOOR = env_bool("SECONDVOICE_FRONT_DOOR", default=True)

SESSION_ENGINE = "secondvoice.people.sessions"
# Cookies are shared between the ports of a host: each server has its own names, so that the demo
# and the diary can be open side by side.
PORT = os.environ.get("SECONDVOICE_PORT", "")
# With this beginning a browser takes a cookie only over HTTPS, from this very host, for all of it.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sv_session{PORT}"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 7 * 24 * 60 * 60  # the row; the cookie goes with the browser
SESSION_SAVE_EVERY_REQUEST = False
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}sv_language{PORT}"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}sv_csrf{PORT}"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "secondvoice.site.views.csrf_failure"
MESSAGE_STORAGE = "secondvoice.people.sessions.SealedMessages"

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Only where a proxy sets this header and takes away one that a browser sent.
if env_bool("SECONDVOICE_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Nothing to other sites. "no-referrer" would make browsers send "Origin: null" with our own forms.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# A million characters, the most that a field takes, are up to 12 MB as a form sends them. What is
# longer than a field takes still has to arrive, so that the page can give it back.
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
# A file is never written to a temporary folder. One form takes any (arriving): 8 MB, and itself.
FILE_UPLOAD_MAX_MEMORY_SIZE = (8 * 1024 + 64) * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# Argon2id: 256 MiB and 3 passes on one's own machine (docs/decisions/0003-keys.md).
KDF_LANES = 4
KDF_MEMORY_KIB = env_int("SECONDVOICE_KDF_MEMORY_KIB", default=256 * 1024, least=8 * KDF_LANES)
KDF_PASSES = env_int("SECONDVOICE_KDF_PASSES", default=3, least=1)

# Reminders: letters only where a host named a mail server (docs/reminders.md).
MAIL = mail_host()
PUSH_CONTACT = push_contact()
# What tests listen on. Not from the environment: no host can be talked into it.
PUSH_ALSO_ALLOWED: frozenset[str] = frozenset()
PUSH_TRUST: str | None = None

# Nothing that a person wrote, no path's query and no header reaches a log.
LOGGING_CONFIG = "secondvoice.site.logs.configure"
LOGGING = {"version": 1}  # Django calls the function only when this is not empty

SILENCED_SYSTEM_CHECKS = [
    # HSTS preloading is for whoever owns a whole domain to ask of the browsers' makers, once and
    # for all names in it; a program on one of them cannot decide that.
    "security.W021",
]

# What stays in a session that is locked: nothing, but where many share the house who is signed in.
SESSION_KEEPS: tuple[str, ...] = ()

# Where many share the house: the room accounts, which nothing else loads (docs/hosting.md).
ACCOUNTS = accounts_kind()
PASSWORDS = False
OIDC: SignOn | None = None
if ACCOUNTS:
    globals().update(with_accounts(ACCOUNTS, dict(globals())))
