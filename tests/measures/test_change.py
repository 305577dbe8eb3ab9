"""Change is told with its error: r, SD and source beside it, and no verdict where none is due."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondvoice import measures
from secondvoice.measures import Precision, Taken
from secondvoice.measures.change import basis
from secondvoice.measures.student import cumulative, quantile

DAY = date(2026, 3, 1)


def precision(name: str, score: str = "total", which: str = "") -> Precision:
    found = measures.instrument(name).precision_of(score, which)
    assert found is not None
    return found


def taken(value: float, name: str = "scs", *, days: int = 0, score: str = "total") -> Taken:
    return Taken(name, score, DAY + timedelta(days=days), value)


def history(*values: float, name: str = "scs", every: int = 14) -> list[Taken]:
    return [taken(value, name, days=n * every) for n, value in enumerate(values)]


LIMITS = [
    ("scs", "total", "", 0.49), ("scs", "self_kindness", "", 0.72),
    ("scs", "self_judgment", "", 0.76), ("scs", "common_humanity", "", 0.98),
    ("scs", "isolation", "", 0.99), ("scs", "mindfulness", "", 0.82),
    ("scs", "over_identification", "", 0.92), ("scs-sf", "total", "", 0.70),
    ("scs-sf", "total", "optimistic", 0.58), ("scs-sf", "total", "pessimistic", 0.94),
    ("who-5", "total", "", 23.6), ("phq-9", "total", "smaller-spread", 5.54),
    ("phq-9", "total", "", 6.65), ("gad-7", "total", "smaller-spread", 4.57),
    ("gad-7", "total", "", 5.37), ("rses", "total", "", 6.23), ("brs", "total", "", 1.05),
    ("ptq", "total", "", 18.5),
]  # fmt: skip


@pytest.mark.parametrize(("name", "score", "which", "expected"), LIMITS)
def test_the_smallest_reliable_difference(
    name: str, score: str, which: str, expected: float
) -> None:
    assert measures.limit(precision(name, score, which)) == pytest.approx(expected, abs=0.03)


def test_the_index_is_the_published_formula() -> None:
    change = measures.reliable_change(taken(2.4), taken(3.1, days=21), precision("scs"))
    assert change.rci == pytest.approx((3.1 - 2.4) / (0.63 * math.sqrt(2) * math.sqrt(1 - 0.92)))


def test_half_a_point_on_the_scs_is_a_reliable_change() -> None:
    change = measures.reliable_change(taken(2.7), taken(3.2, days=21), precision("scs"))
    assert change.verdict == "higher"
    assert change.sentence == (
        "A reliable change: 2.7 then, 3.2 now. The difference is larger than the 0.5 by which "
        "this score wavers by itself."
    )
    assert measures.reliable_change(
        taken(3.2), taken(2.7, days=21), precision("scs")
    ).verdict == "lower"  # fmt: skip


def test_between_the_computed_and_the_rounded_limit_nothing_is_claimed() -> None:
    change = measures.reliable_change(taken(2.0), taken(2.497, days=21), precision("scs"))
    assert change.rci is not None
    assert change.rci > 1.96
    assert change.verdict == "no reliable change"


def test_two_takings_of_one_day_can_be_compared() -> None:
    change = measures.reliable_change(taken(2.0), taken(3.0), precision("scs"))
    assert (change.verdict, change.difference) == ("higher", 1.0)


def test_less_is_no_reliable_change_and_never_called_no_change() -> None:
    change = measures.reliable_change(taken(2.7), taken(3.1, days=21), precision("scs"))
    assert change.verdict == "no reliable change"
    assert change.sentence.startswith("No reliable change: 2.7 then, 3.1 now.")
    assert "no change" not in change.sentence.lower()


@pytest.mark.parametrize(
    ("name", "step", "verdict"),
    [
        ("scs-sf", 0.69, "no reliable change"),
        ("scs-sf", 0.7, "higher"),
        ("phq-9", 6, "no reliable change"),
        ("phq-9", 7, "higher"),
        ("gad-7", 5, "no reliable change"),
        ("gad-7", 6, "higher"),
        ("who-5", 20, "no reliable change"),
        ("who-5", 24, "higher"),
    ],
)
def test_where_reliable_begins(name: str, step: float, verdict: str) -> None:
    change = measures.reliable_change(
        taken(2, name), taken(2 + step, name, days=30), precision(name)
    )
    assert change.verdict == verdict


def test_r_sd_and_source_stand_beside_the_verdict() -> None:
    change = measures.reliable_change(taken(2.7), taken(3.1, days=21), precision("scs"))
    assert "r = 0.92 (Spanish version" in change.basis
    assert "SD = 0.63 (Neff 2003" in change.basis
    assert "unverified: from memory" in change.basis


def test_both_can_be_overridden_and_then_stand_there_as_yours() -> None:
    mine = measures.overridden(precision("scs"), r=0.80, sd=0.70)
    assert measures.limit(mine) == pytest.approx(1.96 * 0.70 * math.sqrt(0.4))
    change = measures.reliable_change(taken(2.7), taken(3.3, days=21), mine)
    assert change.verdict == "no reliable change"
    assert "r = 0.8 (set by you; yours)" in change.basis
    assert measures.overridden(precision("scs")) == precision("scs")


def test_an_override_lifts_what_was_rounded_for_other_figures() -> None:
    mine = measures.overridden(precision("scs", "self_kindness"), r=0.95)
    assert measures.limit(mine) == pytest.approx(1.96 * 0.75 * math.sqrt(0.1))
    assert mine.words == ""


@pytest.mark.parametrize("r", [0, 1, 1.2, -0.5])
def test_an_r_that_is_none_is_refused(r: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        measures.overridden(precision("scs"), r=r)


@pytest.mark.parametrize("sd", [0, -1, math.inf, math.nan])
def test_an_sd_that_is_none_is_refused(sd: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        measures.overridden(precision("scs"), sd=sd)


@pytest.mark.parametrize("name", ["who-5", "ceas-self"])
def test_one_figure_alone_is_refused_where_the_other_is_not_known(name: str) -> None:
    with pytest.raises(ValueError, match="both r and SD"):
        measures.overridden(precision(name), r=0.8)
    both = measures.overridden(precision(name), r=0.8, sd=10.0)
    assert both.verdict
    assert measures.limit(both) == pytest.approx(1.96 * 10 * math.sqrt(0.4))


class TestNoVerdict:
    def test_across_two_forms(self) -> None:
        change = measures.reliable_change(
            taken(2.0, "scs"), taken(4.0, "scs-sf", days=20), precision("scs-sf")
        )
        assert change.verdict == "no verdict"
        assert "two different forms" in change.sentence

    def test_over_more_than_six_months(self) -> None:
        first = taken(2.0)
        last = Taken("scs", "total", date(2026, 9, 1), 4.0)
        assert measures.reliable_change(first, last, precision("scs")).verdict == "higher"
        late = Taken("scs", "total", date(2026, 9, 2), 4.0)
        change = measures.reliable_change(first, late, precision("scs"))
        assert change.verdict == "no verdict"
        assert "six months" in change.sentence

    def test_six_months_from_the_end_of_august_end_with_february(self) -> None:
        first = Taken("scs", "total", date(2026, 8, 31), 2.0)
        for day, verdict in ((date(2027, 2, 28), "higher"), (date(2027, 3, 1), "no verdict")):
            last = Taken("scs", "total", day, 4.0)
            assert measures.reliable_change(first, last, precision("scs")).verdict == verdict

    @pytest.mark.parametrize("name", ["sscs-l", "sscs-s"])
    def test_for_a_state(self, name: str) -> None:
        change = measures.reliable_change(
            taken(1.0, name), taken(5.0, name, days=1), precision(name)
        )
        assert change.verdict == "no verdict"
        assert "a state is meant to change" in change.sentence

    @pytest.mark.parametrize(
        ("name", "score"),
        [
            ("scs", "compassionate"), ("scs", "uncompassionate"), ("scs-sf", "compassionate"),
            ("phq-4", "total"), ("phq-8", "total"), ("ipip-self-esteem", "total"),
            ("ceas-self", "action"), ("ucla-3", "total"),
        ],
    )  # fmt: skip
    def test_where_no_retest_value_was_found(self, name: str, score: str) -> None:
        change = measures.reliable_change(
            taken(1.0, name, score=score),
            taken(5.0, name, score=score, days=20),
            precision(name, score),
        )
        assert change.verdict == "no verdict"
        assert "no retest value was found" in change.sentence

    def test_for_two_different_scores_of_one_form(self) -> None:
        change = measures.reliable_change(
            taken(1.0, score="isolation"), taken(5.0, days=20), precision("scs")
        )
        assert change.verdict == "no verdict"


def test_subscales_are_told_as_about_one_point() -> None:
    rule = precision("scs", "isolation")
    for step, verdict in ((0.9, "no reliable change"), (1.0, "higher")):
        change = measures.reliable_change(
            taken(2.0, score="isolation"), taken(2.0 + step, score="isolation", days=20), rule
        )
        assert change.verdict == verdict
        assert "about one point" in change.sentence
        assert not re.search(r"0\.99", change.sentence)


def test_the_later_taking_comes_second() -> None:
    with pytest.raises(ValueError, match="comes second"):
        measures.reliable_change(taken(2.0, days=3), taken(3.0), precision("scs"))


class TestOwnSpread:
    def test_until_four_takings_the_one_before_is_the_measure(self) -> None:
        change = measures.latest_change(history(2.9, 3.0, 2.9, 3.6), precision("scs"))
        assert change is not None
        assert change.verdict == "higher"
        assert change.low is None
        assert "r = 0.92" in change.basis

    def test_from_five_on_it_is_the_persons_own_spread(self) -> None:
        # Restless before: 0.6 is nothing out of the ordinary for this person.
        change = measures.latest_change(history(2.4, 3.2, 2.5, 3.0, 3.6), precision("scs"))
        assert change is not None
        assert change.verdict == "no reliable change"
        assert change.difference == pytest.approx(0.6)
        assert change.low is not None
        assert "your own usual range" in change.sentence
        assert "Your own 4 scores before" in change.basis

    def test_a_steady_person_moves_reliably_with_less(self) -> None:
        change = measures.latest_change(history(3.0, 3.05, 3.0, 2.95, 3.4), precision("scs"))
        assert change is not None
        assert change.verdict == "higher"

    def test_a_spread_of_nothing_makes_no_step_look_reliable(self) -> None:
        change = measures.latest_change(history(3.0, 3.0, 3.0, 3.0, 3.2), precision("scs"))
        assert change is not None
        assert change.verdict == "no reliable change"
        assert change.low is None

    def test_takings_of_another_form_or_long_ago_do_not_count(self) -> None:
        mixed = [*history(2.9, 3.0, name="scs-sf"), *history(2.9, 3.0, 3.1)]
        change = measures.latest_change(mixed, precision("scs"))
        assert change is not None
        assert change.low is None
        old = measures.latest_change(history(2.4, 3.2, 2.5, 3.0, 3.6, every=60), precision("scs"))
        assert old is not None
        assert old.low is None

    def test_a_gap_of_more_than_six_months_gives_no_verdict(self) -> None:
        takings = [*history(2.9, 3.0, 2.8, 3.1), taken(4.5, days=400)]
        change = measures.latest_change(takings, precision("scs"))
        assert change is not None
        assert change.verdict == "no verdict"

    def test_a_state_shows_the_spread_and_no_verdict(self) -> None:
        change = measures.latest_change(
            history(2.0, 3.0, 2.5, 3.5, 4.0, name="sscs-s", every=1), precision("sscs-s")
        )
        assert change is not None
        assert change.verdict == "no verdict"
        assert change.low is not None

    def test_one_taking_is_nothing_to_compare(self) -> None:
        assert measures.latest_change(history(3.0), precision("scs")) is None
        assert measures.latest_change([], precision("scs")) is None

    def test_the_band_is_the_prediction_interval(self) -> None:
        spread = measures.own_spread([2.0, 2.5, 3.0, 3.5])
        half = 3.182446 * math.sqrt(5 / 12) * math.sqrt(1 + 1 / 4)
        assert (spread.low, spread.high) == pytest.approx((2.75 - half, 2.75 + half), abs=1e-6)

    def test_one_score_has_no_spread(self) -> None:
        with pytest.raises(ValueError, match="two scores"):
            measures.own_spread([3.0])


def test_important_and_reliable_are_both_said() -> None:
    said = measures.important(measures.instrument("who-5"), "total")
    assert "10 points (Topp 2015; unverified: from memory)" in said
    assert "smaller than the 23.6" in said
    assert "smaller than" in measures.important(measures.instrument("phq-9"), "total")
    for name in ("scs", "scs-sf", "sscs-l", "sscs-s"):
        assert measures.important(measures.instrument(name), "total") == ""


def test_no_sentence_about_change_is_clinical_or_praises() -> None:
    words = re.compile(
        r"clinic|diagnos|sever|moderate|mild|depress|improve|better|worse|recover|well done",
        re.IGNORECASE,
    )
    for instrument in measures.instruments().values():
        for rule in instrument.precision:
            for step in (-20.0, -0.1, 0.0, 0.1, 20.0):
                change = measures.reliable_change(
                    taken(30.0, instrument.id, score=rule.score),
                    taken(30.0 + step, instrument.id, score=rule.score, days=20),
                    rule,
                )
                assert not words.search(change.sentence), change.sentence
            assert basis(rule) or rule.why


# t(0.975) as every table prints it.
TABLE = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 10: 2.228, 20: 2.086, 30: 2.042, 120: 1.980}  # fmt: skip


@pytest.mark.parametrize(("freedom", "expected"), TABLE.items())
def test_students_t_is_that_of_the_tables(freedom: int, expected: float) -> None:
    assert quantile(0.975, freedom) == pytest.approx(expected, abs=6e-4)


@given(t=st.floats(0, 50), freedom=st.integers(1, 60))
def test_students_t_is_symmetric_and_its_quantile_undoes_it(t: float, freedom: int) -> None:
    up = cumulative(t, freedom)
    assert up + cumulative(-t, freedom) == pytest.approx(1)
    if up < 1 - 1e-6:
        assert quantile(up, freedom) == pytest.approx(t, abs=1e-4, rel=1e-4)


@pytest.mark.parametrize(("probability", "freedom"), [(0.4, 3), (1.0, 3), (0.9, 0)])
def test_students_t_refuses_what_it_cannot_answer(probability: float, freedom: int) -> None:
    with pytest.raises(ValueError, match="degree of freedom"):
        quantile(probability, freedom)
