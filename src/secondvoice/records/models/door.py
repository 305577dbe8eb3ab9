"""The one door to a person's records. Everything is sealed and opened here."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from secondvoice.records import kinds
from secondvoice.records.errors import AlreadyThere, BadId, Erased, NotThere
from secondvoice.records.ids import in_utc, is_named, is_usable, made_at, make_id
from secondvoice.records.kept import Kept, Unopened
from secondvoice.records.models.erasing import forget_derived
from secondvoice.records.models.listing import Row, Stand, row_of, stand
from secondvoice.records.models.opening import opened, sealed
from secondvoice.records.models.people import hold
from secondvoice.records.models.reading import Reading
from secondvoice.records.models.store import (
    Owner,
    drop_other_revisions,
    drop_revision,
    of,
    one_transaction,
    storing,
    write_revision,
)
from secondvoice.records.models.tables import Head, Record
from secondvoice.vault import key_check

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

T = TypeVar("T")


class Door(Reading):
    """One unlocked person's records, to be read and to be kept.

    Args:
        person_id: whose.
        data_key: their data key, 32 bytes; in memory for as long as the door is.
    """

    __slots__ = ("_check",)

    def __init__(self, person_id: UUID, data_key: bytes) -> None:
        super().__init__(person_id, data_key)
        self._check: bytes | None = None

    @contextmanager
    def holding(self) -> Iterator[None]:
        """One transaction in which nobody else adds to these records.

        For whoever keeps what follows from what they read: what is read within still stands when
        it is kept. It has to begin before anything else of theirs is kept, so that no two wait for
        each other.

        Raises:
            KeyChanged: the data key was changed meanwhile.
            Erased: there is no such person any more.
            CannotKeep: the database refused; nothing was changed.
        """
        with one_transaction():
            try:
                hold(self.person, self.data_key)
            except NotThere:
                raise Erased from None
            yield

    def keep(
        self,
        value: T,
        *,
        thing: UUID | None = None,
        happened_at: datetime | None = None,
        id: UUID | None = None,  # noqa: A002 (the column's name, and the client's field's)
        history: bool = True,
        instead_of: UUID | None = None,
    ) -> Kept[T]:
        """Seal and save ``value``, in one transaction that is on disk when this returns.

        Args:
            value: of a registered kind.
            thing: what this is a new revision of; None for something new. A thing that is not
                there yet is made, and one that was deleted is there again: the last word counts.
            happened_at: when it happened, with a zone. None means now for something new, and
                unchanged for something that is there.
            id: a UUIDv7 made by the client, so that the same save sent twice is one row. A new
                thing is named after its first revision.
            history: False drops the other revisions of the thing (for drafts).
            instead_of: a revision of the thing that this one takes the place of.

        Returns:
            What is kept; for an ``id`` that was kept before, what was kept then.

        Raises:
            NotThere: ``thing`` is of another kind.
            BadId: ``id`` is no UUIDv7, or is in use for something else; ``thing`` is not there yet,
                and its id is made from a name, for things of another kind.
            CannotKeep: the database refused; nothing was changed.
            TypeError: ``value`` is of no registered kind.
            ValueError: ``happened_at`` has no zone.
        """
        kind, version = kinds.identify(value)
        data = kinds.encode(value)
        if id is not None and not is_usable(id):
            raise BadId
        if happened_at is not None:
            happened_at = in_utc(happened_at)
        try:
            with one_transaction():
                head = None if thing is None else self._head(kind, thing)
                if head is None and thing and is_named(thing) and not kinds.has_named_ids(kind):
                    # Else no week of the course could be kept there any more.
                    raise BadId
                revision = id or make_id(after=head.record_id if head else None)
                row = self._write(
                    Row(
                        thing=thing or revision,
                        id=revision,
                        kind=kind,
                        version=version,
                        happened_at=happened_at or (head.happened_at if head else _now()),
                        sealed=b"",
                    ),
                    data,
                )
                if head and not history:
                    last = max(row.id, head.record_id)
                    drop_other_revisions(self.person, row.thing, last)
                if head and instead_of is not None and instead_of != row.id:
                    drop_revision(self.person, row.thing, instead_of)
        except AlreadyThere:
            if id is None:
                raise
            return self._kept_before(id, kind, thing)
        return Kept(row.thing, row.id, kind, row.happened_at, value)

    def delete(self, thing: UUID, kind: str, *, undo: bool = True) -> None:
        """Delete a thing: it is gone from every list, and can be restored until it is purged.

        Args:
            thing: what.
            kind: its kind.
            undo: False purges its contents at once.

        Raises:
            NotThere: nothing of this kind and id is there.
            CannotKeep: the database refused; nothing was changed.
        """
        with one_transaction():
            head = self._head(kind, thing)
            if head is None or head.deleted_at is not None:
                raise NotThere
            tombstone = make_id(after=head.record_id)
            write_revision(
                owner=self._owner(),
                id_=tombstone,
                thing=thing,
                kind=kind,
                version=0,
                happened_at=head.happened_at,
                sealed=b"",
                deleted_at=made_at(tombstone),
            )
            if not undo:
                of(Record, self.person).filter(thing=thing).update(sealed=b"")
                forget_derived(self.person, {kind})

    def restore(self, thing: UUID, kind: str) -> None:
        """Bring a deleted thing back as it was, as a new revision of it.

        Raises:
            NotThere: no such thing was deleted, or its contents were purged.
            CannotOpen: it was damaged, so it cannot be sealed anew.
            NewerVersion: a newer version sealed it.
            CannotKeep: the database refused; nothing was changed.
        """
        with one_transaction():
            head = self._head(kind, thing)
            if head is None or head.deleted_at is None:
                raise NotThere
            last = self._last_contents([thing]).get(thing)
            if last is None:
                raise NotThere
            data = opened(self.person, self.data_key, last)
            # Sealed as it was, without being read: also what a newer version wrote comes back.
            self._write(last._replace(id=make_id(after=head.record_id)), data)

    def purge(self, older_than: timedelta) -> int:
        """Empty every revision of the things that were deleted longer than ``older_than`` ago.

        What was made from things of their kinds goes with them.

        Returns:
            How many revisions were emptied. The tombstones stay, so that no other copy of the
            records brings the thing back.
        """
        with one_transaction():
            gone = of(Head, self.person).filter(deleted_at__lt=_now() - older_than)
            full = (
                of(Record, self.person).filter(thing__in=gone.values("thing")).exclude(sealed=b"")
            )
            emptied = set(full.values_list("kind", flat=True).distinct())
            number = full.update(sealed=b"")
            forget_derived(self.person, emptied)
        return number

    def _head(self, kind: str, thing: UUID) -> Stand | None:
        """Where ``thing`` stands, locked until the transaction ends, or None."""
        head = stand(self.person, thing)
        if head is not None and head.kind != kind:
            raise NotThere
        return head

    def _write(self, row: Row, data: bytes) -> Row:
        row = sealed(self.person, self.data_key, row, data)
        write_revision(
            owner=self._owner(),
            id_=row.id,
            thing=row.thing,
            kind=row.kind,
            version=row.version,
            happened_at=row.happened_at,
            sealed=row.sealed,
        )
        return row

    def _owner(self) -> Owner:
        if self._check is None:
            self._check = key_check(self.data_key)
        return Owner(self.person, self._check)

    def _kept_before(self, id_: UUID, kind: str, thing: UUID | None) -> Kept[Any]:
        with storing():
            record = of(Record, self.person).filter(id=id_).first()
        if record is None or record.kind != kind or (thing is not None and record.thing != thing):
            raise BadId
        item = self._shown(row_of(record))
        if isinstance(item, Unopened):
            raise BadId
        return item


def _now() -> datetime:
    return datetime.now(UTC)
