"""The model: what one practice does for one person, beyond what time alone would have done.

By how much an occasion became lighter, y = before − after, is taken as ::

    y = fall + pull · (before − usual before) + trend · years
        + [something was done] · (general + own of the practice + own of the practice in that kind
        of moment) + noise

People come when it is worst, and what is worst becomes lighter by itself. That part is ``fall`` and
``pull``: the after is predicted from the before, against the person's own usual before, and only
what goes beyond it counts as help. Choosing the hour by how bad it is bends the befores, and not
the relation of the after to the before, so it does no harm (Rubin 1976 [mem]: selection on what is
in the model can be ignored). Occasions on which nothing was done tell the fall apart from the help;
where there are none, both can be told apart only as well as the prior knows the fall, and the
intervals are that much wider.

All of it is normal, so that for given spreads the posterior is exact (Lindley and Smith 1972
[mem]: the linear hierarchical model). The own parts are integrated out cell by cell, which leaves a
matrix of four by four whatever the number of practices. Over the spreads it is summed on a small
grid, each point weighted by its marginal likelihood.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from secondvoice.growth.helps.occasion import NOTHING

if TYPE_CHECKING:
    from secondvoice.growth.helps.prior import Prior
    from secondvoice.growth.helps.sums import Cell, Sums

Matrix = list[list[float]]

FEW: Final = 30
MANY: Final = 300
"""Degrees of freedom up to which the noise is summed over five points, and over three; beyond, it
is known to some hundredths, and one will do."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One cell: its number, and its means of pull, trend and y from the person's usual."""

    kind: str
    n: int
    b: float
    t: float
    y: float
    days: frozenset[int]


@dataclass(frozen=True, slots=True)
class Block:
    """What was done once under one name, in all kinds of moment."""

    what: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """Scatter inside the cells, which no spread changes; ``freedom`` of the noise in it."""

    bb: float
    bt: float
    tt: float
    by: float
    ty: float
    yy: float
    n: int
    freedom: int

    @property
    def rest(self) -> float:
        """What a line on before and time leaves of the scatter of y."""
        # A hair on the diagonal: all befores alike, or all on one day, leave nothing to divide by.
        bb, tt = self.bb + 1e-9, self.tt + 1e-9
        determinant = max(bb * tt - self.bt * self.bt, 1e-18)
        explained = (tt * self.by**2 - 2 * self.bt * self.by * self.ty + bb * self.ty**2) / (
            determinant
        )
        return max(self.yy - explained, 0.0)


@dataclass(frozen=True, slots=True)
class Point:
    """The posterior at one point of the grid.

    ``expected`` is what the prior puts into the information about the general effect.
    """

    noise2: float
    apart2: float
    kinds2: float
    log_weight: float
    mean: list[float]
    covariance: Matrix
    expected: float


def arranged(sums: Sums) -> tuple[list[Block], Within]:
    """The means of every cell, counted from the person's own usual, and the scatter inside."""
    n = max(sums.count, 1)
    cells = [cell for kinds in sums.cells.values() for cell in kinds.values()]
    usual_b, usual_t = sum(cell.b for cell in cells) / n, sum(cell.t for cell in cells) / n
    blocks = [
        Block(what, tuple(_piece(kind, cell, usual_b, usual_t) for kind, cell in kinds.items()))
        for what, kinds in sums.cells.items()
    ]
    within = Within(
        bb=sum(cell.bb - cell.b * cell.b / cell.n for cell in cells),
        bt=sum(cell.bt - cell.b * cell.t / cell.n for cell in cells),
        tt=sum(cell.tt - cell.t * cell.t / cell.n for cell in cells),
        by=sum(cell.by - cell.b * cell.y / cell.n for cell in cells),
        ty=sum(cell.ty - cell.t * cell.y / cell.n for cell in cells),
        yy=sum(cell.yy - cell.y * cell.y / cell.n for cell in cells),
        n=sums.count,
        freedom=max(sums.count - len(cells) - 2, 0),
    )
    return blocks, within


def _piece(kind: str, cell: Cell, usual_b: float, usual_t: float) -> Piece:
    return Piece(
        kind,
        cell.n,
        cell.b / cell.n - usual_b,
        cell.t / cell.n - usual_t,
        cell.y / cell.n,
        frozenset(cell.days),
    )


def points(blocks: list[Block], within: Within, prior: Prior) -> list[Point]:
    """The grid: some values of the noise round its rough size, times the spreads of the prior."""
    # The prior counts as so many observations of the noise: the variance of log s is 1 / (2 df).
    counts = 1 / (2 * prior.noise_log_sd**2)
    rough = 0.5 * math.log(
        (within.rest + counts * prior.noise**2) / (within.freedom + counts),
    )
    step = math.sqrt(1 / (2 * (within.freedom + counts)))
    steps: tuple[float, ...] = (-1.25, 0, 1.25) if within.freedom <= MANY else (0,)
    if within.freedom <= FEW:
        steps = (-2, -1, 0, 1, 2)
    found = []
    for away in steps:
        log_noise = rough + away * step
        expected = -0.5 * ((log_noise - math.log(prior.noise)) / prior.noise_log_sd) ** 2
        for apart, weight in prior.apart:
            found.append(
                _solved(
                    blocks,
                    within,
                    prior,
                    (math.exp(2 * log_noise), apart**2, (prior.kinds * apart) ** 2),
                    expected + math.log(weight),
                )
            )
    return found


def _solved(
    blocks: list[Block],
    within: Within,
    prior: Prior,
    spreads: tuple[float, float, float],
    log_prior: float,
) -> Point:
    noise2, apart2, kinds2 = spreads
    nothing = _Total()
    done = _Total()
    log_det = within.n * math.log(noise2)
    for block in blocks:
        if block.what == NOTHING:
            for piece in block.pieces:
                nothing.add(piece.n / noise2, piece.b, piece.t, piece.y)
            continue
        log_det += done.add_block(block, noise2, apart2, kinds2)
    # The order is fall, pull, trend, general.
    one = done.one + nothing.one
    b, t = done.b + nothing.b, done.t + nothing.t
    bb = done.bb + nothing.bb + within.bb / noise2
    bt = done.bt + nothing.bt + within.bt / noise2
    tt = done.tt + nothing.tt + within.tt / noise2
    precision = [
        [one, b, t, done.one],
        [b, bb, bt, done.b],
        [t, bt, tt, done.t],
        [done.one, done.b, done.t, done.one],
    ]
    right = [
        done.y + nothing.y,
        done.by + nothing.by + within.by / noise2,
        done.ty + nothing.ty + within.ty / noise2,
        done.y,
    ]
    square = done.yy + nothing.yy + within.yy / noise2
    for place, (mean, sd) in enumerate((prior.fall, prior.pull, prior.trend, prior.general)):
        precision[place][place] += 1 / sd**2
        right[place] += mean / sd**2
    covariance, log_det_precision = _inverse(precision)
    mean_ = [sum(row[k] * right[k] for k in range(4)) for row in covariance]
    square -= sum(mean_[k] * right[k] for k in range(4))
    # What depends on no spread (2π, the prior of the four) is left out.
    log_weight = log_prior - 0.5 * (log_det + log_det_precision + square)
    expected = prior.general[0] / prior.general[1] ** 2
    return Point(noise2, apart2, kinds2, log_weight, mean_, covariance, expected)


class _Total:
    """Weighted sums of (1, b, t, y) and their products, the own parts integrated out."""

    __slots__ = ("b", "bb", "bt", "by", "one", "t", "tt", "ty", "y", "yy")

    def __init__(self) -> None:
        self.one = self.b = self.t = self.y = 0.0
        self.bb = self.bt = self.by = self.tt = self.ty = self.yy = 0.0

    def add(self, p: float, b: float, t: float, y: float) -> None:
        """Add means of a cell with the weight ``p``."""
        pb, pt, py = p * b, p * t, p * y
        self.one += p
        self.b += pb
        self.t += pt
        self.y += py
        self.bb += pb * b
        self.bt += pb * t
        self.by += pb * y
        self.tt += pt * t
        self.ty += pt * y
        self.yy += py * y

    def add_block(self, block: Block, noise2: float, apart2: float, kinds2: float) -> float:
        """Add a practice, and return its part of the log determinant beyond n · log noise²."""
        p_sum = b_sum = t_sum = y_sum = log_det = 0.0
        for piece in block.pieces:
            inflated = noise2 + piece.n * kinds2
            p = piece.n / inflated
            log_det += math.log(inflated / noise2)
            self.add(p, piece.b, piece.t, piece.y)
            p_sum += p
            b_sum += p * piece.b
            t_sum += p * piece.t
            y_sum += p * piece.y
        # Woodbury: what the practice's own part takes away again.
        q = 1 / apart2 + p_sum
        self.add(-p_sum * p_sum / q, b_sum / p_sum, t_sum / p_sum, y_sum / p_sum)
        return log_det + math.log(apart2 * q)


def _inverse(matrix: Matrix) -> tuple[Matrix, float]:
    """The inverse of a symmetric positive definite matrix, and the log of its determinant."""
    size = len(matrix)
    lower = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(lower[i][k] * lower[j][k] for k in range(j))
            lower[i][j] = math.sqrt(rest) if i == j else rest / lower[j][j]
    inverse_lower = [[0.0] * size for _ in range(size)]
    for i in range(size):
        inverse_lower[i][i] = 1 / lower[i][i]
        for j in range(i):
            rest = sum(lower[i][k] * inverse_lower[k][j] for k in range(j, i))
            inverse_lower[i][j] = -rest / lower[i][i]
    inverse = [
        [
            sum(inverse_lower[k][i] * inverse_lower[k][j] for k in range(max(i, j), size))
            for j in range(size)
        ]
        for i in range(size)
    ]
    return inverse, 2 * sum(math.log(lower[i][i]) for i in range(size))
