"""What one pass over the answers of a group leaves: counts, sums and cross-products.

Everything else (means, deviations, alpha, omega, item-total correlations, factor models) follows
from these few numbers, so a table of any size costs one reading. Two parts of a table add up to
the whole, so the parts may lie on different machines.

An answer x is counted as 2x − least − most, which is whole and small: sums and products are exact
whole numbers wherever they are made, and nothing cancels (Chan, Golub and LeVeque 1983 on why a
shift is needed).
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import reduce
from operator import add
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
# Rows taken at once: what fits into a processor's own memory; and of those, multiplied at once.
ROWS, TOGETHER = 4096, 256
# Below so many rows, a thread costs more than it saves.
SHARE = 50_000


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

    def counted(part: NDArray[np.generic]) -> Moments:
        counter = _Counter(names, rules, values)
        for start in range(0, len(part), ROWS):
            counter.count(part[start : start + ROWS])
        return counter.moments(len(part))

    # Parts of at least SHARE rows, one for each processor: NumPy counts outside of Python's lock.
    parts = max(1, min(os.cpu_count() or 1, len(table) // SHARE))
    with ThreadPoolExecutor(parts) as threads:
        return reduce(add, threads.map(counted, np.array_split(table, parts)))


class _Counter:
    """Adds up block after block."""

    def __init__(
        self, names: tuple[str, ...], rules: tuple[Key, ...], values: NDArray[np.int64]
    ) -> None:
        self.names, self.rules, self.values = names, rules, values
        self.least, self.most = int(values[0]), int(values[-1])
        self.gapless = len(values) == self.most - self.least + 1
        width = self.most - self.least
        self.kind: type[np.floating] = (
            np.float32 if TOGETHER * width**2 <= EXACT_FLOAT32 else np.float64
        )
        signs = np.array([np.sign(rule.over(names)) for rule in rules]).T
        self.signs = signs.astype(self.kind)
        self.end = (np.abs(signs).sum(axis=0) * width).astype(self.kind)
        p = len(names)
        self.n = 0
        self.sums = np.zeros(p, dtype=np.int64)
        self.products = np.zeros((p, p), dtype=np.int64)
        self.floor, self.ceiling = np.zeros(p, dtype=np.int64), np.zeros(p, dtype=np.int64)
        self.ends = np.zeros((2, len(rules)), dtype=np.int64)

    def count(self, block: NDArray[np.generic]) -> None:
        """Take at most ROWS rows in."""
        rows, p = block.shape
        # Whoever lacks an answer, and the rows that fill up the last stack, count as zero.
        x = np.zeros((-(-rows // TOGETHER) * TOGETHER, p), dtype=self.kind)
        given = x[:rows]
        given[:] = block
        if not self._plain(given):
            gaps = self._gaps(given)
            given *= 2
            given -= self.least + self.most
            given[gaps] = 0
            self.n += rows - int(gaps.sum())
        else:
            given *= 2
            given -= self.least + self.most
            self.n += rows
        # In stacks: small products keep to one processor and stay exact in single precision.
        stacks = x.reshape(-1, TOGETHER, p)
        ones = np.ones((1, TOGETHER), dtype=self.kind)
        width = self.most - self.least
        self.sums += _whole(ones @ stacks)[0]
        self.products += _whole(stacks.transpose(0, 2, 1) @ stacks)
        self.floor += _whole(ones @ (stacks == -width).astype(self.kind))[0]
        self.ceiling += _whole(ones @ (stacks == width).astype(self.kind))[0]
        signed = stacks @ self.signs
        self.ends[0] += np.count_nonzero(signed == -self.end, axis=(0, 1))
        self.ends[1] += np.count_nonzero(signed == self.end, axis=(0, 1))

    def _plain(self, x: NDArray[np.floating]) -> bool:
        """Whether every cell is an answer; a NaN is neither above nor below anything."""
        if not (x.min() >= self.least and x.max() <= self.most):
            return False
        return bool(np.isin(x, self.values).all() if not self.gapless else (np.rint(x) == x).all())

    def _gaps(self, x: NDArray[np.floating]) -> NDArray[np.bool_]:
        """The rows that lack an answer, once no cell holds anything else than answers."""
        missing = np.isnan(x)
        strange = ~(np.isin(x, self.values) | missing)
        if strange.any():
            name = self.names[int(np.flatnonzero(strange.any(axis=0))[0])]
            raise off_scale(name, self.least, self.most)
        gaps: NDArray[np.bool_] = missing.any(axis=1)
        return gaps

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


def _whole(stacks: NDArray[np.floating]) -> NDArray[np.int64]:
    """The sum over stacks of whole numbers."""
    return np.asarray(stacks.sum(axis=0, dtype=np.float64), dtype=np.int64)


def off_scale(name: str, least: int, most: int) -> GroupError:
    """What is said of a column with an answer that cannot be; never the answer itself."""
    return GroupError(
        f"{name}: an answer here is a whole number from {least} to {most}, or empty where it is "
        "missing. At least one is something else; correct the table first."
    )
