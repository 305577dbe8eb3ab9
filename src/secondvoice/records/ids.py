"""Row ids: UUIDv7 (RFC 9562), made by the program, in the order in which they were made.

After 48 bits of milliseconds come 12 bits of the fraction of that millisecond (RFC 9562, 6.2,
method 3), then 62 random bits.
"""

from __future__ import annotations

import secrets
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_MILLISECOND = 253_402_300_799_999  # the end of the year 9999: datetime goes no further


def make_id(*, after: UUID | None = None) -> UUID:
    """Return a new id for now, and greater than ``after``.

    The newest revision of a thing is the one with the greatest id. A clock that was put back
    must not hide what was written last, so a revision's id is made ``after`` the one before.
    """
    stamp = time.time_ns() * 4096 // 1_000_000
    if after is not None:
        stamp = max(stamp, _stamp(after) + 1)
    return UUID(
        int=(stamp >> 12) << 80
        | 0x7 << 76
        | (stamp & 0xFFF) << 64
        | 0b10 << 62
        | secrets.randbits(62)
    )


def id_of(moment: datetime, digest: bytes) -> UUID:
    """An id for something that was made elsewhere, the same each time.

    Args:
        moment: when it was made or last changed, with a zone; before 1970 counts as 1970.
        digest: 16 bytes or more in place of the random ones.
    """
    stamp = min(max(microseconds(moment) // 1000, 0), _LAST_MILLISECOND - 1)
    filling = int.from_bytes(digest[:10], "big")
    return UUID(
        int=stamp << 80
        | 0x7 << 76
        | (filling >> 62 & 0xFFF) << 64
        | 0b10 << 62
        | filling & ((1 << 62) - 1)
    )


def made_at(id_: UUID) -> datetime:
    """When an id was made, in UTC, to the millisecond."""
    return EPOCH + timedelta(milliseconds=id_.int >> 80)


def is_usable(id_: UUID) -> bool:
    """Whether an id made elsewhere is a UUIDv7 of a time that exists, with room after it."""
    return id_.version == 7 and id_.int >> 80 < _LAST_MILLISECOND


def is_named(id_: UUID) -> bool:
    """Whether an id is made from a name: the program's own, the same whenever it is made."""
    return id_.version == 5


def sent_id(text: str) -> UUID | None:
    """The id that a form or a script was given for something new; None where it is none of ours."""
    try:
        id_ = UUID(text)
    except ValueError:
        return None
    return id_ if is_usable(id_) else None


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC.

    Raises:
        ValueError: ``moment`` has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("A time needs its zone: this one has none.")
    return moment.astimezone(UTC)


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970-01-01 UTC, exactly.

    Raises:
        ValueError: ``moment`` has no time zone.
    """
    return (in_utc(moment) - EPOCH) // timedelta(microseconds=1)


def _stamp(id_: UUID) -> int:
    return (id_.int >> 80) << 12 | id_.int >> 64 & 0xFFF
