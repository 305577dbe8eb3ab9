"""Fitted models: our figures are those of R's lavaan as far as its own search goes."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache

import numpy as np
import pytest

from secondvoice import measures
from secondvoice.measures import group
from tests.measures.group import golden

CASES = [
    ("scs", "one"), ("scs", "two"), ("scs", "subscales"), ("scs", "higher-order"),
    ("scs", "bifactor"), ("scs-sf", "one"), ("scs-sf", "two"),
]  # fmt: skip
SMALL_SEARCH = 2e-5
"""Relative: lavaan stops when its own figures change by less than that in the bifactor model."""


@cache
def fits(name: str) -> dict[str, group.Fit]:
    found = golden.moments(name)
    return {
        model.name: group.fit(model, found.covariance_of(model.items), found.n)
        for model in group.models(measures.instrument(name))
    }


def test_the_models_are_those_that_the_key_suggests() -> None:
    names = {
        name: [model.name for model in group.models(measures.instrument(name))]
        for name in ("scs", "scs-sf", "sscs-s", "phq-4", "ceas-self", "who-5")
    }
    assert names == {
        "scs": ["one", "two", "subscales", "higher-order", "bifactor"],
        "scs-sf": ["one", "two"],
        "sscs-s": ["one"],
        "phq-4": ["one", "subscales"],
        "ceas-self": ["one", "subscales", "bifactor"],
        "who-5": ["one"],
    }


@pytest.mark.parametrize(("name", "model"), CASES)
def test_the_fit_is_that_of_lavaan(name: str, model: str) -> None:
    theirs = golden.said("factors")["fits"][name][model]
    fitted = fits(name)[model]
    assert fitted.converged
    assert fitted.remarks == ()
    assert asdict(fitted.indices) == pytest.approx(theirs["indices"], rel=1e-6, abs=1e-6)
    for ours, field in (
        (fitted.values, "values"),
        (fitted.errors, "errors"),
        (fitted.standard, "standard"),
        (fitted.standard_errors, "standard_errors"),
    ):
        expected = dict(zip(theirs["parameters"], theirs[field], strict=True))
        values = dict(zip(fitted.model.parameters, map(float, ours), strict=True))
        assert values == pytest.approx(expected, rel=SMALL_SEARCH, abs=1e-4), field


@pytest.mark.parametrize(("name", "model"), CASES)
def test_no_fit_is_worse_than_that_of_lavaan(name: str, model: str) -> None:
    theirs = golden.said("factors")["fits"][name][model]["indices"]["chi2"]
    assert fits(name)[model].indices.chi2 <= theirs * (1 + 1e-9)


@pytest.mark.parametrize("score", list(golden.said("factors")["omega"]["scs"]))
def test_omega_of_one_factor_is_that_of_lavaan(score: str) -> None:
    theirs = golden.said("factors")["omega"]["scs"][score]
    found, key = golden.moments("scs"), group.key(measures.instrument("scs"), score)
    ours = group.omega_of(key, found)
    assert ours is not None
    assert ours.model == "one"
    assert ours.hierarchical is None
    assert (ours.total.value, ours.total.low, ours.total.high) == pytest.approx(
        (theirs["value"], theirs["low"], theirs["high"]), rel=1e-5
    )


def test_the_residuals_of_the_correlations_give_the_omega_of_psych() -> None:
    """Psych puts the variance that was found below, not that of the model: 1 − Σθ / 1'S1."""
    for name, scores in golden.said("factors")["omega"].items():
        for score, theirs in scores.items():
            found, key = golden.moments(name), group.key(measures.instrument(name), score)
            covariance = found.covariance_of(key.items)
            sds = np.sqrt(np.diag(covariance))
            correlation = covariance / np.outer(sds, sds)
            fitted = group.fit(group.one_factor(key), correlation, found.n)
            _, _, residuals = fitted.model.parts(fitted.values)
            left = residuals.sum() * found.n / (found.n - 1)
            value = 1 - left / group.keyed(correlation, key.signs).sum()
            # Its search stops five digits in.
            assert value == pytest.approx(theirs["of_correlations"], rel=2e-5), (name, score)


def test_omega_of_the_bifactor_model_is_that_of_lavaan() -> None:
    theirs = golden.said("factors")["bifactor"]
    key = group.key(measures.instrument("scs"), "total")
    ours = group.omega_of(key, golden.moments("scs"), fits("scs"))
    assert ours is not None
    assert ours.hierarchical is not None
    assert ours.model == "bifactor"
    assert ours.total.value == pytest.approx(theirs["total"], rel=1e-5)
    assert ours.hierarchical.value == pytest.approx(theirs["hierarchical"], rel=1e-5)
    assert ours.hierarchical.low < ours.hierarchical.value < ours.hierarchical.high
