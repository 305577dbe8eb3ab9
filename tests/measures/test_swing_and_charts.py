"""The rules behind the pages: swings within a person, the weakest pole, the shapes of a chart."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from secondvoice import measures
from secondvoice.measures import charts
from secondvoice.measures.change import Taken
from secondvoice.measures.following import weakest
from secondvoice.measures.swing import around, further, swing
from secondvoice.poles import Pole

DAY = date(2026, 3, 2)
# Anscombe's first set (1973): slope 0.5001, its standard error 0.1179, SD of x 3.3166.
X = (10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5)
Y = (8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68)


def test_the_swing_is_the_slope_over_two_standard_deviations() -> None:
    found = swing(list(zip(map(float, X), Y, strict=True)))
    assert found is not None
    assert found.points == pytest.approx(0.50009 * 2 * 3.31662, abs=1e-4)
    half = 2.262157 * 0.11791 * 2 * 3.31662
    assert (found.high - found.low) / 2 == pytest.approx(half, abs=1e-3)
    assert found.clear


def test_with_few_pairs_or_days_all_alike_nothing_is_said() -> None:
    assert swing([(float(x), y) for x, y in zip(X, Y, strict=True)][:7]) is None
    assert swing([(5.0, y) for y in Y]) is None


def test_a_taking_without_three_days_round_it_is_left_out() -> None:
    taken = [Taken("scs-sf", "total", DAY, 2.5)]
    days = {DAY - timedelta(days=back): 4.0 + back for back in range(3)}
    assert around(taken, days) == [(5.0, 2.5)]
    del days[DAY]
    assert around(taken, days) == []
    # Eight days before is too far back to count.
    assert around(taken, {**days, DAY - timedelta(days=7): 4.0}) == []


def test_which_swings_more_is_said_only_beyond_both_errors() -> None:
    pairs = [(float(x), y) for x, y in zip(X, Y, strict=True)]
    large = swing([(x, 10 * y) for x, y in pairs])
    small = swing(pairs)
    assert large is not None
    assert small is not None
    assert further(large, small) is True
    assert further(small, large) is False
    assert further(small, small) is None


def scores_with(**levels: int) -> measures.Scores:
    scs = measures.instrument("scs")
    answers = {item.id: levels.get(str(item.pole), 3) for item in scs.items}
    return measures.score(scs, answers)


def test_the_weakest_pole_needs_to_be_a_point_away() -> None:
    scs = measures.instrument("scs")
    assert weakest(scs, scores_with(isolation=5)) is Pole.ISOLATION
    assert weakest(scs, scores_with(self_kindness=1)) is Pole.SELF_KINDNESS
    assert weakest(scs, scores_with(isolation=4)) is None
    assert weakest(scs, scores_with(isolation=5, self_judgment=5)) is None


def test_without_poles_there_is_no_weakest() -> None:
    short = measures.instrument("scs-sf")
    scores = measures.score(short, {item.id: 3 for item in short.items})
    assert weakest(short, scores) is None


def line_of(*points: tuple[int, float]) -> charts.Chart:
    dated = tuple((DAY + timedelta(days=at), value) for at, value in points)
    return charts.draw([charts.Series("total", "total", dated)], least=1, most=5, half=0.5)


def test_the_scale_is_drawn_whole_whatever_the_scores() -> None:
    chart = line_of((0, 1.0), (14, 5.0))
    assert [tick.label for tick in chart.up] == ["1", "2", "3", "4", "5"]
    assert chart.lines[0].path == "M30.0 166.0L346.0 8.0"


def test_one_day_stands_in_the_middle() -> None:
    chart = line_of((0, 3.0))
    assert chart.lines[0].path == ""
    assert chart.lines[0].dots == "M188.0 87.0h0"


def test_the_ribbon_stays_within_the_scale() -> None:
    heights = [
        float(part)
        for part in line_of((0, 1.0), (14, 5.0))
        .band.replace("M", " ")
        .replace("L", " ")
        .replace("Z", "")
        .split()[1::2]
    ]
    assert min(heights) == 8.0
    assert max(heights) == 166.0


@pytest.mark.parametrize("years", [1, 3, 10, 40])
def test_labels_never_crowd(years: int) -> None:
    chart = line_of(*((day, 3.0) for day in range(0, years * 365, 30)))
    assert 2 <= len(chart.along) <= charts.MOST_TICKS + 1
    places = [tick.at for tick in chart.along]
    assert all(after - before > 30 for before, after in itertools.pairwise(places))


def test_nothing_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="one point"):
        charts.draw([], least=1, most=5)
