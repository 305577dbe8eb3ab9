"""Reading an export of this program back: JSON Lines, or the one JSON object (docs/export.md)."""

from __future__ import annotations

from datetime import datetime
from typing import IO, TYPE_CHECKING, Any
from uuid import UUID

from secondvoice.arriving.entry import NotReadable, in_calendar
from secondvoice.arriving.json_files import parsed, too_deep
from secondvoice.records.errors import Unreadable
from secondvoice.records.incoming import Incoming, Skipped
from secondvoice.tongues import later, say

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = "secondvoice-export"
FORMAT_VERSION = 1

NO_RECORD = later("The line is no record.")
UNREAD = frozenset({NO_RECORD, Unreadable.sentence})
"""The reasons that mean that a file is not as it was written."""


def read_export(text: IO[str]) -> Iterator[Incoming | Skipped]:
    """Read the records of an export, one after the other.

    Args:
        text: the file from its beginning.

    Yields:
        Each record, or what could not be read with its line.

    Raises:
        NotReadable: it is none, is from a newer version, or ends too early.
    """
    first = text.readline()
    head = _parsed(first)
    if head is None:
        yield from _read_object(first + text.read())
        return
    _check(head)
    if "records" in head:
        yield from _each(head["records"])
        return
    read = 0
    for place, line in enumerate(text, 2):
        told = _parsed(line)
        if told is not None and told.get("end") is True:
            if told.get("records") != read:
                raise NotReadable(say("does not hold as many records as it says."))
            return
        if line.strip():
            read += 1
            yield _record(place, told)
    raise NotReadable(say("ends too early: it was cut off."))


def _read_object(text: str) -> Iterator[Incoming | Skipped]:
    told = _parsed(text)
    if told is None:
        raise NotReadable(say("is no export of Second Voice, or was cut off."))
    _check(told)
    yield from _each(told.get("records"))


def _each(records: object) -> Iterator[Incoming | Skipped]:
    if not isinstance(records, list):
        raise NotReadable(say("is no export of Second Voice."))
    # The first line is the head; each record stands on a line of its own.
    for place, told in enumerate(records, 2):
        yield _record(place, told)


def _check(head: dict[str, Any]) -> None:
    if head.get("format") != FORMAT:
        raise NotReadable(say("is no export of Second Voice."))
    version = head.get("version")
    if not isinstance(version, int) or version > FORMAT_VERSION:
        raise NotReadable(
            say("was written by a newer version of Second Voice. Update the program.")
        )


def _record(place: int, told: object) -> Incoming | Skipped:
    try:
        if not isinstance(told, dict) or not isinstance(told["value"], dict) or too_deep(told):
            return Skipped(place, "", NO_RECORD)
        happened_at = datetime.fromisoformat(told["happened_at"])
        if happened_at.tzinfo is None or not in_calendar(happened_at):
            return Skipped(place, "", NO_RECORD)
        # The name of a kind is told again where it is passed over, and is no place for words.
        if type(told["version"]) is not int or not _is_name(told["kind"]):
            return Skipped(place, "", NO_RECORD)
        return Incoming(
            place=place,
            thing=UUID(told["thing"]),
            id=UUID(told["id"]),
            kind=told["kind"],
            version=told["version"],
            happened_at=happened_at,
            value=told["value"],
        )
    except (LookupError, ValueError, TypeError, AttributeError):
        return Skipped(place, "", NO_RECORD)


def _is_name(kind: object) -> bool:
    return isinstance(kind, str) and kind.isascii() and kind.isidentifier() and len(kind) <= 80


def _parsed(text: str) -> dict[str, Any] | None:
    told = parsed(text)
    return told if isinstance(told, dict) else None
