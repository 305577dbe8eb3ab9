"""The files the browser fetches, and one short version for all of them.

The version is part of every address (``/static/css/page.css?v=4f0c…``), so a browser may keep a
file for a year and still never shows an old one after an update.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"
ROOMS = Path(__file__).parent.parent

# What decides how the pages look that are kept for use without a network.
_STILL_SOURCES = (
    "site/templates/**/*.html",
    "site/templates/site/sw.js",
    "learn/**/*.html",
    "learn/*.json",
    "learn/*.toml",
    "practices/**/*.html",
    "practices/**/*.toml",
    "reminders/*.toml",
    "support/**/*.html",
    "support/*.toml",
    "pocket/**/*.html",
    "pocket/*.toml",
    "measures/room.toml",
    "*/locale/**/*.mo",
)


@cache
def static_version() -> str:
    """Twelve hexadecimal digits that change when any static file changes."""
    return _digest(ROOMS, ("*/static/**/*",))


@cache
def still_version() -> str:
    """Like :func:`static_version`, with the pages that open without a network as well."""
    together = static_version() + _digest(ROOMS, _STILL_SOURCES)
    return hashlib.sha256(together.encode()).hexdigest()[:12]


def _digest(root: Path, patterns: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    paths = {path for pattern in patterns for path in root.glob(pattern) if path.is_file()}
    for path in sorted(paths):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
