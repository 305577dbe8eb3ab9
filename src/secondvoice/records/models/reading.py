"""Reading a person's records: one, a page, all of a kind, the log, and what an export holds."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.db.models.functions import Length

from secondvoice.records import kinds
from secondvoice.records.errors import CannotOpen, NotThere
from secondvoice.records.kept import ALL, Cursor, Kept, Page, Stretch, Unopened
from secondvoice.records.models.listing import (
    Row,
    chunk,
    deleted,
    live,
    newer,
    newest,
    older,
    one,
    place,
    row_of,
    rows,
    stand,
    weights,
)
from secondvoice.records.models.opening import shown
from secondvoice.records.models.store import of, storing
from secondvoice.records.models.tables import Head, Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

CHUNK = 500
"""How many things are read at a time when all are wanted."""
AT_ONCE = 4 * 1024 * 1024
"""How many sealed bytes are read at a time where the oldest come first, or all of the log."""
DELETED_SHOWN = 100
"""How many deleted things are listed for restoring, the last deleted first."""


class Reading:
    """The half of a door that changes nothing.

    Args:
        person_id: whose.
        data_key: their data key, 32 bytes.
    """

    __slots__ = ("data_key", "person")

    def __init__(self, person_id: UUID, data_key: bytes) -> None:
        self.person = person_id
        self.data_key = data_key

    def __repr__(self) -> str:
        return f"<Door of {self.person}>"

    def __getstate__(self) -> object:
        raise TypeError("A door holds a key, so it cannot be copied or stored.")

    def get(self, kind: str, thing: UUID) -> Kept[Any]:
        """One thing.

        Raises:
            NotThere: another's, deleted, of another kind, or never was; always the same.
            CannotOpen: it is there, but damaged or from a newer version; the message says which.
        """
        with storing():
            row = one(self.person, kind, thing)
        if row is None:
            raise NotThere
        item = self._shown(row)
        if isinstance(item, Unopened):
            raise CannotOpen(item.reason)
        return item

    def was_there(self, thing: UUID) -> bool:
        """Whether anything, deleted or not, of any kind, has this id."""
        return self.kind_of(thing) is not None

    def kind_of(self, thing: UUID) -> str | None:
        """The kind of what has this id, deleted or not; None where nothing has it."""
        with storing():
            head = stand(self.person, thing)
        return None if head is None else head.kind

    def page(
        self,
        kind: str,
        *,
        before: Cursor | None = None,
        after: Cursor | None = None,
        limit: int = 20,
    ) -> Page:
        """One page of the things of a kind, newest first.

        Args:
            kind: which kind.
            before: show what comes after this place in the list: a page's ``next``.
            after: show what comes before this place in the list: a page's ``previous``.
            limit: how many things at most, from 1.
        """
        heads = live(self.person, kind)
        with storing():
            if after is not None:
                found = rows(newer(heads, after), limit + 1)
                more_newer, more_older = len(found) > limit, True
                found = found[:limit][::-1]
            else:
                found = rows(older(heads, before) if before else heads, limit + 1)
                more_newer, more_older = before is not None, len(found) > limit
                found = found[:limit]
        return Page(
            items=[self._shown(row) for row in found],
            next=place(found[-1]) if found and more_older else None,
            previous=place(found[0]) if found and more_newer else None,
        )

    def all(self, kind: str, within: Stretch = ALL) -> Iterator[Kept[Any] | Unopened]:
        """Every thing of a kind, or those of a stretch, newest first, a chunk at a time."""
        before: Row | Cursor | None = within.end
        while True:
            with storing():
                found = chunk(self.person, kind, before, CHUNK, within.first)
            yield from map(self._shown, found)
            if len(found) < CHUNK:
                return
            before = found[-1]

    def stretches(self, most: int, within: Stretch = ALL, kind: str | None = None) -> list[Stretch]:
        """Divide what there is, so that each part can be held in memory; nothing is opened.

        Args:
            most: the bytes, sealed, that a part has at most, unless a single thing has more.
            within: what to divide.
            kind: of which kind; None: of every kind.

        Returns:
            The parts, the oldest first, which together are ``within``; at least one.
        """
        found, first, bytes_ = [], within.first, 0
        with storing():
            for place_, length in weights(self.person, within, kind):
                if bytes_ and bytes_ + length > most:
                    found.append(Stretch(first, place_))
                    first, bytes_ = place_, 0
                bytes_ += length
        return [*found, Stretch(first, within.end)]

    def oldest_first(self, kind: str, within: Stretch = ALL) -> Iterator[Kept[Any] | Unopened]:
        """Every thing of a kind, the oldest first, some megabytes at a time."""
        for part in self.stretches(AT_ONCE, within, kind):
            yield from reversed(list(self.all(kind, part)))

    def _newest_first(self, kind: str, within: Stretch) -> Iterator[Kept[Any] | Unopened]:
        """The other way round, also some megabytes at a time."""
        for part in reversed(self.stretches(AT_ONCE, within, kind)):
            yield from self.all(kind, part)

    def count(self, kind: str) -> int:
        """How many things of a kind are there, without opening any."""
        with storing():
            return live(self.person, kind).count()

    def latest(self, kind: str) -> Kept[Any] | None:
        """The newest thing of a kind that opens, of its last twenty."""
        with storing():
            row = newest(self.person, kind)
        if row is None:
            return None
        item = self._shown(row)
        if isinstance(item, Kept):
            return item
        return next((item for item in self.page(kind).items if isinstance(item, Kept)), None)

    def standing(self) -> bytes:
        """A digest of which revisions there are.

        It is another once anything was kept, deleted, restored, taken back or erased.
        """
        found = hashlib.sha256()
        with storing():
            ids = of(Record, self.person).order_by("id").values_list("id", flat=True)
            for id_ in ids.iterator():
                found.update(id_.bytes)
        return found.digest()

    def deleted(self, kind: str) -> list[Kept[Any] | Unopened]:
        """What can be restored, the last deleted first, at most a hundred."""
        with storing():
            things = list(
                deleted(self.person, kind).values_list("thing", flat=True)[:DELETED_SHOWN]
            )
            last = self._last_contents(things)
        return [self._shown(last[thing]) for thing in things if thing in last]

    def revisions(self, kind: str, thing: UUID) -> list[Kept[Any] | Unopened]:
        """Every revision of a thing that is there, newest first."""
        with storing():
            if not live(self.person, kind).filter(thing=thing).exists():
                raise NotThere
            found = [
                row_of(record)
                for record in of(Record, self.person).filter(thing=thing).order_by("-id")
                if record.sealed
            ]
        return [self._shown(row) for row in found]

    def log(self) -> Iterator[Kept[Any] | Unopened]:
        """Every revision that has contents, of deleted things too, in the order of their ids."""
        last: UUID | None = None
        while True:
            with storing():
                log = of(Record, self.person).exclude(sealed=b"").order_by("id")
                log = log.filter(id__gt=last) if last else log
                # Some may be long: as many as are held in memory at once, and at least one.
                number = bytes_ = 0
                for length in log.values_list(Length("sealed"), flat=True)[:CHUNK]:
                    bytes_ += length
                    if number and bytes_ > AT_ONCE:
                        break
                    number += 1
                chunk = [row_of(record) for record in log[:number]]
            yield from (self._shown(row) for row in chunk)
            if not chunk:
                return
            last = chunk[-1].id

    def export(self, within: Stretch = ALL, but: str = "") -> Iterator[dict[str, Any]]:
        """Every thing that is there and opens, as plain values, kind by kind, newest first.

        What is made from other things and can be made again is left out.

        Args:
            within: which of them.
            but: a kind that is left out.
        """
        with storing():
            names = sorted(
                of(Head, self.person)
                .filter(deleted_at__isnull=True)
                .exclude(kind=but)
                .values_list("kind", flat=True)
                .distinct()
            )
        for kind in names:
            if kinds.is_derived(kind):
                continue
            for item in self._newest_first(kind, within):
                if isinstance(item, Kept):
                    yield {
                        "thing": str(item.thing),
                        "id": str(item.id),
                        "kind": item.kind,
                        "version": kinds.identify(item.value)[1],
                        "happened_at": item.happened_at.isoformat(),
                        "kept_at": item.kept_at.isoformat(),
                        "value": kinds.plain(item.value),
                    }

    def _last_contents(self, things: list[UUID]) -> dict[UUID, Row]:
        """The newest revision with contents of each of ``things``; purged ones are left out."""
        found = of(Record, self.person).filter(thing__in=things).exclude(sealed=b"").order_by("id")
        return {record.thing: row_of(record) for record in found}

    def _shown(self, row: Row) -> Kept[Any] | Unopened:
        return shown(self.person, self.data_key, row)
