"""Changing the data key: every record sealed anew under another one, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from secondvoice.records.errors import CannotOpen, RecordsError
from secondvoice.records.models.listing import Row
from secondvoice.records.models.opening import opened, sealed
from secondvoice.records.models.people import empty_the_log, hold, save_wrap, unchanged
from secondvoice.records.models.store import as_uuid, of, one_transaction
from secondvoice.records.models.tables import KeyWrap, Person, Record
from secondvoice.vault import key_check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from uuid import UUID

    from secondvoice.vault import WrappedKey

_CHUNK = 500
_SEAL_ANEW = "UPDATE records_record SET sealed = %s WHERE person_id = %s AND id = %s"


class SomeDamaged(RecordsError):
    """Records that do not open would be left under the key before, which is then gone."""

    sentence = (
        "Some records do not open, so they could not be sealed anew, and nothing was changed. "
        "'secondvoice doctor --open' names them, and a backup may still have them whole."
    )


def change_data_key(
    person_id: UUID,
    old: bytes,
    new: bytes,
    wraps: Iterable[WrappedKey],
    *,
    instead_of: Iterable[WrappedKey] | None = None,
    leave_damaged: bool = False,
    also: Callable[[], object] | None = None,
) -> tuple[int, int]:
    """Seal everything of a person anew under ``new``; all or nothing.

    Until the transaction ends, all is as it was, for others and after a kill; from then on ``old``
    opens nothing, and what is still being written under it is refused (``KeyChanged``).

    Args:
        person_id: whose.
        old: the data key until now, 32 bytes.
        new: the one from now on, 32 bytes.
        wraps: ``new``, wrapped; these take the place of all that are there.
        instead_of: all the wrapped keys that they were made after; None: whatever is there.
        leave_damaged: go on where records do not open. They stay as they are.
        also: called within the same transaction.

    Returns:
        How many revisions were sealed anew, and how many were left because they do not open.

    Raises:
        SomeDamaged: there are records that do not open, and ``leave_damaged`` was not said.
        NewerVersion: a newer version sealed some.
        KeyChanged: ``old`` is not the data key any more, or others than ``instead_of`` wrap it.
        NotThere: there is no such person.
        CannotKeep: the database refused.
    """
    done = left = 0
    with one_transaction():
        hold(person_id, old)
        if instead_of is not None:
            unchanged(person_id, instead_of)
        for chunk in _revisions(person_id):
            anew = []
            for row in chunk:
                try:
                    data = opened(person_id, old, row)
                except CannotOpen:
                    left += 1
                    continue
                anew.append(
                    (
                        sealed(person_id, new, row, data).sealed,
                        as_uuid(person_id),
                        as_uuid(row.id),
                    )
                )
            if left and not leave_damaged:
                raise SomeDamaged
            with connection.cursor() as cursor:
                cursor.executemany(_SEAL_ANEW, anew)
            done += len(anew)
        of(KeyWrap, person_id).delete()
        for wrap in wraps:
            save_wrap(person_id, wrap)
        Person.objects.filter(id=person_id).update(key_check=key_check(new))
        if also is not None:
            also()
    empty_the_log()
    return done, left


def _revisions(person_id: UUID) -> Iterator[list[Row]]:
    """Every revision that has contents, some at a time, in the order of their ids."""
    last: UUID | None = None
    while True:
        log = of(Record, person_id).exclude(sealed=b"").order_by("id")
        chunk = [
            Row(each.thing, each.id, each.kind, each.version, each.happened_at, bytes(each.sealed))
            for each in (log.filter(id__gt=last) if last else log)[:_CHUNK]
        ]
        if not chunk:
            return
        yield chunk
        last = chunk[-1].id
