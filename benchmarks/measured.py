"""Ten years of measures and check-ins, to draw."""

from __future__ import annotations

import random
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from secondvoice.measures.record import CheckIns
    from secondvoice.records.models import Door

SEED = 20_262
DAYS = 3_650
BETWEEN = 14


def ten_years(door: Door) -> None:
    """Keep the short form every fortnight and a check-in every day, ending yesterday."""
    from secondvoice.measures import instrument
    from secondvoice.measures.kept import finished, month_thing
    from secondvoice.measures.record import CheckIn, CheckIns, Taking

    chance = random.Random(SEED)
    short = instrument("scs-sf")
    now = datetime.now(UTC)
    for ago in range(DAYS, 0, -BETWEEN):
        at = now - timedelta(days=ago)
        answers = {item.id: chance.randint(1, 5) for item in short.items}
        taking = Taking(short.id, begun=at - timedelta(minutes=2), answers=answers)
        door.keep(finished(taking, short, at), happened_at=at)
    months: dict[date, CheckIns] = {}
    for ago in range(DAYS, 0, -1):
        day = (now - timedelta(days=ago)).date()
        said = CheckIn(chance.randint(0, 10), chance.randint(0, 10), chance.randint(0, 10))
        first = day.replace(day=1)
        months[first] = months.get(first, CheckIns(first)).with_day(day, said)
    for first, month in months.items():
        at = datetime.combine(first, time(12), UTC)
        door.keep(month, thing=month_thing(first), happened_at=at)
