"""Forest plots: figures with their intervals, one under the other on one scale.

As in ``measures.charts``, a drawing holds paths and labels, and no colour or font; lengths are in
units of the drawing, 360 wide. Only figures with an interval are drawn, and only those of one
measure together: a correlation and a difference between groups share no axis.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from secondvoice.learn.evidence import MINUS, Effect, Measure
from secondvoice.texts import texts
from secondvoice.tongues import figure, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from secondvoice.learn.evidence import Evidence

WIDTH = 360.0
LEFT, RIGHT, TOP, BOTTOM = 14.0, 14.0, 4.0, 24.0
ROW = 38.0
LINE = 26.0
"""How far below the top of its row an interval lies; its label stands above it."""

HALF_BOX = 3.5
STEP = 0.25
"""From one label on the axis to the next, where the axis grows with what is on it."""

# A correlation is drawn on all of its range, so that a weak one looks weak.
WHOLE: dict[Measure, tuple[float, float, float]] = {"r": (-1, 1, 0.5), "retest": (0, 1, 0.25)}
"""Least, most and the step between labels, for the measures with fixed ends."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: its label and numbers, the stroke of its interval, and the box on its value."""

    label: str
    numbers: str
    y: float
    stroke: str
    box: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Plot:
    """All that a template needs. ``zero`` is where no effect would lie."""

    measure: Measure
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    zero: float
    height: float
    width: float = WIDTH
    left: float = LEFT
    right: float = WIDTH - RIGHT
    top: float = TOP

    @property
    def caption(self) -> str:
        """What its figures mean."""
        return str(texts("secondvoice.learn", "learn.toml")["measure"][self.measure]["plot"])

    @property
    def bottom(self) -> float:
        """Where the axis lies."""
        return self.height - BOTTOM


def plots(claims: Sequence[Evidence]) -> tuple[Plot, ...]:
    """One plot for each measure that has a figure with an interval, in the order of the claims."""
    found: dict[Measure, list[tuple[str, Effect]]] = {}
    for claim in claims:
        for effect in claim.effects:
            if effect.low is not None:
                label = say("{source}: {label}").format(
                    source=claim.source.short, label=effect.label
                )
                found.setdefault(effect.measure, []).append((label, effect))
    return tuple(draw(measure, rows) for measure, rows in found.items())


def draw(measure: Measure, figures: Sequence[tuple[str, Effect]]) -> Plot:
    """Draw figures of one measure under each other.

    Args:
        measure: what all of them are.
        figures: at least one, each with its label and both ends of its interval.

    Raises:
        ValueError: there is no figure, or one has no interval.
    """
    ends = [(effect.low, effect.high) for _, effect in figures]
    lows = [low for low, _ in ends if low is not None]
    highs = [high for _, high in ends if high is not None]
    if not figures or len(lows) != len(ends) or len(highs) != len(ends):
        raise ValueError("A forest plot needs one figure at least, and an interval for each.")
    least, most, step = WHOLE.get(measure) or (
        min(0.0, math.floor(min(lows) / STEP) * STEP),
        max(1.0, math.ceil(max(highs) / STEP) * STEP),
        STEP,
    )

    def x(value: float) -> float:
        return LEFT + (value - least) / (most - least) * (WIDTH - LEFT - RIGHT)

    rows = tuple(
        _row(label, effect, TOP + ROW * at, x(effect.value), x(low), x(high))
        for at, ((label, effect), low, high) in enumerate(zip(figures, lows, highs, strict=True))
    )
    marks = [least + step * part for part in range(round((most - least) / step) + 1)]
    ticks = tuple(Tick(x(mark), figure(f"{mark:g}".replace("-", MINUS))) for mark in marks)
    return Plot(measure, rows, ticks, x(0), TOP + ROW * len(rows) + BOTTOM)


def _row(label: str, effect: Effect, top: float, at: float, low: float, high: float) -> Row:
    y = top + LINE
    box = (
        f"M{at - HALF_BOX:.1f} {y - HALF_BOX:.1f}"
        f"h{2 * HALF_BOX:g}v{2 * HALF_BOX:g}h{-2 * HALF_BOX:g}Z"
    )
    return Row(label, effect.interval, y, f"M{low:.1f} {y:.1f}H{high:.1f}", box)
