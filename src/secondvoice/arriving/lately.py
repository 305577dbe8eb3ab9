"""What of an import is from the last days: read for words of danger once it is here."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from secondvoice.practices import heard_danger
from secondvoice.reader import read
from secondvoice.records.imports import IMPORT
from secondvoice.records.incoming import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from secondvoice.records.incoming import Incoming
    from secondvoice.records.models import Door

LATELY = timedelta(days=14)
"""How far back what comes in counts for what is offered today. Ours: an old page is no sign of
today, and reading a whole life would take minutes."""


class Lately:
    """What a file holds of the last days, by thing: its words, to be read once they are in."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.words: dict[UUID, list[str]] = {}

    def noting(self, items: Iterable[Incoming | Skipped]) -> Iterator[Incoming | Skipped]:
        """The same items; on their way the words of the newest are noted."""
        since = datetime.now(UTC) - LATELY
        for item in items:
            if not isinstance(item, Skipped) and item.happened_at > since:
                self.words[item.thing] = list(_texts_in(item.value))
            yield item

    def look_after(self, door: Door) -> str:
        """Read what came in of it; from whichever copy, words of danger keep what is offered small.

        Args:
            door: of the person; the newest import is the one that is meant.

        Returns:
            The heaviest that was read: none, offer or now.
        """
        made = door.latest(IMPORT)
        things = [thing for thing, _ in made.value.revisions] if made is not None else []
        levels = {read(text).care for thing in things for text in self.words.get(thing, ())}
        if "now" in levels:
            heard_danger(door)
        return next((level for level in ("now", "offer") if level in levels), "none")


def _texts_in(value: object) -> Iterator[str]:
    """Everything in plain values that may be somebody's sentence."""
    if isinstance(value, str):
        if " " in value.strip():
            yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(item)
