"""A simulated life: moments and practices over so many days, with effects that are known."""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from secondvoice.growth.helps import NOTHING
from secondvoice.growth.record import Told
from secondvoice.growth.trials import begun, plan_of
from secondvoice.moments.record import Moment, Step
from secondvoice.poles import COMPASSIONATE
from secondvoice.practices.record import Practice
from secondvoice.records.ids import is_usable

if TYPE_CHECKING:
    from datetime import date

    from secondvoice.records.models import Door

LINES = (
    ("You forgot Ellie's form again. Any other mother would have it in the bag by Monday.", 0),
    ("You will never get this report right. They are going to see through you.", 0),
    ("You only had one thing to check, and you got it wrong again.", 0),
    ("Everybody else at work manages this. It is only you.", 1),
    ("Nobody else lies awake about a meeting. Only you.", 1),
    ("This will go on and on, and it is all falling apart.", 2),
    ("I keep going over what I said in the meeting, word by word.", 2),
    ("Look at the state of the house. Lazy, as always.", 0),
    ("You spoke too much at dinner and they all noticed.", 0),
    ("You snapped at Ellie. What sort of mother does that.", 0),
)
POLES = ("self_judgment", "isolation", "over_identification")

ANSWERS = (
    "That was a long day, and this is one form.",
    "Half the parents at that gate have done the same.",
    "You care about her. That is what this is. Put the kettle on.",
)

HELPS = {"break": 1.8, "soles": 0.1, "daily-sc": 1.1, "friend": 1.4, "hands": 0.2, "thanks": -0.9}
"""By how many points of ten each practice makes it lighter, beyond what falls by itself."""


@dataclass(frozen=True)
class Lived:
    """How many moments and practices were kept."""

    moments: int
    practices: int


def id_at(when: datetime) -> UUID:
    """An id as if it had been made at that time."""
    stamp = int(when.timestamp() * 1000)
    made = UUID(int=stamp << 80 | 0x7 << 76 | 0b10 << 62 | secrets.randbits(62))
    assert is_usable(made)
    return made


def live(door: Door, until: date, days: int, *, seed: int = 7, helps: bool = True) -> Lived:
    """Keep so many days, the last one the day before ``until``.

    Somebody comes the likelier the harder it is; in the beginning their answers lack parts, later
    they have all three. Without ``helps`` nothing that they do makes any difference.
    """
    chance = random.Random(seed)
    moments = practices = 0
    for ago in range(days, 0, -1):
        day, along = until - timedelta(days=ago), 1 - ago / days
        hard = chance.gauss(6.4 - 0.8 * along, 1.6)
        if chance.random() < 0.22 + 0.07 * (hard - 4):
            _moment(door, day, hard, along, chance, helps=helps)
            moments += 1
        if chance.random() < 0.4:
            _practice(door, day, chance.gauss(6, 1.5), chance, helps=helps)
            practices += 1
    return Lived(moments, practices)


def _moment(
    door: Door, day: date, hard: float, along: float, chance: random.Random, *, helps: bool
) -> None:
    line, pole = chance.choice(LINES)
    marks = [POLES[pole]]
    if chance.random() < 0.25:
        marks.append(POLES[(pole + 1) % 3])
    hour = chance.choice((7, 9, 17, 21, 22, 22, 23))
    when = datetime.combine(day, time(hour, chance.randrange(60))).astimezone()
    has = [chance.random() < 0.25 + 0.6 * along for _ in range(3)]
    parts = tuple(pole.value for pole, there in zip(COMPASSIONATE, has, strict=True) if there)
    before = _whole(hard)
    lighter = 0.6 + 0.25 * (before - 6) + (0.5 * sum(has) if helps else 0.0)
    rated = chance.random() < 0.85
    moment = Moment(
        step=Step.DONE,
        voice=line,
        before=before,
        name_it=ANSWERS[0] if has[0] else "",
        not_alone=ANSWERS[1] if has[1] else "",
        kind_words=ANSWERS[2] if has[2] else "",
        asked=True,
        after=_whole(before - lighter + chance.gauss(0, 1.2)) if rated else None,
        marks=tuple(marks),
        parts=parts,
    )
    answered = when + timedelta(minutes=chance.lognormvariate(3.6 - 1.2 * along, 0.9))
    door.keep(moment, thing=id_at(when), id=id_at(answered), happened_at=when)


def _practice(door: Door, day: date, hard: float, chance: random.Random, *, helps: bool) -> None:
    name = chance.choices(list(HELPS), weights=(5, 4, 3, 3, 1, 2))[0]
    when = datetime.combine(day, time(chance.choice((7, 13, 20)), chance.randrange(60)))
    before = _whole(hard)
    lighter = 0.6 + 0.25 * (before - 6) + (HELPS[name] if helps else 0.0)
    after = _whole(before - lighter + chance.gauss(0, 1.2))
    kept = Practice(name, "lighter", form="short", before=before, after=after)
    door.keep(kept, happened_at=when.astimezone())


def _whole(value: float) -> int:
    return round(min(max(value, 0), 10))


def experiment(
    door: Door, start: date, today: date, *, helps: float = 1.8, seed: int = 11, size: str = "usual"
) -> UUID:
    """Keep an experiment that began on that day, told on most days until today; its id."""
    chance = random.Random(seed)
    kept = begun("daily-sc", NOTHING, start, size, seed)
    plan = plan_of(kept)
    for number in range((min(today, plan.last) - start).days + 1):
        day = start + timedelta(days=number)
        block = plan.on(day)
        if block is None or chance.random() < 0.12:
            continue
        hard = _whole(chance.gauss(6 - (helps if block.what else 0), 1.2))
        kept = kept.told(Told(day, hard, chance.random() < 0.85))
    return door.keep(kept).thing
