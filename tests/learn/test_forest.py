"""Forest plots: every interval lies where its numbers say."""

from __future__ import annotations

import re

import pytest

from secondvoice.learn.cards import cards
from secondvoice.learn.evidence import Effect, evidence
from secondvoice.learn.forest import HALF_BOX, LEFT, RIGHT, WIDTH, draw, plots

ROOM = WIDTH - LEFT - RIGHT


def ends(stroke: str) -> tuple[float, float]:
    found = re.fullmatch(r"M([\d.]+) [\d.]+H([\d.]+)", stroke)
    assert found
    return float(found[1]), float(found[2])


def middle(box: str) -> float:
    return float(re.match(r"M([\d.]+) ", box)[1]) + HALF_BOX  # type: ignore[index]  # always there


def test_an_interval_and_its_value_lie_where_the_numbers_say() -> None:
    plot = draw("g", [("One", Effect("x", "g", 0.5, 0.25, 0.75))])
    assert ends(plot.rows[0].stroke) == (LEFT + ROOM / 4, LEFT + ROOM * 3 / 4)
    assert middle(plot.rows[0].box) == pytest.approx(LEFT + ROOM / 2, abs=0.06)
    assert plot.zero == LEFT
    assert [tick.label for tick in plot.ticks] == ["0", "0.25", "0.5", "0.75", "1"]


def test_a_correlation_is_drawn_on_all_of_its_range() -> None:
    plot = draw("r", [("One", Effect("x", "r", -0.5, -0.75, -0.25))])
    assert ends(plot.rows[0].stroke) == (
        LEFT + ROOM / 8,
        pytest.approx(LEFT + ROOM * 3 / 8, abs=0.06),
    )
    assert plot.zero == LEFT + ROOM / 2
    assert [tick.label for tick in plot.ticks] == ["−1", "−0.5", "0", "0.5", "1"]


@pytest.mark.parametrize(
    ("low", "high", "least", "most"),
    [(-0.1, 0.4, "−0.25", "1"), (0.2, 1.3, "0", "1.5"), (0.25, 1.25, "0", "1.25")],
)
def test_the_axis_grows_with_what_is_on_it(low: float, high: float, least: str, most: str) -> None:
    plot = draw("g", [("One", Effect("x", "g", (low + high) / 2, low, high))])
    assert (plot.ticks[0].label, plot.ticks[-1].label) == (least, most)
    left, right = ends(plot.rows[0].stroke)
    assert LEFT <= left < right <= WIDTH - RIGHT


def test_rows_lie_one_under_the_other_above_the_axis() -> None:
    effect = Effect("x", "g", 0.5, 0.25, 0.75)
    plot = draw("g", [("One", effect), ("Two", effect), ("Three", effect)])
    heights = [row.y for row in plot.rows]
    assert heights == sorted(set(heights))
    assert heights[-1] < plot.bottom < plot.height


@pytest.mark.parametrize("figures", [[], [("One", Effect("x", "g", 0.5))]])
def test_nothing_is_drawn_without_an_interval(figures: list[tuple[str, Effect]]) -> None:
    with pytest.raises(ValueError, match="an interval for each"):
        draw("g", figures)


def test_the_plots_of_a_card_hold_what_has_an_interval_and_no_more() -> None:
    drawn = {
        row.label: row.numbers for plot in plots(cards()["practice"].rests_on) for row in plot.rows
    }
    assert drawn == {
        "Wilson and others 2019: more self-compassion": "0.52 (0.32 to 0.71)",
        "Wilson and others 2019: less anxiety": "0.46 (0.25 to 0.66)",
        "Wilson and others 2019: less depression": "0.40 (0.23 to 0.57)",
        "Golden and others 2021: more self-compassion": "0.60 (0.41 to 0.80)",
        "Linardon 2020: more self-compassion, apps": "0.31 (0.07 to 0.56)",
    }


def test_measures_of_different_kinds_share_no_axis() -> None:
    found = plots(tuple(evidence().values()))
    assert [plot.measure for plot in found] == ["r", "g", "retest"]
    assert len({plot.caption for plot in found}) == 3


def test_every_interval_holds_its_value() -> None:
    for claim in evidence().values():
        for effect in claim.effects:
            if effect.low is not None and effect.high is not None:
                assert effect.low < effect.value < effect.high


def test_a_figure_is_told_with_its_interval_where_there_is_one() -> None:
    assert Effect("x", "r", -0.54, -0.57, -0.51).interval == "−0.54 (−0.57 to −0.51)"
    assert Effect("x", "r", 0.47).interval == "0.47"
