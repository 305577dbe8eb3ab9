"""Practices: the library, its player, the minute, and how much is offered to whom.

What other rooms may use is here: :func:`grounding`; what they tell of the person so that less is
offered afterwards, :func:`heard_danger` and :func:`noted_how_hard`; the line of the one day for the
first page, :func:`todays_line`; and the person's own words that are offered back to them,
:func:`letters_due`, :func:`own_wishes` and :func:`said_to_a_stranger`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from secondvoice.practices import befriend, letter, wishes
from secondvoice.practices.befriend import SaidBefore
from secondvoice.practices.oneday import todays_line
from secondvoice.practices.pace import VERY_HARD, after_danger, after_how_hard, pace_of, set_pace
from secondvoice.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from secondvoice.records.models import Door

__all__ = [
    "VERY_HARD",
    "SaidBefore",
    "grounding",
    "heard_danger",
    "letters_due",
    "noted_how_hard",
    "own_wishes",
    "said_to_a_stranger",
    "todays_line",
]


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


def letters_due(door: Door, today: date) -> list[UUID]:
    """The letters to read again, the one that waited longest first.

    Args:
        door: the person's.
        today: their local day.

    Returns:
        Their ids. None on a very hard day or after words of danger: they wait.
    """
    if pace_of(door).grounding_only(datetime.now(UTC)):
        return []
    return letter.letters_due(door, today)


def own_wishes(door: Door) -> tuple[str, ...]:
    """The person's own wishes, as they wrote them, 0 to 4."""
    return wishes.own_wishes(door)


def said_to_a_stranger(door: Door, text: str, poles: Iterable[str] = ()) -> SaidBefore | None:
    """What the person once said as a friend to somebody in a moment like theirs now.

    Args:
        door: the person's.
        text: their own words of now.
        poles: the uncompassionate poles that were found in them.
    """
    return befriend.said_to_a_stranger(door, text, poles)
