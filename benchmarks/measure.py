"""Taking a figure: rounds in a shuffled order, the middle with the least and the most."""

from __future__ import annotations

import random
import statistics
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What one piece of work took, in seconds: of the server's processors, and of the clock."""

    cpu: float
    wall: float


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of several figures, with the least and the most."""

    middle: float
    least: float
    most: float

    @classmethod
    def of(cls, figures: Iterable[float]) -> Spread:
        """The spread of at least one figure."""
        sorted_figures = sorted(figures)
        return cls(statistics.median(sorted_figures), sorted_figures[0], sorted_figures[-1])

    def scaled(self, by: float) -> Spread:
        """The same in another unit."""
        return Spread(self.middle * by, self.least * by, self.most * by)

    def __format__(self, spec: str) -> str:
        return f"{self.middle:{spec}} [{self.least:{spec}}–{self.most:{spec}}]"


class Rounds:
    """The costs of several works, measured one after the other, a few times over.

    Each round takes every work once, in another order, so that a machine that is slow for a while
    is slow for all. A ratio is taken within a round.
    """

    def __init__(self, works: Mapping[str, Callable[[], Cost]], rounds: int, seed: int) -> None:
        chance = random.Random(seed)
        self._costs: dict[str, list[Cost]] = defaultdict(list)
        for _ in range(rounds):
            names = list(works)
            chance.shuffle(names)
            for name in names:
                self._costs[name].append(works[name]())

    def cpu(self, name: str) -> Spread:
        """Processor seconds of a work."""
        return Spread.of(cost.cpu for cost in self._costs[name])

    def wall(self, name: str) -> Spread:
        """Seconds of the clock of a work."""
        return Spread.of(cost.wall for cost in self._costs[name])

    def ratio(self, name: str, floor: str, *, wall: bool = False) -> Spread:
        """What a work costs over what the ``floor`` costs."""
        pairs = zip(self._costs[name], self._costs[floor], strict=True)
        if wall:
            return Spread.of(work.wall / bare.wall for work, bare in pairs)
        return Spread.of(work.cpu / bare.cpu for work, bare in pairs)


def tree(pid: int, proc: Path) -> list[int]:
    """A process and everything that came from it, by Linux's list of processes."""
    children: dict[int, list[int]] = defaultdict(list)
    for stat in proc.glob("[0-9]*/stat"):
        try:
            # After the name, which may hold anything but ends at the last bracket: state, parent.
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children[parent].append(int(stat.parent.name))
    found = [pid]
    for each in found:
        found += children[each]
    return found


def cpu_seconds(pids: Iterable[int]) -> float:
    """Processor time of processes so far, all threads, to the nanosecond (Linux's own clocks)."""
    # include/linux/posix-timers_types.h: the inverted id, three bits of kind; 2 is "scheduled".
    return sum(time.clock_gettime((~pid << 3) | 2) for pid in pids)


def resident(pids: Iterable[int], proc: Path) -> int:
    """Proportional memory of processes in bytes: a page that two share is counted once."""
    total = 0
    for pid in pids:
        for line in (proc / f"{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) * 1024
    return total
