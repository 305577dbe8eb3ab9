"""Changing the tables of a host while its replicas serve: one at a time, and never in the way.

A change waits for whoever uses the table, and whoever comes meanwhile waits behind it. So it gives
up after a few seconds, lets them pass, and tries again.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, InterfaceError, connection, connections
from django.db.migrations.exceptions import MigrationSchemaMissing

from secondvoice.records.errors import CannotKeep, Locked, from_database
from secondvoice.site.datafolder import CannotStart
from secondvoice.site.management.prepare import WholeMigrations, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOCK: Final = 0x5EC0_4D07_1CE0
"""The number of the lock in PostgreSQL that one who migrates holds."""
WAIT: Final = 600.0
"""Seconds to wait for another who migrates."""
LOCK_TIMEOUT: Final = "3s"
"""How long a change waits for a table before it lets others pass."""
TRIES: Final = 40
REST: Final = 1.0
"""Seconds between two tries."""


def left_to_do() -> list[str]:
    """The changes that the database still needs, as ``room.name``, in their order.

    Raises:
        CannotStart: it cannot be reached, or is no PostgreSQL.
    """
    with _reached():
        return _left()


def migrate(say: Callable[[str], object]) -> list[str]:
    """Make every change that is left to do; each is made whole or not at all.

    Args:
        say: told a sentence where it has to wait.

    Returns:
        The changes that were made, as ``room.name``.

    Raises:
        CannotStart: the database cannot be reached, is newer than the program, or lets no change
            be made. Changes that were made before stay.
    """
    with _reached(), _alone(say):
        left = _left()
        if left:
            _make(say)
            emit_post_migrate_signal(0, interactive=False, db=connection.alias)
        return left


@contextmanager
def _reached() -> Iterator[None]:
    load()
    if connection.vendor != "postgresql":
        raise CannotStart(
            "DATABASE_URL names no PostgreSQL. What is kept in a folder needs no such command: "
            "'secondvoice' brings it up to date at its start."
        )
    try:
        yield
    except (DatabaseError, InterfaceError, MigrationSchemaMissing) as error:
        raise CannotStart(str(from_database(error))) from None
    except CannotKeep as error:
        raise CannotStart(str(error)) from None
    finally:
        connections.close_all()


def _left() -> list[str]:
    # After the framework is loaded: it brings tables with it.
    from secondvoice.records.models import newer_database

    executor = WholeMigrations(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        newer = newer_database()
        if newer is not None:
            raise CannotStart(newer)
    return [f"{each.app_label}.{each.name}" for each, _ in plan]


@contextmanager
def _alone(say: Callable[[str], object]) -> Iterator[None]:
    """Hold the lock that one who migrates holds; it goes with the connection, however that ends."""
    deadline = time.monotonic() + WAIT
    told = False
    while not _ask("SELECT pg_try_advisory_lock(%s)"):
        if time.monotonic() > deadline:
            raise CannotStart(
                "Another 'secondvoice migrate' is at work and does not end. Nothing was changed by "
                "this one. Look what that one waits for, and run it again."
            )
        if not told:
            say("Another 'secondvoice migrate' is at work. Waiting for it.")
            told = True
        time.sleep(0.2)
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            _ask("SELECT pg_advisory_unlock(%s)")


def _ask(statement: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, (LOCK,))
        return bool(cursor.fetchone()[0])


def _make(say: Callable[[str], object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", (LOCK_TIMEOUT,))
    for tried in range(1, TRIES + 1):
        executor = WholeMigrations(connection)
        try:
            executor.migrate(executor.loader.graph.leaf_nodes())
        except DatabaseError as error:
            if not isinstance(from_database(error), Locked) or tried == TRIES:
                raise
            if tried == 1:
                say("A table is in use. Letting others pass and trying again.")
            time.sleep(REST)
        else:
            return
