"""What lies in a span of days, and erasing it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from secondvoice.records.kept import Kept
from secondvoice.records.kinds import is_only_one

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo
    from uuid import UUID

    from secondvoice.records.models import Door


class Found(NamedTuple):
    """What a span takes: whole things, and those of which days outside it remain, with these."""

    things: Sequence[UUID]
    remaining: Sequence[tuple[UUID, object]] = ()

    @property
    def number(self) -> int:
        """How many things are touched."""
        return len(self.things) + len(self.remaining)


def in_span(door: Door, first: date, last: date, zone: tzinfo | None = None) -> Found:
    """What happened from ``first`` to ``last``, both with it, deleted or not.

    Args:
        door: of the person, unlocked.
        first: a day.
        last: a day.
        zone: the zone in which they are days; None: this computer's.
    """
    from secondvoice.records.models import things_between

    things = [
        thing
        for thing, kind in things_between(
            door.person, _begins(first, zone), _begins(last + timedelta(days=1), zone)
        )
        if not is_only_one(kind) and kind != "check_ins"
    ]
    remaining: list[tuple[UUID, object]] = []
    # A month of check-ins is one record, and a span may take some days of it.
    for item in door.all("check_ins"):
        if not isinstance(item, Kept):
            continue
        rest = item.value.without(first, last)
        if rest is None:
            things.append(item.thing)
        elif rest != item.value:
            remaining.append((item.thing, rest))
    return Found(things, remaining)


def erase_found(door: Door, found: Found) -> None:
    """Take it out of the database for good, and on SQLite out of its file.

    Raises:
        CannotKeep: the database refused.
    """
    from secondvoice.moments.kept import look_back_thing
    from secondvoice.records.models import erase_things, leave_no_bytes, one_transaction
    from secondvoice.support.models import open_plan

    with one_transaction():
        # When to look back at a moment goes with it; there is none for what is no moment.
        erase_things(door.person, [*found.things, *map(look_back_thing, found.things)])
        # What lay open of a plan goes with it, too.
        open_plan(door.person)
        for thing, rest in found.remaining:
            door.keep(rest, thing=thing, history=False)
    leave_no_bytes()


def _begins(day: date, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, time()).replace(tzinfo=zone).astimezone(UTC)
