"""Fits that nobody should believe say so, and nothing is built on them."""

from __future__ import annotations

import numpy as np
import pytest

from secondvoice import measures
from secondvoice.commands.group import as_text
from secondvoice.measures import group
from tests.measures.group import golden


def noise(name: str, seed: int) -> group.Moments:
    """A few people more than questions, who answered by dice."""
    known = measures.instrument(name)
    scale, items = known.answers, len(group.columns(known))
    chance = np.random.default_rng(seed)
    answers = chance.integers(scale.least, scale.most + 1, (items + 8, items))
    return group.moments(known, answers)


def test_a_heywood_case_keeps_its_values_and_is_told() -> None:
    """Loadings of 1.1 and .6 reproduce these correlations exactly; nothing inside bounds does."""
    (model,) = group.models(measures.instrument("who-5"))
    loadings, people = np.array([1.1, 0.6, 0.6, 0.6, 0.6]), 200
    correlations = np.outer(loadings, loadings)
    np.fill_diagonal(correlations, 1.0)
    fitted = group.fit(model, correlations * people / (people - 1), people)
    assert fitted.converged
    assert fitted.values[:5] == pytest.approx(loadings, abs=1e-6)
    assert fitted.values[5] == pytest.approx(1 - 1.1**2, abs=1e-6)
    assert fitted.indices.chi2 == pytest.approx(0, abs=1e-6)
    (said,) = fitted.remarks
    assert said.startswith("The residual variance of who_5_1 is -0.210, below zero")


def test_items_that_share_nothing_have_no_omega_to_speak_of() -> None:
    (model,) = group.models(measures.instrument("who-5"))
    fitted = group.fit(model, np.eye(5), 200)
    assert group.omega(fitted, np.ones(5)).total.value == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("seed", range(2))
def test_a_model_with_more_factors_than_the_answers_hold_is_never_told_without_a_remark(
    seed: int,
) -> None:
    found = noise("ceas-self", seed)
    model = next(m for m in group.models(measures.instrument("ceas-self")) if m.name == "bifactor")
    fitted = group.fit(model, found.covariance_of(model.items), found.n)
    assert fitted.remarks
    assert (fitted.remarks[0] == "No best fit was found; these figures mean nothing.") == (
        not fitted.converged
    )


def test_the_omega_of_a_report_never_comes_from_a_model_that_found_no_best_fit() -> None:
    known, found = measures.instrument("ceas-self"), noise("ceas-self", 0)
    fits = {
        model.name: group.fit(model, found.covariance_of(model.items), found.n)
        for model in group.models(known)
    }
    assert not any(each.converged for each in fits.values())
    told = group.omega_of(group.key(known, "total"), found, fits)
    assert told is not None
    assert told.model == "one"
    assert "No best fit was found; these figures mean nothing." in told.remarks


def test_an_omega_with_an_interval_that_cannot_be_is_told_with_its_score() -> None:
    """Answers by dice: the items of a score have next to nothing in common."""
    known = measures.instrument("scs-sf")
    chance = np.random.default_rng(5)
    found = group.report(known, group.moments(known, chance.integers(1, 6, (300, 12))))
    impossible = [
        row.score
        for row in found.rows
        if row.omega is not None and not 0 <= row.omega.total.low <= row.omega.total.high <= 1
    ]
    assert impossible
    text = as_text(found)
    for score in impossible:
        assert f"omega of {score}: The interval reaches beyond 0 to 1" in text
    sound = group.report(known, golden.moments("scs-sf"))
    assert "omega of" not in as_text(sound)
