"""Looking through a file of answers: the first slip with its place, and who is there twice."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from secondvoice.measures.table.chunk import Slip
from secondvoice.measures.table.opening import naming, opened, pieces
from secondvoice.measures.table.plan import TableError, plan
from secondvoice.measures.table.rows import score_batch

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa
    from numpy.typing import NDArray

    from secondvoice.measures.instrument import Instrument
    from secondvoice.measures.table.plan import Plan


class Once:
    """Whether somebody stands in a table twice, by a column that tells people apart.

    Of each row 8 bytes are kept, a hash: all that grows with a table. Empty cells are nobody.
    """

    def __init__(self, plan: Plan, person: str) -> None:
        """Begin.

        Raises:
            TableError: there is no such column beside the answers.
        """
        if person not in plan.rest:
            raise TableError(f"There is no column {person[:40]} to tell people apart by.")
        self._plan, self._person = plan, person
        self._seen: list[NDArray[np.int64]] = []
        self._rows = 0

    def see(self, batch: pa.RecordBatch) -> None:
        """Take rows in."""
        values = batch.column(self._person).to_pylist()
        # A number of its own where the cell is empty, so that it is like no other.
        marks = (
            -self._rows - at if value is None or value == "" else hash(str(value))
            for at, value in enumerate(values, start=1)
        )
        self._seen.append(np.fromiter(marks, np.int64, len(values)))
        self._rows += len(values)

    def refuse(self, file: Path, unit: str, remedy: str) -> None:
        """Say so if somebody was there twice.

        Args:
            file: where the rows are from; read once more for the places.
            unit: how its rows are counted.
            remedy: what to do, a sentence.

        Raises:
            TableError: somebody was; where, and how many rows more are like it.
        """
        marks = np.concatenate([*self._seen, np.empty(0, np.int64)])
        order = np.argsort(marks, kind="stable")
        ordered = marks[order]
        again = np.flatnonzero(ordered[1:] == ordered[:-1]) + 1
        if not len(again):
            return
        at = again[np.argmin(order[again])]
        first, second = order[np.searchsorted(ordered, ordered[at])], order[at]
        before, here = _places(file, self._plan, (int(first), int(second)))
        more = f" (and {len(again) - 1:,} more rows like it)" if len(again) > 1 else ""
        raise TableError(
            f"{file}: {unit} {here}, column {self._person}: the same person as in {unit} {before}"
            f"{more}. {remedy}"
        )


@dataclass(frozen=True, slots=True)
class Looked:
    """What is known of a file without a slip: which column holds which item; what separates."""

    columns: Mapping[str, str]
    separator: str


def names_of(file: Path) -> Sequence[str]:
    """The names of the columns of a file.

    Raises:
        TableError: it cannot be read.
    """
    with closing(opened(file)) as source:
        return source.names


def looked_through(instrument: Instrument, file: Path, *, person: str | None = None) -> Looked:
    """Read a file of answers once, for what is wrong in it.

    Args:
        instrument: with its questions.
        file: as for ``score_file``.
        person: the column in which nobody may be there twice.

    Raises:
        TableError: the first thing that is wrong, with its place.
    """
    with closing(opened(file)) as source:
        with naming(file):
            how = plan(instrument, source.names)
            once = None if person is None else Once(how, person)
        for chunk in pieces(file, source, how):
            with naming(file):
                _, problems = score_batch(how, chunk.batch, chunk.torn)
            if problems:
                one = problems[0]
                slip = Slip(source.unit, chunk.places()[one.row], one.column, one.what)
                raise TableError(
                    f"{file}: {slip}. Put it right first; 'secondvoice score' with --report lists "
                    "all that is like it."
                )
            if once is not None:
                once.see(chunk.batch)
        if once is not None:
            once.refuse(file, source.unit, "Leave one row for each person.")
        return Looked(how.columns, getattr(source, "separator", ""))


def _places(file: Path, plan: Plan, rows: Collection[int]) -> list[int]:
    """The lines or rows of the file on which these rows stand, counted from 0."""
    found: dict[int, int] = {}
    before = 0
    with closing(opened(file)) as source:
        for chunk in pieces(file, source, plan):
            here = [row for row in rows if before <= row < before + chunk.batch.num_rows]
            if here:
                places = chunk.places()
                found |= {row: places[row - before] for row in here}
            before += chunk.batch.num_rows
    return [found[row] for row in rows]
