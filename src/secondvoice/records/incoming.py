"""What comes in from a file: one thing, or what could not be read of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing as another copy wrote it out.

    Attributes:
        place: where it stands in the file: its line, from 1.
        thing: what it is.
        id: which revision of it.
        kind: which kind of record.
        version: of that kind.
        happened_at: when it happened, with a zone.
        value: its contents, as JSON can hold them.
    """

    place: int
    thing: UUID
    id: UUID
    kind: str
    version: int
    happened_at: datetime
    value: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not brought in: its line, its kind (empty if unknown), a sentence why."""

    place: int
    kind: str
    reason: str
