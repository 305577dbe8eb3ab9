"""How much is offered to a person: one sealed setting that every part of the program asks.

It only ever decides what is *offered*. The library stays open as a whole, and whoever wants a
practice that is not offered finds it there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from secondvoice.records.kinds import record_kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from secondvoice.practices.catalogue import Practice
    from secondvoice.records.models import Door

KIND: Final = "pace"
THING: Final = UUID("0f6f3f0a-9b6e-5b7b-8d55-6f6c0a9d2e41")
"""There is one pace in a diary, and it is always this thing."""

GROUNDING: Final = ("soles", "hands", "object")
"""What is offered, beside people, after words of danger and on a very hard day. Eyes open,
nothing to feel, and nothing in it of food, of lying down or of the inside of the body."""

VERY_HARD: Final = 8
"""From this answer to "How hard is it?" (0 to 10) on a day counts as very hard. Ours; no study
says where to draw it."""

A_DAY: Final = timedelta(hours=20)
"""For how long "I feel steady today" and a very hard moment count: until the next morning."""

SMALL: Final = 1
USUAL: Final = 3
STEADY: Final = 4
"""The highest intensity that is offered, 1 to 4: at a lowered pace, usually, and once somebody
has said that they feel steady today."""


@record_kind(KIND, version=1, only_one=True, named=True)
@dataclass(frozen=True, slots=True)
class Pace:
    """What sets how much is offered.

    ``smaller``: only the mildest; it stays until the person puts it back. ``why`` it became so:
    ``hard`` (a practice brought up something hard), ``ticked`` (the list of what makes kindness
    hard), ``chosen`` or empty. ``hard``: how often a practice brought up something hard since the
    person last put the pace back. ``ticked``: ids of lines of ``hindrances.toml``. ``steady_at``:
    when they last said that they feel steady. ``very_hard_at``: when they last said that it is very
    hard. ``danger_at``: when the reader last met words of danger; None once the person has said
    that it has passed. ``told``: backdraft was explained to them.
    """

    smaller: bool = False
    why: str = ""
    hard: int = 0
    ticked: tuple[str, ...] = ()
    steady_at: datetime | None = None
    very_hard_at: datetime | None = None
    danger_at: datetime | None = None
    told: bool = False

    def steady(self, now: datetime) -> bool:
        """Whether they said today that they feel steady, and nothing hard came after it."""
        return _lately(self.steady_at, now) and not self.grounding_only(now)

    def very_hard(self, now: datetime) -> bool:
        """Whether they said today that it is very hard."""
        return _lately(self.very_hard_at, now)

    def grounding_only(self, now: datetime) -> bool:
        """Whether only grounding and people are offered."""
        return self.danger_at is not None or self.very_hard(now)

    def most(self, now: datetime) -> int:
        """The highest intensity that is offered, 1 to 4."""
        if self.smaller or self.grounding_only(now):
            return SMALL
        return STEADY if self.steady(now) else USUAL


def offered(practice: Practice, pace: Pace, *, now: datetime | None = None) -> bool:
    """Whether a page may suggest a practice to somebody. Every page asks this before it does.

    Args:
        practice: the one in question.
        pace: theirs, by :func:`pace_of`; ``Pace()`` while the diary is locked.
        now: with a zone; None means this moment.
    """
    now = now or datetime.now(UTC)
    if pace.grounding_only(now):
        return practice.id in GROUNDING
    if pace.smaller and practice.opens:
        return False
    return practice.intensity <= pace.most(now)


def pace_of(door: Door) -> Pace:
    """The pace of the person whose door this is; the usual one where nothing was kept."""
    kept = door.latest(KIND)
    return kept.value if kept is not None and isinstance(kept.value, Pace) else Pace()


def set_pace(door: Door, change: Callable[[Pace], Pace]) -> Pace:
    """Keep a changed pace, if the change changes anything.

    Args:
        door: the person's.
        change: takes the pace as it is and returns it as it shall be.

    Returns:
        The pace as it is then.

    Raises:
        CannotKeep: the database refused; nothing was changed.
    """
    before = pace_of(door)
    after = change(before)
    if after != before:
        door.keep(after, thing=THING, history=False)
    return after


def after_something_hard(pace: Pace) -> Pace:
    """A practice brought up something hard: smaller from now on."""
    return replace(pace, smaller=True, why="hard", hard=pace.hard + 1, steady_at=None)


def put_back(pace: Pace) -> Pace:
    """The person wants it as it was. What they ticked stays; it is no longer a reason."""
    return replace(pace, smaller=False, why="", hard=0)


def chosen_smaller(pace: Pace) -> Pace:
    """The person wants it smaller."""
    return replace(pace, smaller=True, why=pace.why or "chosen")


def after_how_hard(pace: Pace, hard: int | None, now: datetime) -> Pace:
    """An answer to "How hard is it?", 0 to 10, or None: a very hard day is remembered."""
    if hard is None or hard < VERY_HARD:
        return pace
    return replace(pace, very_hard_at=now, steady_at=None)


def steady_now(pace: Pace, now: datetime) -> Pace:
    """They say that they have some grounding behind them and feel steady today.

    It counts for nothing on a day that is very hard, or after words of danger.
    """
    return pace if pace.grounding_only(now) else replace(pace, steady_at=now)


def after_danger(pace: Pace, now: datetime) -> Pace:
    """The reader met words of danger in what they wrote."""
    return replace(pace, danger_at=now, steady_at=None)


def passed(pace: Pace) -> Pace:
    """The person says that it has passed."""
    return replace(pace, danger_at=None, very_hard_at=None)


def _lately(at: datetime | None, now: datetime) -> bool:
    # The absolute distance: a clock that was put back must not make it last for years.
    return at is not None and abs(now - at) < A_DAY
