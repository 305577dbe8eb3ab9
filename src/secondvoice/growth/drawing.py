"""Dots with their intervals, and bars of means over time, as the shapes of an SVG.

As in ``measures.charts``, a drawing holds paths and labels, and no colour or font; lengths are in
units of the drawing, 360 wide. Beside each drawing stands a table with the same figures.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from secondvoice.tongues import figure

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH: Final = 360.0
SIDE: Final = 14.0
TOP: Final = 4.0
BOTTOM: Final = 22.0
ROW: Final = 40.0
LINE: Final = 27.0
"""How far below the top of its row an interval lies; its label stands above it."""

HEIGHT: Final = 170.0
LEFT: Final = 26.0
MOST_LABELS: Final = 5
MINUS: Final = "−"


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on an axis, and where along it."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Figure:
    """Something with an interval: ``low`` ≤ ``mid`` ≤ ``high``.

    ``weak``: it is drawn as an outline, since too little is known of it.
    """

    label: str
    low: float
    mid: float
    high: float
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One figure as it is drawn: the stroke of its interval and the circle on its middle."""

    label: str
    y: float
    stroke: str
    x: float
    weak: bool


@dataclass(frozen=True, slots=True)
class Dots:
    """Figures under one another on one scale. ``zero`` is where nought lies, or None."""

    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    zero: float | None
    height: float
    width: float = WIDTH
    left: float = SIDE
    top: float = TOP

    @property
    def bottom(self) -> float:
        """Where the axis lies."""
        return self.height - BOTTOM


def dots(
    figures: Sequence[Figure], *, least: float, most: float, step: float, percent: bool = False
) -> Dots:
    """Draw figures with their intervals, one under the other.

    Args:
        figures: at least one.
        least: the lower end of the scale; an interval that goes beyond an end is drawn to it.
        most: the upper end.
        step: from one label on the axis to the next.
        percent: whether the labels are hundredths.

    Raises:
        ValueError: there is no figure.
    """
    if not figures:
        raise ValueError("A drawing needs one figure at least.")

    def x(value: float) -> float:
        kept = min(max(value, least), most)
        return SIDE + (kept - least) / (most - least) * (WIDTH - 2 * SIDE)

    rows = tuple(
        Row(
            one.label,
            y := TOP + ROW * at + LINE,
            f"M{x(one.low):.1f} {y:.1f}H{x(one.high):.1f}",
            x(one.mid),
            one.weak,
        )
        for at, one in enumerate(figures)
    )
    marks = [least + step * part for part in range(round((most - least) / step) + 1)]
    ticks = tuple(Tick(x(mark), _label(mark, percent=percent)) for mark in marks)
    zero = x(0) if least <= 0 <= most else None
    return Dots(rows, ticks, zero, TOP + ROW * len(rows) + BOTTOM)


@dataclass(frozen=True, slots=True)
class Column:
    """A period: its label, and the middle with its interval, or None where nothing was kept."""

    label: str
    value: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class Columns:
    """Periods side by side. ``stems`` are the intervals, ``points`` strokes without a length."""

    stems: str
    points: str
    bars: str
    up: tuple[Tick, ...]
    along: tuple[Tick, ...]
    zero: float
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT

    @property
    def right(self) -> float:
        """Where the rules end."""
        return self.width - 6

    @property
    def bottom(self) -> float:
        """Where the axis lies."""
        return self.height - BOTTOM


def columns(
    of: Sequence[Column], *, least: float = 0.0, most: float | None = None, bars: bool = False
) -> Columns:
    """Draw a value with its interval for each period.

    Args:
        of: at least one period, in the order of time.
        least: the lower end of the scale.
        most: the upper end; None: a round number above what there is.
        bars: draw a thin bar from nought to each middle, as for counts.

    Raises:
        ValueError: there is no period.
    """
    if not of:
        raise ValueError("A drawing needs one period at least.")
    highs = [one.value[2] for one in of if one.value]
    top = most if most is not None else round_up(max(highs, default=1.0))

    def y(value: float) -> float:
        kept = min(max(value, least), top)
        return HEIGHT - BOTTOM - (kept - least) / (top - least) * (HEIGHT - BOTTOM - TOP - 6)

    wide = (WIDTH - LEFT - 12) / len(of)
    xs = [LEFT + 6 + wide * (at + 0.5) for at in range(len(of))]
    drawn = [(x, one.value) for x, one in zip(xs, of, strict=True) if one.value]
    stems = "" if bars else "".join(f"M{x:.1f} {y(v[0]):.1f}V{y(v[2]):.1f}" for x, v in drawn)
    points = "" if bars else "".join(f"M{x:.1f} {y(v[1]):.1f}h0" for x, v in drawn)
    half = max(1.0, min(wide * 0.32, 12.0))
    drawn_bars = "".join(
        f"M{x - half:.1f} {y(0):.1f}V{y(v[1]):.1f}h{2 * half:.1f}V{y(0):.1f}Z"
        for x, v in drawn
        if v[1] > 0
    )
    every = -(-len(of) // MOST_LABELS)
    along = tuple(
        Tick(x, one.label) for x, one in list(zip(xs, of, strict=True))[::every] if one.label
    )
    span = top - least
    steps = round(span) if span <= 3 else round(span / 2) if span <= 8 else 2
    marks = [least + span * part / max(steps, 1) for part in range(max(steps, 1) + 1)]
    up = tuple(Tick(y(mark), _label(mark)) for mark in marks)
    return Columns(stems, points, drawn_bars if bars else "", up, along, y(max(least, 0.0)))


def _label(value: float, *, percent: bool = False) -> str:
    if percent:
        return f"{round(100 * value)} %"
    return figure(f"{round(value, 2):g}").replace("-", MINUS)


def round_up(value: float) -> float:
    """The next of 2, 4, 6, 8, 10, 16, 20, 40, … that is not below ``value``, and halves well."""
    power = 10 ** math.floor(math.log10(max(value, 1.0)))
    steps = (1, 2, 4, 6, 8, 10) if power == 1 else (1, 1.6, 2, 4, 6, 8, 10)
    return next(float(power * of) for of in steps if power * of >= max(value, 2.0))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs side by side: a stem between the two, a filled dot on one, an open one on the other."""

    stems: str
    ones: tuple[tuple[float, float], ...]
    others: tuple[tuple[float, float], ...]
    up: tuple[Tick, ...]
    along: tuple[Tick, ...]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT

    @property
    def right(self) -> float:
        """Where the rules end."""
        return self.width - 6

    @property
    def bottom(self) -> float:
        """Where the axis lies."""
        return self.height - BOTTOM


def pairs(of: Sequence[tuple[str, float, float]]) -> Pairs:
    """Draw pairs of numbers from 0 to 10, each with its label.

    Args:
        of: at least one; the label, the one and the other.

    Raises:
        ValueError: there is no pair.
    """
    if not of:
        raise ValueError("A drawing needs one pair at least.")

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - min(max(value, 0), 10) / 10 * (HEIGHT - BOTTOM - TOP - 6)

    wide = (WIDTH - LEFT - 12) / len(of)
    xs = [LEFT + 6 + wide * (at + 0.5) for at in range(len(of))]
    placed = list(zip(xs, of, strict=True))
    return Pairs(
        "".join(f"M{x:.1f} {y(one):.1f}V{y(other):.1f}" for x, (_, one, other) in placed),
        tuple((round(x, 1), round(y(one), 1)) for x, (_, one, _) in placed),
        tuple((round(x, 1), round(y(other), 1)) for x, (_, _, other) in placed),
        tuple(Tick(y(mark), str(mark)) for mark in (0, 5, 10)),
        tuple(Tick(x, label) for x, (label, _, _) in placed[:: -(-len(of) // 6)]),
    )
