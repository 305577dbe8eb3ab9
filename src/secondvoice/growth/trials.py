"""An experiment as it is kept, and the plan and the result that follow from it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from secondvoice.growth.helps import NOTHING, experiment
from secondvoice.growth.names import called
from secondvoice.growth.record import Experiment

if TYPE_CHECKING:
    from datetime import date

SIZES: Final = {"short": (6, 2), "usual": (8, 3), "long": (10, 4)}
"""Pairs of blocks, and days in a block."""

LOOKING_BACK: Final = 1
"""So many days back a number can still be given. Later one remembers the result one wants."""

FURTHEST: Final = 60
"""Days ahead within which an experiment can begin."""


def begun(one: str, other: str, start: date, size: str, seed: int) -> Experiment:
    """A new experiment with its plan in words.

    Args:
        one: id of a practice.
        other: id of another, or ``NOTHING``.
        start: its first day.
        size: one of ``SIZES``.
        seed: the lot, 0 or more.

    Raises:
        ValueError: both are the same.
        KeyError: there is no such size.
    """
    pairs, block_days = SIZES[size]
    made = Experiment(one, other, start, str(seed), pairs, block_days)
    plan = plan_of(made)
    return Experiment(
        one, other, start, str(seed), pairs, block_days, plan=plan.sentences(names_of(made))
    )


def plan_of(kept: Experiment) -> experiment.Plan:
    """The plan that follows from the lot: the same one each time."""
    return experiment.plan(
        kept.one,
        kept.other,
        start=kept.start,
        seed=int(kept.seed),
        pairs=kept.pairs,
        block_days=kept.block_days,
        settle=kept.settle,
    )


def names_of(kept: Experiment) -> dict[str, str]:
    """What each of the two is called in a sentence: “Soles of the feet”."""
    return {what: f"“{called(what)}”" for what in (kept.one, kept.other) if what != NOTHING}


def result_of(kept: Experiment, today: date) -> experiment.Result:
    """What came of it; while it runs, that it runs."""
    days = [experiment.Day(one.on, one.hard, one.done) for one in kept.days]
    return experiment.result(plan_of(kept), days, today=today, names=names_of(kept))


def running(kept: Experiment, today: date) -> bool:
    """Whether it goes on, or is still to begin."""
    return not kept.stopped and today <= plan_of(kept).last


def open_days(kept: Experiment, today: date) -> list[date]:
    """The days of the plan of which a number can be given now, today first."""
    plan = plan_of(kept)
    days = (today - timedelta(days=ago) for ago in range(LOOKING_BACK + 1))
    return [] if kept.stopped else [day for day in days if plan.on(day) is not None]
