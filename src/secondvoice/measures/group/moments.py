"""What one pass over the answers of a group leaves: counts, sums and cross-products.

Everything else (means, deviations, alpha, omega, item-total correlations, factor models) follows
from these few numbers, so a table of any size costs one reading. Two parts of a table add up to
the whole, so the parts may lie on different machines.

An answer x is counted as 2x − least − most, which is whole and small: sums and products are exact
whole numbers wherever they are made, and nothing cancels (Chan, Golub and LeVeque 1983 on why a
shift is needed).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from secondvoice.measures.group.keys import GroupError, columns, keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from secondvoice.measures.group.keys import Key
    from secondvoice.measures.instrument import Instrument

# Whole numbers up to here are exact in float32, which halves the time of the products.
EXACT_FLOAT32 = 2**24
# Rows taken at once: what fits into a processor's own memory.
ROWS = 8192


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Counts, sums and cross-products of the answers of ``n`` people who answered every item.

    ``left_out`` people lack an answer to some item and count nowhere else (listwise). ``sums`` (p)
    and ``products`` (p, p) are of 2x − least − most, whole numbers; ``floor`` and ``ceiling`` (p)
    say how many gave the least and the most. ``ends`` says the same for each score, by its id.
    """

    names: tuple[str, ...]
    n: int
    left_out: int
    least: int
    most: int
    sums: NDArray[np.int64]
    products: NDArray[np.int64]
    floor: NDArray[np.int64]
    ceiling: NDArray[np.int64]
    ends: dict[str, tuple[int, int]]

    def __add__(self, other: Moments) -> Moments:
        """Those of both groups together.

        Raises:
            GroupError: they are of different items.
        """
        if (self.names, self.least, self.most) != (other.names, other.least, other.most):
            raise GroupError("These two groups answered different questions; they do not add up.")
        return Moments(
            names=self.names,
            n=self.n + other.n,
            left_out=self.left_out + other.left_out,
            least=self.least,
            most=self.most,
            sums=self.sums + other.sums,
            products=self.products + other.products,
            floor=self.floor + other.floor,
            ceiling=self.ceiling + other.ceiling,
            ends={
                name: (low + other.ends[name][0], high + other.ends[name][1])
                for name, (low, high) in self.ends.items()
            },
        )

    @property
    def means(self) -> NDArray[np.float64]:
        """The mean of each item (p), on its scale."""
        return self.sums / (2 * self.n) + (self.least + self.most) / 2

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Covariances (p, p) with n − 1 below, on the scale of the items."""
        spread = self.products - np.outer(self.sums, self.sums) / self.n
        return np.asarray(spread / (4 * (self.n - 1)))

    def covariance_of(self, names: Sequence[str]) -> NDArray[np.float64]:
        """The same for some items, in the order that is asked for."""
        at = [self.names.index(name) for name in names]
        return self.covariance[np.ix_(at, at)]

    def mean_of(self, key: Key) -> float:
        """The mean of a score."""
        return float(key.constant + key.over(self.names) @ self.means)

    def sd_of(self, key: Key) -> float:
        """The standard deviation of a score, with n − 1 below."""
        weights = key.over(self.names)
        return float(np.sqrt(weights @ self.covariance @ weights))


def moments(instrument: Instrument, answers: NDArray[np.generic]) -> Moments:
    """Count a table that is in memory.

    Args:
        instrument: with its questions.
        answers: (people, items), a column for each of ``columns(instrument)`` in that order, whole
            numbers on the scale; NaN where an answer is missing.

    Returns:
        The moments; also of nobody at all, which later steps refuse.

    Raises:
        GroupError: the shape does not fit, or an answer is not on the scale.
    """
    names, rules = columns(instrument), keys(instrument)
    table = np.asarray(answers)
    if table.ndim != 2 or table.shape[1] != len(names):
        raise GroupError(
            f"{instrument.short} takes a table with {len(names)} columns, one for each of its "
            f"items; this one has the shape {table.shape}."
        )
    values = np.array(sorted(option.value for option in instrument.answers.options))
    counter = _Counter(names, rules, values)
    for start in range(0, len(table), ROWS):
        counter.count(table[start : start + ROWS])
    return counter.moments(len(table))


class _Counter:
    """Adds up block after block."""

    def __init__(
        self, names: tuple[str, ...], rules: tuple[Key, ...], values: NDArray[np.int64]
    ) -> None:
        self.names, self.rules = names, rules
        self.least, self.most = int(values[0]), int(values[-1])
        self.gapless = len(values) == self.most - self.least + 1
        self.values = values
        signs = np.array([np.sign(rule.over(names)) for rule in rules]).T
        self.up = (signs > 0).astype(np.float32)
        self.down = (signs < 0).astype(np.float32)
        self.asked = np.abs(signs).sum(axis=0)
        p = len(names)
        self.n = 0
        self.sums = np.zeros(p, dtype=np.int64)
        self.products = np.zeros((p, p), dtype=np.int64)
        self.floor, self.ceiling = np.zeros(p, dtype=np.int64), np.zeros(p, dtype=np.int64)
        self.ends = np.zeros((2, len(rules)), dtype=np.int64)
        # A sum of ROWS squares stays exact in single precision.
        exact = ROWS * (self.most - self.least) ** 2 <= EXACT_FLOAT32
        self.kind: type[np.floating] = np.float32 if exact else np.float64

    def count(self, block: NDArray[np.generic]) -> None:
        """Take some rows in."""
        x: NDArray[np.floating] = np.asarray(block, dtype=self.kind)
        gaps = np.isnan(x) if np.isnan(x.sum()) else None
        self._refuse_strange(x, gaps)
        # A copy, which may be changed.
        x = x.copy() if gaps is None else x[~gaps.any(axis=1)]
        low, high = x == self.least, x == self.most
        x *= 2
        x -= self.least + self.most
        self.n += len(x)
        self.sums += x.sum(axis=0).astype(np.int64)
        self.products += (x.T @ x).astype(np.int64)
        at_low, at_high = low.astype(np.float32), high.astype(np.float32)
        self.floor += at_low.sum(axis=0).astype(np.int64)
        self.ceiling += at_high.sum(axis=0).astype(np.int64)
        lowest = at_low @ self.up + at_high @ self.down
        highest = at_high @ self.up + at_low @ self.down
        self.ends[0] += (lowest == self.asked).sum(axis=0)
        self.ends[1] += (highest == self.asked).sum(axis=0)

    def _refuse_strange(self, x: NDArray[np.floating], gaps: NDArray[np.bool_] | None) -> None:
        strange: NDArray[np.bool_] = (
            (x < self.least) | (x > self.most) | (np.rint(x) != x)
            if self.gapless
            else ~np.isin(x, self.values)
        )
        if gaps is not None:
            strange &= ~gaps
        if strange.any():
            name = self.names[int(np.flatnonzero(strange.any(axis=0))[0])]
            raise off_scale(name, self.least, self.most)

    def moments(self, rows: int) -> Moments:
        """What has been added up of ``rows`` rows."""
        return Moments(
            names=self.names,
            n=self.n,
            left_out=rows - self.n,
            least=self.least,
            most=self.most,
            sums=self.sums,
            products=self.products,
            floor=self.floor,
            ceiling=self.ceiling,
            ends={
                rule.score.id: (int(low), int(high))
                for rule, low, high in zip(self.rules, *self.ends, strict=True)
            },
        )


def off_scale(name: str, least: int, most: int) -> GroupError:
    """What is said of a column with an answer that cannot be; never the answer itself."""
    return GroupError(
        f"{name}: an answer here is a whole number from {least} to {most}, or empty where it is "
        "missing. At least one is something else; correct the table first."
    )
