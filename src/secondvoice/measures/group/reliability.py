"""How far the items of a score go together (Cronbach's alpha), and the error that follows from it.

All of it needs the covariances of the items and the number of people, nothing else.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from secondvoice.measures.group.keys import GroupError

if TYPE_CHECKING:
    from numpy.typing import NDArray

Z95 = 1.96
"""Two-sided 95 % of the normal distribution, as the detectable change is published."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval, by default of 95 %."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ItemTotal:
    """One item beside the rest of its score.

    ``r`` is its correlation with the sum of all, itself included; ``r_rest`` with the sum of the
    others; ``alpha_without`` the alpha of the others (NaN where fewer than two are left).
    """

    item: str
    mean: float
    sd: float
    r: float
    r_rest: float
    alpha_without: float


def keyed(covariance: NDArray[np.float64], signs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Covariances (k, k) after the items with the sign −1 were turned."""
    return covariance * np.outer(signs, signs)


def alpha(covariance: NDArray[np.float64], n: int, confidence: float = 0.95) -> Estimate:
    """Cronbach's alpha with Feldt's interval.

    alpha = k / (k − 1) · (1 − Σ s_ii / Σ s_ij)   (Cronbach 1951)

    (1 − alpha) / (1 − estimate) follows F(n − 1, (n − 1)(k − 1))   (Feldt 1965; Feldt, Woodruff
    and Salih 1987)

    Args:
        covariance: (k, k), of items that all point one way (see :func:`keyed`).
        n: people, 2 or more.
        confidence: of the interval, between 0 and 1.

    Returns:
        At most 1; below 0 where the items do not go together.

    Raises:
        GroupError: fewer than two items or people, or answers that do not vary.
    """
    k = len(covariance)
    if k < 2 or n < 2:
        raise GroupError("Alpha needs two items and two people at least.")
    value = _alpha(covariance)
    if not math.isfinite(value):
        raise GroupError("Everybody answered the same; there is no alpha.")
    freedom = n - 1, (n - 1) * (k - 1)
    tail = (1 - confidence) / 2
    low = 1 - (1 - value) * float(stats.f.ppf(1 - tail, *freedom))
    high = 1 - (1 - value) * float(stats.f.ppf(tail, *freedom))
    return Estimate(value, low, high)


def _alpha(covariance: NDArray[np.float64]) -> float:
    k, whole = len(covariance), float(covariance.sum())
    if k < 2 or whole <= 0:
        return math.nan
    return k / (k - 1) * (1 - float(np.trace(covariance)) / whole)


def item_total(
    names: tuple[str, ...], means: NDArray[np.float64], covariance: NDArray[np.float64]
) -> tuple[ItemTotal, ...]:
    """The table that tells which item does not go with the others.

    With the sum T of k items: r = s_iT / (s_i s_T); against the rest R = T − i,
    r_rest = (s_iT − s_ii) / (s_i √(s_TT − 2 s_iT + s_ii))   (Nunnally 1978, ch. 8 [mem]).

    Args:
        names: of the k items.
        means: (k), as answered.
        covariance: (k, k), of items that all point one way (see :func:`keyed`).

    Returns:
        One row for each item; NaN where an item or the rest does not vary.
    """
    with_total, whole = covariance.sum(axis=1), covariance.sum()
    variances = np.diag(covariance)
    rows = []
    with np.errstate(invalid="ignore", divide="ignore"):
        sds = np.sqrt(variances)
        r = with_total / (sds * np.sqrt(whole))
        rest = (with_total - variances) / (sds * np.sqrt(whole - 2 * with_total + variances))
    for i, name in enumerate(names):
        others = np.delete(np.delete(covariance, i, axis=0), i, axis=1)
        rows.append(
            ItemTotal(
                name, float(means[i]), float(sds[i]), float(r[i]), float(rest[i]), _alpha(others)
            )
        )
    return tuple(rows)


def standard_error(sd: float, reliability: float) -> float:
    """The standard error of one score: SD · √(1 − r)   (Lord and Novick 1968).

    Args:
        sd: of the score, 0 or more.
        reliability: up to 1.
    """
    return sd * math.sqrt(1 - reliability)


def detectable_change(sd: float, reliability: float) -> float:
    """The smallest difference of two scores of one person beyond their error, at 95 %.

    MDC95 = 1.96 · √2 · SD · √(1 − r). With a test-retest r; alpha knows nothing of the weeks
    between, and makes it too small.
    """
    return Z95 * math.sqrt(2) * standard_error(sd, reliability)
