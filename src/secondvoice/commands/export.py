"""``secondvoice export``: everything a person keeps, in one file, in the clear or sealed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from secondvoice.commands.opening import existing_folder, new_passphrase, open_records
from secondvoice.commands.writing import refuse_what_is_there, write_new, write_new_bytes
from secondvoice.departing.own import parts_of, sealed
from secondvoice.records.errors import RecordsError
from secondvoice.site.datafolder import CannotStart

if TYPE_CHECKING:
    import argparse


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
    from secondvoice.site.management.prepare import passphrase_cost

    parts = parts_of(chosen.format, Door(opened.person, opened.data_key))
    try:
        if seal_with is None:
            write_new(target, parts)
        else:
            write_new_bytes(target, sealed(parts, seal_with, passphrase_cost()))
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
