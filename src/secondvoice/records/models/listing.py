"""Reading by the index of heads: one statement a page, the same cost at 10 things and 10,000."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.db import connection
from django.db.models import BooleanField, F
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length

from secondvoice.records.errors import StoreDamaged
from secondvoice.records.kept import Cursor
from secondvoice.records.models.store import as_time, as_uuid, from_time, from_uuid, of
from secondvoice.records.models.tables import Head

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from secondvoice.records.kept import Stretch
    from secondvoice.records.models.tables import Record


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


def row_of(record: Record) -> Row:
    """The row of a revision."""
    return Row(
        record.thing,
        record.id,
        record.kind,
        record.version,
        record.happened_at,
        bytes(record.sealed),
    )


def place(row: Row) -> Cursor:
    """Where a thing stands in the list."""
    return Cursor(row.happened_at, row.thing)


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
        Row(thing, id_, kind, version, _whole(happened_at), bytes(sealed))
        for thing, id_, kind, version, happened_at, sealed in heads.values_list(*_COLUMNS)[:limit]
    ]


# The three reads that every save and nearly every page begins with. As statements they take a
# tenth of the time: the mapper builds its own anew at each call.
_LIVE = (
    "SELECT head.thing, head.record_id, head.kind, record.version, head.happened_at, record.sealed"
    " FROM records_head head JOIN records_record record"
    " ON record.person_id = head.person_id AND record.id = head.record_id"
    " WHERE head.person_id = %s AND head.kind = %s AND head.deleted_at IS NULL"
)
_ONE = f"{_LIVE} AND head.thing = %s"
_NEWEST = f"{_LIVE} ORDER BY head.happened_at DESC, head.thing DESC LIMIT 1"
_NEWER_FIRST = " ORDER BY head.happened_at DESC, head.thing DESC LIMIT %s"
# A row comparison is what both databases turn into a place in the index.
_AFTER = " AND (head.happened_at, head.thing) < (%s, %s)"
_FROM = " AND (head.happened_at, head.thing) >= (%s, %s)"
_HEAD = (
    "SELECT kind, happened_at, record_id, deleted_at FROM records_head"
    " WHERE person_id = %s AND thing = %s"
)


class Stand(NamedTuple):
    """Where a thing stands now."""

    kind: str
    happened_at: datetime
    record_id: UUID
    deleted_at: datetime | None


def _whole(happened_at: datetime | None) -> datetime:
    """A time as it was read, which is None where the column holds something else."""
    if happened_at is None:
        raise StoreDamaged
    return happened_at


def one(person: UUID, kind: str, thing: UUID) -> Row | None:
    """The thing of that id and kind, if it is there."""
    return _row(_first(_ONE, as_uuid(person), kind, as_uuid(thing)))


def newest(person: UUID, kind: str) -> Row | None:
    """The newest thing of a kind."""
    return _row(_first(_NEWEST, as_uuid(person), kind))


def chunk(
    person: UUID, kind: str, before: Row | Cursor | None, limit: int, first: Cursor | None = None
) -> list[Row]:
    """The things of one kind, newest first, that come after ``before`` in the list.

    The same as the first ``limit`` of :func:`older`, for whoever goes through them all, or down to
    ``first``.
    """
    values: list[str | int | UUID | datetime] = [as_uuid(person), kind]
    statement = _LIVE
    for place_, condition in ((before, _AFTER), (first, _FROM)):
        if place_ is not None:
            values += [as_time(place_.happened_at), as_uuid(place_.thing)]
            statement += condition
    statement += _NEWER_FIRST
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, limit])
        return [_made(found) for found in cursor.fetchall()]


def weights(person: UUID, within: Stretch, kind: str | None) -> Iterator[tuple[Cursor, int]]:
    """How many sealed bytes each thing that is there has, oldest first, without reading them.

    Args:
        person: whose.
        within: which of them.
        kind: of which kind; None: of every kind.
    """
    heads = of(Head, person).filter(deleted_at__isnull=True)
    if kind is not None:
        heads = heads.filter(kind=kind)
    if within.first is not None:
        heads = heads.filter(_beyond(">=", within.first))
    if within.end is not None:
        heads = heads.filter(_beyond("<", within.end))
    weighed = heads.order_by("happened_at", "thing").values_list(
        "happened_at", "thing", Length("record__sealed")
    )
    for happened_at, thing, length in weighed.iterator():
        yield Cursor(_whole(happened_at), thing), length or 0


def stand(person: UUID, thing: UUID) -> Stand | None:
    """Where a thing stands, locked until the transaction ends; None if it never was."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    found = _first(_HEAD + lock, as_uuid(person), as_uuid(thing))
    if found is None:
        return None
    kind, happened_at, record_id, deleted_at = found
    deleted_when = None if deleted_at is None else from_time(deleted_at)
    return Stand(kind, from_time(happened_at), from_uuid(record_id), deleted_when)


def _first(statement: str, *values: str | UUID) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cast("tuple[Any, ...] | None", cursor.fetchone())


def _row(found: tuple[Any, ...] | None) -> Row | None:
    return None if found is None else _made(found)


def _made(found: tuple[Any, ...]) -> Row:
    thing, id_, kind, version, happened_at, sealed = found
    try:
        return Row(
            from_uuid(thing), from_uuid(id_), kind, version, from_time(happened_at), bytes(sealed)
        )
    except (ValueError, TypeError, AttributeError):
        # SQLite keeps whatever is put into a column.
        raise StoreDamaged from None


def _beyond(sign: str, cursor: Cursor) -> RawSQL:
    # A row comparison is what both databases turn into a place in the index; two conditions
    # joined by OR are not.
    return RawSQL(  # noqa: S611 (sign is one of three constants, the values are parameters)
        f"(records_head.happened_at, records_head.thing) {sign} (%s, %s)",
        (as_time(cursor.happened_at), as_uuid(cursor.thing)),
        output_field=BooleanField(),
    )
