"""Everything that is told of a group, in one place: from moments to a report.

The reliability of each score, its items, the factor models; and, where there were two occasions,
the retest with the error that follows from it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from secondvoice.measures.group.fitting import Fit, fit
from secondvoice.measures.group.keys import GroupError, keys
from secondvoice.measures.group.model import models
from secondvoice.measures.group.omega import Omega, omega_of
from secondvoice.measures.group.reliability import (
    Estimate,
    ItemTotal,
    alpha,
    detectable_change,
    item_total,
    keyed,
    standard_error,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from secondvoice.measures.group.keys import Key
    from secondvoice.measures.group.moments import Moments
    from secondvoice.measures.group.retest import Retest
    from secondvoice.measures.instrument import Instrument


@dataclass(frozen=True, slots=True)
class Row:
    """One score in a group.

    ``floor`` and ``ceiling`` are shares of people at the very ends. ``alpha`` is None for a score
    of one item, ``omega`` for one of fewer than three or where nothing could be fitted. ``sem``
    follows from alpha; ``retest_sem`` and ``mdc95`` from ICC(2,1), where there was a retest.
    """

    score: str
    title: str
    items: int
    mean: float
    sd: float
    floor: float
    ceiling: float
    alpha: Estimate | None
    omega: Omega | None
    sem: float | None
    table: tuple[ItemTotal, ...]
    retest: Retest | None = None
    retest_sem: float | None = None
    mdc95: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All of it. ``remarks`` are sentences on what could not be computed, and why."""

    instrument: str
    n: int
    left_out: int
    rows: tuple[Row, ...]
    fits: tuple[Fit, ...]
    remarks: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain values, for JSON."""
        return {
            "instrument": self.instrument,
            "n": self.n,
            "left_out": self.left_out,
            "scores": [asdict(row) for row in self.rows],
            "models": [_fit_as_dict(found) for found in self.fits],
            "remarks": list(self.remarks),
        }


def report(
    instrument: Instrument, moments: Moments, retests: Mapping[str, Retest] | None = None
) -> Report:
    """Compute everything that the moments allow.

    Args:
        instrument: with its questions.
        moments: of the answers.
        retests: by the id of the score, where people answered twice.

    Raises:
        GroupError: fewer than two people answered every item.
    """
    if moments.n < 2:
        raise GroupError(
            f"{moments.n} answered every item of {instrument.short}; statistics need two people at "
            "least, and good ones a few hundred."
        )
    fits: dict[str, Fit] = {}
    remarks: list[str] = []
    for model in models(instrument):
        try:
            fits[model.name] = fit(model, moments.covariance_of(model.items), moments.n)
        except GroupError as error:
            remarks.append(str(error))
    rows = tuple(
        _row(rule, moments, fits, (retests or {}).get(rule.score.id)) for rule in keys(instrument)
    )
    return Report(
        instrument=instrument.id,
        n=moments.n,
        left_out=moments.left_out,
        rows=rows,
        fits=tuple(fits.values()),
        # The same sentence for each model says no more than once.
        remarks=tuple(dict.fromkeys(remarks)),
    )


def _row(rule: Key, moments: Moments, fits: Mapping[str, Fit], again: Retest | None) -> Row:
    covariance = keyed(moments.covariance_of(rule.items), rule.signs)
    means = moments.means[[moments.names.index(item) for item in rule.items]]
    sd, n = moments.sd_of(rule), moments.n
    low, high = moments.ends[rule.score.id]
    try:
        inner = alpha(covariance, n)
    except GroupError:
        inner = None
    try:
        found = omega_of(rule, moments, fits)
    except GroupError:
        found = None
    stable = None if again is None else again.agreement.value
    return Row(
        score=rule.score.id,
        title=rule.score.title,
        items=len(rule.items),
        mean=moments.mean_of(rule),
        sd=sd,
        floor=low / n,
        ceiling=high / n,
        alpha=inner,
        omega=found,
        sem=None if inner is None else standard_error(sd, inner.value),
        table=item_total(rule.items, means, covariance),
        retest=again,
        retest_sem=None if stable is None else standard_error(sd, stable),
        mdc95=None if stable is None else detectable_change(sd, stable),
    )


def _fit_as_dict(found: Fit) -> dict[str, Any]:
    return {
        "model": found.model.name,
        "title": found.model.title,
        "converged": found.converged,
        "remarks": list(found.remarks),
        "indices": asdict(found.indices),
        "parameters": [
            {
                "name": name,
                "value": float(value),
                "error": float(error),
                "standardised": float(standard),
                "standardised_error": float(standard_wide),
            }
            for name, value, error, standard, standard_wide in zip(
                found.model.parameters, found.values, found.errors, found.standard,
                found.standard_errors, strict=True,
            )
        ],
    }  # fmt: skip
