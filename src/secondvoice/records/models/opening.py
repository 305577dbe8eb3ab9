"""One stored row and the seal on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from secondvoice.records import kinds
from secondvoice.records.errors import CannotOpen, NewerVersion, Unreadable
from secondvoice.records.ids import microseconds
from secondvoice.records.kept import Kept, Unopened
from secondvoice.vault import Damaged, Header, UnknownFormat, open_sealed, seal

if TYPE_CHECKING:
    from uuid import UUID

    from secondvoice.records.models.listing import Row


def sealed(person: UUID, data_key: bytes, row: Row, data: bytes) -> Row:
    """``row`` with ``data`` sealed into it, bound to all the rest of the row."""
    return row._replace(sealed=seal(data_key, data, _header(person, row)))


def opened(person: UUID, data_key: bytes, row: Row) -> bytes:
    """The contents of ``row`` as they were written.

    Raises:
        CannotOpen: it was changed, cut off or moved.
        NewerVersion: a newer version sealed it.
    """
    try:
        return open_sealed(data_key, row.sealed, _header(person, row))
    except Damaged:
        raise CannotOpen from None
    except UnknownFormat:
        raise NewerVersion from None


def shown(person: UUID, data_key: bytes, row: Row) -> Kept[Any] | Unopened:
    """``row`` as its type, or with the reason why it does not open."""
    try:
        value = kinds.decode(row.kind, row.version, opened(person, data_key, row))
    except (CannotOpen, NewerVersion, Unreadable) as trouble:
        return Unopened(row.thing, row.id, row.kind, row.happened_at, str(trouble))
    return Kept(row.thing, row.id, row.kind, row.happened_at, value)


def _header(person: UUID, row: Row) -> Header:
    return Header(
        person=person,
        id=row.id,
        kind=row.kind,
        version=row.version,
        thing=row.thing,
        happened_at_us=microseconds(row.happened_at),
    )
