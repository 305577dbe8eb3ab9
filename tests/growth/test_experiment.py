"""An experiment on oneself: planned by lot, read as planned, and honest where nothing is seen."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import product
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondvoice.growth.helps import NOTHING, experiment
from secondvoice.growth.helps.experiment import Day, Plan, by_lot, interval

START = date(2026, 3, 2)
NAMES = {"soles": "Soles of the feet", "letter": "A kind letter"}


def made(seed: int = 4, **chosen: int) -> Plan:
    return experiment.plan("soles", "letter", start=START, seed=seed, **chosen)


def lived(plan: Plan, *, lighter: float, noise: float = 0.8, drift: float = 0.0) -> list[Day]:
    """Days on which ``one`` makes it lighter by so much, while it drifts by so much a day."""
    chance = random.Random(11)
    days = []
    for number in range((plan.last - plan.first).days + 1):
        day = plan.first + timedelta(days=number)
        block = plan.on(day)
        assert block is not None
        hard = 6 + drift * number - lighter * (block.what == plan.one) + chance.gauss(0, noise)
        days.append(Day(day, max(0, min(10, round(hard))), done=True))
    return days


def read(plan: Plan, days: list[Day]) -> experiment.Result:
    return experiment.result(plan, days, today=plan.last + timedelta(days=1), names=NAMES)


def test_each_pair_has_both_in_an_order_drawn_by_lot() -> None:
    plan = made()
    assert len(plan.blocks) == 16
    assert all({first.what, second.what} == {"soles", "letter"} for first, second in plan.pairs)
    orders = {pair[0].what for seed in range(5) for pair in made(seed).pairs}
    assert orders == {"soles", "letter"}


def test_blocks_follow_one_another_without_a_gap() -> None:
    plan = made(pairs=6, block_days=2)
    for number in range(24):
        block = plan.on(START + timedelta(days=number))
        assert block == plan.blocks[number // 2]
    assert plan.on(START - timedelta(days=1)) is None
    assert plan.on(START + timedelta(days=24)) is None


def test_the_lot_is_the_same_for_the_same_seed_and_fair_over_many() -> None:
    assert made(7) == made(7)
    first = [pair[0].what == "soles" for seed in range(500) for pair in made(seed).pairs]
    assert 0.46 < fmean(first) < 0.54


def test_the_plan_says_before_the_first_day_how_it_will_be_read() -> None:
    said = " ".join(made(settle=1).sentences(NAMES))
    assert "with Soles of the feet, or with A kind letter?" in said
    assert "8 pairs of blocks of 3 days, from 2 March to 18 April." in said
    assert "The first day of each block is for settling in" in said
    assert "looked at once, at the end" in said
    single = " ".join(made(block_days=1).sentences(NAMES))
    assert "8 pairs of single days, from 2 March to 17 March." in single
    against_none = experiment.plan("soles", start=START, seed=1)
    assert "or is there no difference?" in against_none.sentences(NAMES)[0]


@pytest.mark.parametrize(
    "chosen",
    [{"pairs": 5}, {"pairs": 13}, {"block_days": 0}, {"block_days": 15}, {"settle": 3}],
)
def test_a_plan_that_could_say_nothing_is_refused(chosen: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"pairs of blocks|A block has|has to count"):
        made(**chosen)


@pytest.mark.parametrize(("one", "other"), [("soles", "soles"), (NOTHING, "soles")])
def test_a_thing_is_not_compared_with_itself(one: str, other: str) -> None:
    with pytest.raises(ValueError, match="one practice with another"):
        experiment.plan(one, other, start=START, seed=1)


def test_a_clear_difference_is_seen_with_its_size() -> None:
    plan = made()
    found = read(plan, lived(plan, lighter=2))
    assert found.verdict == "one"
    assert found.low is not None
    assert found.high is not None
    assert 0 < found.low < 2 < found.high
    assert found.sentence.startswith("Days were less hard with Soles of the feet, by about 2 to 3 ")
    assert found.p == 2 / 2**8
    assert (found.days, found.as_planned) == (48, 1.0)


def test_the_other_way_round_is_said_the_other_way_round() -> None:
    plan = made()
    found = read(plan, lived(plan, lighter=-2))
    assert found.verdict == "other"
    assert found.sentence.startswith("Days were less hard with A kind letter, by about 1 to 2 ")


def test_no_difference_is_told_with_what_could_have_been_missed() -> None:
    plan = made()
    found = read(plan, lived(plan, lighter=0))
    assert found.verdict == "none"
    assert found.sentence == (
        "No difference seen. If there is one, it is likely smaller than 1 point of 10."
    )


def test_getting_better_over_the_weeks_is_not_taken_for_a_difference() -> None:
    for seed in range(20):
        plan = made(seed)
        assert read(plan, lived(plan, lighter=0, drift=-0.1, noise=0.6)).verdict == "none", seed


def test_nothing_is_worked_out_before_the_end() -> None:
    plan = made()
    days = lived(plan, lighter=5)
    found = experiment.result(plan, days, today=plan.last, names=NAMES)
    assert (found.verdict, found.lighter, found.pairs) == ("running", None, ())
    assert found.sentence == "It runs until 18 April. Looking earlier would be guessing."


def test_a_block_without_a_number_leaves_its_pair_out() -> None:
    plan = made()
    days = lived(plan, lighter=2)
    gone = {block.first + timedelta(days=n) for block in plan.blocks[:3:2] for n in range(3)}
    found = read(plan, [day for day in days if day.day not in gone])
    assert len(found.pairs) == 6
    assert found.verdict == "one"
    gone |= {plan.blocks[4].first + timedelta(days=n) for n in range(3)}
    found = read(plan, [Day(day.day, None if day.day in gone else day.hard) for day in days])
    assert (found.verdict, found.lighter) == ("early", None)
    assert found.sentence == "Too early to say: 5 of the 6 whole pairs that it takes."


def test_days_to_settle_in_do_not_count() -> None:
    plan = made(settle=1)
    days = lived(plan, lighter=2)
    firsts = {block.first for block in plan.blocks}
    changed = [Day(day.day, 10 if day.day in firsts else day.hard) for day in days]
    assert read(plan, changed).lighter == read(plan, days).lighter


def test_a_day_counts_as_planned_whether_it_was_done_or_not() -> None:
    plan = made()
    days = lived(plan, lighter=2)
    undone = [Day(day.day, day.hard, done=number % 2 == 0) for number, day in enumerate(days)]
    found = read(plan, undone)
    assert found.lighter == read(plan, days).lighter
    assert found.as_planned == 0.5


def test_a_number_beyond_the_scale_is_refused() -> None:
    plan = made()
    with pytest.raises(ValueError, match="0 to 10"):
        read(plan, [Day(START, 11)])


def test_a_test_worked_by_hand() -> None:
    # Only +++ and --- give a sum as large as 6 or more; 2 of 8 ways.
    assert by_lot([1, 2, 3]) == 0.25
    # Their sum is 0, and every way comes as far as that.
    assert by_lot([1, -1, 0]) == 1.0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-12, 12).map(lambda n: n / 3), min_size=6, max_size=8))
def test_the_interval_holds_just_what_the_test_does_not_refuse(differences: list[float]) -> None:
    low, high = interval(differences)
    assert low <= fmean(differences) <= high

    def p_of(value: float) -> float:
        return by_lot([each - value for each in differences])

    assert p_of(low - 1e-6) <= 0.05
    assert p_of(high + 1e-6) <= 0.05
    if high - low > 1e-5:
        assert p_of(low + 1e-6) > 0.05
        assert p_of(high - 1e-6) > 0.05


def test_the_interval_misses_the_truth_in_one_of_twenty_at_most() -> None:
    """Over all ways in which the lot can fall, for one stubborn set of days with a trend."""
    base = [(6.0 + 0.3 * n + (n % 3), 5.0 + 0.3 * n + (n % 4) * 0.7) for n in range(7)]
    missed = 0
    for way in product((True, False), repeat=7):
        differences = [
            (second - (first - 1)) if one_first else (first - (second - 1))
            for one_first, (first, second) in zip(way, base, strict=True)
        ]
        low, high = interval(differences)
        missed += not low - 1e-9 <= 1 <= high + 1e-9
    assert missed / 128 <= 0.05
