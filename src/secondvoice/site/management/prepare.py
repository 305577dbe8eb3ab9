"""Bringing the database of a data folder to where this version of the program needs it."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.core.management import execute_from_command_line
from django.db import DatabaseError, connection, connections
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.db.migrations.executor import MigrationExecutor

from secondvoice.records.errors import CannotKeep, SchemaNewer, from_database
from secondvoice.site.datafolder import (
    DATABASE,
    CannotStart,
    leave_out,
    note_prepared,
    open_database,
)
from secondvoice.vault import KdfParams

if TYPE_CHECKING:
    from pathlib import Path

    from django.db.migrations import Migration
    from django.db.migrations.state import ProjectState

BACKUPS_KEPT = 3


class WholeMigrations(MigrationExecutor):
    """Makes each change of the database and notes that it is made in one transaction.

    Django's own notes a change with indexes after it is committed. A program that is killed
    between the two finds its tables there at the next start, and the change still to be made.
    """

    def apply_migration(
        self,
        state: ProjectState,
        migration: Migration,
        fake: bool = False,  # noqa: ARG002 (as it is called; so is the next)
        fake_initial: bool = False,  # noqa: ARG002
    ) -> ProjectState:
        """Make one change and note it; nothing is ever only noted here."""
        with self.connection.schema_editor(atomic=migration.atomic) as editor:
            state = migration.apply(state, editor)
            for statement in editor.deferred_sql:
                editor.execute(statement)
            editor.deferred_sql.clear()
            self.recorder.record_applied(migration.app_label, migration.name)
        return state


def load() -> None:
    """Load the settings and every room."""
    django.setup()


def load_to_change() -> None:
    """Load them for a command that changes what a person keeps.

    Raises:
        CannotStart: the tables in the folder are of another version. A command that meets none
            that it misses would else change some of them, and leave the rest for the next start.
    """
    load()
    if connection.vendor != "sqlite":
        return
    # One that can't be read is told by the command itself, which knows what it was about.
    with contextlib.suppress(DatabaseError):
        if connection.introspection.table_names() and pending():
            raise CannotStart(SchemaNewer.sentence)


def passphrase_cost() -> KdfParams:
    """What it costs here to try a passphrase. The settings must be loaded."""
    return KdfParams(settings.KDF_MEMORY_KIB, settings.KDF_PASSES, settings.KDF_LANES)


def has_accounts() -> bool:
    """Whether many share this house. The settings must be loaded."""
    return bool(settings.ACCOUNTS)


def needs_invitations() -> bool:
    """Whether accounts are made here by invitation. The settings must be loaded."""
    return settings.ACCOUNTS == "invited"


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
    # After the framework is loaded: it brings tables with it.
    from secondvoice.records.models import newer_database

    try:
        newer = newer_database()
        if newer is not None:
            raise CannotStart(newer)
        executor = WholeMigrations(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            if connection.vendor != "sqlite":
                raise CannotStart(
                    "The database needs a change before this version can use it. "
                    "Run 'secondvoice migrate' once, then start again."
                )
            if connection.introspection.table_names():
                first = plan[0][0]
                back_up(data, f"before-{first.app_label}-{first.name}")
            executor.migrate(executor.loader.graph.leaf_nodes(), plan)
    except (DatabaseError, MigrationSchemaMissing, sqlite3.Error) as error:
        raise CannotStart(f"{from_database(error)} The data folder is {data}.") from None
    except CannotKeep as error:
        raise CannotStart(f"{error} The data folder is {data}.") from None
    finally:
        # Nothing that is open may be shared with the worker process.
        connections.close_all()
    if connection.vendor == "sqlite":
        note_prepared(data)


def pending() -> bool:
    """Whether the database still needs a change for this version."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def safeguards() -> dict[str, bool]:
    """The settings of our connection to SQLite that keep saved words safe, and whether each is on.

    Empty for a database server, whose own configuration says.
    """
    if connection.vendor != "sqlite":
        return {}
    with connection.cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    return {name: found[name] == value for name, value in wanted.items()}


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
            # Named as a copy only once it is whole: what a kill leaves behind is written over.
            part = folder / "part"
            part.unlink(missing_ok=True)
            database.execute("VACUUM INTO ?", (str(part),))
            with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as copy:
                leave_out(copy)
            part.replace(target)
    except (OSError, sqlite3.Error):
        raise CannotStart(
            f"The database has to be changed for this version, and the copy of it that is made "
            f"first could not be written to {folder}. Nothing was changed. Make some room there "
            "and start again."
        ) from None
    for old in [*copies, target][:-BACKUPS_KEPT]:
        old.unlink()
