"""Bringing the database of a data folder to where this version of the program needs it."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

import django
from django.core.management import call_command, execute_from_command_line
from django.db import DatabaseError, connection, connections
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.db.migrations.executor import MigrationExecutor

from secondvoice.records.errors import from_database
from secondvoice.site.datafolder import (
    DATABASE,
    CannotStart,
    is_prepared,
    note_prepared,
    open_database,
)

if TYPE_CHECKING:
    from pathlib import Path

BACKUPS_KEPT = 3


def load() -> None:
    """Load the settings and every room."""
    django.setup()


def run_command(arguments: list[str]) -> None:
    """Run one of the web framework's own commands."""
    execute_from_command_line(["secondvoice manage", *arguments])


def prepare(data: Path) -> None:
    """Make, or bring up to date, the database of the folder ``data``.

    Before an existing database is changed, a copy is put into ``backups/``. A database server
    (``DATABASE_URL``) is never changed here: several programs may be using it.

    Raises:
        CannotStart: the database is newer than the program, or cannot be read or changed. It is
            then as it was before.
    """
    load()
    try:
        executor = MigrationExecutor(connection)
        _refuse_newer(executor)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            if connection.vendor != "sqlite":
                raise CannotStart(
                    "The database needs a change before this version can use it. "
                    "Run 'secondvoice manage migrate' once, then start again."
                )
            if connection.introspection.table_names():
                first = plan[0][0]
                back_up(data, f"before-{first.app_label}-{first.name}")
            call_command("migrate", verbosity=0, interactive=False)
    except (DatabaseError, MigrationSchemaMissing) as error:
        raise CannotStart(f"{from_database(error)} The data folder is {data}.") from None
    except sqlite3.Error as error:
        raise CannotStart(f"{from_database(error)} The data folder is {data}.") from None
    finally:
        # Nothing that is open may be shared with the worker process.
        connections.close_all()
    if connection.vendor == "sqlite":
        note_prepared(data)


def prepare_if_needed(data: Path) -> None:
    """As :func:`prepare`, or nothing where the last start left the database as it should be."""
    if not is_prepared(data):
        prepare(data)


def _refuse_newer(executor: MigrationExecutor) -> None:
    """Refuse a database that holds changes this version does not know."""
    loader = executor.loader
    ours = {app for app, _ in loader.disk_migrations or {}}
    unknown = [
        name
        for app, name in loader.applied_migrations
        if app in ours and (app, name) not in (loader.disk_migrations or {})
    ]
    if unknown:
        raise CannotStart(
            "These records were last used by a newer version of Second Voice, and nothing was "
            "changed. Update Second Voice, or choose another folder with --data."
        )


def back_up(data: Path, name: str) -> None:
    """Copy the database, whole and at one moment, into ``backups/``; keep the newest few.

    Args:
        data: the data folder.
        name: what the copy is called, after its number.

    Raises:
        CannotStart: the copy could not be made.
    """
    folder = data / "backups"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        copies = sorted(folder.glob("[0-9]*.sqlite3"))
        number = int(copies[-1].name.split("-")[0]) + 1 if copies else 1
        target = folder / f"{number:04}-{name}.sqlite3"
        with contextlib.closing(open_database(data / DATABASE)) as database:
            database.execute("VACUUM INTO ?", (str(target),))
    except (OSError, sqlite3.Error):
        raise CannotStart(
            f"The database has to be changed for this version, and the copy of it that is made "
            f"first could not be written to {folder}. Nothing was changed. Make some room there "
            "and start again."
        ) from None
    for old in [*copies, target][:-BACKUPS_KEPT]:
        old.unlink()
