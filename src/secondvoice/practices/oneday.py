"""One day, just one: a day on which one treats oneself as a good friend.

No Django in here. A day is a date of the person's own calendar, so no zone that they move to makes
another day of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal
from uuid import UUID

from secondvoice.records.kept import Kept
from secondvoice.records.kinds import record_kind
from secondvoice.texts import said_to, texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from secondvoice.records.models import Door

KIND: Final = "one_day"
PAUSE_KIND: Final = "one_day_pause"

ENDS: Final = 4
"""The hour at which a day is over: whoever looks at the evening page at one in the morning has not
been to bed yet. Read off the clock on the wall, so that a change of the clocks moves nothing."""

EVENING: Final = 17
"""From this hour on the evening comes first."""

FURTHEST: Final = timedelta(days=731)
"""How far ahead a day can be chosen."""

LOOKED_AT: Final = 60
"""Among so many of the newest days the one that is on is looked for."""

Stand = Literal["to come", "on", "over"]
SayIt = Literal["yes", "no", "unsure", ""]


@record_kind(KIND, version=1)
@dataclass(frozen=True, slots=True)
class OneDay:
    """One chosen day.

    ``sentence`` is that of the morning. ``morning``: the person has chosen one, or none. ``done``
    are ids of what they ticked. ``added`` is what they added to the second voice in the evening,
    ``different`` their answer to the evening's question. ``zone`` is an IANA time zone name; empty:
    the computer's own.
    """

    on: date
    sentence: str = ""
    morning: bool = False
    done: tuple[str, ...] = ()
    added: str = ""
    different: str = ""
    zone: str = ""


@record_kind(PAUSE_KIND, version=1)
@dataclass(frozen=True, slots=True)
class Pause:
    """One pause of a day: the four questions, each of which may stay empty.

    ``day`` is the :class:`OneDay` it belongs to. ``tones`` and ``assumptions`` are ids of choices
    of ``oneday.toml``, or ``none``. ``instead`` is what the second voice would say.
    """

    day: UUID
    words: str = ""
    tones: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    say_it: SayIt = ""
    why: str = ""
    instead: str = ""
    zone: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was said in it."""
        return self == Pause(self.day, zone=self.zone)


def stand(on: date, local: datetime) -> Stand:
    """Where a chosen day stands.

    Args:
        on: the day.
        local: the time on the person's wall.

    Returns:
        ``on`` from its midnight until four in the following morning.
    """
    if on > local.date():
        return "to come"
    late = on == local.date() - timedelta(days=1) and local.hour < ENDS
    return "on" if on == local.date() or late else "over"


def current(days: Iterable[Any], local: datetime) -> Kept[OneDay] | None:
    """The day that is on, else the next to come, else None.

    Args:
        days: chosen days as the door gives them; what does not open is passed over.
        local: the time on the person's wall.
    """
    here = [day for day in days if isinstance(day, Kept) and isinstance(day.value, OneDay)]
    on = [day for day in here if stand(day.value.on, local) == "on"]
    to_come = [day for day in here if stand(day.value.on, local) == "to come"]
    if on:
        # Between midnight and four there may be two; the one that has begun is meant.
        return max(on, key=lambda day: day.value.on)
    return min(to_come, key=lambda day: day.value.on, default=None)


def is_evening(on: date, local: datetime) -> bool:
    """Whether the evening of that day has come."""
    return local.date() > on or (local.date() == on and local.hour >= EVENING)


def pauses_of(door: Door, day: UUID) -> list[Kept[Pause]]:
    """The pauses of a day in the order in which they were begun, empty ones too."""
    found = [
        item
        for item in door.all(PAUSE_KIND)
        if isinstance(item, Kept) and isinstance(item.value, Pause) and item.value.day == day
    ]
    return found[::-1]


def day_words(friend: str) -> dict[str, Any]:
    """What the day says, to somebody who named that friend, or nobody."""
    return said_to(texts("secondvoice.practices", "oneday.toml"), friend)


def todays_line(door: Door, local: datetime) -> dict[str, Any] | None:
    """One quiet line for the first page while a chosen day is on, else None.

    Args:
        door: the person's.
        local: the time on the person's wall.

    Returns:
        ``text``, ``link`` (a label), ``to`` (the name of an address) and ``thing``, its argument;
        None for ``thing`` where the address takes none.
    """
    day = current(door.page(KIND, limit=LOOKED_AT).items, local)
    if day is None or stand(day.value.on, local) != "on":
        return None
    words = day_words("")["today"]
    if is_evening(day.value.on, local):
        evening = {"to": "one_day_evening", "thing": day.thing}
        return {"text": words["text"], "link": words["evening"], **evening}
    return {"text": words["text"], "link": words["link"], "to": "one_day", "thing": None}
