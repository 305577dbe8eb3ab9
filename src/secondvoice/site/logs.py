"""Logging that cannot hold what a person wrote.

What goes wrong is told by *where* it went wrong: the kind of error and the line of code. Never by
an error's own words, a request's path, query or body, or the values in a frame: any of those may
be a person's words.
"""

from __future__ import annotations

import logging
import logging.config
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType

OWN = "secondvoice"


def place(trace: TracebackType | None) -> str:
    """The last line of our code that a traceback passed through, else its last line.

    Returns:
        ``moments/views.py:31``, with the folders of the machine left out.
    """
    frames = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(trace)]
    if not frames:
        return "an unknown place"
    package = Path(__file__).parent.parent
    ours = [(name, line) for name, line in frames if Path(name).is_relative_to(package)]
    name, line = (ours or frames)[-1]
    path = Path(name)
    shown = path.relative_to(package) if ours else Path(*path.parts[-2:])
    return f"{shown.as_posix()}:{line}"


def describe(error: BaseException) -> str:
    """An error without its words: ``ValueError at moments/views.py:31``."""
    return f"{type(error).__name__} at {place(error.__traceback__)}"


class Wordless(logging.Formatter):
    """Write a record without anything that may have come from a person.

    Our own messages are written as they are. Another library's message is its template when it
    came with arguments (the template is in its source), and is left out when it did not (it may
    have been put together from anything).
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line for ``record``."""
        parts = [f"{record.levelname} {record.name}"]
        if record.name == OWN or record.name.startswith(f"{OWN}."):
            parts.append(record.getMessage())
        elif record.args and isinstance(record.msg, str):
            parts.append(record.msg)
        route = getattr(
            getattr(getattr(record, "request", None), "resolver_match", None), "route", None
        )
        if route is not None:
            parts.append(f"in the page /{route}")
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(describe(record.exc_info[1]))
        return ": ".join(parts)


def configure(_settings: dict[str, Any] | None = None) -> None:
    """Send warnings and worse to standard error, without words (Django's ``LOGGING_CONFIG``)."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"wordless": {"()": Wordless}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "wordless"}},
            "root": {"handlers": ["stderr"], "level": "WARNING"},
            "loggers": {
                "django": {"handlers": [], "level": "WARNING", "propagate": True},
                # A page that is not there is the visitor's affair; a page that fails is ours.
                "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
            },
        }
    )
