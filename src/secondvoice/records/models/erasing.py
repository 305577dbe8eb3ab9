"""Taking rows out of the log for good, and the bytes that they leave in SQLite's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from secondvoice.records import kinds
from secondvoice.records.ids import made_at
from secondvoice.records.models.listing import stand
from secondvoice.records.models.people import empty_the_log, one_at_a_time
from secondvoice.records.models.store import drop_revision, of, one_transaction, storing
from secondvoice.records.models.tables import Head, Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
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

    What was made from things of their kinds goes with them. An export or a backup that still holds
    a thing can bring it back.

    Returns:
        How many of them were there.
    """
    erased, gone = 0, set[str]()
    with one_transaction():
        for thing in things:
            gone.update(of(Head, person).filter(thing=thing).values_list("kind", flat=True))
            erased += _erased(person, thing)
        forget_derived(person, gone)
    return erased


def forget_derived(person: UUID, sources: Collection[str]) -> None:
    """Take out what was made from things of these kinds: it may tell of those that were erased.

    To be called in the transaction that erases them. Whoever makes it holds the person, so that it
    is not being made meanwhile from what is gone.
    """
    names = kinds.derived_from(sources)
    if names:
        one_at_a_time(person)
        for thing in list(of(Head, person).filter(kind__in=names).values_list("thing", flat=True)):
            _erased(person, thing)


def _erased(person: UUID, thing: UUID) -> bool:
    of(Head, person).filter(thing=thing).delete()
    return bool(of(Record, person).filter(thing=thing).delete()[0])


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
