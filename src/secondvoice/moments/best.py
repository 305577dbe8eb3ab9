"""One's own best words: when a line comes that is like an earlier one, what helped most then."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from secondvoice.moments.index import WORD_INDEX, WORD_INDEX_THING, Index, WordIndex
from secondvoice.moments.kept import KIND, OwnWords, own_words
from secondvoice.moments.record import Moment
from secondvoice.records.errors import CannotKeep, CannotOpen, NotThere
from secondvoice.records.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from secondvoice.records.models import Door

NEWEST: Final = 100
"""So many of the newest moments are looked through one by one, whether they are in the index or
not: what was written this week counts at once."""

ADDED_FROM: Final = 25
"""So many finished moments have to be new before the index is written again."""

FOUND: Final = 12
"""So many that the index finds are opened."""


def best_words(door: Door, moment: Moment, thing: UUID) -> OwnWords:
    """What the person once answered in moments most like this one, what helped most first.

    Args:
        door: theirs.
        moment: the one at hand.
        thing: its id; it is not like itself.
    """
    earlier = {
        item.thing: item.value
        for item in door.page(KIND, limit=NEWEST).items
        if isinstance(item, Kept) and isinstance(item.value, Moment)
    }
    for found in index_of(door).most_alike(told(moment), limit=FOUND):
        if found not in earlier:
            # Deleted or damaged since: the index is a little older than the diary.
            with suppress(NotThere, CannotOpen):
                earlier[found] = door.get(KIND, found).value
    earlier.pop(thing, None)
    return own_words(moment, earlier.values())


def refresh(door: Door) -> None:
    """Write the index again if enough is new. What cannot be kept now is kept another time."""
    if _due(door) is None:
        return
    with suppress(CannotKeep), door.holding():
        # Looked at once more: what was erased meanwhile must not come back in it.
        due = _due(door)
        if due is not None:
            index, fresh, total = due
            made = index.with_more((item.thing, told(item.value)) for item in fresh)
            door.keep(made.kept(total), thing=WORD_INDEX_THING, history=False)


def _due(door: Door) -> tuple[Index, Iterable[Any], int] | None:
    """The index, what is to come into it, and how many moments there are; None: too few are new."""
    index, total = index_of(door), door.count(KIND)
    there = index.things()
    fresh = [
        item
        for item in door.page(KIND, limit=NEWEST).items
        if _counts(item) and item.thing.bytes not in there
    ]
    if total - index.of > NEWEST:
        # More came than the newest can show, as by an import: from the beginning.
        return Index(), (item for item in door.all(KIND) if _counts(item)), total
    return (index, fresh, total) if len(fresh) >= ADDED_FROM else None


def index_of(door: Door) -> Index:
    """The index as it was kept last; an empty one where there is none or it does not open."""
    try:
        value = door.get(WORD_INDEX, WORD_INDEX_THING).value
        return Index(value if isinstance(value, WordIndex) else None)
    except (NotThere, CannotOpen, ValueError):
        return Index()


def told(moment: Moment) -> str:
    """The words by which one moment is like another."""
    return f"{moment.happened}\n{moment.voice}"


def _counts(item: object) -> bool:
    value = getattr(item, "value", None)
    return isinstance(value, Moment) and value.finished and bool(value.answer)
