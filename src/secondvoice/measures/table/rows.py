"""The scores of many rows at once: the same arithmetic, in the same order, as for one person.

``measures.score`` stays the one to read for what the rules are; each function here says which of
its parts it does for columns. Both give the same numbers to the last bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from secondvoice.measures.table.cells import GAP, GIVEN, Cells, cells, slip
from secondvoice.measures.table.plan import new_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from secondvoice.measures.instrument import Instrument, Score
    from secondvoice.measures.table.plan import Plan


@dataclass(frozen=True, slots=True)
class Problem:
    """A slip in one row of a batch. ``column`` is empty where the whole row is meant."""

    row: int
    column: str
    what: str


@dataclass(frozen=True, slots=True)
class Part:
    """A score of a batch: values, which rows have one, and how many answers stand behind it.

    ``there`` is None where every row has a value; ``answered`` is a number where it is one.
    """

    values: NDArray[np.float64]
    there: NDArray[np.bool_] | None
    answered: NDArray[np.int16] | int


def score_batch(
    plan: Plan, batch: pa.RecordBatch, torn: Mapping[int, str]
) -> tuple[list[pa.Array], list[Problem]]:
    """Score the rows of a batch.

    Args:
        plan: which column is which.
        batch: has at least the columns of the plan.
        torn: what is wrong with rows whose cells are not to be trusted, by row.

    Returns:
        The new columns, in the order of ``new_columns``, and every slip, in the order of the rows.
        A row with a slip has no score; it keeps its place.

    Raises:
        TableError: a column of answers holds neither numbers nor text.
    """
    scale = plan.instrument.answers
    read = {
        item: _untorn(cells(name, batch.column(name), scale, plan.missing), list(torn))
        for item, name in plan.columns.items()
    }
    found = [Problem(row, "", what) for row, what in torn.items()]
    for item, each in read.items():
        if each.kinds is not None:
            found += [
                Problem(row, plan.columns[item], slip(int(each.kinds[row]), scale))
                for row in np.flatnonzero(each.kinds > GAP).tolist()
            ]
    found.sort(key=lambda problem: problem.row)
    return _columns(plan, read, found, batch.num_rows), found


def _untorn(read: Cells, torn: Sequence[int]) -> Cells:
    """Without the answers of torn rows, which may stand in the wrong column."""
    if not torn:
        return read
    kinds = np.zeros(len(read.values), np.int8) if read.kinds is None else read.kinds.copy()
    kinds[torn] = GAP
    return Cells(read.values, kinds)


def _columns(
    plan: Plan, read: Mapping[str, Cells], found: Sequence[Problem], rows: int
) -> list[pa.Array]:
    instrument = plan.instrument
    bad: NDArray[np.bool_] | None = None
    if found:
        bad = np.zeros(rows, np.bool_)
        bad[[problem.row for problem in found]] = True
    arrays: dict[str, pa.Array] = {}
    for name, part in _scores(instrument, read).items():
        absent = None if part.there is None else ~part.there
        arrays[name] = pa.array(part.values, mask=_either(absent, bad))
        arrays[f"{name}_answered"] = _counted(part.answered, rows, bad)
    scored = [item.id for item in instrument.items if item.scored]
    arrays["answered"] = _counted(_answered(scored, read, rows), rows, bad)
    arrays["asked"] = _counted(len(scored), rows, None)
    arrays["straight"] = pa.array(_straight(instrument, read, rows), mask=bad)
    if instrument.care:
        # Told of a row with slips elsewhere, too: support does not wait for the rest.
        support, unknown = _support(instrument, read, rows)
        for problem in found:
            unknown[problem.row] |= not problem.column
        arrays["support"] = pa.array(support, mask=unknown & ~support)
    arrays["problems"] = _told(found, rows)
    return [arrays[name.removeprefix(f"{plan.prefix}_")] for name in new_columns(instrument)]


def _scores(instrument: Instrument, read: Mapping[str, Cells]) -> dict[str, Part]:
    """Every score of the key, as :func:`secondvoice.measures.scoring.score` makes them."""
    done: dict[str, Part] = {}
    for rule in instrument.scores:
        if rule.of[0] in done:
            done[rule.id] = _of_scores(instrument, rule, done)
        else:
            done[rule.id] = _of_items(instrument, rule, read)
    return done


def _of_items(instrument: Instrument, rule: Score, read: Mapping[str, Cells]) -> Part:
    ends = np.int16(instrument.answers.least + instrument.answers.most)
    rows = len(read[rule.of[0]].values)
    # Sums of whole numbers are exact in any order, so they may be summed as integers.
    total = np.zeros(rows, np.int32)
    for name in rule.of:
        values, kinds = read[name].values, read[name].kinds
        counted = ends - values if name in rule.turned else values
        total += counted if kinds is None else np.where(kinds == GIVEN, counted, 0)
    asked = len(rule.of)
    answered = _answered(rule.of, read, rows)
    if isinstance(answered, int):
        whole = total.astype(np.float64)
        return Part(_timed(rule, whole if rule.method == "sum" else whole / asked), None, answered)
    # Rows without any answer have no score; the 1 only keeps the division quiet.
    joined = total / np.maximum(answered, 1)
    if rule.method == "sum":
        joined = np.where(answered == asked, total, joined * asked)
    return Part(_timed(rule, joined), asked - answered <= rule.may_miss, answered)


def _of_scores(instrument: Instrument, rule: Score, done: Mapping[str, Part]) -> Part:
    rules = {known.id: known for known in instrument.scores}
    parts = [done[name] for name in rule.of]
    values = [
        rules[name].least + rules[name].most - part.values if name in rule.turned else part.values
        for name, part in zip(rule.of, parts, strict=True)
    ]
    total = reduce(np.add, values)
    theres = [part.there for part in parts if part.there is not None]
    return Part(
        _timed(rule, total if rule.method == "sum" else total / len(parts)),
        reduce(np.logical_and, theres) if theres else None,
        reduce(lambda one, other: one + other, (part.answered for part in parts)),
    )


def _timed(rule: Score, values: NDArray[np.float64]) -> NDArray[np.float64]:
    return values if rule.times == 1 else values * rule.times


def _answered(
    items: Sequence[str], read: Mapping[str, Cells], rows: int
) -> NDArray[np.int16] | int:
    """How many of the items are answered in each row; one number where none has a gap."""
    kinds = [read[name].kinds if name in read else np.full(rows, GAP, np.int8) for name in items]
    if all(each is None for each in kinds):
        return len(items)
    answered = np.full(rows, sum(each is None for each in kinds), np.int16)
    for each in kinds:
        if each is not None:
            answered += each == GIVEN
    return answered


def _straight(instrument: Instrument, read: Mapping[str, Cells], rows: int) -> NDArray[np.bool_]:
    """Where all answers are the same, though those questions point both ways: ``straight()``."""
    ways = {item.id: item.reversed for item in instrument.items if item.scored}
    if len(set(ways.values())) < 2:
        return np.zeros(rows, np.bool_)
    scale = instrument.answers
    high, low = np.full(rows, scale.least, np.int16), np.full(rows, scale.most, np.int16)
    seen = {way: np.zeros(rows, np.bool_) for way in (True, False)}
    for name, each in read.items():
        if each.kinds is None:
            np.maximum(high, each.values, out=high)
            np.minimum(low, each.values, out=low)
        else:
            there = each.kinds == GIVEN
            np.maximum(high, each.values, out=high, where=there)
            np.minimum(low, each.values, out=low, where=there)
        if name in ways:
            seen[ways[name]] |= True if each.kinds is None else there
    same: NDArray[np.bool_] = high == low
    return same & seen[True] & seen[False]


def _support(
    instrument: Instrument, read: Mapping[str, Cells], rows: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where support comes first, as ``needs_support()``; and where a slip hides whether."""
    support, unknown = np.zeros(rows, np.bool_), np.zeros(rows, np.bool_)
    for care in instrument.care:
        each = read[care.item]
        if each.kinds is None:
            support |= each.values >= care.at
        else:
            support |= np.where(each.kinds == GIVEN, each.values, 0) >= care.at
            unknown |= each.kinds > GAP
    return support, unknown


def _counted(
    answered: NDArray[np.int16] | int, rows: int, bad: NDArray[np.bool_] | None
) -> pa.Array:
    if isinstance(answered, int):
        answered = np.full(rows, answered, np.int16)
    return pa.array(answered, mask=bad)


def _either(
    one: NDArray[np.bool_] | None, other: NDArray[np.bool_] | None
) -> NDArray[np.bool_] | None:
    if one is None or other is None:
        return other if one is None else one
    return one | other


def _told(found: Sequence[Problem], rows: int) -> pa.Array:
    """The slips of each row as one text; null where there is none."""
    if not found:
        return pa.nulls(rows, pa.string())
    told: list[str | None] = [None] * rows
    for problem in found:
        words = f"{problem.column}: {problem.what}" if problem.column else problem.what
        before = told[problem.row]
        told[problem.row] = words if before is None else f"{before}; {words}"
    return pa.array(told, pa.string())
