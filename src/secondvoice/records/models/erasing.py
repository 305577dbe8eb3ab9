"""Taking rows out of the log for good, and the bytes that they leave in SQLite's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from secondvoice.records.ids import made_at
from secondvoice.records.models.listing import stand
from secondvoice.records.models.people import empty_the_log
from secondvoice.records.models.store import drop_revision, of, one_transaction, storing
from secondvoice.records.models.tables import Head, Record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID


def things_between(person: UUID, first: datetime, end: datetime) -> list[tuple[UUID, str]]:
    """Everything that happened from ``first`` to before ``end``, also what was deleted.

    Returns:
        The thing and its kind.
    """
    with storing():
        return list(
            of(Head, person)
            .filter(happened_at__gte=first, happened_at__lt=end)
            .order_by("thing")
            .values_list("thing", "kind")
        )


def erase_things(person: UUID, things: Iterable[UUID]) -> int:
    """Take every revision of each thing out of the database, and leave no tombstone.

    An export or a backup that still holds a thing can bring it back.

    Returns:
        How many of them were there.
    """
    erased = 0
    with one_transaction():
        for thing in things:
            of(Head, person).filter(thing=thing).delete()
            erased += bool(of(Record, person).filter(thing=thing).delete()[0])
    return erased


def take_back(person: UUID, thing: UUID, revision: UUID) -> bool:
    """Undo one save: the thing is what it was before, or is not there if it was not.

    Returns:
        False where the thing has been changed since; nothing was changed then.
    """
    with one_transaction():
        head = stand(person, thing)
        if head is None or head.record_id != revision:
            return False
        drop_revision(person, thing, revision)
        before = of(Record, person).filter(thing=thing).order_by("-id").first()
        own = of(Head, person).filter(thing=thing)
        if before is None:
            own.delete()
        else:
            own.update(
                happened_at=before.happened_at,
                record_id=before.id,
                deleted_at=made_at(before.id) if before.deleted else None,
            )
    return True


def leave_no_bytes() -> None:
    """Write SQLite's file anew, without the room that erased rows left, and empty its log.

    ``secure_delete`` has overwritten the rows already; this also leaves nothing in pages that
    were moved. PostgreSQL is left to its own VACUUM.

    Raises:
        CannotKeep: another program is using the database, or the disk has no room for a copy.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with storing(), connection.cursor() as cursor:
            cursor.execute("VACUUM")
        empty_the_log()
