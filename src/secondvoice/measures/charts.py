"""Charts over time, as the shapes of an SVG: paths and labels, without a colour or a font.

A page's template draws them with classes, so that style sheets decide how they look on a screen,
in the dark and in print. Lengths are in units of the drawing, 360 wide.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

from secondvoice.tongues import day_and_month, figure, month_in_short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

WIDTH, HEIGHT = 360.0, 190.0
LEFT, RIGHT, TOP, BOTTOM = 24.0, 8.0, 8.0, 24.0

MOST_TICKS = 6
"""Labels under a chart, so that they never touch."""

MOST_DOTS = 40
"""Points of a line from which on it is drawn without its dots."""

MOST_DAYS = 60
"""Days up to which everyday numbers stand one by one."""

TWO_YEARS = 731
"""Days up to which they are gathered by weeks."""

GAP = 2.6
"""A line is broken where two points are further apart than so many usual distances."""

LEAST_GAP = 10
"""Days that never break a line."""

Point = tuple[date, float]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``name`` is its class, ``label`` stands beside its end at height ``at``.

    ``path`` are its strokes, broken at gaps; ``dots`` is a path of strokes without a length,
    which round line ends turn into points.
    """

    name: str
    label: str
    path: str
    dots: str
    at: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on an axis, and how far along it stands."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All that a template needs. ``band`` is the error of the first line, empty where unknown."""

    lines: tuple[Line, ...]
    band: str
    up: tuple[Tick, ...]
    along: tuple[Tick, ...]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    bottom: float = HEIGHT - BOTTOM


@dataclass(frozen=True, slots=True)
class Series:
    """What a line is drawn from: points in the order of time."""

    name: str
    label: str
    points: tuple[Point, ...]


def draw(
    series: Sequence[Series],
    *,
    least: float,
    most: float,
    half: float | None = None,
    usual: tuple[float, float] | None = None,
    since: date | None = None,
) -> Chart:
    """Draw lines over one time on one scale.

    Args:
        series: at least one with a point; the first is the one that the band belongs to.
        least: the lower end of the scale.
        most: its upper end.
        half: half the width of the error round each point of the first line, drawn as a ribbon.
        usual: instead of it, one band from its lower to its upper edge.
        since: the day on which that band begins; without it, at the first point.

    Raises:
        ValueError: there is no point.
    """
    dates = [on for one in series for on, _ in one.points]
    if not dates:
        raise ValueError("A chart needs one point at least.")
    scale = _Scale(min(dates), max(dates), least, most)
    drawn = [one for one in series if one.points]
    ends = _apart([scale.y(one.points[-1][1]) for one in drawn])
    lines = tuple(
        Line(one.name, one.label, *_drawn(scale, one.points), at)
        for one, at in zip(drawn, ends, strict=True)
    )
    band = ""
    if usual is not None:
        band = _box(scale, *usual, max(since or scale.first, scale.first))
    elif half is not None:
        band = _ribbon(scale, drawn[0].points, half)
    return Chart(lines, band, _up(scale), _along(scale))


def gathered(days: Mapping[date, float]) -> tuple[Point, ...]:
    """Everyday numbers as points: days, or the means of weeks or months where there are many.

    Up to sixty days they stand as they are; up to two years as weeks from Monday, each on its
    middle day; beyond that as months. A week or month without a day is not there.
    """
    if not days:
        return ()
    dates = sorted(days)
    span = (dates[-1] - dates[0]).days
    values = [days[day] for day in dates]
    if span <= MOST_DAYS:
        return tuple(zip(dates, values, strict=True))
    weekly = span <= TWO_YEARS
    points, at = [], 0
    while at < len(dates):
        # To the end of the week or month at once: a look at each of thousands of days costs more
        # than all the rest.
        middle, after = (_week if weekly else _month)(dates[at])
        end = bisect_left(dates, after, at)
        points.append((middle, sum(values[at:end]) / (end - at)))
        at = end
    return tuple(points)


def _week(day: date) -> tuple[date, date]:
    """The middle of the week of a day, and the first day after that week."""
    monday = day - timedelta(days=day.weekday())
    return monday + timedelta(days=3), monday + timedelta(days=7)


def _month(day: date) -> tuple[date, date]:
    """The middle of the month of a day, and the first day after that month."""
    # The 28th is in every month, and four days on is the next.
    return day.replace(day=15), (day.replace(day=28) + timedelta(days=4)).replace(day=1)


class _Scale:
    """Where days and values stand in the drawing; what all points share is worked out once."""

    def __init__(self, first: date, last: date, least: float, most: float) -> None:
        self.first, self.last, self.least, self.most = first, last, least, most
        span = (last - first).days
        width, self._bottom = WIDTH - LEFT - RIGHT - 12, HEIGHT - BOTTOM
        # One day alone stands in the middle.
        self._left = LEFT + 6 + (0 if span else width / 2)
        self._day = width / span if span else 0.0
        self._one = (self._bottom - TOP) / (most - least)
        self._from = first.toordinal()

    def x(self, on: date) -> float:
        return self._left + (on.toordinal() - self._from) * self._day

    def y(self, value: float) -> float:
        kept = min(max(value, self.least), self.most)
        return self._bottom - (kept - self.least) * self._one


def _runs(points: Sequence[Point]) -> Iterable[Sequence[Point]]:
    """The points in runs without a gap."""
    steps = [(later[0] - earlier[0]).days for earlier, later in itertools.pairwise(points)]
    widest = max(GAP * median(steps), LEAST_GAP) if steps else 0
    start = 0
    for at, step in enumerate(steps, start=1):
        if step > widest:
            yield points[start:at]
            start = at
    yield points[start:]


def _drawn(scale: _Scale, points: Sequence[Point]) -> tuple[str, str]:
    """The strokes of a line, and its dots.

    Every point is a dot; with very many of them only those that stand alone between gaps.
    """
    runs = list(_runs(points))
    strokes = "".join(
        "M" + "L".join(f"{scale.x(on):.1f} {scale.y(value):.1f}" for on, value in run)
        for run in runs
        if len(run) > 1
    )
    dots = points
    if len(points) > MOST_DOTS:
        dots = [run[0] for run in runs if len(run) == 1]
    return strokes, "".join(f"M{scale.x(on):.1f} {scale.y(value):.1f}h0" for on, value in dots)


def _ribbon(scale: _Scale, points: Sequence[Point], half: float) -> str:
    def run_of(run: Sequence[Point]) -> str:
        upper = [(scale.x(on), scale.y(value + half)) for on, value in run]
        lower = [(scale.x(on), scale.y(value - half)) for on, value in run]
        if len(run) == 1:
            # A point alone has no width of its own.
            upper = [(upper[0][0] - 4, upper[0][1]), (upper[0][0] + 4, upper[0][1])]
            lower = [(lower[0][0] - 4, lower[0][1]), (lower[0][0] + 4, lower[0][1])]
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in [*upper, *reversed(lower)]) + "Z"

    return "".join(run_of(run) for run in _runs(points))


def _box(scale: _Scale, low: float, high: float, since: date) -> str:
    upper, lower, left = scale.y(high), scale.y(low), scale.x(since) - 4
    return f"M{left:.1f} {upper:.1f}H{WIDTH - RIGHT:.1f}V{lower:.1f}H{left:.1f}Z"


def _apart(heights: Sequence[float], least: float = 14.0) -> list[float]:
    """The same heights, moved just so far that labels do not touch."""
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    placed = list(heights)
    for before, after in itertools.pairwise(order):
        placed[after] = max(placed[after], placed[before] + least)
    over = max([*placed, 0.0]) - (HEIGHT - BOTTOM)
    return [at - max(over, 0.0) for at in placed]


def _up(scale: _Scale) -> tuple[Tick, ...]:
    """The ends and the middle; every whole number on a scale of one to five."""
    span = scale.most - scale.least
    steps = int(span) if span <= 5 and span == int(span) else 2
    marks = [scale.least + span * part / steps for part in range(steps + 1)]
    return tuple(Tick(scale.y(mark), figure(f"{mark:g}")) for mark in marks)


def _along(scale: _Scale) -> tuple[Tick, ...]:
    """The days themselves where they are few, else firsts of months, else years."""
    span = (scale.last - scale.first).days
    if span < 62:
        days = sorted({scale.first, scale.last})
        return tuple(Tick(scale.x(on), day_and_month(on)) for on in days)
    months = [
        date(year, month, 1)
        for year in range(scale.first.year, scale.last.year + 1)
        for month in range(1, 13)
        if scale.first <= date(year, month, 1) <= scale.last
    ]
    if span > 3 * 366:
        years = [on for on in months if on.month == 1]
        every = -(-len(years) // MOST_TICKS)
        return tuple(Tick(scale.x(on), str(on.year)) for on in years[::every])
    every = -(-len(months) // MOST_TICKS)
    ticks = []
    for at, on in enumerate(months[::every]):
        # A January alone would not say of which year.
        year = f" {on.year}" if at == 0 or on.year != months[(at - 1) * every].year else ""
        ticks.append(Tick(scale.x(on), f"{month_in_short(on)}{year}"))
    return tuple(ticks)
