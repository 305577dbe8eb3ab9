"""Scores of many rows: files of any size, and tables in memory.

Needs numpy and pyarrow (``secondvoice[research]``); nothing of them is loaded before the first
call, so that everything else does without.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from secondvoice.measures.table.plan import TableError, new_columns, read_mapping

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from secondvoice.measures.instrument import Instrument

__all__ = ["TableError", "need_research", "new_columns", "read_mapping", "score_table"]

NEEDED = ("numpy", "pyarrow")


def need_research() -> None:
    """Say what is to be installed, if it is not.

    Raises:
        TableError: numpy or pyarrow is not here.
    """
    if any(find_spec(name) is None for name in NEEDED):
        raise TableError(
            "Scoring tables needs numpy and pyarrow: pip install 'secondvoice[research]'."
        )


def score_table(
    instrument: Instrument,
    table: Any,
    *,
    mapping: Mapping[str, str] | None = None,
    missing: Sequence[str] = (),
    answers: bool = False,
) -> Any:
    """Score every row of a table, as ``score`` would score it alone.

    Args:
        instrument: with its questions.
        table: a pandas DataFrame, a pyarrow Table or RecordBatch, or anything with
            ``__arrow_c_stream__`` (polars, duckdb). A row for each taking. It is not changed.
        mapping: the name of the column by the id of the item, where the column is not called like
            the item, in capitals or not.
        missing: spellings of "no answer" beside an empty cell, NaN, NA and the like: ``["-99"]``.
        answers: keep the answers; else only the columns that are no answers.

    Returns:
        A DataFrame with the same index for pandas, else a pyarrow Table: the other columns, then
        those that :func:`new_columns` names, all beginning with the instrument's id. A score that
        the rule for missing answers does not allow is null. A row with an answer that is not on
        the scale has no score and says why in ``…_problems``; ``…_support`` stands in spite of
        that, since support does not wait.

    Raises:
        TableError: numpy or pyarrow is not here, a column is missing or there twice, or a column
            of answers holds neither numbers nor text.
    """
    need_research()
    from secondvoice.measures.table.frames import score_any

    return score_any(instrument, table, mapping=mapping, missing=missing, answers=answers)
