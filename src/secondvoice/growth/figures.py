"""Means, shares and medians with their 95 % intervals, and whether two counts differ."""

from __future__ import annotations

import math
from statistics import fmean, median, stdev
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

Z: Final = 1.959963984540054
"""The normal quantile of 0.975."""

LEAST: Final = 4
"""Numbers without which no mean is told: an interval from fewer fills the scale."""

LEAST_MEDIAN: Final = 6
"""Numbers without which a median has no 95 % interval: 2 · 2⁻⁶ is the first below 0.05."""

Triple = tuple[float, float, float]
"""The lower end, the middle, the upper end."""


def mean(values: Sequence[float]) -> Triple | None:
    """A mean with the interval of Student's t; None under ``LEAST`` values."""
    if len(values) < LEAST:
        return None
    middle = fmean(values)
    half = _student(len(values) - 1) * stdev(values) / math.sqrt(len(values))
    return middle - half, middle, middle + half


def share(count: int, of: int) -> Triple | None:
    """A share, 0 to 1, with the interval of Wilson (1927); None of nothing."""
    if not of:
        return None
    p, z2 = count / of, Z * Z
    centre = (p + z2 / (2 * of)) / (1 + z2 / of)
    half = Z * math.sqrt(p * (1 - p) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return max(centre - half, 0.0), p, min(centre + half, 1.0)


def middle(values: Sequence[float]) -> Triple | None:
    """A median with the interval between two of the values; None under ``LEAST_MEDIAN``.

    The ends are the values whose ranks a fair coin passes in fewer than 1 of 40 cases on either
    side, so that it holds whatever the shape of the values.
    """
    count = len(values)
    if count < LEAST_MEDIAN:
        return None
    ordered = sorted(values)
    rank, below = 0, 0.5**count
    while below <= 0.025:
        rank += 1
        below += math.comb(count, rank) * 0.5**count
    return ordered[rank - 1], median(ordered), ordered[count - rank]


def differ(one: int, other: int) -> bool:
    """Whether chance alone would seldom (under 1 in 20) make two counts so different.

    Given their sum, each is as a throw of so many fair coins (exact, two-sided).
    """
    total, least = one + other, min(one, other)
    tail = sum(math.comb(total, k) for k in range(least + 1)) * 0.5**total
    return 2 * tail < 0.05


def _student(df: int) -> float:
    """The 0.975 quantile of Student's t, by the expansion of Fisher and Cornish (1960).

    Within 1 in 100 of the truth from three degrees of freedom on.
    """
    z = Z
    return (
        z
        + (z**3 + z) / (4 * df)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * df**3)
    )
