"""Laying the made-up year of measures and check-ins into a diary."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from secondvoice.demo.measured import load_days, load_takings
from secondvoice.measures.catalogue import instruments
from secondvoice.measures.kept import finished, month_thing
from secondvoice.measures.record import CheckIn, CheckIns, Taking

if TYPE_CHECKING:
    from datetime import date

    from secondvoice.records.models import Door

SECONDS_A_QUESTION = 7


def fill(door: Door, today: date) -> int:
    """Keep the made-up takings and check-ins, ending yesterday.

    Args:
        door: of the made-up person, unlocked.
        today: the person's local day.

    Returns:
        How many takings were kept. A measure that was left out of the package is passed over.
    """
    count = 0
    for made_up in load_takings():
        instrument = instruments().get(made_up.instrument)
        if instrument is None:
            continue
        day = today - timedelta(days=made_up.days_ago)
        at = datetime.combine(day, made_up.time).astimezone()
        begun = at - timedelta(seconds=SECONDS_A_QUESTION * len(instrument.items))
        names = [item.id for item in instrument.items]
        taking = Taking(
            instrument.id, begun=begun, answers=dict(zip(names, made_up.answers, strict=True))
        )
        door.keep(finished(taking, instrument, at), happened_at=at)
        count += 1
    months: dict[date, CheckIns] = {}
    for told in load_days():
        day = today - timedelta(days=told.days_ago)
        first = day.replace(day=1)
        month = months.get(first, CheckIns(first))
        months[first] = month.with_day(day, CheckIn(told.day, told.hard, told.kind))
    for first, month in months.items():
        at = datetime.combine(first, time(12)).astimezone()
        door.keep(month, thing=month_thing(first), happened_at=at)
    return count
