"""Scoring tables that are in memory: pyarrow, pandas, and what hands over Arrow data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from secondvoice.measures.table.chunk import ROWS
from secondvoice.measures.table.plan import Plan, TableError, new_columns, plan
from secondvoice.measures.table.rows import score_batch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from secondvoice.measures.instrument import Instrument


def score_any(
    instrument: Instrument,
    table: Any,
    *,
    mapping: Mapping[str, str] | None,
    missing: Sequence[str],
    answers: bool,
) -> Any:
    """See :func:`secondvoice.measures.score_table`."""
    if hasattr(table, "iloc") and hasattr(table, "columns"):
        return _pandas(instrument, table, mapping, missing, answers=answers)
    whole = _arrow(table)
    how = plan(instrument, whole.column_names, mapping=mapping, missing=missing, answers=answers)
    new = _scored(how, whole.select(list(how.columns.values())))
    for name in new_columns(instrument):
        whole = whole.append_column(name, new[name])
    return whole.select([*how.rest, *new_columns(instrument)])


def _arrow(table: Any) -> pa.Table:
    if isinstance(table, pa.Table):
        return table
    if isinstance(table, pa.RecordBatch):
        return pa.Table.from_batches([table])
    if hasattr(table, "__arrow_c_stream__"):
        return pa.table(table)
    raise TableError(
        f"A {type(table).__name__} cannot be scored. Hand over a pandas or polars DataFrame, a "
        "pyarrow Table, or anything else with __arrow_c_stream__."
    )


def _pandas(
    instrument: Instrument,
    frame: Any,
    mapping: Mapping[str, str] | None,
    missing: Sequence[str],
    *,
    answers: bool,
) -> Any:
    """Columns that are passed through are not touched, whatever they hold; the index stays."""
    import pandas as pd

    names = [str(name) for name in frame.columns]
    how = plan(instrument, names, mapping=mapping, missing=missing, answers=answers)
    # By place: the name of a column can be something else than text.
    place = {name: at for at, name in enumerate(names)}
    cells = {name: _column(frame.iloc[:, place[name]]) for name in how.columns.values()}
    new = _scored(how, pa.table(cells)).to_pandas(types_mapper=_nullable().get)
    new.index = frame.index
    return pd.concat([frame.iloc[:, [place[name] for name in how.rest]], new], axis=1)


def _nullable() -> dict[pa.DataType, Any]:
    """Counts stay whole numbers and flags stay flags where a row has none."""
    import pandas as pd

    return {pa.int16(): pd.Int16Dtype(), pa.bool_(): pd.BooleanDtype()}


def _column(series: Any) -> pa.Array | pa.ChunkedArray:
    try:
        return pa.array(series, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        # Numbers and words in one column.
        return pa.array([None if cell is None else str(cell) for cell in series], pa.string())


def _scored(how: Plan, table: pa.Table) -> pa.Table:
    names = new_columns(how.instrument)
    scored = [
        pa.RecordBatch.from_arrays(score_batch(how, batch, {})[0], names)
        for batch in _batches(table)
    ]
    return pa.Table.from_batches(scored)


def _batches(table: pa.Table) -> Iterator[pa.RecordBatch]:
    """In pieces that stay in the processor's cache; one without rows where there are none."""
    if table.num_rows == 0:
        yield pa.RecordBatch.from_arrays(
            [pa.array([], field.type) for field in table.schema], schema=table.schema
        )
    yield from table.to_batches(max_chunksize=ROWS)
