"""Fitting a factor model by maximum likelihood (Jöreskog 1969; Bollen 1989, ch. 4 and 7).

F = log|Σ| + tr(S Σ⁻¹) − log|S| − p is brought to its least by Fisher scoring: the gradient is
exact, the matrix of the expected second derivatives makes each step, and a damping (Levenberg
1944, Marquardt 1963) shortens it until F goes down. The answers count as continuous.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from secondvoice.measures.group.indices import Indices, indices
from secondvoice.measures.group.keys import GroupError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from secondvoice.measures.group.model import Model

# A step that would lower F by less than this is the last: the parameters are then within a
# hundred-thousandth of their standard errors, whatever the units (for up to a million people).
SMALL = 1e-17
STEPS = 1000
# Below this the parameters move along a line on which nothing changes: not identified.
LEAST_EIGENVALUE = 1e-9
# Of group loadings, as shares of an item's deviation, to set out from; the best end is kept.
STARTS = (0.3, 0.5, 0.15)


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A model with the parameters that fit best.

    ``values`` and ``errors`` go with ``model.parameters``, ``errors`` from the expected
    information; ``standard`` and ``standard_errors`` are those with items and factors at the
    variance 1. ``remarks`` are sentences on what should make a reader doubt it; where ``converged``
    is False the figures mean nothing.
    """

    model: Model
    n: int
    values: NDArray[np.float64]
    uncertainty: NDArray[np.float64]
    errors: NDArray[np.float64]
    standard: NDArray[np.float64]
    standard_errors: NDArray[np.float64]
    indices: Indices
    converged: bool
    remarks: tuple[str, ...]


def fit(model: Model, covariance: NDArray[np.float64], n: int) -> Fit:
    """Find the parameters that make the covariances likeliest.

    Args:
        model: what to fit.
        covariance: (p, p) of its items in their order, with n − 1 below.
        n: people.

    Returns:
        The fit, also where it did not converge or has impossible values; it says so then.

    Raises:
        GroupError: the covariances cannot be inverted, so there is no likelihood, or the model
            asks for more than they tell.
    """
    if model.freedom < 0:
        raise GroupError(f"The model of {model.title} asks for more than these items can tell.")
    if n <= len(model.items):
        raise GroupError(
            f"A factor model of {len(model.items)} items needs more people than that; {n} "
            "answered every item."
        )
    sample = covariance * (n - 1) / n
    sds = np.sqrt(np.diag(sample))
    if not (sds > 0).all() or np.linalg.eigvalsh(sample / np.outer(sds, sds))[0] < 1e-10:
        raise GroupError(
            "One of the items never varies, or follows from the others; a factor model cannot be "
            "fitted. Leave it out of the table."
        )
    # In units of each item's deviation, so that all steps are of one size.
    correlation = sample / np.outer(sds, sds)
    shares = STARTS if model.structure == "orthogonal" else STARTS[:1]
    ends = [_descend(model, correlation, start) for start in _starts(model, correlation, shares)]
    values, converged = min(ends, key=lambda end: (not end[1], _misfit(model, correlation, end[0])))
    values = _rescaled(model, _upright(model, values), sds)
    return _finished(model, sample, n, values, converged=converged)


def delta(
    function: Callable[[NDArray[np.complex128]], NDArray[np.complex128]],
    values: NDArray[np.float64],
    uncertainty: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What follows from parameters, with its standard errors by the delta method.

    The slopes are taken along the imaginary axis (Squire and Trapp 1998), which is exact to the
    last digits for functions made of sums, products and roots.

    Args:
        function: from the parameters to one value or more (k).
        values: the parameters (q).
        uncertainty: their covariances (q, q).

    Returns:
        The values and their standard errors, (k) each.
    """
    step = 1e-30
    found = np.atleast_1d(function(values.astype(np.complex128))).real
    slopes = np.array(
        [
            np.atleast_1d(function(values + 1j * step * unit)).imag / step
            for unit in np.eye(len(values))
        ]
    ).T
    variances = np.einsum("ki,ij,kj->k", slopes, uncertainty, slopes)
    return found, np.sqrt(np.maximum(variances, 0.0))


def _starts(
    model: Model, sample: NDArray[np.float64], shares: tuple[float, ...]
) -> list[NDArray[np.float64]]:
    """Values to set out from: what the plain sums of the items say."""
    starts = []
    pattern = model.pattern.astype(np.float64)
    with_sums = sample @ pattern
    of_sums = pattern.T @ sample @ pattern
    deviations = np.sqrt(np.diag(of_sums))
    loadings = np.where(pattern != 0, with_sums / deviations, 0.0)
    between = of_sums / np.outer(deviations, deviations)
    factors, items = model.free
    for share in shares:
        if model.structure == "orthogonal":
            loadings[:, 1:] = share * pattern[:, 1:]
        explained = np.minimum((loadings**2).sum(axis=1), 0.8)
        parts = [loadings[items, factors], 1 - explained]
        if model.structure == "correlated":
            # Drawn in a little, so that it can be inverted.
            parts.append(0.9 * between[np.triu_indices(len(model.factors), 1)])
        elif model.above is not None:
            parts[0] = parts[0] * np.sqrt(0.5)
            parts.append(model.above.astype(np.float64))
        starts.append(np.concatenate(parts))
    return starts


def _misfit(model: Model, sample: NDArray[np.float64], values: NDArray[np.float64]) -> float:
    """F without its constant part; infinite where the implied covariances are impossible."""
    try:
        root = np.linalg.cholesky(model.implied(values))
    except np.linalg.LinAlgError:
        return np.inf
    half = np.linalg.solve(root, sample)
    return float(2 * np.log(np.diag(root)).sum() + np.trace(np.linalg.solve(root, half.T)))


def _scoring(
    model: Model, sample: NDArray[np.float64], values: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The gradient of F and its expected second derivatives: tr(Σ⁻¹ ∂_i Σ⁻¹ ∂_j)."""
    inverse = np.linalg.inv(model.implied(values))
    slopes = model.slopes(values)
    off = inverse - inverse @ sample @ inverse
    turned = inverse @ slopes
    q = len(values)
    expected = turned.reshape(q, -1) @ turned.transpose(0, 2, 1).reshape(q, -1).T
    return np.einsum("ij,kij->k", off, slopes), expected


def _descend(
    model: Model, sample: NDArray[np.float64], values: NDArray[np.float64]
) -> tuple[NDArray[np.float64], bool]:
    """Step down until no step helps; whether that was the bottom."""
    misfit, damping = _misfit(model, sample, values), 1e-3
    for _ in range(STEPS):
        gradient, expected = _scoring(model, sample, values)
        heights = np.diag(np.diag(expected)) + 1e-12 * np.eye(len(values))
        while damping < 1e12:
            step = -np.linalg.solve(expected + damping * heights, gradient)
            lowered = -float(gradient @ step)
            after = _misfit(model, sample, values + step)
            # Near the bottom the difference of two F is lost in rounding; the slope is not.
            if after < misfit or (lowered < 1e-11 and after < misfit + 1e-11):
                break
            damping *= 4
        else:
            return values, False
        values, misfit, damping = values + step, after, max(damping / 8, 1e-12)
        if lowered < SMALL:
            return values, True
    return values, False


def _upright(model: Model, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same fit with every factor pointing the way the key lets expect."""
    loadings, between, residuals = model.parts(values)
    _, p, _ = model.counts
    factors, items = model.free
    flips = np.where((loadings * model.pattern).sum(axis=0) < 0, -1.0, 1.0)
    own = (loadings * flips)[items, factors]
    rest = values[model.counts[0] + p :]
    if model.structure == "correlated":
        rest = (between * np.outer(flips, flips))[np.triu_indices(len(flips), 1)]
    elif model.above is not None:
        rest = rest * flips
        rest = -rest if rest @ model.above < 0 else rest
    return np.concatenate([own, residuals, rest])


def _rescaled(
    model: Model, values: NDArray[np.float64], sds: NDArray[np.float64]
) -> NDArray[np.float64]:
    """From units of the items' deviations back to the answers' own."""
    count, p, _ = model.counts
    _, items = model.free
    scaled = values.copy()
    scaled[:count] *= sds[items]
    scaled[count : count + p] *= sds**2
    return scaled


def _finished(
    model: Model,
    sample: NDArray[np.float64],
    n: int,
    values: NDArray[np.float64],
    *,
    converged: bool,
) -> Fit:
    _, expected = _scoring(model, sample, values)
    scale = np.sqrt(np.diag(expected))
    remarks = []
    if not converged:
        remarks.append("No best fit was found; these figures mean nothing.")
    if np.linalg.eigvalsh(expected / np.outer(scale, scale))[0] < LEAST_EIGENVALUE:
        remarks.append(
            "The model is not identified by these answers: other values fit as well, and the "
            "standard errors mean nothing."
        )
    uncertainty = np.linalg.pinv(expected, hermitian=True) * 2 / n
    standard, standard_errors = delta(model.standardised, values, uncertainty)
    remarks += _impossible(model, values, standard)
    return Fit(
        model=model,
        n=n,
        values=values,
        uncertainty=uncertainty,
        errors=np.sqrt(np.maximum(np.diag(uncertainty), 0.0)),
        standard=standard,
        standard_errors=standard_errors,
        indices=indices(sample, model.implied(values), n, sum(model.counts)),
        converged=converged,
        remarks=tuple(remarks),
    )


def _impossible(
    model: Model, values: NDArray[np.float64], standard: NDArray[np.float64]
) -> list[str]:
    """Sentences on values that no people could have (Heywood cases)."""
    count, p, _ = model.counts
    said = [
        f"The residual variance of {item} is {value:.3f}, below zero, which cannot be (a Heywood "
        "case): too few people, or a factor too many."
        for item, value in zip(model.items, values[count : count + p], strict=True)
        if value < 0
    ]
    if model.structure == "correlated":
        _, between, _ = model.parts(values)
        if np.linalg.eigvalsh(between)[0] < 0:
            said.append(
                "The factors are related more closely than can be (their correlations are not "
                "positive definite): a factor too many."
            )
    said += [
        f"The loading {name} is {value:.3f}, beyond 1."
        for name, value in zip(model.parameters, standard[:count], strict=False)
        if model.structure != "correlated" and abs(value) > 1 and not said
    ]
    return said
