"""The end of a person here: their records, their keys, every session, and what belongs to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondvoice.people.house import house
from secondvoice.people.models import lock_everywhere
from secondvoice.people.sessions import end_all_sessions
from secondvoice.records.models import erase_person, leave_no_bytes, one_transaction
from secondvoice.site.datafolder import DEVICE_KEY

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID


def end_person(person: UUID, data: Path) -> None:
    """Erase everything of a person for good, and lock every browser where it was open.

    Args:
        person: whose.
        data: the data folder, where a house of one person has the key file.

    Raises:
        CannotKeep: the database refused; all is as it was, or everything is erased and only the
            room that it took in SQLite's file is not given back yet.
    """
    with one_transaction():
        lock_everywhere(person)
        erase_person(person)
        house().moved_out(person)
        if not house().many:
            end_all_sessions()
    if not house().many:
        (data / DEVICE_KEY).unlink(missing_ok=True)
    leave_no_bytes()
