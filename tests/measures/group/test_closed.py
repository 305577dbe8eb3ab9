"""Where a formula is closed, our figures are those of R's psych to the last digits."""

from __future__ import annotations

import numpy as np
import pytest

from secondvoice import measures
from secondvoice.measures import group
from tests.measures.group import golden

SUBSCALES = [
    "self_kindness", "self_judgment", "common_humanity", "isolation", "mindfulness",
    "over_identification",
]  # fmt: skip
CASES = [("scs", score) for score in ("total", *SUBSCALES)] + [("scs-sf", "total")]


@pytest.mark.parametrize(("name", "score"), CASES)
def test_alpha_and_the_item_table_are_those_of_psych(name: str, score: str) -> None:
    theirs = golden.said("closed")[name.replace("-", "_")][score]
    found = golden.moments(name)
    key = group.key(measures.instrument(name), score)
    covariance = group.keyed(found.covariance_of(key.items), key.signs)
    alpha = group.alpha(covariance, found.n)
    assert found.n == theirs["n"]
    assert alpha.value == pytest.approx(theirs["alpha"], abs=1e-9)
    assert (alpha.low, alpha.high) == pytest.approx((theirs["low"], theirs["high"]), abs=1e-9)
    means = found.means[[found.names.index(item) for item in key.items]]
    ours = {row.item: row for row in group.item_total(key.items, means, covariance)}
    for field in ("r", "r_rest", "alpha_without", "sd"):
        expected = dict(zip(theirs["items"], theirs[field], strict=True))
        values = {item: getattr(row, field) for item, row in ours.items()}
        assert values == pytest.approx(expected, abs=1e-9), field


@pytest.mark.parametrize("score", ["total", *SUBSCALES])
def test_means_deviations_and_shares_at_the_ends_are_those_of_r(score: str) -> None:
    theirs = golden.said("closed")["scores"]
    found = golden.moments("scs")
    key = group.key(measures.instrument("scs"), score)
    assert found.mean_of(key) == pytest.approx(theirs["mean"][score], abs=1e-12)
    assert found.sd_of(key) == pytest.approx(theirs["sd"][score], abs=1e-12)
    low, high = found.ends[score]
    ends = theirs["ends"][score]
    assert (low / found.n, high / found.n) == pytest.approx((ends["floor"], ends["ceiling"]))


def test_a_weighted_sum_is_the_score_that_the_key_gives() -> None:
    for known in measures.instruments().values():
        if not known.items:
            continue
        chance = np.random.default_rng(1)
        values = [option.value for option in known.answers.options]
        answers = {item.id: int(chance.choice(values)) for item in known.items}
        scores = measures.score(known, answers)
        for key in group.keys(known):
            summed = key.constant + sum(
                weight * answers[item] for item, weight in zip(key.items, key.weights, strict=True)
            )
            assert summed == pytest.approx(scores[key.score.id].value), (known.id, key.score.id)


def test_the_retest_is_that_of_psych() -> None:
    theirs = golden.said("closed")["retest"]
    key = group.key(measures.instrument("scs-sf"), "total")
    later = {
        row["person"]: answers
        for row, answers in zip(
            golden.rows("scs-sf-later"), golden.answers("scs-sf-later", "scs-sf"), strict=True
        )
    }
    pairs = [
        (
            answers @ key.over(columns) + key.constant,
            later[row["person"]] @ key.over(columns) + key.constant,
        )
        for columns in [group.columns(measures.instrument("scs-sf"))]
        for row, answers in zip(
            golden.rows("scs-sf"), golden.answers("scs-sf", "scs-sf"), strict=True
        )
        if row["person"] in later
    ]
    table = np.array(pairs)
    found = group.retest(table)
    assert found.n == theirs["n"]
    for ours, name in ((found.agreement, "agreement"), (found.consistency, "consistency")):
        (expected,) = theirs[name]
        assert ours.value == pytest.approx(expected["ICC"], abs=1e-9)
        assert ours.low == pytest.approx(expected["lower bound"], abs=1e-9)
        assert ours.high == pytest.approx(expected["upper bound"], abs=1e-9)
    sd = float(np.nanstd(table[~np.isnan(table).any(axis=1), 0], ddof=1))
    error = group.standard_error(sd, found.agreement.value)
    assert error == pytest.approx(theirs["sem"], abs=1e-9)
    assert group.detectable_change(sd, found.agreement.value) == pytest.approx(
        1.96 * 2**0.5 * error
    )
