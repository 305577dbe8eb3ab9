"""How much a score swings with good and bad days: a slope within one person, with its error.

Neff and Vonk (2009) report self-worth that is more stable with self-compassion than with
self-esteem. That is a finding between people, by questionnaires; whether it is so in one person
can only be looked at, and with few points nothing can be said. What is drawn here is ordinary
least squares with a t interval, and how it is told is our own convention.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import TYPE_CHECKING

from secondvoice.measures.student import quantile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from secondvoice.measures.change import Taken

AROUND = 7
"""Days up to a taking whose check-ins tell how things were then. Our own convention."""

LEAST_DAYS = 3
"""Check-ins among them without which a taking is left out."""

LEAST_PAIRS = 8
"""Takings without which nothing is said. Our own convention."""

_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Swing:
    """How far a score moves between a person's harder and better times.

    ``points`` is the difference of the score between a time one SD below their usual day and one
    SD above it; ``low`` and ``high`` its 95 % interval. ``pairs`` is how many takings it rests on.
    """

    points: float
    low: float
    high: float
    pairs: int

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out "does not move"."""
        return self.low > 0 or self.high < 0


def around(history: Sequence[Taken], days: Mapping[date, float]) -> list[tuple[float, float]]:
    """For each taking the mean of the days round it, and its score.

    Args:
        history: takings of one score.
        days: how each day was, 0 to 10; not every day needs to be there.

    Returns:
        Pairs of (mean of the seven days up to the taking, score); takings with fewer than three
        days told are left out.
    """
    found = []
    for taken in history:
        before = [taken.on - timedelta(days=back) for back in range(AROUND)]
        told = [days[day] for day in before if day in days]
        if len(told) >= LEAST_DAYS:
            found.append((fmean(told), taken.value))
    return found


def swing(pairs: Sequence[tuple[float, float]], *, least: int = LEAST_PAIRS) -> Swing | None:
    """The swing of a score with the days.

    Args:
        pairs: (how the days were, score).
        least: pairs without which there is no answer, 3 or more.

    Returns:
        None with too few pairs, or where all days were alike.
    """
    count = len(pairs)
    if count < max(least, 3):
        return None
    mean_x, mean_y = fmean(x for x, _ in pairs), fmean(y for _, y in pairs)
    around_x = sum((x - mean_x) ** 2 for x, _ in pairs)
    if around_x < _NOTHING:
        return None
    slope = sum((x - mean_x) * (y - mean_y) for x, y in pairs) / around_x
    rest = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in pairs)
    error = math.sqrt(rest / (count - 2) / around_x)
    apart = 2 * math.sqrt(around_x / (count - 1))
    half = quantile(0.975, count - 2) * error
    return Swing(slope * apart, (slope - half) * apart, (slope + half) * apart, count)


def further(first: Swing, second: Swing) -> bool | None:
    """Whether the first swings further than the second; None where that cannot be told.

    The difference has to leave the interval of both together, √(half₁² + half₂²), which takes the
    two as independent. Taken in the same weeks they go together somewhat, so this errs towards
    saying nothing.
    """
    difference = abs(first.points) - abs(second.points)
    half = math.hypot((first.high - first.low) / 2, (second.high - second.low) / 2)
    return None if abs(difference) <= half else difference > 0
