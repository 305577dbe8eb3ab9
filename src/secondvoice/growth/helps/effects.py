"""What each practice does, from the posterior: overall, and by kind of moment."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from secondvoice.growth.helps.occasion import NOTHING
from secondvoice.growth.helps.posterior import Block, Point, arranged, points
from secondvoice.growth.helps.prior import LITERATURE, Prior

if TYPE_CHECKING:
    from secondvoice.growth.helps.sums import Sums

Vector = tuple[float, float, float, float]

NEGLIGIBLE: Final = 1e-2
"""A point of the grid that weighs less than this, beside the heaviest, is left out."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a practice does, overall (``kind`` empty) or in one kind of moment, in points of ten.

    Overall is the mean over the occasions on which it was done. ``days`` counts up to
    ``sums.LEAST_DAYS``. ``mean`` and ``sd`` are of the
    posterior; ``doubtful`` is the mean for somebody who expected nothing of it beforehand; ``own``
    is the SD of what is its own, without what is unsure of all practices alike.
    """

    what: str
    kind: str
    times: int
    days: int
    mean: float
    sd: float
    doubtful: float
    own: float


def effects(sums: Sums, prior: Prior = LITERATURE) -> list[Effect]:
    """What everything that was done does, overall first and then by kind of moment.

    Args:
        sums: of the person's occasions.
        prior: what was expected beforehand.

    Returns:
        One for each practice, and one for each kind of moment that has a name; in the order in
        which they were first done. ``NOTHING`` is what the others are held against and is not
        among them.
    """
    blocks, within = arranged(sums)
    done = [block for block in blocks if block.what != NOTHING]
    if not done:
        return []
    grid = points(blocks, within, prior)
    heaviest = max(point.log_weight for point in grid)
    weighed = [(math.exp(point.log_weight - heaviest), point) for point in grid]
    kept = [(weight, point) for weight, point in weighed if weight >= NEGLIGIBLE]
    found = []
    shares = sums.shares_unrated()
    for block in done:
        hidden = _Hidden(shares, block.what, prior.unseen)
        found += _effects_of(block, kept, hidden)
    return found


@dataclass(frozen=True, slots=True)
class _Hidden:
    """The variance of what may be hidden in the ratings of one practice that were left out.

    A pattern mixture (Little 1993 [mem]): if those times went by δ otherwise than the rated ones,
    the effect is off by δ times the difference between the shares that are left out. δ has the mean
    0, so that nothing is moved: who leaves out as much after the one as after the other loses
    nothing, and nobody's ratings are taken for worse than they said.

    ``shares`` are by :meth:`Sums.shares_unrated`, ``sd`` is that of δ.
    """

    shares: dict[tuple[str, str | None], float]
    what: str
    sd: float

    def variance(self, kind: str | None = None) -> float:
        """In one kind of moment; None: over all of them."""
        return (self.sd * (self.shares[self.what, kind] - self.shares[NOTHING, None])) ** 2


class _Mixture:
    """Means and variances at the points of the grid, gathered into one."""

    __slots__ = ("doubtful", "mean", "own", "square", "weight")

    def __init__(self) -> None:
        self.weight = self.mean = self.square = self.doubtful = self.own = 0.0

    def gather(self, weight: float, point: Point, cell: Vector, block: Vector, own: float) -> None:
        """Add general + own of the practice + own in the kind of moment, at one point.

        The own part in a kind is r · (y − x'β − own of the practice), that of the practice is
        y − x'β summed over its cells and over q; so the whole is a number plus a row times β.
        ``cell`` is r times (1, b, t, y) of the cell, ``block`` the sums of the practice over q,
        ``own`` the variance of what is left once β is known.
        """
        r, rb, rt, ry = cell
        one, b, t, y = block
        left = 1 - r
        row1, row2, row3 = -rb - left * b, -rt - left * t, 1 - r - left * one
        row0 = row3 - 1
        mean0, mean1, mean2, mean3 = point.mean
        (c00, c01, c02, c03), (_, c11, c12, c13), (_, _, c22, c23), (*_, c33) = point.covariance
        along3 = row0 * c03 + row1 * c13 + row2 * c23 + row3 * c33
        shared = (
            row0 * (row0 * c00 + 2 * (row1 * c01 + row2 * c02 + row3 * c03))
            + row1 * (row1 * c11 + 2 * (row2 * c12 + row3 * c13))
            + row2 * (row2 * c22 + 2 * row3 * c23)
            + row3 * row3 * c33
        )
        mean = ry + left * y + row0 * mean0 + row1 * mean1 + row2 * mean2 + row3 * mean3
        self.weight += weight
        self.mean += weight * mean
        self.square += weight * (shared + own + mean * mean)
        self.doubtful += weight * (mean - along3 * point.expected)
        self.own += weight * own

    def effect(self, what: str, kind: str, times: int, days: int, hidden: float) -> Effect:
        """What was gathered, of so many times on so many days; ``hidden`` is a variance besides."""
        mean = self.mean / self.weight
        variance = max(self.square / self.weight - mean * mean, 0.0) + hidden
        doubtful, own = self.doubtful / self.weight, math.sqrt(self.own / self.weight)
        return Effect(what, kind, times, days, mean, math.sqrt(variance), doubtful, own)


def _effects_of(block: Block, points: list[tuple[float, Point]], hidden: _Hidden) -> list[Effect]:
    times = sum(piece.n for piece in block.pieces)
    overall = _Mixture()
    by_kind = [_Mixture() for _ in block.pieces]
    for weight, point in points:
        p_sum = b_sum = t_sum = y_sum = 0.0
        weights = [piece.n / (point.noise2 + piece.n * point.kinds2) for piece in block.pieces]
        for p, piece in zip(weights, block.pieces, strict=True):
            p_sum += p
            b_sum += p * piece.b
            t_sum += p * piece.t
            y_sum += p * piece.y
        q = 1 / point.apart2 + p_sum
        sums = (p_sum / q, b_sum / q, t_sum / q, y_sum / q)
        r_all = b_all = t_all = y_all = own_all = 0.0
        for p, piece, mixture in zip(weights, block.pieces, by_kind, strict=True):
            share, r = piece.n / times, point.kinds2 * p
            own = point.kinds2 * (1 - r)
            rb, rt, ry = r * piece.b, r * piece.t, r * piece.y
            mixture.gather(weight, point, (r, rb, rt, ry), sums, own + (1 - r) ** 2 / q)
            r_all += share * r
            b_all += share * rb
            t_all += share * rt
            y_all += share * ry
            own_all += share * share * own
        cell = (r_all, b_all, t_all, y_all)
        overall.gather(weight, point, cell, sums, own_all + (1 - r_all) ** 2 / q)
    days = len(frozenset().union(*(piece.days for piece in block.pieces)))
    named = [
        mixture.effect(
            block.what, piece.kind, piece.n, len(piece.days), hidden.variance(piece.kind)
        )
        for piece, mixture in zip(block.pieces, by_kind, strict=True)
        if piece.kind
    ]
    return [overall.effect(block.what, "", times, days, hidden.variance()), *named]
