"""The end of a person here: their records, their keys, every session, and what belongs to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondvoice.people.house import house
from secondvoice.people.keys import forget_device_key
from secondvoice.people.models import lock_everywhere
from secondvoice.people.sessions import end_all_sessions
from secondvoice.records.models import erase_person, one_transaction

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID


def end_person(person: UUID, data: Path) -> None:
    """Erase everything of a person for good, and lock every browser where it was open.

    Args:
        person: whose.
        data: the data folder, where a house of one person has the key file.

    SQLite's file is left for ``leave_no_bytes``, which may be refused when all is gone already.

    Raises:
        CannotKeep: the database refused; all is as it was.
    """
    with one_transaction():
        lock_everywhere(person)
        erase_person(person)
        house().moved_out(person)
        if not house().many:
            end_all_sessions()
    if not house().many:
        # Also one that a change of the data key left beside it: backups of then open by it.
        forget_device_key(data)
