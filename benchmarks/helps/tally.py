"""Rates and means over people, with their Monte Carlo error."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass, field


@dataclass(slots=True)
class Rate:
    """A share over many estimates. Those of one person go together, so the error is by person."""

    people: list[tuple[int, int]] = field(default_factory=list)

    def add(self, hits: int, of: int) -> None:
        """One more person: of so many estimates, so many hits."""
        if of:
            self.people.append((hits, of))

    @property
    def of(self) -> int:
        """Over how many estimates."""
        return sum(of for _, of in self.people)

    @property
    def value(self) -> float:
        """The share, 0 to 1; not a number where there was nothing."""
        return sum(hits for hits, _ in self.people) / self.of if self.of else math.nan

    @property
    def error(self) -> float:
        """Its standard error by clusters (the linearised ratio)."""
        count, value = len(self.people), self.value
        if count < 2:
            return math.nan
        rest = sum((hits - value * of) ** 2 for hits, of in self.people)
        return math.sqrt(rest * count / (count - 1)) / self.of

    def __str__(self) -> str:
        return f"{100 * self.value:.1f} ± {100 * self.error:.1f} %"


def mean(values: list[float]) -> str:
    """A mean with its standard error."""
    error = statistics.stdev(values) / math.sqrt(len(values)) if len(values) > 1 else math.nan
    return f"{statistics.fmean(values):.2f} ± {error:.2f}"


def table(head: tuple[str, ...], rows: list[tuple[object, ...]]) -> list[str]:
    """A table as Markdown."""
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    return lines + [f"| {' | '.join(map(str, row))} |" for row in rows]
