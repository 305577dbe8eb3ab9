"""The same pass over a table that lies elsewhere: in a file, a database, a cluster.

Written once in Ibis, which says it to DuckDB (built in), PostgreSQL or Spark; the table stays where
it is, and a few hundred whole numbers come back. One reading, nothing sorted, nothing joined: the
cost grows with the rows, and the parts of a divided table add up where they lie.
"""

from __future__ import annotations

from functools import cache, reduce
from itertools import combinations_with_replacement
from operator import add, and_
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np

from secondvoice.measures.group.keys import GroupError, columns, keys
from secondvoice.measures.group.moments import Moments, moments, off_scale
from secondvoice.measures.group.retest import Retest, retest_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import ibis.expr.types as ir

    from secondvoice.measures.instrument import Instrument, Scale

BATCH = 65_536
"""Rows fetched at once."""

PERSON = "person"
"""What the column that tells people apart is called inside."""


def table_moments(instrument: Instrument, table: ir.Table) -> Moments:
    """Count a table where it lies; the same numbers as ``moments`` gives of an array.

    Args:
        instrument: with its questions.
        table: an Ibis table with a column of numbers for each item, called like it (``scs_1``).
            NULL and NaN are missing answers; other columns are not looked at.

    Raises:
        GroupError: a column is missing or holds something else than answers.
    """
    names, rules = columns(instrument), keys(instrument)
    scale = instrument.answers
    least, most = scale.least, scale.most
    answers = _answers(instrument, table)
    shifted = {f"u{i}": _shifted(answers[name], scale) for i, name in enumerate(names)}
    strange = {f"w{i}": answers[name].notnull() for i, name in enumerate(names)}
    rows = answers.select(**shifted, **strange)
    rows = rows.mutate(whole=reduce(and_, (rows[f"u{i}"].notnull() for i in range(len(names)))))
    zero = ibis.literal(0.0)
    # Whoever lacks an answer counts as zero in every sum, so no sum has to ask again.
    taken = rows.select(
        "whole",
        **{f"v{i}": rows.whole.ifelse(rows[f"u{i}"], zero) for i in range(len(names))},
        **{f"w{i}": rows[f"w{i}"] & rows[f"u{i}"].isnull() for i in range(len(names))},
    )
    values = [taken[f"v{i}"] for i in range(len(names))]
    width = most - least
    sums: dict[str, Any] = {"rows": taken.count(), "n": taken.whole.sum()}
    for i, value in enumerate(values):
        sums |= {
            f"sum{i}": value.sum(),
            f"floor{i}": (value == -width).sum(),
            f"ceiling{i}": (value == width).sum(),
            f"strange{i}": taken[f"w{i}"].sum(),
        }
    pairs = list(combinations_with_replacement(range(len(names)), 2))
    sums |= {f"product{i}_{j}": (values[i] * values[j]).sum() for i, j in pairs}
    for at, rule in enumerate(rules):
        # At the very end of a score stands who gave the last answer to each of its items.
        signed = reduce(
            add,
            (
                value if weight > 0 else -value
                for value, weight in zip(values, rule.over(names), strict=True)
                if weight
            ),
        )
        end = len(rule.items) * width
        sums |= {f"low{at}": (signed == -end).sum(), f"high{at}": (signed == end).sum()}
    (row,) = taken.aggregate(**sums).to_pyarrow().to_pylist()
    # Of no rows at all a sum is NULL.
    found = {name: int(value or 0) for name, value in row.items()}
    for i, name in enumerate(names):
        if found[f"strange{i}"]:
            raise off_scale(name, least, most)
    products = np.zeros((len(names), len(names)), dtype=np.int64)
    for i, j in pairs:
        products[i, j] = products[j, i] = found[f"product{i}_{j}"]

    def listed(what: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.array([found[f"{what}{i}"] for i in range(len(names))], dtype=np.int64)

    return Moments(
        names=names,
        n=found["n"],
        left_out=found["rows"] - found["n"],
        least=least,
        most=most,
        sums=listed("sum"),
        products=products,
        floor=listed("floor"),
        ceiling=listed("ceiling"),
        ends={
            rule.score.id: (found[f"low{at}"], found[f"high{at}"]) for at, rule in enumerate(rules)
        },
    )


def kind_of(path: Path) -> str:
    """The ending of a file that can be read.

    Raises:
        GroupError: there is no such file, or it ends otherwise.
    """
    kind = path.suffix.lower()
    if kind not in {".parquet", ".csv"}:
        raise GroupError(f"{path.name}: only .parquet and .csv are read. Convert it first.")
    if not path.is_file():
        raise GroupError(f"{path.name}: there is no such file.")
    return kind


def open_file(path: Path, **how: Any) -> ir.Table:
    """A Parquet or CSV file as a table; nothing is read yet.

    Args:
        path: the file.
        how: what DuckDB is told of a CSV.

    Raises:
        GroupError: there is no such file, or it is neither.
    """
    try:
        if kind_of(path) == ".parquet":
            return _duckdb().read_parquet(path)
        return _duckdb().read_csv(path, **how)
    except GroupError:
        raise
    except Exception:  # noqa: BLE001 (whatever DuckDB says of it may quote what is in the file)
        raise GroupError(f"{path.name}: this is not a table that can be read.") from None


@cache
def _duckdb() -> Any:
    """One for all files, so that two of them can be joined."""
    return ibis.duckdb.connect()


def file_moments(instrument: Instrument, table: ir.Table) -> Moments:
    """Count a file by fetching it piece by piece: quicker than to have DuckDB do the sums.

    Args:
        instrument: with its questions.
        table: one from ``open_file``, else as for ``table_moments``.

    Raises:
        GroupError: as for ``table_moments``.
    """
    answers = _answers(instrument, table)
    names = columns(instrument)
    total = moments(instrument, np.empty((0, len(names))))
    # Ibis 12 asks DuckDB 2 for pieces by a name that is gone; so DuckDB itself is asked.
    asked = _duckdb().con.sql(str(ibis.to_sql(answers, dialect="duckdb")))
    for batch in asked.to_arrow_reader(BATCH):
        piece = [batch.column(name).to_numpy(zero_copy_only=False) for name in names]
        total += moments(instrument, np.column_stack([p.astype(np.float64) for p in piece]))
    return total


def table_retest(
    instrument: Instrument, first: ir.Table, later: ir.Table, person: str
) -> dict[str, Retest]:
    """Hold two occasions against each other, people matched by a column.

    Args:
        instrument: with its questions.
        first: answers of the first occasion, as for ``table_moments``.
        later: those of the second, on the same backend.
        person: the column that tells people apart, in both tables.

    Returns:
        For each score by its id; of those who answered all of its items on both occasions.

    Raises:
        GroupError: the column is not there, somebody stands in a table twice, an item is missing
            or holds something else, or too few people are in both.
    """
    rules = keys(instrument)
    for table, which in ((first, "first"), (later, "later")):
        if person not in table.columns:
            raise GroupError(f"The {which} table has no column {person!r} to tell people apart by.")
        # The ordinary pass says what is wrong with an answer.
        table_moments(instrument, table)
        counts = table.aggregate(rows=table[person].count(), people=table[person].nunique())
        (row,) = counts.to_pyarrow().to_pylist()
        if row["rows"] != row["people"]:
            raise GroupError(
                f"Somebody stands in the {which} table twice, so it is not clear which answers "
                "to compare. Leave one row for each person."
            )
    both = _scores(instrument, first, person, "first").join(
        _scores(instrument, later, person, "later"), PERSON
    )
    sums: dict[str, Any] = {}
    for at, rule in enumerate(rules):
        middle = (rule.score.least + rule.score.most) / 2
        one, two = both[f"first{at}"] - middle, both[f"later{at}"] - middle
        there = one.notnull() & two.notnull()
        one, two = there.ifelse(one, 0.0), there.ifelse(two, 0.0)
        sums |= {
            f"n{at}": there.sum(), f"one{at}": one.sum(), f"two{at}": two.sum(),
            f"ones{at}": (one * one).sum(), f"twos{at}": (two * two).sum(),
            f"both{at}": (one * two).sum(),
        }  # fmt: skip
    (row,) = both.aggregate(**sums).to_pyarrow().to_pylist()
    found = {}
    for at, rule in enumerate(rules):
        n = int(row[f"n{at}"] or 0)
        if n < 3:
            raise GroupError("Fewer than three people answered on both occasions.")
        total = np.array([row[f"one{at}"], row[f"two{at}"]], dtype=np.float64)
        products = np.array(
            [[row[f"ones{at}"], row[f"both{at}"]], [row[f"both{at}"], row[f"twos{at}"]]],
            dtype=np.float64,
        )
        spread = (products - np.outer(total, total) / n) / (n - 1)
        found[rule.score.id] = retest_of(n, total / n, spread)
    return found


def _answers(instrument: Instrument, table: ir.Table, person: str | None = None) -> ir.Table:
    """The items as numbers, NaN as NULL; and the person, where one is asked for."""
    names = columns(instrument)
    need_columns(instrument, table.columns)
    found: dict[str, Any] = {}
    for name in names:
        column = table[name]
        if not column.type().is_numeric():
            raise GroupError(
                f"{name} holds {column.type()}, not numbers. Write each answer as its number, and "
                "leave the cell empty where it is missing."
            )
        if column.type().is_floating():
            column = column.isnan().ifelse(ibis.null(column.type()), column)
        found[name] = column
    if person is not None:
        found[PERSON] = table[person]
    return table.select(**found)


def need_columns(instrument: Instrument, there: Sequence[str]) -> None:
    """Say which items have no column.

    Raises:
        GroupError: some have none.
    """
    names = columns(instrument)
    if missing := [name for name in names if name not in there]:
        raise GroupError(
            f"{instrument.short} needs a column for each of its {len(names)} items; missing: "
            f"{_listed(missing)}."
        )


def _shifted(column: ir.Column, scale: Scale) -> ir.Column:
    """2x − least − most where x is on the scale, else NULL."""
    on_scale = column.isin([option.value for option in scale.options])
    # Whole numbers in double precision: every sum of them is exact up to 2^53 in whatever order,
    # and quicker than the wide integers that databases add with.
    small = on_scale.ifelse(column, ibis.null(column.type())).cast("float64")
    return small * 2 - (scale.least + scale.most)


def _scores(instrument: Instrument, table: ir.Table, person: str, prefix: str) -> ir.Table:
    """A row for each person with the scores; NULL where an answer is missing."""
    answers = _answers(instrument, table, person)
    scores = {
        f"{prefix}{at}": reduce(
            add,
            (
                answers[item].cast("float64") * float(weight)
                for item, weight in zip(rule.items, rule.weights, strict=True)
            ),
        )
        + rule.constant
        for at, rule in enumerate(keys(instrument))
    }
    return answers.select(PERSON, **scores)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:5])
    return shown if len(names) <= 5 else f"{shown} and {len(names) - 5} more"
