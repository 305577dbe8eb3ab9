"""When reminders are due: plain rules over plain values, with neither a web nor a clock.

The same question has the same answer each time it is asked: what is random within a window is
drawn from the reminder's own id and the day.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final
from uuid import UUID  # noqa: TC003 (records read the types of fields as it runs)
from zoneinfo import ZoneInfo

from secondvoice.reminders.clock import instant, minute_of, minutes_between

if TYPE_CHECKING:
    from collections.abc import Iterator

GOOD_FOR: Final = timedelta(minutes=30)
"""How long after its time a reminder may still arrive. Later it is dropped: a quiet minute at
eight is not one at eleven."""

EVERY_DAY: Final = (0, 1, 2, 3, 4, 5, 6)
MOST_REMINDERS: Final = 12
MOST_TIMES: Final = 3
LOOK_AHEAD: Final = timedelta(days=15)
"""As far as the next ones are looked for: no rule waits longer than a week, or two round a day on
which clocks change."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that a person asked to be reminded by.

    Attributes:
        id: random; what is drawn at random is drawn from it.
        days: the weekdays, 0 Monday to 6 Sunday.
        start: minutes after midnight, 0 to 1439.
        end: None for a set time. Else the end of the window, likewise; one that is not after
            ``start`` is on the next day.
        times: how often within the window, 1 to ``MOST_TIMES``, each in its own part of it.
        text: the id of the words it comes with.
    """

    id: UUID
    days: tuple[int, ...] = EVERY_DAY
    start: int = 8 * 60
    end: int | None = None
    times: int = 1
    text: str = "moment"


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nothing arrives, in minutes after midnight; they may go over midnight."""

    start: int = 22 * 60
    end: int = 7 * 60

    def holds(self, minute: int) -> bool:
        """Whether ``minute`` of the day is within. The end is not; equal ends are no hours."""
        if self.start <= self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end


@dataclass(frozen=True, slots=True)
class Plan:
    """All that decides when something arrives.

    Attributes:
        zone: an IANA time zone name.
        reminders: at most ``MOST_REMINDERS``.
        quiet: the quiet hours, if any.
        paused: nothing arrives, until ``back_on`` if that is set.
        back_on: the first day on which reminders come again.
    """

    zone: str = "UTC"
    reminders: tuple[Reminder, ...] = ()
    quiet: Quiet | None = None
    paused: bool = False
    back_on: date | None = None


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A reminder at its instant (UTC), and the id of its words."""

    at: datetime
    text: str = field(compare=False)


def due_after(plan: Plan, after: datetime, until: datetime) -> Iterator[Due]:
    """What is due after ``after`` up to and with ``until``, in order, each instant once.

    Args:
        plan: the person's plan.
        after: an aware time, not part of the span.
        until: an aware time, part of the span.
    """
    zone = ZoneInfo(plan.zone)
    if plan.paused and plan.back_on is None:
        return
    # A window may have begun the evening before.
    day = after.astimezone(zone).date() - timedelta(days=1)
    if plan.back_on is not None and plan.paused:
        day = max(day, plan.back_on)
    last = until.astimezone(zone).date()
    held: list[Due] = []
    given = after
    while day <= last:
        held = sorted([*held, *_of_day(plan, day, zone)])
        # What comes later than the end of this day may yet be met by the next day's.
        settled = _end_of(day, zone)
        while held and (held[0].at < settled or day == last):
            first = held.pop(0)
            if given < first.at <= until:
                given = first.at
                yield first
        day += timedelta(days=1)


def next_due(plan: Plan, after: datetime, count: int = 1) -> list[Due]:
    """The next ``count`` after ``after``, or after a pause; fewer where no more are in sight."""
    begin = after
    if plan.paused and plan.back_on is not None:
        ends = datetime.combine(plan.back_on, datetime.min.time(), tzinfo=UTC) - timedelta(days=1)
        begin = max(after, ends)
    return list(islice(due_after(plan, begin, begin + LOOK_AHEAD), count))


def worth_sending(plan: Plan, now: datetime, since: datetime) -> Due | None:
    """What should arrive now: the newest that is due, after ``since``, and not stale at ``now``.

    One at most: whoever opens a computer that slept gets one reminder and not a row of them.
    """
    fresh = max(since, now - GOOD_FOR)
    found = list(due_after(plan, fresh, now))
    return found[-1] if found else None


def never_arrives(reminder: Reminder, quiet: Quiet | None) -> bool:
    """Whether the quiet hours leave a reminder no time at all."""
    if quiet is None or not reminder.days:
        return not reminder.days
    if reminder.end is None:
        return quiet.holds(reminder.start)
    length = (reminder.end - reminder.start) % (24 * 60) or 24 * 60
    return all(quiet.holds((reminder.start + passed) % (24 * 60)) for passed in range(length))


def _of_day(plan: Plan, day: date, zone: ZoneInfo) -> Iterator[Due]:
    for reminder in plan.reminders:
        if day.weekday() in reminder.days:
            for moment in _moments(reminder, plan.quiet, day, zone):
                yield Due(moment, reminder.text)


def _moments(
    reminder: Reminder, quiet: Quiet | None, day: date, zone: ZoneInfo
) -> Iterator[datetime]:
    if reminder.end is None:
        at = instant(day, reminder.start, zone)
        if at is not None and not _is_quiet(quiet, at, zone):
            yield at
        return
    open_minutes = [
        minute
        for minute in minutes_between(day, reminder.start, reminder.end, zone)
        if not _is_quiet(quiet, minute, zone)
    ]
    # As many parts of equal length as there are times, and one moment in each.
    times = min(reminder.times, len(open_minutes))
    for part in range(times):
        low = part * len(open_minutes) // times
        high = (part + 1) * len(open_minutes) // times
        yield open_minutes[low + _draw(reminder.id, day, part, high - low)]


def _is_quiet(quiet: Quiet | None, moment: datetime, zone: ZoneInfo) -> bool:
    return quiet is not None and quiet.holds(minute_of(moment, zone))


def _draw(id_: UUID, day: date, part: int, sides: int) -> int:
    """A number from 0 up to, not with, ``sides``: the same each time for the same reminder."""
    seed = hashlib.sha256(f"{id_}|{day.isoformat()}|{part}".encode()).digest()
    return int.from_bytes(seed, "big") % sides


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    """The instant from which on it is no longer ``day``."""
    for further in (1, 2):
        begins = instant(day + timedelta(days=further), 0, zone)
        if begins is not None:
            return begins
    return datetime.combine(day + timedelta(days=3), datetime.min.time(), tzinfo=UTC)
