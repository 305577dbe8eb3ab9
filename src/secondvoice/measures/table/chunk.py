"""A piece of a table on its way through, and what a file that is read has to offer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import pyarrow as pa

    from secondvoice.measures.table.plan import Plan

CELLS = 4_000_000
"""So many cells at once, at most: what one piece takes in memory does not depend on the file."""
ROWS = 65_536
"""So many rows at once, at most."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Something in a row that cannot be scored. ``column`` is empty where the whole row is meant.

    ``unit`` is "line" for text and "row" for Parquet; both are counted from 1, lines with the
    first one, which holds the names.
    """

    unit: str
    place: int
    column: str
    what: str

    def __str__(self) -> str:
        column = f", column {self.column}" if self.column else ""
        return f"{self.unit} {self.place}{column}: {self.what}"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows, one after the other.

    ``torn`` says what is wrong with rows that do not have one cell for each column; ``places``
    gives the line or row of the file for a row of the batch; ``done`` is how much of the file has
    been read, from 0 to 1.
    """

    batch: pa.RecordBatch
    places: Callable[[], Sequence[int]]
    done: float
    torn: Mapping[int, str] = field(default_factory=dict)


class Source(Protocol):
    """A file of answers that has been opened. ``unit`` is how its rows are counted."""

    unit: str

    @property
    def names(self) -> Sequence[str]:
        """The names of its columns."""

    def chunks(self, plan: Plan) -> Iterator[Chunk]:
        """Its rows, in their order, with the columns that the plan names."""

    def close(self) -> None:
        """Let go of the file."""
