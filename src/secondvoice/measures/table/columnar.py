"""Reading Parquet in pieces."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from secondvoice.measures.table.chunk import CELLS, ROWS, Chunk
from secondvoice.measures.table.plan import TableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from secondvoice.measures.table.plan import Plan

BUFFER = 2**20
"""Bytes of a column that are read at once, however large the groups of rows in the file are."""


class Columnar:
    """A Parquet file; its rows are counted from 1."""

    unit = "row"

    def __init__(self, file: Path) -> None:
        """Open a file and read what it says of itself, which stands at its end.

        Raises:
            TableError: it is no whole Parquet file.
        """
        self._raw = pa.OSFile(str(file))
        try:
            # What is fetched ahead is kept until the end: the memory of the whole file.
            self._file = pq.ParquetFile(self._raw, buffer_size=BUFFER, pre_buffer=False)
        except (pa.ArrowException, OSError):
            self._raw.close()
            raise TableError(
                "this is no whole Parquet file; its end is missing or damaged. Fetch it once more."
            ) from None

    @property
    def names(self) -> Sequence[str]:
        """The names of its columns."""
        return list(self._file.schema_arrow.names)

    def chunks(self, plan: Plan) -> Iterator[Chunk]:
        """Every row.

        Raises:
            TableError: the file is damaged from some row on.
        """
        wanted = [*plan.rest, *(name for name in plan.columns.values() if name not in plan.rest)]
        rows = max(1, min(ROWS, CELLS // len(wanted)))
        whole, read = self._file.metadata.num_rows, 0
        try:
            for batch in self._file.iter_batches(batch_size=rows, columns=wanted):
                before, read = read, read + batch.num_rows
                yield Chunk(batch, partial(range, before + 1, read + 1), read / whole)
        except (pa.ArrowException, OSError):
            raise TableError(
                f"row {read + 1} and those after it cannot be read; the file is damaged. Fetch it "
                "once more."
            ) from None

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
        self._raw.close()
