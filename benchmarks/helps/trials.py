"""Experiments on oneself, simulated: how often a difference is seen that is there, or is not."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta

from benchmarks.helps.people import whole
from benchmarks.helps.tally import Rate, mean, table
from secondvoice.growth.helps import experiment

SEED = 27_182
HANGS = 0.4
"""How far a day goes on into the next: the correlation of two days that follow one another."""


def trials(each: int) -> list[str]:
    """A row for each plan: seen where there is nothing, held by the interval, seen where it is."""
    rows: list[tuple[object, ...]] = []
    for pairs, days in ((6, 2), (8, 3), (10, 4)):
        false, seen_one, seen_two, held = Rate(), Rate(), Rate(), Rate()
        width = []
        for number in range(each):
            for truth, seen in ((0.0, false), (1.0, seen_one), (2.0, seen_two)):
                found = _one(pairs, days, truth, SEED + number)
                if found.low is None or found.high is None:
                    continue
                seen.add(found.verdict != "none", 1)
                held.add(found.low <= truth <= found.high, 1)
                width.append(found.high - found.low)
        rows.append(
            (
                f"{pairs} pairs of {days} days ({2 * pairs * days} days)",
                *(false, held, mean(width).split(" ")[0], seen_one, seen_two),
            )
        )
    return table(
        (
            "plan",
            "seen where there is none",
            "95 % interval holds the truth",
            "its width",
            "1 point is seen",
            "2 points are seen",
        ),
        rows,
    )


def _one(pairs: int, block_days: int, truth: float, seed: int) -> experiment.Result:
    """One person's: days that hang together, a trend, and a day in seven without a number."""
    chance = random.Random(seed)
    plan = experiment.plan(
        "one", start=date(2026, 1, 5), seed=seed, pairs=pairs, block_days=block_days
    )
    level, drift, spread = chance.gauss(5.5, 1), chance.gauss(0, 0.02), chance.uniform(0.8, 1.8)
    mood, days = chance.gauss(0, 1), []
    for number in range((plan.last - plan.first).days + 1):
        day = plan.first + timedelta(days=number)
        mood = HANGS * mood + math.sqrt(1 - HANGS**2) * chance.gauss(0, 1)
        block = plan.on(day)
        helped = truth if block and block.what == "one" else 0.0
        hard = whole(level + drift * number + spread * mood - helped)
        if chance.random() > 1 / 7:
            days.append(experiment.Day(day, hard))
    after = plan.last + timedelta(days=1)
    return experiment.result(plan, days, today=after, names={"one": "one"})
