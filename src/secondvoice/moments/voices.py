"""The two voices of moments, for a page that lays them side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from secondvoice.records.kept import Cursor, Kept

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, tzinfo

    from secondvoice.moments.record import Moment
    from secondvoice.records.models import Door

KIND = "moment"
PAGE = 50
_FIRST = UUID(int=0)


@dataclass(frozen=True, slots=True)
class BothVoices:
    """What was said in one moment. Either voice may be empty.

    ``at`` is the time on the wall where it was written. ``say_it`` and ``why`` are the answer to
    "Would you say this to your friend?".
    """

    thing: UUID
    at: datetime
    critic: str = field(repr=False)
    second: str = field(repr=False)
    friend: str = field(repr=False)
    say_it: str = field(repr=False)
    why: str = field(repr=False)


def both_voices(door: Door, since: datetime, until: datetime, zone: tzinfo) -> list[BothVoices]:
    """What the two voices said in the moments of a time, the oldest first.

    Args:
        door: the person's.
        since: from when on, with a zone.
        until: up to when, not included, with a zone.
        zone: that of a moment that does not say where it was written.

    Returns:
        Those in which one of the two said something, also where the loop was left half-way.
    """
    found = []
    for kept in _newest_first(door, until):
        if kept.happened_at < since:
            break
        moment = kept.value
        critic, second = moment.voice.strip(), moment.answer
        if critic or second:
            at = kept.happened_at.astimezone(_zone(moment.zone) or zone)
            asked = (moment.friend, moment.say_it, moment.why.strip())
            found.append(BothVoices(kept.thing, at, critic, second, *asked))
    return found[::-1]


def _zone(name: str) -> tzinfo | None:
    """None for no zone, and for one that this computer does not know."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _newest_first(door: Door, until: datetime) -> Iterator[Kept[Moment]]:
    """Moments from before a time; what does not open is passed over."""
    before: Cursor | None = Cursor(until, _FIRST)
    while before is not None:
        page = door.page(KIND, before=before, limit=PAGE)
        yield from (item for item in page.items if isinstance(item, Kept))
        before = page.next
