"""The two voices over time: what was noted, how it was answered, and how soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from secondvoice.moments.loop import readings
from secondvoice.moments.record import Moment
from secondvoice.records.ids import made_at
from secondvoice.tongues import day_and_month, month_in_short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import tzinfo

    from secondvoice.records.kept import Kept

BY_WEEK: Final = 120
"""Days up to which it is gathered by weeks; then by months, …"""

BY_MONTH: Final = 3 * 366
"""… up to here; then by quarters, …"""

BY_QUARTER: Final = 9 * 366
"""… up to here; then by years."""

WRITTEN_AFTER: Final = timedelta(days=1)
"""A moment that was written down longer after it happened says nothing of how soon."""

READ: Final = 60
"""The newest moments whose words are read for rules. Rules are not kept with a moment, and
reading one takes longer than opening fifty."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One moment as it counts here. ``minutes``: from when it happened to its answer, or None."""

    when: datetime
    marks: tuple[str, ...]
    answered: bool
    parts: tuple[str, ...]
    lighter: int | None
    minutes: float | None


@dataclass(frozen=True, slots=True)
class Period:
    """A week, a month, a quarter or a year, with what was noted in it."""

    first: date
    label: str
    noted: tuple[Noted, ...]


def noted(moments: Iterable[Any], zone: tzinfo) -> list[Noted]:
    """Every moment in which something was written, in the order of time.

    Args:
        moments: as the door gives them; what does not open is passed over.
        zone: in which a day of theirs begins.
    """
    found = []
    for item in moments:
        value = getattr(item, "value", None)
        if isinstance(value, Moment) and not value.empty:
            found.append(
                Noted(
                    item.happened_at.astimezone(zone),
                    value.marks,
                    bool(value.answer),
                    value.parts,
                    value.lighter,
                    _minutes(item, value),
                )
            )
    return sorted(found, key=lambda one: one.when)


def periods(of: Sequence[Noted], today: date) -> list[Period]:
    """All periods from the first moment to today, those without a moment too.

    Args:
        of: at least one, in the order of time.
        today: their local day.
    """
    first = of[0].when.date()
    last = max(today, of[-1].when.date())
    span = (last - first).days
    months = 1 if span <= BY_MONTH else 3 if span <= BY_QUARTER else 12
    starts = list(_weeks(first, last) if span <= BY_WEEK else _by_months(first, last, months))
    found, at = [], 0
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else date.max
        begun = at
        while at < len(of) and of[at].when.date() < end:
            at += 1
        label = day_and_month(start) if span <= BY_WEEK else _label(start)
        label = str(start.year) if months == 12 else label
        found.append(Period(start, label, tuple(of[begun:at])))
    return found


def rules(moments: Iterable[Any]) -> tuple[dict[str, int], int]:
    """How often the reader found each hidden rule in the newest moments.

    Args:
        moments: as the door gives them, newest first.

    Returns:
        The counts by the id of the rule, without those that the person set aside, and in how many
        moments was looked.
    """
    counts: dict[str, int] = {}
    looked = 0
    for item in moments:
        value = getattr(item, "value", None)
        if not isinstance(value, Moment) or not (value.voice.strip() or value.happened.strip()):
            continue
        found = readings(value)
        reading = found.voice or found.happened
        gone = {mark.name for mark in value.set_aside if mark.kind == "assumption"}
        if reading is not None and reading.sure:
            for name in set(reading.questions) - gone:
                counts[name] = counts.get(name, 0) + 1
        looked += 1
        if looked == READ:
            break
    return counts, looked


def _minutes(item: Kept[Moment], value: Moment) -> float | None:
    """How long until it was last written on; None where that says nothing of the answer."""
    if not value.answer or value.looked_back or not value.finished:
        return None
    if abs(made_at(item.thing) - item.happened_at) > WRITTEN_AFTER:
        return None
    return max((item.kept_at - item.happened_at).total_seconds() / 60, 0.0)


def _weeks(first: date, last: date) -> Iterator[date]:
    day = first - timedelta(days=first.weekday())
    while day <= last:
        yield day
        day += timedelta(days=7)


def _by_months(first: date, last: date, months: int) -> Iterator[date]:
    day = date(first.year, (first.month - 1) // months * months + 1, 1)
    while day <= last:
        yield day
        count = day.year * 12 + day.month - 1 + months
        day = date(count // 12, count % 12 + 1, 1)


def _label(day: date) -> str:
    return f"{month_in_short(day)} {day.year % 100:02}"
