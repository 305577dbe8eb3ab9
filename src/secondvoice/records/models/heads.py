"""The index of heads against the log it is derived from: compare, and make anew."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from secondvoice.records.ids import made_at
from secondvoice.records.models.store import of, one_transaction
from secondvoice.records.models.tables import Head, Person, Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

_BATCH = 500


class HeadRow(NamedTuple):
    """One head as plain values."""

    thing: UUID
    kind: str
    happened_at: datetime
    record_id: UUID
    deleted_at: datetime | None


def derived_heads(person_id: UUID) -> Iterator[HeadRow]:
    """What the heads must be, from the log, ordered by thing."""
    log = (
        of(Record, person_id)
        .order_by("thing", "id")
        .values_list("thing", "kind", "happened_at", "id", "deleted")
    )
    for _, revisions in groupby(log.iterator(chunk_size=_BATCH), key=lambda row: row[0]):
        *_, (thing, kind, happened_at, newest, deleted) = revisions
        yield HeadRow(thing, kind, happened_at, newest, made_at(newest) if deleted else None)


def stored_heads(person_id: UUID) -> Iterator[HeadRow]:
    """The heads as they are stored, ordered by thing."""
    heads = of(Head, person_id).order_by("thing").values_list(*HeadRow._fields)
    for columns in heads.iterator(chunk_size=_BATCH):
        yield HeadRow(*columns)


def rebuild_heads(person_id: UUID) -> int:
    """Make a person's heads anew from the log, in one transaction.

    Returns:
        How many there are.
    """
    with one_transaction():
        # Whoever saves meanwhile waits at the end of their transaction.
        Person.objects.select_for_update().filter(id=person_id).first()
        heads = [Head(person_id=person_id, **row._asdict()) for row in derived_heads(person_id)]
        of(Head, person_id).delete()
        Head.objects.bulk_create(heads, batch_size=_BATCH)
    return len(heads)
