"""How alike the same people score on two occasions or more: intraclass correlations.

Shrout and Fleiss (1979); names and intervals by McGraw and Wong (1996), cases A,1 and C,1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from secondvoice.measures.group.keys import GroupError
from secondvoice.measures.group.reliability import Estimate

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Retest:
    """How alike ``n`` people scored on some occasions.

    ``agreement`` is ICC(2,1) = ICC(A,1), which counts a shift of everybody as error;
    ``consistency`` is ICC(3,1) = ICC(C,1), which does not. ``shift`` is the mean of the last
    occasion less that of the first, ``sd`` the root of the mean variance of the occasions.
    """

    n: int
    occasions: int
    agreement: Estimate
    consistency: Estimate
    shift: float
    sd: float


def retest(scores: NDArray[np.floating], confidence: float = 0.95) -> Retest:
    """Intraclass correlations of a table in memory.

    Args:
        scores: (people, occasions); a row with a NaN is left out.
        confidence: of the intervals, between 0 and 1.

    Raises:
        GroupError: as for :func:`retest_of`.
    """
    table = np.asarray(scores, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] < 2:
        raise GroupError("A retest needs a table with a column for each of two occasions or more.")
    table = table[~np.isnan(table).any(axis=1)]
    if len(table) < 3:
        raise GroupError("A retest needs three people at least who answered on every occasion.")
    return retest_of(len(table), table.mean(axis=0), np.cov(table, rowvar=False), confidence)


def retest_of(
    n: int, means: NDArray[np.float64], covariance: NDArray[np.float64], confidence: float = 0.95
) -> Retest:
    """Intraclass correlations from the moments of one score.

    With the mean squares of people R, occasions C and rest E:

    ICC(2,1) = (R − E) / (R + (k − 1) E + k (C − E) / n)
    ICC(3,1) = (R − E) / (R + (k − 1) E)

    Args:
        n: people, 3 or more.
        means: (k), of the score on each occasion.
        covariance: (k, k), with n − 1 below.
        confidence: of the intervals, between 0 and 1.

    Raises:
        GroupError: too few people, or scores that do not vary.
    """
    k = len(means)
    if n < 3 or k < 2:
        raise GroupError("A retest needs three people and two occasions at least.")
    people = float(covariance.sum()) / k
    rest = (float(np.trace(covariance)) - people) / (k - 1)
    occasions = n * float(np.var(means, ddof=1))
    if people <= 0 or rest <= 0:
        raise GroupError(
            "The scores do not vary, or are the same on every occasion; there is nothing to "
            "compare."
        )
    agreement = (people - rest) / (people + (k - 1) * rest + k * (occasions - rest) / n)
    consistency = (people - rest) / (people + (k - 1) * rest)
    tail = 1 - (1 - confidence) / 2

    def quantile(first: float, second: float) -> float:
        return float(stats.f.ppf(tail, first, second))

    # C,1: exact.
    ratio = people / rest
    least = ratio / quantile(n - 1, (n - 1) * (k - 1))
    most = ratio * quantile((n - 1) * (k - 1), n - 1)
    # A,1: Satterthwaite's degrees of freedom.
    between = k * agreement * occasions / rest
    own = n * (1 + (k - 1) * agreement) - k * agreement
    freedom = (k - 1) * (n - 1) * (between + own) ** 2 / ((n - 1) * between**2 + own**2)
    upper, lower = quantile(n - 1, freedom), quantile(freedom, n - 1)
    error = k * occasions + (k * n - k - n) * rest
    return Retest(
        n=n,
        occasions=k,
        agreement=Estimate(
            agreement,
            n * (people - upper * rest) / (upper * error + n * people),
            n * (lower * people - rest) / (error + n * lower * people),
        ),
        consistency=Estimate(
            consistency, (least - 1) / (least + k - 1), (most - 1) / (most + k - 1)
        ),
        shift=float(means[-1] - means[0]),
        sd=float(np.sqrt(np.trace(covariance) / k)),
    )
