"""One pass over the answers: exact, the same in pieces, and plain about what it cannot take."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondvoice import measures
from secondvoice.measures import group
from tests.measures.group import golden

SCS_SF = measures.instrument("scs-sf")


def same(one: group.Moments, other: group.Moments) -> None:
    for field in group.Moments.__dataclass_fields__:
        assert np.array_equal(getattr(one, field), getattr(other, field)), field


def some(people: int, instrument: str = "scs-sf") -> np.ndarray:
    known = measures.instrument(instrument)
    values = [option.value for option in known.answers.options]
    chance = np.random.default_rng(people)
    return chance.choice(values, (people, len(group.columns(known)))).astype(np.float64)


@pytest.mark.parametrize("name", ["scs", "scs-sf", "ceas-self", "phq-9", "who-5"])
def test_means_and_covariances_are_those_of_numpy(name: str) -> None:
    answers = some(9000, name)
    found = group.moments(measures.instrument(name), answers)
    assert found.n == 9000
    assert found.means == pytest.approx(answers.mean(axis=0), rel=1e-13)
    assert found.covariance == pytest.approx(np.cov(answers, rowvar=False), rel=1e-10, abs=1e-13)
    assert found.floor.tolist() == (answers == found.least).sum(axis=0).tolist()
    assert found.ceiling.tolist() == (answers == found.most).sum(axis=0).tolist()


@settings(max_examples=25, deadline=None)
@given(rows=st.integers(0, 600), cut=st.integers(0, 600), seed=st.integers(0, 9))
def test_two_parts_add_up_to_the_whole(rows: int, cut: int, seed: int) -> None:
    answers = some(rows)
    answers[np.random.default_rng(seed).random(answers.shape) < 0.02] = np.nan
    whole = group.moments(SCS_SF, answers)
    same(group.moments(SCS_SF, answers[:cut]) + group.moments(SCS_SF, answers[cut:]), whole)
    assert whole.n + whole.left_out == rows


def test_parts_counted_on_several_processors_are_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = some(1001)
    answers[17, 3] = np.nan
    alone = group.moments(SCS_SF, answers)
    monkeypatch.setattr(import_module("secondvoice.measures.group.moments"), "SHARE", 100)
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    same(group.moments(SCS_SF, answers), alone)
    answers[900, 4] = 6
    with pytest.raises(group.GroupError, match=r"^scs_sf_5: "):
        group.moments(SCS_SF, answers)


def test_whoever_lacks_an_answer_is_left_out_and_counted() -> None:
    answers = some(40)
    answers[3, 0] = answers[17, 11] = np.nan
    found = group.moments(SCS_SF, answers)
    assert (found.n, found.left_out) == (38, 2)
    same(
        found + group.moments(SCS_SF, np.full((0, 12), 1)),
        group.moments(SCS_SF, np.delete(answers, [3, 17], axis=0))
        + group.moments(SCS_SF, answers[[3, 17]]),
    )


def test_somebody_at_the_very_end_of_the_total_gave_the_turned_answers_the_other_way() -> None:
    key = group.key(SCS_SF, "total")
    highest = np.where(key.over(group.columns(SCS_SF)) > 0, 5, 1)
    found = group.moments(SCS_SF, np.array([highest, 6 - highest, 6 - highest, [3] * 12]))
    assert found.ends["total"] == (2, 1)
    assert found.mean_of(key) == pytest.approx((5 + 1 + 1 + 3) / 4)


@pytest.mark.parametrize("strange", [0, 6, 2.5, np.inf, -np.inf])
@pytest.mark.parametrize("gap", [False, True])
def test_an_answer_off_the_scale_is_refused_by_its_column(strange: float, gap: bool) -> None:
    answers = some(30)
    answers[7, 4] = strange
    if gap:
        answers[8, 2] = np.nan
    with pytest.raises(
        group.GroupError, match=r"^scs_sf_5: an answer here is a whole number from 1"
    ):
        group.moments(SCS_SF, answers)


def test_a_table_of_another_shape_and_a_card_are_refused() -> None:
    with pytest.raises(group.GroupError, match=r"SCS-SF takes a table with 12 columns"):
        group.moments(SCS_SF, some(5)[:, :11])
    with pytest.raises(group.GroupError, match=r"is a card without its questions"):
        group.columns(measures.instrument("rses"))
    with pytest.raises(group.GroupError, match=r"answered different questions"):
        group.moments(SCS_SF, some(5)) + golden.moments("scs")
