"""``secondvoice export``: everything a person keeps, in one file that needs no key."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from secondvoice.commands.opening import existing_folder, open_records
from secondvoice.commands.writing import refuse_what_is_there, write_new
from secondvoice.records.errors import RecordsError
from secondvoice.site.datafolder import CannotStart

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

    from secondvoice.records.models import Door, examine

    door = Door(opened.person, opened.data_key)
    if chosen.format == "json":
        parts = as_json(door, opened.person)
    else:
        from secondvoice.commands.markdown import as_markdown

        parts = as_markdown(door)
    try:
        write_new(target, parts)
        lost = len(examine(opened.person, opened.data_key).unopened)
    except RecordsError as error:
        raise CannotStart(str(error)) from None
    print(f"Everything that opens is in {target}. Whoever has this file can read it.")
    if lost:
        print(
            f"{lost} {'record' if lost == 1 else 'records'} did not open and could not be "
            "written. 'secondvoice doctor --open' tells which.",
            file=sys.stderr,
        )
        return 1
    return 0


def as_json(door: Door, person: UUID) -> Iterator[str]:
    """The records as one JSON object, in pieces, a record a line.

    Args:
        door: of the person, unlocked.
        person: whose.

    Yields:
        The text of a JSON object as docs/export.md tells.
    """
    head = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "program": version("secondvoice"),
        "exported_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "person": str(person),
    }
    yield json.dumps(head)[:-1] + ', "records": ['
    between = "\n"
    for record in door.export():
        yield between + json.dumps(record, ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"
