"""Where records are stored: SQLite in the data folder, or the PostgreSQL of DATABASE_URL."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from secondvoice.site.config import SettingError

if TYPE_CHECKING:
    from pathlib import Path

# FULL: an answered save has reached the disk. WAL with FULL is four times faster than SQLite's
# default and loses nothing at a power cut (engineering notes, docs/decisions/0002-stack.md).
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA secure_delete=ON;"
)


def database_from_environment(data: Path) -> dict[str, Any]:
    """Django's ``DATABASES["default"]``, from ``DATABASE_URL`` or for SQLite in ``data``.

    Raises:
        SettingError: ``DATABASE_URL`` is not a ``postgresql://`` address, or its port is none.
    """
    url = os.environ.get("DATABASE_URL")
    if url:
        return _postgresql(url)
    file = data / "data.sqlite3"
    if file.exists() and not os.access(data, os.W_OK):
        # Nothing can change here, so it can be read without the files that WAL needs beside it.
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": f"{file.absolute().as_uri()}?mode=ro&immutable=1",
            "OPTIONS": {"uri": True},
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A deferred BEGIN fails with "locked" when two writers meet; IMMEDIATE waits.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_PRAGMAS,
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise SettingError(
            "DATABASE_URL does not begin with postgresql://; only PostgreSQL is supported there. "
            "Unset it to keep everything in the data folder."
        )
    try:
        port = parts.port
    except ValueError:
        raise SettingError(
            "DATABASE_URL has a port that is none; write a number from 1 to 65535, as in "
            "postgresql://name:password@db.example.org:5432/secondvoice."
        ) from None
    # A server that is gone answers nothing, and libpq would wait for it for ever.
    options = {"connect_timeout": "5"} | dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        # One that the server has ended since is noticed before the first statement of a request,
        # and not by whoever happens to come first after a restart.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
