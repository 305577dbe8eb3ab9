"""What lies in a span of days, and erasing it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from secondvoice.records.kept import Kept
from secondvoice.records.kinds import is_only_one

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo
    from uuid import UUID

    from secondvoice.records.models import Door

_CHECK_INS: Final = "check_ins"
_EXPERIMENT: Final = "self_experiment"
_WAITING: Final = "import_waiting"
"""A person has one of it, and it is no choice: the text of a file that was not brought in yet."""


class Found(NamedTuple):
    """What a span takes: whole things, and those of which days outside it remain, with these.

    ``closed`` is how many months of check-ins lie partly in it and do not open, so that none of
    their days can be taken out: they stay.
    """

    things: Sequence[UUID]
    remaining: Sequence[tuple[UUID, object]] = ()
    closed: int = 0

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

    between = things_between(
        door.person, _begins(first, zone), _begins(last + timedelta(days=1), zone)
    )
    months = _check_ins(door, first, last)
    made = {thing for thing, kind in between if kind == _EXPERIMENT}
    experiments = _experiments(door, first, last, made)
    things = [
        thing
        for thing, kind in between
        if kind == _WAITING or not (is_only_one(kind) or kind in {_CHECK_INS, _EXPERIMENT})
    ]
    return Found(
        [*things, *months.things, *experiments.things],
        [*months.remaining, *experiments.remaining],
        months.closed,
    )


def erase_span(
    door: Door, first: date, last: date, zone: tzinfo | None = None, *, number: int
) -> Found:
    """Erase what lies in a span, if it is still as much as the person was shown.

    It is looked for once more in the same transaction, so that nothing that came meanwhile goes
    unseen, and no day is written over by what was there before.

    Args:
        door: of the person, unlocked.
        first: a day.
        last: a day.
        zone: as for :func:`in_span`.
        number: how many things they were shown.

    Returns:
        What is there now. It is erased where it is ``number`` things; else nothing is.

    Raises:
        CannotKeep: the database refused.
    """
    from secondvoice.records.models import leave_no_bytes

    with door.holding():
        found = in_span(door, first, last, zone)
        same = number > 0 and found.number == number
        if same:
            _erase(door, found)
    if same:
        leave_no_bytes()
    return found


def erase_thing(door: Door, thing: UUID) -> None:
    """Take one thing out of the database for good, and on SQLite out of its file.

    Raises:
        CannotKeep: the database refused.
    """
    from secondvoice.records.models import leave_no_bytes

    with door.holding():
        _erase(door, Found([thing]))
    leave_no_bytes()


def _erase(door: Door, found: Found) -> None:
    from secondvoice.moments.kept import look_back_thing
    from secondvoice.records.models import erase_things
    from secondvoice.support.models import open_plan

    # When to look back at a moment goes with it; there is none for what is no moment.
    erase_things(door.person, [*found.things, *map(look_back_thing, found.things)])
    # What lay open of a plan goes with it, too.
    open_plan(door.person)
    for thing, rest in found.remaining:
        door.keep(rest, thing=thing, history=False)


def _check_ins(door: Door, first: date, last: date) -> Found:
    """A month of check-ins is one record, and a span may take some days of it."""
    from secondvoice.measures.kept import month_thing

    things: list[UUID] = []
    remaining: list[tuple[UUID, object]] = []
    unopened: set[UUID] = set()
    for item in door.all(_CHECK_INS):
        if not isinstance(item, Kept):
            unopened.add(item.thing)
            continue
        rest = item.value.without(first, last)
        if rest is None:
            things.append(item.thing)
        elif rest != item.value:
            remaining.append((item.thing, rest))
    # Of one that does not open only its id tells which month it is.
    months = _months(first, last) if unopened else ()
    touched = {month_thing(month): inside for month, inside in months}
    closed = sorted(unopened & touched.keys())
    whole = [thing for thing in closed if touched[thing]]
    return Found([*things, *whole], remaining, len(closed) - len(whole))


def _experiments(door: Door, first: date, last: date, made: set[UUID]) -> Found:
    """All days of an experiment on oneself are one record, which happened when it was planned.

    Its plan goes with the span in which it was made, unless it is needed for days outside it.

    Args:
        door: of the person, unlocked.
        first: a day.
        last: a day.
        made: the experiments that were made in the span, deleted or not.
    """
    things = set(made)
    remaining: list[tuple[UUID, object]] = []
    for item in door.all(_EXPERIMENT):
        if not isinstance(item, Kept):
            continue
        rest = item.value.without(first, last)
        if rest.days:
            things.discard(item.thing)
        if item.thing not in things and rest != item.value:
            remaining.append((item.thing, rest))
    for item in door.deleted(_EXPERIMENT):
        if isinstance(item, Kept) and item.value.without(first, last) != item.value:
            things.add(item.thing)
    return Found(sorted(things), remaining)


def _months(first: date, last: date) -> Iterator[tuple[date, bool]]:
    """The first day of each month of a span, and whether the whole month lies in it."""
    month = first.replace(day=1)
    while month <= last:
        after = (month + timedelta(days=31)).replace(day=1)
        yield month, first <= month and after - timedelta(days=1) <= last
        month = after


def _begins(day: date, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, time()).replace(tzinfo=zone).astimezone(UTC)
