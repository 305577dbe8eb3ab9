"""What the door hands out: plain values, with no database behind them."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from secondvoice.records.errors import BadCursor
from secondvoice.records.ids import EPOCH, made_at, microseconds

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """One thing that a person keeps, opened.

    Attributes:
        thing: what it is, through all its revisions.
        id: this revision.
        kind: which kind of record.
        happened_at: when it happened, as the person says, in UTC.
        value: the content. Not part of ``repr``.
    """

    thing: UUID
    id: UUID
    kind: str
    happened_at: datetime
    value: T = field(repr=False)

    @property
    def kept_at(self) -> datetime:
        """When this revision was saved, in UTC, to the millisecond."""
        return made_at(self.id)


@dataclass(frozen=True, slots=True)
class Unopened:
    """One thing that is there but did not open.

    Attributes:
        thing: what it is, through all its revisions.
        id: this revision.
        kind: which kind of record.
        happened_at: when it happened, in UTC.
        reason: one sentence that says why.
    """

    thing: UUID
    id: UUID
    kind: str
    happened_at: datetime
    reason: str

    @property
    def kept_at(self) -> datetime:
        """When this revision was saved, in UTC, to the millisecond."""
        return made_at(self.id)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list that is ordered by when things happened. ``str()`` is its token."""

    happened_at: datetime
    thing: UUID

    def __str__(self) -> str:
        place = microseconds(self.happened_at).to_bytes(8, "big", signed=True) + self.thing.bytes
        return base64.urlsafe_b64encode(place).decode("ascii")

    @classmethod
    def parse(cls, token: str) -> Cursor:
        """Read a token back.

        Raises:
            BadCursor: it is no token of ours.
        """
        try:
            place = base64.urlsafe_b64decode(token)
            passed = timedelta(microseconds=int.from_bytes(place[:8], "big", signed=True))
            cursor = cls(EPOCH + passed, UUID(bytes=place[8:]))
        except (ValueError, OverflowError):
            raise BadCursor from None
        if str(cursor) != token:
            # Read with forgiveness by the standard library; a place has one token only.
            raise BadCursor
        return cursor


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of what there is, by when it happened; with no ends it is all. ``str()`` is its token.

    Attributes:
        first: where it begins, with that place; None: with the oldest.
        end: where it ends, without that place; None: with the newest.
    """

    first: Cursor | None = None
    end: Cursor | None = None

    def __str__(self) -> str:
        return ".".join(str(end or "") for end in (self.first, self.end))

    @classmethod
    def parse(cls, token: str) -> Stretch:
        """Read a token back; of an empty one it is all.

        Raises:
            BadCursor: it is no token of ours.
        """
        first, _, end = token.partition(".")
        return cls(Cursor.parse(first) if first else None, Cursor.parse(end) if end else None)


ALL: Final = Stretch()


@dataclass(frozen=True, slots=True)
class Page:
    """Some things of one kind, newest first.

    Attributes:
        items: at most as many as were asked for.
        next: give this as ``before`` for the older ones; None when there are none.
        previous: give this as ``after`` for the newer ones; None when there are none.
    """

    items: list[Kept[Any] | Unopened]
    next: Cursor | None
    previous: Cursor | None


@dataclass(frozen=True, slots=True)
class Report:
    """What an examination of one person's records found.

    Attributes:
        counts: live things of each kind.
        deleted: things that can still be restored or were purged.
        revisions: rows in the log.
        unopened: revisions that did not open; empty when examined without the key.
        heads_ok: whether the index says the same as the log.
    """

    counts: dict[str, int]
    deleted: int
    revisions: int
    unopened: list[Unopened]
    heads_ok: bool
