"""McDonald's omega: the share of a score's variance that its factors account for.

    omega total        = 1'Λ Φ Λ'1 / 1'Σ1
    omega hierarchical = (1'λ_general)² / 1'Σ1

McDonald (1999); for the bifactor model Zinbarg, Revelle, Yovel and Li (2005) and Rodriguez, Reise
and Haviland (2016). Of the plain sum of the items, each turned as the key says; Σ is that of the
model. Intervals: ± 1.96 standard errors by the delta method (Raykov 2002 [mem]), so they are of
the usual large-sample kind and not held inside 0 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from secondvoice.measures.group.fitting import Fit, delta, fit
from secondvoice.measures.group.model import GENERAL, one_factor
from secondvoice.measures.group.reliability import Estimate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from secondvoice.measures.group.keys import Key
    from secondvoice.measures.group.moments import Moments

FEWEST = 3
"""Items that one factor needs to be found at all."""

OUTSIDE = (
    "The interval reaches beyond 0 to 1, where no omega can lie: too little is common to these "
    "items, or too few people answered."
)

# For the total: the model with the most to say comes first.
BEST_FIRST = ("bifactor", "subscales", "two", "one")


@dataclass(frozen=True, slots=True)
class Omega:
    """Both coefficients and the model that they come from.

    ``hierarchical`` is None without a general factor beside others. ``remarks`` are the fit's,
    and one where an interval is impossible.
    """

    total: Estimate
    hierarchical: Estimate | None
    model: str
    remarks: tuple[str, ...]


def omega(fitted: Fit, signs: NDArray[np.float64], confidence: float = 0.95) -> Omega:
    """Omega of the sum of a model's items.

    Args:
        fitted: the model, fitted.
        signs: +1 or −1 (p) for each of its items, as the key turns them.
        confidence: of the intervals, between 0 and 1.
    """
    model = fitted.model
    general = model.factors.index(GENERAL) if GENERAL in model.factors else None

    def shares(values: NDArray[np.complex128]) -> NDArray[np.complex128]:
        loadings, between, _ = model.parts(values)
        sums = signs @ loadings
        whole = signs @ model.implied(values) @ signs
        common = [sums @ between @ sums]
        if general is not None:
            common.append(sums[general] ** 2)
        found: NDArray[np.complex128] = np.array(common) / whole
        return found

    found, errors = delta(shares, fitted.values, fitted.uncertainty)
    half = float(stats.norm.ppf(1 - (1 - confidence) / 2)) * errors
    estimates = [
        Estimate(float(value), float(value - width), float(value + width))
        for value, width in zip(found, half, strict=True)
    ]
    outside = any(each.low < 0 or each.high > 1 for each in estimates)
    return Omega(
        total=estimates[0],
        hierarchical=None if general is None else estimates[1],
        model=model.name,
        remarks=(*fitted.remarks, *((OUTSIDE,) if outside else ())),
    )


def omega_of(rule: Key, moments: Moments, fits: Mapping[str, Fit] | None = None) -> Omega | None:
    """Omega of one score: of the total from the richest of ``fits``, else from one factor.

    Args:
        rule: of the score.
        moments: of the answers.
        fits: of the instrument, by the model's name; those that did not converge are passed over.

    Returns:
        None where the score has fewer than three items, so that no factor can be found.

    Raises:
        GroupError: as for ``fit``.
    """
    if rule.score.role == "total":
        for name in BEST_FIRST:
            known = (fits or {}).get(name)
            if known is not None and known.converged and set(known.model.items) == set(rule.items):
                return omega(known, np.sign(rule.over(known.model.items)))
    if len(rule.items) < FEWEST:
        return None
    model = one_factor(rule)
    return omega(fit(model, moments.covariance_of(model.items), moments.n), rule.signs)
