"""A person's records in this program's own form (docs/export.md), and one way to each form."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from secondvoice.departing.markdown import as_markdown
from secondvoice.departing.numbers import as_csv
from secondvoice.records.kept import ALL
from secondvoice.vault import seal_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from secondvoice.records.kept import Stretch
    from secondvoice.records.models import Door
    from secondvoice.vault import KdfParams

FORMAT: Final = "secondvoice-export"
FORMAT_VERSION: Final = 1
"""Raised when something that reads the file would have to change; docs/export.md tells of each."""


def parts_of(form: str, door: Door, within: Stretch = ALL) -> Iterator[str]:
    """Everything that a person keeps, in pieces of text.

    Args:
        form: ``json``, ``jsonl``, ``markdown``, or ``csv``, which is the numbers alone.
        door: of the person, unlocked.
        within: which part of it.
    """
    match form:
        case "json":
            return as_json(door, door.person, within)
        case "jsonl":
            return as_json_lines(door, door.person, within)
        case "csv":
            return as_csv(door, within)
        case _:
            return as_markdown(door, within)


def as_bytes(parts: Iterable[str]) -> Iterator[bytes]:
    """The pieces in UTF-8."""
    return (part.encode("utf-8", "replace") for part in parts)


def sealed(parts: Iterable[str], passphrase: str, params: KdfParams) -> Iterator[bytes]:
    """The pieces, sealed with a passphrase of the file's own.

    Args:
        parts: the text.
        passphrase: what will open the file.
        params: the cost of trying one.
    """
    return seal_file(as_bytes(parts), passphrase, params)


def as_json_lines(door: Door, person: UUID, within: Stretch = ALL) -> Iterator[str]:
    """The records as JSON Lines: what this is, then a record a line, then how many there were.

    Args:
        door: of the person, unlocked.
        person: whose.
        within: which part of them.

    Yields:
        A line, as docs/export.md tells.
    """
    yield json.dumps(_head(person)) + "\n"
    number = 0
    for record in door.export(within):
        yield _dumped(record) + "\n"
        number += 1
    yield json.dumps({"end": True, "records": number}) + "\n"


def _dumped(record: dict[str, Any]) -> str:
    text = json.dumps(record, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        # Half of a surrogate pair, as some clipboards leave it, has no UTF-8; escaped it lives.
        return json.dumps(record)
    return text


def _head(person: UUID) -> dict[str, object]:
    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "program": version("secondvoice"),
        "exported_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "person": str(person),
    }


def as_json(door: Door, person: UUID, within: Stretch = ALL) -> Iterator[str]:
    """The records as one JSON object, in pieces, a record a line.

    Args:
        door: of the person, unlocked.
        person: whose.
        within: which part of them.

    Yields:
        The text of a JSON object as docs/export.md tells.
    """
    yield json.dumps(_head(person))[:-1] + ', "records": ['
    between = "\n"
    for record in door.export(within):
        yield between + _dumped(record)
        between = ",\n"
    yield "\n]}\n"
