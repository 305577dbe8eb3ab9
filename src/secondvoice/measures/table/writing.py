"""Writing scores beside their place and putting them there once they are whole."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from secondvoice.measures.table.plan import TableError, new_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from secondvoice.measures.table.plan import Plan

SMALL = ("_answered", "_asked", "_problems")
"""Endings of new columns with few different values."""


@contextmanager
def beside(target: Path, *, force: bool) -> Iterator[Path]:
    """A new file beside ``target`` that gets its name at the end, if all went well.

    Args:
        target: what is to be written.
        force: put it in the place of a file that is there.

    Yields:
        The file to write to, for its owner only. It is gone if anything is raised.

    Raises:
        TableError: there is a file already, or this folder cannot be written to.
    """
    try:
        handle, name = tempfile.mkstemp(
            dir=target.parent, prefix=".secondvoice-", suffix=target.suffix
        )
        os.close(handle)
        source = Path(name)
        try:
            yield source
            _settle(source)
            if force:
                source.replace(target)
            else:
                _put(source, target)
        finally:
            source.unlink(missing_ok=True)
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
    """Writes batches of pass-through and new columns as CSV or Parquet, by the file's ending."""

    def __init__(self, file: Path, plan: Plan) -> None:
        self._file = file
        self._plan = plan
        self._writer: pq.ParquetWriter | pc.CSVWriter | None = None
        self._parquet = file.suffix.lower() == ".parquet"

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

    def _csv(self, table: pa.Table) -> pc.CSVWriter:
        return pc.CSVWriter(str(self._file), table.schema)

    def _parquet_writer(self, table: pa.Table) -> pq.ParquetWriter:
        # Only columns with few different values are worth a dictionary, which takes time to make.
        new = set(new_columns(self._plan.instrument))
        scores = {s.id for s in self._plan.instrument.scores if s.role == "subscale"}
        few = {f"{self._plan.prefix}_{name}" for name in scores}
        few |= {name for name in new if name.endswith(SMALL)}
        few |= {name for name in table.column_names if name not in new}
        return pq.ParquetWriter(
            str(self._file), table.schema, use_dictionary=sorted(few), compression="snappy"
        )


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


def _settle(source: Path) -> None:
    """See that what was written is on the disk."""
    with source.open("rb") as file:
        os.fsync(file.fileno())


def _put(source: Path, target: Path) -> None:
    """Give ``source`` the name ``target``, only if nothing has it."""
    try:
        target.hardlink_to(source)
    except FileExistsError:
        raise
    except OSError:
        # A disk without hard links (a memory stick): the same but for an instant in between.
        if target.exists():
            raise FileExistsError from None
        source.rename(target)
