"""Writing scores beside their place and putting them there once they are whole."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from secondvoice.measures.table.plan import TableError, new_columns
from secondvoice.newfiles import new_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from secondvoice.measures.table.plan import Plan

SAMPLE = 4096
"""So many values tell whether a column repeats itself."""


@contextmanager
def beside(target: Path, *, force: bool) -> Iterator[Path]:
    """A new file beside ``target`` that gets its name at the end, if all went well.

    Args:
        target: what is to be written.
        force: put it in the place of a file that is there.

    Yields:
        Where to write, for its owner only. It is gone if anything is raised.

    Raises:
        TableError: there is a file already, or this folder cannot be written to.
    """
    try:
        with new_file(target, over=force) as source:
            yield source
    except FileExistsError:
        raise in_the_way(target) from None
    except OSError as error:
        raise TableError(
            f"{target} cannot be written ({error.strerror or 'the disk refused it'}). Nothing was "
            "left there; choose another place with --out."
        ) from None


def in_the_way(target: Path) -> TableError:
    """What to say of a file that is there and is not to be lost."""
    return TableError(
        f"{target} is there already and was left as it is. Choose another name, or say --force."
    )


class Writer:
    """Writes batches of pass-through and new columns as CSV or Parquet."""

    def __init__(self, file: Path, plan: Plan, *, parquet: bool) -> None:
        self._file = file
        self._plan = plan
        self._writer: pq.ParquetWriter | arrow_csv.CSVWriter | None = None
        self._parquet = parquet

    def write(self, batch: pa.RecordBatch) -> None:
        """Add rows.

        Raises:
            TableError: CSV has no way to write a column that is passed through.
        """
        table = pa.Table.from_batches([batch]).replace_schema_metadata(None)
        if not self._parquet:
            table = _plain(table)
        if self._writer is None:
            self._writer = self._parquet_writer(table) if self._parquet else self._csv(table)
        self._writer.write_table(table)

    def close(self) -> None:
        """Finish the file."""
        if self._writer is not None:
            self._writer.close()

    def _csv(self, table: pa.Table) -> arrow_csv.CSVWriter:
        return arrow_csv.CSVWriter(str(self._file), table.schema)

    def _parquet_writer(self, table: pa.Table) -> pq.ParquetWriter:
        # Scores take few different values, so a dictionary makes them small, and compressing what
        # is left is time for nothing. Of the other columns, only those that repeat get one.
        new, rest = new_columns(self._plan.instrument), self._plan.rest
        few = [name for name in rest if _repeats(table.column(name))]
        return pq.ParquetWriter(
            str(self._file),
            table.schema,
            use_dictionary=[*new, *few],
            compression=dict.fromkeys(new, "none") | dict.fromkeys(rest, "snappy"),
            write_statistics=list(rest),
        )


def _repeats(column: pa.ChunkedArray) -> bool:
    """Whether values come again often enough, by the first piece of the table."""
    some = column.slice(0, SAMPLE)
    if pa.types.is_nested(column.type) or pa.types.is_dictionary(column.type):
        return not pa.types.is_nested(column.type)
    return bool(pc.count_distinct(some).as_py() * 4 <= len(some))


def _plain(table: pa.Table) -> pa.Table:
    """As CSV can hold it: spelled-out categories, nothing nested."""
    for at, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            column = table.column(at).cast(field.type.value_type)
            table = table.set_column(at, field.name, column)
        elif pa.types.is_nested(field.type) or pa.types.is_binary(field.type):
            raise TableError(
                f"The column {field.name} holds {field.type}, which CSV cannot. Give --out a name "
                "that ends in .parquet."
            )
    return table
