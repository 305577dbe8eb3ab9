"""Dates and times as other programs write them, in the zone that they were meant in."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, Literal

from secondvoice.arriving.entry import BAD_DATE, NO_DATE, WHICH_FIRST

Order = Literal["", "dmy", "mdy"]

MIDDAY: Final = time(12)
"""For what tells a day and no time: noon stays on its day in nearly every zone."""

_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_CLOCK: Final = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE
)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_MONTH_NAMED: Final = re.compile(
    r"(?:[a-z]+,?\s+)??(?:(\d{1,2})(?:st|nd|rd|th)?\.?\s+([a-z]{3})[a-z]*\.?|"
    r"([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?),?\s+(\d{4})",
    re.IGNORECASE,
)
_SECONDS: Final = re.compile(r"\d{9,10}(?:\.\d+)?")
_MILLISECONDS: Final = re.compile(r"\d{12,13}")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class NoDate(ValueError):
    """A date that is not there or cannot be read. ``str()`` is a sentence without the text."""


def read_when(text: str, zone: tzinfo, order: Order = "") -> datetime:
    """A moment, from a date with or without a time, with or without a zone.

    Args:
        text: ISO 8601, ``2024-03-01 9:05 PM``, ``1.3.2024``, ``1 March 2024``, seconds or
            milliseconds since 1970.
        zone: where the writer was, if the text does not say.
        order: how ``03/04/2024`` is meant; empty: it is refused.

    Raises:
        NoDate: with a sentence that says why.
    """
    text = _even(text)
    if not text:
        raise NoDate(NO_DATE)
    counted = _since_1970(text)
    if counted is not None:
        return counted
    if re.match(r"\d{4}-?\d{2}-?\d{2}(?:[T ]|$)", text):
        try:
            read = datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            if len(text) <= len("2024-03-01"):
                read = datetime.combine(read.date(), MIDDAY)
            return read if read.tzinfo else read.replace(tzinfo=zone)
    day, rest = _day(text, order)
    return datetime.combine(day, read_clock(rest) if rest else MIDDAY, tzinfo=zone)


def read_change(text: str, zone: tzinfo) -> datetime | None:
    """When something was last changed; None where that is not told, or not in a way to be read.

    An entry is not passed over for it.
    """
    try:
        return read_when(text, zone)
    except NoDate:
        return None


def read_clock(text: str) -> time:
    """A time of day: ``21:05``, ``9:05 pm``, ``9.05``.

    Raises:
        NoDate: it is none.
    """
    found = _CLOCK.fullmatch(_even(text))
    if found is None:
        raise NoDate(BAD_DATE)
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    half = (found[4] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise NoDate(BAD_DATE)
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        raise NoDate(BAD_DATE) from None


def _even(text: str) -> str:
    """One kind of space: some programs put a narrow one that does not break before "PM"."""
    return " ".join(text.split())


def _since_1970(text: str) -> datetime | None:
    try:
        if _MILLISECONDS.fullmatch(text):
            return _EPOCH + timedelta(milliseconds=int(text))
        if _SECONDS.fullmatch(text):
            return _EPOCH + timedelta(seconds=float(text))
    except OverflowError:
        raise NoDate(BAD_DATE) from None
    return None


def _day(text: str, order: Order) -> tuple[date, str]:
    """The day that a text begins with, and what comes after it."""
    year_first, year_last = _YEAR_FIRST.match(text), _YEAR_LAST.match(text)
    named = _MONTH_NAMED.match(text)
    if year_first:
        found, parts = year_first, (year_first[1], year_first[2], year_first[3])
    elif year_last:
        found, parts = year_last, _by_order(year_last, order)
    elif named:
        day, name = named[1] or named[4], (named[2] or named[3]).lower()
        if name not in _MONTHS:
            raise NoDate(BAD_DATE)
        found, parts = named, (named[5], str(_MONTHS.index(name) + 1), day)
    else:
        raise NoDate(BAD_DATE)
    year, month, number = map(int, parts)
    try:
        day_read = date(year, month, number)
    except ValueError:
        raise NoDate(BAD_DATE) from None
    rest = text[found.end() :]
    if rest and not re.match(r"[T,\s]|\s*at\b", rest):
        raise NoDate(BAD_DATE)
    return day_read, re.sub(r"^[T,\s]*(?:at\s+)?", "", rest)


def _by_order(found: re.Match[str], order: Order) -> tuple[str, str, str]:
    first, sign, second, year = found.groups()
    if order == "mdy":
        return year, first, second
    # Nobody writes the month first with full stops.
    if order == "dmy" or sign == "." or first == second:
        return year, second, first
    raise NoDate(WHICH_FIRST)
