"""A person's occasions as sums: all that the estimates need to know of them.

An occasion is added in a step that takes the same time after ten years as on the first day.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from secondvoice.growth.helps.occasion import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from secondvoice.growth.helps.occasion import Occasion

CENTRE: Final = 5.0
"""Ratings are summed as distances from the middle of the scale, so that few digits cancel."""

LEAST_DAYS: Final = 3
"""Days on which something was done without which nothing is said of it. [own]"""

OF_ALL: Final = 10
"""The share of all that is unrated weighs as much as so many times. [own]"""

YEAR: Final = 365.25 * 86_400


@dataclass(slots=True)
class Cell:
    """The sums of one thing that was done in one kind of moment.

    ``b`` is before (from the middle), ``t`` the time in years, ``y`` by how much it became lighter.
    ``days``: the first local days on which it was done, as many as are asked for.
    """

    n: int = 0
    b: float = 0.0
    t: float = 0.0
    y: float = 0.0
    bb: float = 0.0
    bt: float = 0.0
    tt: float = 0.0
    by: float = 0.0
    ty: float = 0.0
    yy: float = 0.0
    days: set[int] = field(default_factory=set)


class Sums:
    """The sums of every cell, by what was done and in which kind of moment."""

    def __init__(self, origin: datetime) -> None:
        """Nothing yet.

        Args:
            origin: with a zone; times are counted from here.
        """
        self._origin = origin
        self.cells: dict[str, dict[str, Cell]] = {}
        self.unrated: dict[str, Counter[str]] = {}
        """How often the rating afterwards was left out, by what was done and the kind of moment."""

    @classmethod
    def of(cls, occasions: Iterable[Occasion], *, now: datetime) -> Sums:
        """The sums of those occasions that are not after ``now``."""
        sums = cls(now)
        for occasion in occasions:
            if occasion.when <= now:
                sums.add(occasion)
        return sums

    def add(self, occasion: Occasion) -> None:
        """Add one occasion; one without a rating afterwards is counted, and no more.

        Raises:
            ValueError: a rating outside 0 to 10.
        """
        before, after = occasion.before, occasion.after
        if before is None:
            return
        if after is None:
            self.unrated.setdefault(occasion.what, Counter())[occasion.kind] += 1
            return
        if not (0 <= before <= 10 and 0 <= after <= 10):
            raise ValueError("A rating of how hard it is lies from 0 to 10.")
        kinds = self.cells.setdefault(occasion.what, {})
        cell = kinds.get(occasion.kind)
        if cell is None:
            cell = kinds[occasion.kind] = Cell()
        b, y = before - CENTRE, float(before - after)
        t = (occasion.when - self._origin).total_seconds() / YEAR
        cell.n += 1
        cell.b += b
        cell.t += t
        cell.y += y
        cell.bb += b * b
        cell.bt += b * t
        cell.tt += t * t
        cell.by += b * y
        cell.ty += t * y
        cell.yy += y * y
        if len(cell.days) < LEAST_DAYS:
            cell.days.add(occasion.when.toordinal())

    @property
    def count(self) -> int:
        """How many occasions were added that were complete."""
        return sum(cell.n for kinds in self.cells.values() for cell in kinds.values())

    def shares_unrated(self) -> dict[tuple[str, str | None], float]:
        """Which share of the times on which something was done has no rating afterwards, 0 to 1.

        By what was done and the kind of moment; None: all kinds. ``NOTHING`` is always there. Few
        times say little of a share, so it is drawn towards that of all together (``OF_ALL``).
        """
        times: Counter[tuple[str, str | None]] = Counter()
        left: Counter[tuple[str, str | None]] = Counter()
        for what, cells in self.cells.items():
            for kind, cell in cells.items():
                times[what, kind] = cell.n
                times[what, None] += cell.n
        for what, gaps in self.unrated.items():
            for kind, n in gaps.items():
                left[what, kind] = n
                left[what, None] += n
        times.update(left)
        all_ = sum(n for (_, kind), n in times.items() if kind is None)
        unrated = sum(n for (_, kind), n in left.items() if kind is None)
        of_all = unrated / all_ if all_ else 0.0
        keys = (*times, (NOTHING, None))
        return {key: (left[key] + OF_ALL * of_all) / (times[key] + OF_ALL) for key in keys}
