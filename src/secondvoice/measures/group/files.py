"""A file of answers for the statistics of a group, looked through before anything is computed.

What a database makes of a file by itself is not to be trusted with answers: of two columns with one
name it takes one, and a word in one cell makes words of a column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondvoice.measures.group.keys import GroupError, columns
from secondvoice.measures.group.tables import kind_of, need_columns, open_file
from secondvoice.measures.table.cells import GAPS
from secondvoice.measures.table.checking import looked_through, names_of
from secondvoice.measures.table.plan import TableError

if TYPE_CHECKING:
    from pathlib import Path

    import ibis.expr.types as ir

    from secondvoice.measures.instrument import Instrument


def open_answers(instrument: Instrument, path: Path, *, person: str | None = None) -> ir.Table:
    """A Parquet or CSV file without a slip, its columns called like the items.

    Args:
        instrument: with its questions.
        path: the file. It is read once here; empty cells, NA and the like are no answers.
        person: the column that tells people apart, where each may be there once only.

    Raises:
        GroupError: what is wrong, with its line or row.
    """
    kind = kind_of(path)
    names = columns(instrument)
    try:
        there = names_of(path)
        need_columns(instrument, [name.strip().lower() for name in there])
        looked = looked_through(
            instrument, path, person=person if person is not None and person in there else None
        )
    except TableError as error:
        raise GroupError(str(error)) from None
    called = {item: looked.columns[item] for item in names}
    if kind == ".csv":
        table = open_file(
            path,
            delim=looked.separator,
            header=True,
            nullstr=sorted(GAPS),
            types=dict.fromkeys(called.values(), "DOUBLE"),
        )
    else:
        table = open_file(path)
    return table.rename({item: name for item, name in called.items() if item != name})
