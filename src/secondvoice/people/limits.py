"""How long a diary stays open: until some minutes of quiet, and seven days whatever happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_DAYS: Final = 7
LONGEST_UNLOCKED: Final = LONGEST_DAYS * 24 * 60 * 60
"""Seconds, whatever the person does."""


def still_open(session: Mapping[str, Any], now: int) -> bool:
    """Whether an unlocked session is within its limits.

    Args:
        session: ``began`` and ``seen``, seconds since 1970, and ``lock_after``, minutes.
        now: seconds since 1970.
    """
    if not {"began", "seen", "lock_after"} <= session.keys():
        return False
    # Also when the clock was put back: then nobody knows how long it has been.
    quiet = abs(now - int(session["seen"]))
    return (
        quiet <= int(session["lock_after"]) * 60 and now - int(session["began"]) <= LONGEST_UNLOCKED
    )
