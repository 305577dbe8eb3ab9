"""Bringing in what another copy of the program wrote out: never doubled, and undone whole."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from secondvoice.records import kinds
from secondvoice.records.errors import BadId, CannotKeep, RecordsError, Unreadable
from secondvoice.records.imports import IMPORT, Import
from secondvoice.records.incoming import Incoming, Skipped
from secondvoice.records.models.erasing import erase_things, forget_derived, take_back
from secondvoice.records.models.listing import newest, stand
from secondvoice.records.models.store import one_transaction, storing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from secondvoice.records.kept import Kept
    from secondvoice.records.models.door import Door
    from secondvoice.records.models.listing import Stand

HERE = "It is here already."
NEWER_HERE = "What is here is newer."
DELETED_HERE = "It was deleted here."
CHOSEN_HERE = "What you chose here stays."
OTHERS_IMPORT = "It tells of an import into the other copy."


@dataclass(slots=True)
class Outcome:
    """What an import did, or with a dry run would do.

    Attributes:
        new: how many things of each kind came in.
        changed: how many things of each kind were here already and are now as in the file.
        skipped: what was not brought in.
    """

    new: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)


def bring_in(
    door: Door, incoming: Iterable[Incoming | Skipped], *, dry_run: bool = False
) -> Outcome:
    """Bring things in, all in one transaction.

    A thing that is here already is known by its id. The newer revision counts; of a kind that can
    be filled up (``filled_from``), what each has and the other lacks is kept. Deleted is deleted.

    Args:
        door: of the person, unlocked.
        incoming: the things, and what could not be read of the file.
        dry_run: whether to change nothing and only tell.

    Raises:
        CannotKeep: the database refused; nothing was changed.
    """
    outcome = Outcome()
    made: list[tuple[UUID, UUID]] = []
    with one_transaction():
        for item in incoming:
            if isinstance(item, Skipped):
                outcome.skipped.append(item)
                continue
            if kinds.is_derived(item.kind):
                # Earlier versions wrote it out. It is made anew from what is here.
                continue
            with storing():
                head = stand(door.person, item.thing)
            try:
                kept = _bring(door, item, head)
            except CannotKeep:
                raise
            except RecordsError as error:
                outcome.skipped.append(Skipped(item.place, item.kind, str(error)))
                continue
            except (ValueError, OverflowError, RecursionError):
                # No number, a time that is none, or no end to what is within it.
                outcome.skipped.append(Skipped(item.place, item.kind, Unreadable.sentence))
                continue
            if isinstance(kept, str):
                outcome.skipped.append(Skipped(item.place, item.kind, kept))
                continue
            made.append((kept.thing, kept.id))
            counted = outcome.new if head is None else outcome.changed
            counted[item.kind] = counted.get(item.kind, 0) + 1
        if made:
            door.keep(Import(tuple(made)), happened_at=datetime.now(UTC))
        if dry_run:
            transaction.set_rollback(True)
    return outcome


def undo_last_import(door: Door, thing: UUID | None = None) -> tuple[int, int] | None:
    """Undo the last import: what came in goes, what it changed is as it was before.

    Args:
        door: of the person, unlocked.
        thing: the import that is meant, so that one that is asked for twice does not take the
            one before it; None for whichever is the last.

    Returns:
        How many things were taken back, and how many were left because they were changed since;
        None where there is no import to undo, or the one that is meant is not the last.

    Raises:
        CannotKeep: the database refused; nothing was changed.
    """
    with one_transaction():
        last = door.latest(IMPORT)
        if last is None or thing not in (None, last.thing):
            return None
        # Locked: of two who ask at the same time, the second finds nothing.
        if stand(door.person, last.thing) is None:
            return None
        done = [take_back(door.person, one, id_) for one, id_ in last.value.revisions]
        if any(done):
            forget_derived(door.person, kinds.registered())
        erase_things(door.person, [last.thing])
    return sum(done), len(done) - sum(done)


def _bring(door: Door, item: Incoming, head: Stand | None) -> Kept[Any] | str:
    """Keep one thing; or the sentence why not.

    Raises:
        RecordsError: it cannot be read, or its id cannot be used.
        ValueError, OverflowError, RecursionError: what is in it cannot be kept as JSON.
    """
    if item.kind == IMPORT:
        return OTHERS_IMPORT
    content = json.dumps(item.value, allow_nan=False).encode()
    value = kinds.decode(item.kind, item.version, content)
    if head is not None and head.kind != item.kind:
        raise BadId
    if head is not None and head.record_id == item.id:
        return HERE
    if kinds.is_only_one(item.kind) and newest(door.person, item.kind) is not None:
        return CHOSEN_HERE
    if head is not None and head.deleted_at is None and hasattr(value, "filled_from"):
        return _fill(door, item, value, head)
    if head is not None and item.id < head.record_id:
        return DELETED_HERE if head.deleted_at is not None else NEWER_HERE
    return door.keep(value, thing=item.thing, id=item.id, happened_at=item.happened_at)


def _fill(door: Door, item: Incoming, value: Any, head: Stand) -> Kept[Any] | str:
    here = door.get(item.kind, item.thing).value
    newer, older = (value, here) if item.id > head.record_id else (here, value)
    whole = newer.filled_from(older)
    if whole == here:
        return HERE
    return door.keep(whole, thing=item.thing)
