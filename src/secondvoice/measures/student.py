"""Student's t distribution, for small samples, with nothing but the standard library."""

from __future__ import annotations

import math


def cumulative(t: float, freedom: int) -> float:
    """The probability of a value up to ``t``.

    The finite series of Abramowitz and Stegun (1964), 26.7.3 and 26.7.4.

    Args:
        t: any number.
        freedom: degrees of freedom, 1 or more.

    Returns:
        From 0 to 1.
    """
    angle = math.atan(t / math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = freedom % 2 == 1
    # Each term is the one before times cos² and the next fraction: 2/3, 4/5 … or 1/2, 3/4 …
    term = cosine if odd else 1.0
    series = 0.0 if odd and freedom == 1 else term
    for step in range(2 if odd else 1, freedom - 2, 2):
        term *= cosine * cosine * step / (step + 1)
        series += term
    between = 2 / math.pi * (angle + sine * series) if odd else sine * series
    return 0.5 + between / 2


def quantile(probability: float, freedom: int) -> float:
    """The value up to which ``probability`` of the distribution lies.

    Args:
        probability: from 0.5 up to, not including, 1.
        freedom: degrees of freedom, 1 or more.

    Returns:
        Correct to about ten digits.

    Raises:
        ValueError: arguments outside their range.
    """
    if not 0.5 <= probability < 1 or freedom < 1:
        raise ValueError("A probability from 0.5 to below 1, and at least one degree of freedom.")
    low, high = 0.0, 1.0
    while cumulative(high, freedom) < probability:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if cumulative(middle, freedom) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2
