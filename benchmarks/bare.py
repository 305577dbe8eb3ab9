"""The floor: the same framework, server and database with no middleware and no rooms."""

from __future__ import annotations

from secondvoice.site.settings import (
    ALLOWED_HOSTS,
    DATABASES,
    DEFAULT_AUTO_FIELD,
    LOGGING_CONFIG,
    SECRET_KEY,
    TIME_ZONE,
    USE_TZ,
)

__all__ = [
    "ALLOWED_HOSTS",
    "DATABASES",
    "DEFAULT_AUTO_FIELD",
    "LOGGING_CONFIG",
    "SECRET_KEY",
    "TIME_ZONE",
    "USE_TZ",
]

DEBUG = False
INSTALLED_APPS: list[str] = []
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "benchmarks.floor.alone"
