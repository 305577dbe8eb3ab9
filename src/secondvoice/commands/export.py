"""``secondvoice export``: everything a person keeps, in one file, in the clear or sealed."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from secondvoice.commands.opening import existing_folder, new_passphrase, open_records
from secondvoice.commands.writing import refuse_what_is_there, write_new, write_new_bytes
from secondvoice.records.errors import RecordsError
from secondvoice.site.datafolder import CannotStart
from secondvoice.vault import seal_file

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from uuid import UUID

    from secondvoice.records.models import Door

FORMAT = "secondvoice-export"
FORMAT_VERSION = 1
"""Raised when something that reads the file would have to change; docs/export.md tells of each."""


def run(chosen: argparse.Namespace) -> int:
    """Ask for the passphrase and write the file.

    Returns:
        0, or 1 where the file was written but some records did not open.
    """
    target = Path(chosen.out).expanduser()
    # Before the passphrase is typed; it is made sure of again when the file is put there.
    refuse_what_is_there(target)
    data = existing_folder()

    from secondvoice.site.management.prepare import load

    load()
    opened = open_records(data, chosen.passphrase_file)
    seal_with = None
    if chosen.seal or chosen.seal_passphrase_file is not None:
        seal_with = new_passphrase(chosen.seal_passphrase_file)

    from secondvoice.records.models import Door, examine

    door = Door(opened.person, opened.data_key)
    parts = _parts(chosen.format, door, opened.person)
    try:
        if seal_with is None:
            write_new(target, parts)
        else:
            write_new_bytes(target, _sealed(parts, seal_with))
        lost = len(examine(opened.person, opened.data_key).unopened)
    except RecordsError as error:
        raise CannotStart(str(error)) from None
    who = (
        "Whoever has this file can read it."
        if seal_with is None
        else "It opens with the passphrase you gave it, and without that passphrase it is lost."
    )
    what = "Every number" if chosen.format == "csv" else "Everything"
    print(f"{what} that opens is in {target}. {who}")
    if lost:
        print(
            f"{lost} {'record' if lost == 1 else 'records'} did not open and could not be "
            "written. 'secondvoice doctor --open' tells which.",
            file=sys.stderr,
        )
        return 1
    return 0


def _parts(form: str, door: Door, person: UUID) -> Iterator[str]:
    match form:
        case "json":
            return as_json(door, person)
        case "jsonl":
            return as_json_lines(door, person)
        case "csv":
            from secondvoice.commands.numbers import as_csv

            return as_csv(door)
        case _:
            from secondvoice.commands.markdown import as_markdown

            return as_markdown(door)


def _sealed(parts: Iterator[str], passphrase: str) -> Iterator[bytes]:
    from secondvoice.site.management.prepare import passphrase_cost

    return seal_file(
        (part.encode("utf-8", "replace") for part in parts), passphrase, passphrase_cost()
    )


def as_json_lines(door: Door, person: UUID) -> Iterator[str]:
    """The records as JSON Lines: what this is, then a record a line, then how many there were.

    Args:
        door: of the person, unlocked.
        person: whose.

    Yields:
        A line, as docs/export.md tells.
    """
    yield json.dumps(_head(person)) + "\n"
    number = 0
    for record in door.export():
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


def as_json(door: Door, person: UUID) -> Iterator[str]:
    """The records as one JSON object, in pieces, a record a line.

    Args:
        door: of the person, unlocked.
        person: whose.

    Yields:
        The text of a JSON object as docs/export.md tells.
    """
    yield json.dumps(_head(person))[:-1] + ', "records": ['
    between = "\n"
    for record in door.export():
        yield between + _dumped(record)
        between = ",\n"
    yield "\n]}\n"
