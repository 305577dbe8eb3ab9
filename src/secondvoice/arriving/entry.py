"""One entry of another program, and what becomes of it here."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from secondvoice.moments.loop import care, readings, with_marks
from secondvoice.moments.record import Moment, Step
from secondvoice.records import kinds
from secondvoice.records.ids import EPOCH, id_of, in_utc
from secondvoice.records.incoming import Incoming, Skipped
from secondvoice.tongues import later

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

KIND = "moment"
LONGEST = 1_000_000
"""Characters of one text: what a field of the program takes."""

NO_WORDS = later("There are no words in it.")
TOO_LONG = later("It is longer than a million characters.")
NO_DATE = later("It tells no date.")
BAD_DATE = later("Its date cannot be read.")
WHICH_FIRST = later("Its date can be read in two ways: is the day first, or the month?")

# A namespace of this program's own, so that no other's ids meet these.


class NotReadable(Exception):
    """What is wrong with a whole file: the end of a sentence that begins with its name."""


class UnknownColumns(NotReadable):
    """A table whose columns nobody has explained."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as another program wrote it.

    Attributes:
        place: where it stands in what was read, from 1: a line, an entry or a file.
        at: when it happened, with a zone.
        values: the fields of a moment that it fills: text, or a number from 0 to 10.
        key: the other program's own id for it; empty where it gives none.
        changed: when it was last changed there, with a zone; None where that is not told.
    """

    place: int
    at: datetime
    values: dict[str, Any] = field(repr=False)
    key: str = field(default="", repr=False)
    changed: datetime | None = None


@dataclass(slots=True)
class Heard:
    """What was noticed while entries were made into moments: whether any is heavy."""

    care: str = "none"


def incoming(
    source: str,
    entries: Iterable[Entry | Skipped],
    *,
    secret: bytes,
    heard: Heard | None = None,
) -> Iterator[Incoming | Skipped]:
    """Turn entries into finished moments with ids that are the same each time.

    An id shows nothing of the entry without ``secret``: ids lie in the clear, and one made from
    the words alone would let whoever has the disk try out what was written.

    Args:
        source: the program's name; entries of two programs are never the same thing.
        entries: in the order of the file.
        secret: 32 random bytes that the person's diary keeps.
        heard: to be told what is heavy; None to read no words (for a dry run).
    """
    met: dict[str, bytes] = {}
    for entry in entries:
        if isinstance(entry, Skipped):
            yield entry
            continue
        reason = unfit(entry)
        if reason:
            yield Skipped(entry.place, "", reason)
            continue
        # Where its time was told without a zone, the one it was read in.
        zone = getattr(entry.at.tzinfo, "key", None) or ""
        moment = Moment(step=Step.DONE, **{"zone": zone, **entry.values})
        # The words as they are kept, before the reader: its marks change as it learns.
        contents = _digest(secret, kinds.encode(moment))
        key = entry.key or f"{in_utc(entry.at).isoformat()} {contents.hex()}"
        if met.setdefault(key, contents) != contents:
            # Two entries with one id: both are somebody's words, so both come in.
            key = f"{key} {contents.hex()}"
        if heard is not None:
            found = readings(moment)
            moment = with_marks(moment, found)
            heard.care = _heavier(heard.care, care(found.happened, found.voice, found.answer))
        named = _digest(secret, f"{source}\0{key}".encode("utf-8", "surrogatepass"))
        revision = _digest(secret, named + contents)
        yield Incoming(
            place=entry.place,
            # Of no time: an entry whose time is put right elsewhere stays the same thing.
            thing=id_of(EPOCH, named),
            id=id_of(entry.changed or entry.at, revision),
            kind=KIND,
            version=kinds.identify(moment)[1],
            happened_at=entry.at,
            value=kinds.plain(moment),
        )


def together(*texts: str, **labelled: str) -> str:
    """Texts as one, an empty line between, then what has a label, a line each."""
    lines = [
        f"{label.replace('_', ' ')}: {text.strip()}"
        for label, text in labelled.items()
        if text.strip()
    ]
    parts = [text.strip("\n") for text in texts if text.strip()]
    return "\n\n".join([*parts, *(["\n".join(lines)] if lines else [])])


def distinct(names: Sequence[str]) -> list[str]:
    """The names of columns or fields, each another one, so that none hides what another holds.

    A repeated one is numbered, ``Note (2)``, whatever its case; an empty one is its place, ``(3)``.
    """
    given = {name.lower() for name in names}
    used: set[str] = set()
    last: dict[str, int] = {}
    told: list[str] = []
    for place, name in enumerate(names, 1):
        made = own = name or f"({place})"
        while made.lower() in used or (made != name and made.lower() in given):
            number = last[own.lower()] = last.get(own.lower(), 1) + 1
            made = f"{own} ({number})"
        used.add(made.lower())
        told.append(made)
    return told


def in_calendar(moment: datetime) -> bool:
    """Whether it can be shown in every zone: not at an end of the calendar."""
    try:
        in_utc(moment) + timedelta(days=2)
        in_utc(moment) - timedelta(days=2)
    except OverflowError:
        return False
    return True


def unfit(entry: Entry) -> str:
    """Why an entry cannot come in; empty: it can."""
    words = [
        text for name, text in entry.values.items() if isinstance(text, str) and name != "zone"
    ]
    if not any(text.strip() for text in words):
        return NO_WORDS
    if any(len(text) > LONGEST for text in words):
        return TOO_LONG
    if not all(in_calendar(moment) for moment in (entry.at, entry.changed or entry.at)):
        return BAD_DATE
    return ""


def _heavier(one: str, other: str) -> str:
    order = ("none", "offer", "now")
    return max(one, other, key=order.index)


def _digest(secret: bytes, text: bytes) -> bytes:
    return hmac.new(secret, text, hashlib.sha256).digest()
