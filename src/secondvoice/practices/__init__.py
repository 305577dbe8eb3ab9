"""Practices: the library, its player, the minute, and how much is offered to whom.

What other rooms may use is here: :func:`grounding`, and what they tell of the person so that less
is offered afterwards, :func:`heard_danger` and :func:`noted_how_hard`; and the line of the one day
for the first page, :func:`todays_line`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from secondvoice.practices.oneday import todays_line
from secondvoice.practices.pace import after_danger, after_how_hard, set_pace
from secondvoice.texts import texts

if TYPE_CHECKING:
    from secondvoice.records.models import Door

__all__ = ["grounding", "heard_danger", "noted_how_hard", "todays_line"]


def grounding() -> dict[str, Any]:
    """The words of grounding: title, lead, and the steps of ``soles`` and of ``hands``."""
    section: dict[str, Any] = texts("secondvoice.practices", "minute.toml")["grounding"]
    return section


def heard_danger(door: Door) -> None:
    """The reader met words of danger: from now on only grounding and people are offered.

    Raises:
        CannotKeep: the database refused; nothing was changed.
    """
    now = datetime.now(UTC)
    set_pace(door, lambda pace: after_danger(pace, now))


def noted_how_hard(door: Door, hard: int | None) -> None:
    """An answer to "How hard is it?", 0 to 10, or None where it was not answered.

    Raises:
        CannotKeep: the database refused; nothing was changed.
    """
    now = datetime.now(UTC)
    set_pace(door, lambda pace: after_how_hard(pace, hard, now))
