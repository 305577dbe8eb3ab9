"""From the time on somebody's wall to an instant, also on the days on which clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

DAY_MINUTES = 24 * 60
_SECOND = timedelta(seconds=1)


def wall(minute: int) -> time:
    """The time of day that is ``minute`` minutes (0 to 1439) after midnight."""
    return time(minute // 60, minute % 60)


def instant(day: date, minute: int, zone: ZoneInfo) -> datetime | None:
    """The instant, in UTC, at which clocks in ``zone`` show ``minute`` on ``day``.

    A time that is shown twice is its first showing. A time that is skipped is the first instant
    after the gap. None: the whole day was skipped, as 30 December 2011 was in Samoa.
    """
    found = _instant(datetime.combine(day, wall(minute)), zone)
    if found.astimezone(zone).date() == day:
        return found
    # The gap goes over midnight, or the whole day is missing.
    return found if minute and instant(day, 0, zone) is not None else None


def minutes_between(day: date, start: int, end: int, zone: ZoneInfo) -> Iterator[datetime]:
    """Every whole minute of real time from ``start`` up to, not with, ``end``, in UTC.

    Args:
        day: the day on which it starts.
        start: minutes after midnight, 0 to 1439.
        end: likewise; one that is not after ``start`` is on the day after.
        zone: where.
    """
    last_day = day if end > start else day + timedelta(days=1)
    first, last = instant(day, start, zone), instant(last_day, end, zone)
    if first is None or last is None:
        return
    while first < last:
        yield first
        first += timedelta(minutes=1)


def minute_of(moment: datetime, zone: ZoneInfo) -> int:
    """Minutes after midnight that clocks in ``zone`` show at ``moment``."""
    shown = moment.astimezone(zone)
    return shown.hour * 60 + shown.minute


def _instant(shown: datetime, zone: ZoneInfo) -> datetime:
    """When clocks show ``shown`` (naive) first; if it is skipped, the end of the gap."""
    before, after = (shown.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if before <= after:
        # Shown once (both are the same), or twice.
        return before
    # Skipped. By the offset before the gap it lies after the change, by the offset after it
    # before: between the two the offset changes once.
    new = before.astimezone(zone).utcoffset()
    low, high = after, before
    while high - low > _SECOND:
        middle = low + (high - low) // 2
        middle -= timedelta(microseconds=middle.microsecond)
        low, high = (low, middle) if middle.astimezone(zone).utcoffset() == new else (middle, high)
    return high
