"""``secondvoice doctor``: what is where, is it whole, can it be opened. Changes no record."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import stat
import sys
from typing import TYPE_CHECKING

from secondvoice.backups import automatic_backups
from secondvoice.commands.opening import existing_folder, open_records
from secondvoice.records.errors import RecordsError, from_database
from secondvoice.site.datafolder import DATABASE, CannotStart, open_database, running_port

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

    from secondvoice.records import Report

ROOM = 100 * 1024 * 1024
"""Bytes of free space under which the doctor speaks up."""
UNOPENED_SHOWN = 10

WELL, LOOK = "well", "look"
Finding = tuple[str, str]
"""Whether all is well or somebody should look, and a sentence that says about what."""


def run(chosen: argparse.Namespace) -> int:
    """Print what there is, a sentence a line.

    Returns:
        0 where all is well, 1 where somebody should look.
    """
    data = existing_folder()
    worst = 0
    for state, sentence in findings(data, chosen):
        print(f"{state}  {sentence}", flush=True)
        worst = max(worst, int(state == LOOK))
    return worst


def findings(data: Path, chosen: argparse.Namespace) -> Iterator[Finding]:
    """Look at the folder, the database file, and what is in it, in this order."""
    yield from _folder(data)
    broken = False
    if (data / DATABASE).is_file():
        for finding in _file(data):
            broken = broken or finding[0] == LOOK
            yield finding
    if broken:
        # What stands in a broken file would only be more of the same.
        return
    from secondvoice.site.management.prepare import load

    load()
    try:
        yield from _records(data, chosen)
    except (RecordsError, CannotStart) as error:
        yield LOOK, str(error)


def _folder(data: Path) -> Iterator[Finding]:
    yield WELL, f"Everything is in {data}."
    seen = [
        path.name or str(path)
        for path in (data, *sorted(data.iterdir()))
        if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    # Windows keeps its permissions elsewhere, and a user's own folder is private there.
    if seen and sys.platform != "win32":
        yield (
            LOOK,
            (
                f"Other users of this machine can get at: {', '.join(seen)}. "
                f"Close it with: chmod -R go= '{data}'"
            ),
        )
    free = shutil.disk_usage(data).free
    if free < ROOM:
        yield LOOK, f"Only {free // 1024**2} MB are free on that disk. Make some room."
    if not (data / "secret").is_file():
        yield WELL, "The cookie secret is missing; a new one is made. Nothing is lost by that."
    port = running_port(data)
    if port is not None:
        yield WELL, f"A server was started on it, at port {port}."
    backups = automatic_backups(data)
    if backups:
        yield (
            WELL,
            (
                f"{len(backups)} automatic {'backup' if len(backups) == 1 else 'backups'} in "
                f"{data / 'backups'}, the newest of {backups[0].made:%Y-%m-%d %H:%M} UTC."
            ),
        )
    copies = sorted((data / "backups").glob("*.sqlite3"))
    if copies:
        yield (
            WELL,
            (
                f"{len(copies)} {'copy' if len(copies) == 1 else 'copies'} from before a change of "
                f"the database in {data / 'backups'}."
            ),
        )


def _file(data: Path) -> Iterator[Finding]:
    path = data / DATABASE
    try:
        with contextlib.closing(open_database(path)) as database:
            verdict = [str(row[0]) for row in database.execute("PRAGMA integrity_check(3)")]
            mode = database.execute("PRAGMA journal_mode").fetchone()[0]
    except sqlite3.Error as error:
        yield LOOK, f"{from_database(error)} The file is {path}."
        return
    if verdict == ["ok"]:
        yield WELL, f"The database file is whole ({path.stat().st_size // 1024} KB)."
    else:
        yield (
            LOOK,
            (
                f"The database file {path} is damaged. Keep a copy of the whole folder, then "
                "put back the newest backup of yours, or from the folder 'backups', with "
                "'secondvoice restore FILE --replace'."
            ),
        )
    if mode != "wal":
        yield (
            LOOK,
            f"The database is in journal mode {mode}, not wal; the next start puts it right.",
        )


def _records(data: Path, chosen: argparse.Namespace) -> Iterator[Finding]:
    from secondvoice.people.views.access import only_person
    from secondvoice.records.models import (
        examine,
        newer_database,
        person_keys,
        rebuild_heads,
    )
    from secondvoice.site.management.prepare import pending, safeguards

    newer = newer_database()
    if newer is not None:
        yield LOOK, newer
        return
    if pending():
        then = (
            "Run 'secondvoice migrate' once"
            if os.environ.get("DATABASE_URL")
            else "The next start copies it and then brings it up to date"
        )
        yield LOOK, f"The database is from an earlier version. {then}; until then it is not read."
        return
    for name, is_on in safeguards().items():
        if not is_on:
            yield LOOK, f"The database safeguard {name} is off, so a power cut may cost a save."
    person = only_person()
    if person is None:
        yield WELL, "Nobody has begun to write here yet."
        return
    methods = sorted({wrap.method for wrap in person_keys(person)})
    yield WELL, f"The records open by: {', '.join(methods)}."
    if chosen.mend:
        count = rebuild_heads(person)
        yield WELL, f"The list of what is there was made anew; it holds {count} things."
    if chosen.open:
        opened = open_records(data, chosen.passphrase_file)
        yield from _report(examine(person, opened.data_key), person, was_opened=True)
    else:
        yield from _report(examine(person), person, was_opened=False)


def _report(report: Report, person: UUID, *, was_opened: bool) -> Iterator[Finding]:
    things = ", ".join(f"{count} of kind {kind}" for kind, count in report.counts.items())
    yield (
        WELL,
        (
            f"Kept for {person}: {things or 'nothing yet'}; {report.deleted} deleted; "
            f"{report.revisions} revisions in all."
        ),
    )
    if not report.heads_ok:
        yield (
            LOOK,
            (
                "The list of what is there does not fit the records themselves. Nothing is lost. "
                "'secondvoice doctor --mend' makes the list anew."
            ),
        )
    if not was_opened:
        yield WELL, "Whether each record opens was not tried; --open does, with your passphrase."
    elif not report.unopened:
        yield WELL, "Every record opens."
    for item in report.unopened[:UNOPENED_SHOWN]:
        yield (
            LOOK,
            (
                f"The {item.kind} {item.thing}, kept {item.kept_at:%Y-%m-%d %H:%M} UTC, "
                f"does not open. {item.reason}"
            ),
        )
    more = len(report.unopened) - UNOPENED_SHOWN
    if more > 0:
        yield LOOK, f"{more} more do not open."
