"""Reading by the index of heads: one statement a page, the same cost at 10 things and 10,000."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import BooleanField, F
from django.db.models.expressions import RawSQL

from secondvoice.records.models.store import as_time, as_uuid, of
from secondvoice.records.models.tables import Head

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from secondvoice.records.kept import Cursor


class Row(NamedTuple):
    """One revision as it is stored."""

    thing: UUID
    id: UUID
    kind: str
    version: int
    happened_at: datetime
    sealed: bytes


_COLUMNS = (
    "thing",
    "record_id",
    "kind",
    "record__version",
    "happened_at",
    "record__sealed",
)


def live(person: UUID, kind: str) -> QuerySet[Head]:
    """The things of one kind that are there, newest first, ties by thing."""
    return (
        of(Head, person)
        .filter(kind=kind, deleted_at__isnull=True)
        .order_by(F("happened_at").desc(), F("thing").desc())
    )


def deleted(person: UUID, kind: str) -> QuerySet[Head]:
    """The things of one kind that were deleted, the last deleted first."""
    return (
        of(Head, person)
        .filter(kind=kind, deleted_at__isnull=False)
        .order_by(F("deleted_at").desc(), F("thing").desc())
    )


def older(heads: QuerySet[Head], cursor: Cursor) -> QuerySet[Head]:
    """Of ``heads``, those that come after ``cursor`` in the list."""
    return heads.filter(_beyond("<", cursor))


def newer(heads: QuerySet[Head], cursor: Cursor) -> QuerySet[Head]:
    """Of ``heads``, those that come before ``cursor`` in the list, nearest first."""
    return heads.filter(_beyond(">", cursor)).reverse()


def rows(heads: QuerySet[Head], limit: int) -> list[Row]:
    """The first ``limit`` of ``heads`` with the sealed bytes of their newest revision."""
    return [
        Row(thing, id_, kind, version, happened_at, bytes(sealed))
        for thing, id_, kind, version, happened_at, sealed in heads.values_list(*_COLUMNS)[:limit]
    ]


def _beyond(sign: str, cursor: Cursor) -> RawSQL:
    # A row comparison is what both databases turn into a place in the index; two conditions
    # joined by OR are not.
    return RawSQL(  # noqa: S611 (sign is one of two constants, the values are parameters)
        f"(records_head.happened_at, records_head.thing) {sign} (%s, %s)",
        (as_time(cursor.happened_at), as_uuid(cursor.thing)),
        output_field=BooleanField(),
    )
