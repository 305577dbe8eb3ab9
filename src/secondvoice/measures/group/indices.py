"""How well a fitted model describes the covariances.

Chi-square and p; CFI (Bentler 1990) and TLI (Tucker and Lewis 1973) against the model in which no
item goes with another; RMSEA (Steiger 1990) with its interval of 90 %; SRMR (Bentler 1995);
AIC (Akaike 1974) and BIC (Schwarz 1978). Conventions of lavaan's default: n, not n − 1, stands
below and before everything, means are not modelled and not counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import optimize, stats

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Indices:
    """The measures of fit. ``p`` and those that divide by it are NaN with no degree of freedom."""

    chi2: float
    df: int
    p: float
    baseline_chi2: float
    baseline_df: int
    cfi: float
    tli: float
    rmsea: float
    rmsea_low: float
    rmsea_high: float
    srmr: float
    log_likelihood: float
    aic: float
    bic: float


def indices(
    sample: NDArray[np.float64], implied: NDArray[np.float64], n: int, parameters: int
) -> Indices:
    """All of them.

    Args:
        sample: covariances (p, p) with n below.
        implied: those of the model.
        n: people.
        parameters: how many the model has.

    Returns:
        chi2 = n · F; RMSEA = √(max(0, chi2 − df) / (n df)); its interval from the noncentral
        chi-square; SRMR over the p (p + 1) / 2 differences, each over the sample's deviations.
    """
    p = len(sample)
    df, baseline_df = p * (p + 1) // 2 - parameters, p * (p - 1) // 2
    trace = float(np.trace(np.linalg.solve(implied, sample)))
    log_sample, log_implied = np.linalg.slogdet(sample)[1], np.linalg.slogdet(implied)[1]
    chi2 = n * float(log_implied + trace - log_sample - p)
    baseline = n * float(np.log(np.diag(sample)).sum() - log_sample)
    likelihood = -n / 2 * float(p * np.log(2 * np.pi) + log_implied + trace)
    excess, most = max(chi2 - df, 0.0), max(chi2 - df, baseline - baseline_df, 0.0)
    sds = np.sqrt(np.diag(sample))
    off = ((sample - implied) / np.outer(sds, sds))[np.tril_indices(p)]
    nan = float("nan")
    spare = baseline / baseline_df - 1 if baseline_df else 0.0
    return Indices(
        chi2=chi2,
        df=df,
        p=float(stats.chi2.sf(chi2, df)) if df else nan,
        baseline_chi2=baseline,
        baseline_df=baseline_df,
        cfi=1 - excess / most if most else 1.0,
        tli=(baseline / baseline_df - chi2 / df) / spare if df and spare else nan,
        rmsea=float(np.sqrt(excess / (n * df))) if df else nan,
        rmsea_low=float(np.sqrt(_noncentral(chi2, df, 0.95) / (n * df))) if df else nan,
        rmsea_high=float(np.sqrt(_noncentral(chi2, df, 0.05) / (n * df))) if df else nan,
        srmr=float(np.sqrt(np.mean(off**2))),
        log_likelihood=likelihood,
        aic=-2 * likelihood + 2 * parameters,
        bic=-2 * likelihood + float(np.log(n)) * parameters,
    )


def _noncentral(chi2: float, df: int, probability: float) -> float:
    """The noncentrality with which a chi-square up to this one has the probability; 0 if none."""

    def over(noncentrality: float) -> float:
        return float(stats.ncx2.cdf(chi2, df, noncentrality)) - probability

    if stats.chi2.cdf(chi2, df) < probability:
        return 0.0
    most = max(chi2, 1.0)
    while over(most) > 0:
        most *= 2
    return float(optimize.brentq(over, 1e-12, most, xtol=1e-10, rtol=1e-13))
