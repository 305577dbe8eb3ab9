"""Laying the made-up year into a diary."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from secondvoice.demo import FRIEND, DemoMoment, load_year
from secondvoice.moments.kept import look_back_thing
from secondvoice.moments.loop import with_marks
from secondvoice.moments.record import LookBack, Moment, Step
from secondvoice.records.ids import make_id

if TYPE_CHECKING:
    from secondvoice.records.models import Door


def fill(door: Door, today: date) -> int:
    """Keep the made-up year, ending yesterday.

    Args:
        door: of the made-up person, unlocked.
        today: the person's local day.

    Returns:
        How many moments were kept.
    """
    year = load_year()
    for made_up in year:
        day = today - timedelta(days=made_up.days_ago)
        happened_at = datetime.combine(day, made_up.time).astimezone()
        thing = make_id()
        moment = with_marks(_moment(made_up, day))
        door.keep(moment, thing=thing, happened_at=happened_at)
        if moment.look_back_on is not None and moment.finished:
            at = datetime.combine(moment.look_back_on, time(0)).astimezone()
            door.keep(
                LookBack(thing, moment.look_back_on, _outcome(moment, today)),
                thing=look_back_thing(thing),
                happened_at=at,
            )
    return len(year)


def _moment(made_up: DemoMoment, day: date) -> Moment:
    look_back_on = (
        day + timedelta(days=made_up.look_back_days) if made_up.look_back_days is not None else None
    )
    return Moment(
        step=Step(made_up.stopped_at),
        happened=made_up.happened,
        voice=made_up.voice,
        before=made_up.before,
        friend=FRIEND,
        say_it=made_up.say_it,
        why=made_up.why,
        name_it=made_up.name_it,
        not_alone=made_up.not_alone,
        kind_words=made_up.kind_words,
        asked=True,
        right=made_up.right,
        right_if=made_up.right_if,
        right_then=made_up.right_then,
        look_back_on=look_back_on,
        looked_back=made_up.looked_back,
        after=made_up.after,
    )


def _outcome(moment: Moment, today: date) -> str:
    """What became of the step; one that came due in the last days is still open."""
    if moment.looked_back in {"tried", "no_longer"}:
        return moment.looked_back
    recent = moment.look_back_on is not None and moment.look_back_on >= today - timedelta(days=10)
    return "" if recent else "no_longer"
