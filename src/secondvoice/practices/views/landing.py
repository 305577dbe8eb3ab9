"""After a practice: keeping it, a smaller pace after something hard, people after danger."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from django.shortcuts import render

from secondvoice.practices.pace import (
    after_danger,
    after_how_hard,
    after_something_hard,
    set_pace,
)
from secondvoice.practices.record import KIND, Practice
from secondvoice.practices.views.common import words_of
from secondvoice.reader import read
from secondvoice.records.errors import BadId, CannotKeep, CannotOpen, NotThere
from secondvoice.records.ids import is_usable
from secondvoice.support import CARE

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from secondvoice.practices.pace import Pace
    from secondvoice.practices.record import Written
    from secondvoice.records.models import Door

Lowered = Literal["", "lowered", "repeated"]

ONCE_MORE = 2
"""From this many times on that something hard came up, the page on working with somebody is
shown, too."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of saying how it landed.

    ``kept``: it is in the diary. ``problem``: why it could not be kept, or empty. ``pace``:
    ``lowered`` or ``repeated`` where something hard made it smaller, else empty. ``care``: the
    reader's level over what was written: none, offer or now.
    """

    kept: bool = False
    problem: str = ""
    pace: Lowered = ""
    care: str = "none"

    def as_json(self) -> dict[str, Any]:
        """For a script."""
        return asdict(self)


def keep(door: Door | None, done: Practice, thing: UUID | None = None) -> Outcome:
    """Keep one time of practising, and let the pace follow from it.

    Args:
        door: the person's; None while locked, and then nothing is kept.
        done: what was done.
        thing: the id that the page made for it. Sent twice, it is kept once.
    """
    care = care_of(done)
    if door is None:
        return Outcome(care=care)
    try:
        return laid(door, done, thing)
    except (CannotKeep, CannotOpen) as error:
        return Outcome(problem=str(error), care=care)
    except (BadId, NotThere):
        # Something else has that id: the page is older than the diary it is sent to.
        return Outcome(care=care)


def laid(
    door: Door, done: Practice, thing: UUID | None, *, happened_at: datetime | None = None
) -> Outcome:
    """As :func:`keep` with the diary open; where it cannot be kept, that is raised.

    Raises:
        CannotKeep: the database refused; nothing was changed.
        CannotOpen: what was kept half-way is damaged.
        BadId: ``thing`` is made from a name.
    """
    care = care_of(done)
    there = None if thing is None else door.kind_of(thing)
    if there not in {None, KIND}:
        # Something else has that id: what was written is kept under another.
        thing = there = None
    again = thing is not None and there is not None and _half(door, thing) is None
    if not again and (done.landed or done.written):
        door.keep(done, thing=thing, history=False, happened_at=happened_at)
    pace = _paced(door, done, care, again=again)
    return Outcome(kept=bool(done.landed or done.written), pace=pace, care=care)


def care_of(done: Practice) -> str:
    """The most careful level that anything written in a practice asks for."""
    order = ("none", "offer", "now")
    levels = (read(each.text).care for each in done.written)
    return max(levels, key=order.index, default="none")


def care_words() -> dict[str, Any]:
    """The words of care, for a page that may have to show them."""
    return {"care": CARE}


def page(request: HttpRequest, done: Practice, outcome: Outcome, title: str) -> HttpResponse:
    """The answer to somebody whose browser runs no scripts."""
    minute = words_of("minute")
    chosen = next((one for one in minute["landed"]["options"] if one["id"] == done.landed), None)
    context = {
        **minute,
        **care_words(),
        "title": title,
        "chosen": chosen,
        "outcome": outcome,
        "backdraft": words_of("backdraft"),
        "t": words_of("player")["player"],
        "still": True,
    }
    return render(request, "practices/played.html", context)


def _paced(door: Door, done: Practice, care: str, *, again: bool) -> Lowered:
    now = datetime.now(UTC)

    def change(pace: Pace) -> Pace:
        hardest = max((n for n in (done.before, done.after) if n is not None), default=None)
        pace = after_how_hard(pace, hardest, now)
        if care == "now":
            pace = after_danger(pace, now)
        if done.landed == "hard" and not again:
            pace = after_something_hard(pace)
        return pace

    pace = set_pace(door, change)
    if done.landed != "hard":
        return ""
    return "repeated" if pace.hard >= ONCE_MORE else "lowered"


def may_still_change(door: Door, thing: UUID) -> bool:
    """Whether what was written so far may be kept under that id: it is new, or half-way."""
    return is_usable(thing) and (not door.was_there(thing) or _half(door, thing) is not None)


def half_written(door: Door, thing: UUID) -> tuple[Written, ...]:
    """What was written in a practice that was left half-way; nothing where there is none such."""
    value = _half(door, thing)
    return value.written if value is not None else ()


def _half(door: Door, thing: UUID) -> Practice | None:
    try:
        value = door.get(KIND, thing).value
    except NotThere:
        return None
    return value if isinstance(value, Practice) and value.half else None
