"""What helps: the estimates, what is said of them, and what they are held against."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondvoice.growth.helps import NOTHING, Estimate, Occasion, answered, what_helps
from secondvoice.growth.helps.effects import Effect, effects
from secondvoice.growth.helps.estimates import PROBABLY, Z80, estimates_of, odds
from secondvoice.growth.helps.prior import Prior
from secondvoice.growth.helps.sums import Sums
from secondvoice.growth.helps.words import points

NOW = datetime(2026, 6, 1, 20, tzinfo=UTC)


def diary(
    effects_of: dict[str, float],
    *,
    each: int,
    fall: float = 0.6,
    pull: float = 0.25,
    noise: float = 0.8,
    seed: int = 1,
) -> list[Occasion]:
    """A made-up person: by so many points each practice helps, beyond what falls by itself."""
    chance = random.Random(seed)
    found = []
    for number in range(each):
        for what, effect in effects_of.items():
            before = chance.choice([5, 6, 7, 7, 8, 9])
            lighter = fall + pull * (before - 7) + effect + chance.gauss(0, noise)
            after = max(0, min(10, round(before - lighter)))
            when = NOW - timedelta(days=2 * (each - number), minutes=chance.randrange(600))
            found.append(Occasion(when, what, "", before, after))
    return found


def overall(estimates: tuple[Estimate, ...]) -> dict[str, Estimate]:
    return {each.what: each for each in estimates if not each.kind}


def test_what_helps_is_told_from_what_does_nothing() -> None:
    found = overall(what_helps(diary({NOTHING: 0, "break": 2, "object": 0}, each=40), now=NOW))
    assert set(found) == {"break", "object"}
    assert found["break"].verdict == "helps"
    assert found["break"].low < 2 < found["break"].high
    assert found["break"].sentence.startswith("Probably helps you, by about 1½ to 2")
    assert found["break"].sentence.endswith(" points of 10; 40 times so far.")
    assert found["object"].verdict == "none"
    assert found["object"].sentence == (
        "No difference seen. If there is one, it is likely under a point of 10; 40 times so far."
    )


def test_what_makes_it_heavier_is_said_too() -> None:
    found = overall(what_helps(diary({NOTHING: 0, "scan": -2, "break": 1}, each=40), now=NOW))
    assert found["scan"].verdict == "heavier"
    assert "rather heavier afterwards" in found["scan"].sentence
    assert "You can leave it out." in found["scan"].sentence


def test_a_few_times_are_too_early_whatever_they_say() -> None:
    moments = [Occasion(NOW - timedelta(days=n), "break", "", 9, 1) for n in range(4)]
    (found,) = what_helps(moments, now=NOW)
    assert (found.verdict, found.sentence) == ("early", "Too early to say; 4 times so far.")
    (once,) = what_helps(moments[:1], now=NOW)
    assert once.sentence == "Too early to say; once so far."


def test_many_times_on_one_day_are_too_early() -> None:
    background = diary({NOTHING: 0}, each=30)
    one_day = [Occasion(NOW - timedelta(minutes=n), "break", "", 8, 3) for n in range(12)]
    days = [Occasion(NOW - timedelta(days=n), "break", "", 8, 3) for n in range(12)]
    assert overall(what_helps(background + one_day, now=NOW))["break"].verdict == "early"
    assert overall(what_helps(background + days, now=NOW))["break"].verdict == "helps"


def test_coming_when_it_is_worst_is_not_taken_for_help() -> None:
    """By itself it falls from 9 to 7. Only who looks at before − after alone calls that help."""
    moments = diary({NOTHING: 0, "soles": 0}, each=40, fall=2, noise=0.5)
    found = overall(what_helps(moments, now=NOW))["soles"]
    mean_fall = np.mean([m.before - m.after for m in moments if m.what == "soles"])
    assert mean_fall > 1.8
    assert found.verdict == "none"
    assert abs(found.mid) < 0.3


def test_a_practice_of_the_worst_hours_is_not_flattered() -> None:
    """Two that do the same; one is done only when it is very bad, and so falls further."""
    chance = random.Random(3)
    moments = []
    for number in range(60):
        for what, befores in (
            ("soles", (8, 9, 10)),
            ("thanks", (3, 4, 5)),
            (NOTHING, range(3, 10)),
        ):
            before = chance.choice(list(befores))
            lighter = 0.5 * (before - 5) + (1 if what else 0) + chance.gauss(0, 0.7)
            after = max(0, min(10, round(before - lighter)))
            moments.append(Occasion(NOW - timedelta(days=number), what, "", before, after))
    found = overall(what_helps(moments, now=NOW))
    raw = {
        what: np.mean([m.before - m.after for m in moments if m.what == what])
        for what in ("soles", "thanks")
    }
    assert raw["soles"] - raw["thanks"] > 2
    assert abs(found["soles"].mid - found["thanks"].mid) < 0.5


def test_without_moments_of_nothing_the_interval_stays_as_wide_as_the_doubt() -> None:
    with_nothing = overall(what_helps(diary({NOTHING: 0, "break": 1}, each=200), now=NOW))["break"]
    without = overall(what_helps(diary({"break": 1}, each=200), now=NOW))["break"]
    assert with_nothing.high - with_nothing.low < 0.5
    assert without.high - without.low > 0.8


def test_a_general_improvement_over_the_year_is_not_credited_to_what_was_tried_late() -> None:
    chance = random.Random(5)
    moments = []
    for day in range(200):
        for what in (NOTHING, "letter" if day > 130 else "break"):
            before = chance.choice([5, 6, 7, 8])
            lighter = 0.3 + day / 100 + (0.8 if what else 0) + chance.gauss(0, 0.7)
            when = NOW - timedelta(days=200 - day)
            moments.append(Occasion(when, what, "", before, max(0, round(before - lighter))))
    found = overall(what_helps(moments, now=NOW))
    raw = {
        what: np.mean([m.before - m.after for m in moments if m.what == what])
        for what in ("break", "letter")
    }
    assert raw["letter"] - raw["break"] > 0.7
    assert abs(found["letter"].mid - found["break"].mid) < 0.35


def test_each_kind_of_moment_has_its_own_estimate_near_the_whole() -> None:
    moments = [
        Occasion(moment.when, moment.what, kind, moment.before, moment.after)
        for kind, effect, seed in (("isolation", 2.5, 1), ("self_judgment", 0.5, 2))
        for moment in diary({NOTHING: 0, "friend": effect}, each=30, seed=seed)
    ]
    found = {each.kind: each for each in what_helps(moments, now=NOW)}
    assert list(found) == ["", "isolation", "self_judgment"]
    assert found["isolation"].mid > found[""].mid > found["self_judgment"].mid
    assert found[""].times == 60
    assert found["isolation"].times == 30


def test_with_few_figures_an_estimate_stays_near_what_was_expected() -> None:
    few = overall(what_helps(diary({NOTHING: 0, "break": 4}, each=3, noise=0.1), now=NOW))["break"]
    many = overall(what_helps(diary({NOTHING: 0, "break": 4}, each=60, noise=0.1), now=NOW))[
        "break"
    ]
    assert 0.6 < few.mid < many.mid - 0.3
    assert abs(many.mid - 4) < 0.3


def test_what_lacks_the_first_rating_or_lies_ahead_counts_for_nothing() -> None:
    moments = diary({NOTHING: 0, "break": 1}, each=10)
    more = [
        Occasion(NOW, "break", "", None, 2),
        Occasion(NOW, "break", "", None, None),
        Occasion(NOW + timedelta(hours=1), "break", "", 8, 0),
        Occasion(NOW + timedelta(hours=1), "break", "", 8, None),
        Occasion(NOW, "vow", "", None, None),
    ]
    assert what_helps(moments + more, now=NOW) == what_helps(moments, now=NOW)


def test_nothing_kept_nothing_said() -> None:
    assert what_helps([], now=NOW) == ()
    assert what_helps(diary({NOTHING: 0}, each=5), now=NOW) == ()


def test_a_rating_beyond_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="0 to 10"):
        what_helps([Occasion(NOW, "break", "", 11, 3)], now=NOW)


def test_the_order_in_which_the_diary_is_read_changes_nothing() -> None:
    moments = diary({NOTHING: 0, "break": 1, "letter": 0.5}, each=12)
    shuffled = random.Random(9).sample(moments, len(moments))
    for one, other in zip(what_helps(moments, now=NOW), what_helps(shuffled, now=NOW), strict=True):
        assert (one.what, one.sentence) == (other.what, other.sentence)
        assert one.mid == pytest.approx(other.mid, abs=1e-9)


def test_one_more_occasion_is_one_update() -> None:
    moments = diary({NOTHING: 0, "break": 1, "letter": 0.5}, each=12)
    sums = Sums.of(moments[:-1], now=NOW)
    sums.add(moments[-1])
    assert estimates_of(sums) == what_helps(moments, now=NOW)


def test_more_of_the_same_narrows_the_interval() -> None:
    widths = [
        found.high - found.low
        for each in (5, 20, 80)
        for found in what_helps(diary({NOTHING: 0, "break": 1}, each=each), now=NOW)
    ]
    assert all(later < earlier for earlier, later in pairwise(widths))


def test_it_is_the_exact_answer_of_the_model() -> None:
    """Beside the dense matrices of Bayesian linear regression, with the spreads held still."""
    chance = random.Random(1)
    moments = [
        Occasion(
            NOW - timedelta(days=chance.randint(0, 500)),
            chance.choice(["", "a", "b", "c"]),
            chance.choice(["", "x", "y"]),
            chance.randint(3, 10),
            chance.randint(0, 8),
        )
        for _ in range(80)
    ]
    held = Prior(apart=((0.6, 1.0),), noise=1.5, noise_log_sd=1e-5)
    befores = np.array([moment.before for moment in moments], float)
    years = np.array([(moment.when - NOW).total_seconds() / 31_557_600 for moment in moments])
    lighter = befores - np.array([moment.after for moment in moments], float)
    names = ["a", "b", "c"]
    cells = [(what, kind) for what in names for kind in ("", "x", "y")]
    design = np.array(
        [
            [1, before - befores.mean(), year - years.mean(), moment.what != NOTHING]
            + [moment.what == what for what in names]
            + [(moment.what, moment.kind) == cell for cell in cells]
            for moment, before, year in zip(moments, befores, years, strict=True)
        ],
        float,
    )
    fixed = (held.fall, held.pull, held.trend, held.general)
    mean = np.array([each[0] for each in fixed] + [0] * 12)
    variance = np.array([each[1] ** 2 for each in fixed] + [0.36] * 3 + [0.09] * 9)
    covariance = np.linalg.inv(np.diag(1 / variance) + design.T @ design / 1.5**2)
    solved = covariance @ (mean / variance + design.T @ lighter / 1.5**2)
    found = effects(Sums.of(moments, now=NOW), held)
    assert len(found) == 9
    for effect in found:
        row = np.zeros(16)
        row[3] = row[4 + names.index(effect.what)] = 1
        for place, (what, kind) in enumerate(cells):
            if what == effect.what:
                count = sum((m.what, m.kind) == (what, kind) for m in moments)
                share = float(kind == effect.kind) if effect.kind else count / effect.times
                row[7 + place] = share
        assert effect.mean == pytest.approx(row @ solved, abs=1e-6)
        assert effect.sd == pytest.approx(np.sqrt(row @ covariance @ row), abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 4_000),
            st.sampled_from(["", "a", "b"]),
            st.sampled_from(["", "x"]),
            st.integers(0, 10),
            st.integers(0, 10),
        ),
        max_size=40,
    )
)
def test_whatever_was_rated_there_is_an_interval(
    rows: list[tuple[int, str, str, int, int]],
) -> None:
    moments = [
        Occasion(NOW - timedelta(days=ago), what, kind, before, after)
        for ago, what, kind, before, after in rows
    ]
    found = what_helps(moments, now=NOW)
    assert {each.what for each in found} == {what for _, what, *_ in rows if what}
    for each in found:
        assert -11 < each.low < each.mid < each.high < 11
        assert each.times == sum(
            what == each.what and each.kind in {"", kind} for _, what, kind, *_ in rows
        )


def test_the_odds_are_those_of_a_half_normal_beside_nothing() -> None:
    """Summed over a fine grid of what it might do, for somebody who expected nothing."""
    v0, sd_of_figures, seen = Prior().possible, 0.5, 1.2
    might = np.linspace(0, 10, 200_001)
    expected = 2 * np.exp(-(might**2) / (2 * v0)) / np.sqrt(2 * np.pi * v0)
    likelihood = np.exp(-((seen - might) ** 2) / (2 * sd_of_figures**2))
    nothing = np.exp(-(seen**2) / (2 * sd_of_figures**2))
    worked = np.trapezoid(expected * likelihood, might) / nothing
    after = 1 / (1 / v0 + 1 / sd_of_figures**2)
    doubtful = after * seen / sd_of_figures**2
    effect = Effect("break", "", 20, 3, 0, after**0.5, doubtful, 0.3)
    assert odds(effect) == pytest.approx(worked, rel=1e-6)


def test_many_figures_ask_for_more_sds_since_there_were_more_looks() -> None:
    few, many = (Effect("break", "", 20, 3, 0, sd, 2.1 * sd, 0.3) for sd in (0.6, 0.1))
    assert odds(few) > PROBABLY > odds(many)


def unrated(what: str, times: int) -> list[Occasion]:
    return [Occasion(NOW - timedelta(days=n), what, "", 8, None) for n in range(times)]


def test_what_is_often_left_unrated_is_told_with_more_doubt() -> None:
    rated = diary({NOTHING: 0, "break": 1, "soles": 1}, each=40)
    plain = overall(what_helps(rated, now=NOW))
    found = overall(what_helps(rated + unrated("break", 40), now=NOW))
    width = {what: each.high - each.low for what, each in found.items()}
    before = {what: each.high - each.low for what, each in plain.items()}
    assert width["break"] > 1.2 * before["break"]
    assert width["soles"] < 1.1 * before["soles"]
    assert found["break"].mid == plain["break"].mid
    assert found["break"].times == 40


def test_leaving_out_as_many_ratings_of_everything_costs_nothing() -> None:
    rated = diary({NOTHING: 0, "break": 1}, each=40)
    gaps = unrated("break", 20) + unrated(NOTHING, 20)
    assert what_helps(rated + gaps, now=NOW) == what_helps(rated, now=NOW)


def test_low_and_high_are_the_80_percent_of_a_normal() -> None:
    sums = Sums.of(diary({NOTHING: 0, "break": 1}, each=20), now=NOW)
    (effect,), (estimate,) = effects(sums), estimates_of(sums)
    assert estimate.mid == effect.mean
    assert estimate.high - estimate.mid == pytest.approx(1.2816 * effect.sd, rel=1e-4)
    assert pytest.approx(1.2816, abs=1e-4) == Z80


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.9, 2.1, "1 to 2 points of 10"),
        (0.1, 0.4, "up to ½ point of 10"),
        (0.1, 2.0, "up to 2 points of 10"),
        (0.4, 0.6, "½ point of 10"),
        (1.9, 2.1, "2 points of 10"),
        (0.6, 1.4, "½ to 1½ points of 10"),
        (0.6, 1.1, "½ to 1 point of 10"),
    ],
)
def test_points_are_said_to_the_half(low: float, high: float, said: str) -> None:
    assert points(low, high) == said


def test_an_answer_is_named_by_the_parts_it_has() -> None:
    assert answered(["self_kindness", "mindfulness"]) == "answer:mindfulness+self_kindness"
    assert answered(["isolation"]) == NOTHING
