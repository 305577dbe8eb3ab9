"""A plan as a calendar that others can subscribe to: iCalendar (RFC 5545), in neutral words only.

Every time stands there by itself and in UTC: what is random in a window follows no rule that a
calendar knows, and so no calendar has to know the time zone either.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

from secondvoice.reminders.rules import due_after
from secondvoice.tongues import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from secondvoice.reminders.rules import Due, Plan

DAYS_SHOWN: Final = 28
LONGEST_LINE: Final = 75  # octets (RFC 5545, 3.1)

# An object needs a component (RFC 5545, 3.6), also where nothing is to come.
_NOTHING = (
    *("BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
    *("TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE"),
)


def calendar_file(
    plan: Plan, says: Mapping[str, str], address: str, now: datetime, language: str = ENGLISH
) -> bytes:
    """The next four weeks of ``plan``, from yesterday on. The same bytes for a whole day.

    Args:
        plan: the person's.
        says: the neutral sentences by id; one that is not there any more is the first.
        address: the digest of the secret in the address, 64 hexadecimal digits: what makes the
            names of the entries this calendar's own.
        now: an aware time.
        language: that of the sentences.
    """
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    name = next(iter(says.values()))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        # Names the kind of calendar and not the program: it can be seen by whoever sees the file.
        f"PRODID:-//{_text(name)}//{language.upper()}",
        "METHOD:PUBLISH",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    space = UUID(address[:32])
    span = due_after(plan, today - timedelta(days=1), today + timedelta(days=DAYS_SHOWN))
    entries = [line for due in span for line in _entry(due, says.get(due.text, name), space, today)]
    lines += [*(entries or _NOTHING), "END:VCALENDAR"]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _entry(due: Due, words: str, space: UUID, made: datetime) -> tuple[str, ...]:
    at = _time(due.at)
    return (
        "BEGIN:VEVENT",
        f"UID:{uuid5(space, at)}",
        f"DTSTAMP:{_time(made)}",
        f"DTSTART:{at}",
        "DURATION:PT5M",
        f"SUMMARY:{_text(words)}",
        "CLASS:PRIVATE",
        # Nobody is busy because of it.
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(words)}",
        "TRIGGER:PT0S",
        "END:VALARM",
        "END:VEVENT",
    )


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    """TEXT of RFC 5545, 3.3.11."""
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        words = words.replace(sign, written)
    return words


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of 75 octets at most, none of which ends within a character."""
    piece, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > LONGEST_LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + sign, size + octets
    yield piece
