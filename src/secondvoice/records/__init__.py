"""The typed things a person keeps, sealed, and the one door to them.

Here are the plain parts. The door and its tables are in :mod:`secondvoice.records.models`.
"""

from __future__ import annotations

from secondvoice.records.errors import (
    BadCursor,
    BadId,
    CannotKeep,
    CannotOpen,
    NewerVersion,
    NotThere,
    RecordsError,
    Unreadable,
)
from secondvoice.records.ids import make_id
from secondvoice.records.kept import Cursor, Kept, Page, Report, Unopened
from secondvoice.records.kinds import decode, encode, record_kind, upcast

__all__ = [
    "BadCursor",
    "BadId",
    "CannotKeep",
    "CannotOpen",
    "Cursor",
    "Kept",
    "NewerVersion",
    "NotThere",
    "Page",
    "RecordsError",
    "Report",
    "Unopened",
    "Unreadable",
    "decode",
    "encode",
    "make_id",
    "record_kind",
    "upcast",
]
