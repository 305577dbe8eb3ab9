"""Letters to oneself: what is kept of one, and when it is due back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from secondvoice.practices.record import Landed
from secondvoice.records.kept import Kept
from secondvoice.records.kinds import record_kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from secondvoice.records.models import Door

KIND: Final = "letter"
PRACTICE: Final = "letter"
"""The id of the practice in the library that this is a form of."""

STARTS: Final = ("to-me", "to-friend", "kind-part")
"""Who writes to whom: a friend to me, me to a friend in my shoes, the kind part to the sore one."""

LOOKED_THROUGH: Final = 200
"""How many of the newest letters are looked through for those that are due back."""


@record_kind(KIND, version=1)
@dataclass(frozen=True, slots=True)
class Letter:
    """A letter.

    ``start`` is one of ``STARTS``; ``friend`` whom the person had named at the time. ``back_on`` is
    the day, in the person's own time, on which it is to come back, or None. ``read_on`` is the day
    on which they said that they had read it then. ``landed`` is how the writing landed, ``read``
    how the reading did, both empty where not said. ``draft`` says that this revision was kept while
    typing, ``done`` that the person has put the letter away at least once. ``care`` says that the
    reader met words of danger in it.
    """

    start: str = STARTS[0]
    text: str = ""
    friend: str = ""
    back_on: date | None = None
    read_on: date | None = None
    landed: Landed = ""
    read: Landed = ""
    zone: str = ""
    draft: bool = False
    done: bool = False
    care: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is written yet."""
        return not self.text.strip()

    @property
    def finished(self) -> bool:
        """Whether it was put away."""
        return self.done

    @property
    def opening(self) -> str:
        """How it begins, as one line for a list; empty where there is nothing."""
        return " ".join(self.text[:400].split())

    def due(self, today: date) -> bool:
        """Whether its day has come and it was not read since."""
        return self.done and self.back_on is not None and self.back_on <= today and not self.read_on


def due(kept: Iterable[object], today: date) -> list[UUID]:
    """Of what is kept, the letters that are due back, the one that waited longest first.

    One in which there were words of danger is not offered; it stays in the list of letters.
    """
    found = [
        (item.value.back_on, item.thing)
        for item in kept
        if isinstance(item, Kept)
        and isinstance(item.value, Letter)
        and item.value.due(today)
        and not item.value.care
    ]
    return [thing for _, thing in sorted(found)]


def letters_due(door: Door, today: date) -> list[UUID]:
    """The letters that are to come back on ``today`` (the person's local day) or were before."""
    return due(door.page(KIND, limit=LOOKED_THROUGH).items, today)
