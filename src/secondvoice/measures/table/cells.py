"""From one column of a table to answers: numbers on the scale, gaps, and what is neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from secondvoice.measures.table.plan import TableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from secondvoice.measures.instrument import Scale

GAPS = frozenset({"", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "<NA>", "."})
"""How other programs spell "no answer": R, pandas, databases, SPSS."""

WHOLE = re.compile(r"[+-]?[0-9]+(?:\.0*)?")
POINT = re.compile(r"[+-]?[0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?")
COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")

GIVEN, GAP, OFF, PART, COMMAS, TEXT = range(6)
"""What a cell is: an answer, none, or one of the four kinds of slip in :func:`slip`."""


@dataclass(frozen=True, slots=True)
class Cells:
    """One column of a batch, a cell for each row.

    ``values`` holds the answers, and something on the scale where there is none. ``kinds`` says of
    each cell what it is; None where all of them are answers.
    """

    values: NDArray[np.int16]
    kinds: NDArray[np.int8] | None


def slip(kind: int, scale: Scale) -> str:
    """What is wrong with a cell, and what belongs there; never what stands there."""
    found = {
        OFF: "a number off the scale",
        PART: "a fraction",
        COMMAS: "a decimal comma",
        TEXT: "no number",
    }[kind]
    return f"{found} where a whole number from {scale.least} to {scale.most} belongs"


def cells(name: str, column: pa.Array, scale: Scale, missing: Sequence[str]) -> Cells:
    """Read the answers of one column.

    Args:
        name: of the column, for the message.
        column: numbers, or text that holds numbers.
        scale: of the answers.
        missing: further spellings of "no answer".

    Raises:
        TableError: the column holds something that is neither number nor text.
    """
    kind = column.type
    if pa.types.is_dictionary(kind) and pa.types.is_integer(kind.index_type):
        return _by_spelling(column, scale, missing)
    if _is_text(kind):
        return _by_spelling(column.dictionary_encode(), scale, missing)
    if pa.types.is_null(kind):
        return Cells(
            np.full(len(column), scale.least, np.int16), np.full(len(column), GAP, np.int8)
        )
    if pa.types.is_decimal(kind):
        column = column.cast(pa.float64())
    elif not (pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        raise TableError(
            f"The column {name} holds {kind} where answers are expected. Make numbers of it."
        )
    return _of_numbers(column, scale, missing)


def _is_text(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    )


def _by_spelling(column: pa.DictionaryArray, scale: Scale, missing: Sequence[str]) -> Cells:
    """Each spelling is understood once: a questionnaire has few, however many rows."""
    gaps = GAPS | set(missing)
    read = [_read(value, scale, gaps) for value in column.dictionary.to_pylist()]
    # The last place is for rows without a value.
    values = np.array([value for value, _ in read] + [scale.least], np.int16)
    kinds = np.array([kind for _, kind in read] + [GAP], np.int8)
    indices = column.indices.fill_null(len(read)).to_numpy(zero_copy_only=False)
    if not kinds[:-1].any() and column.null_count == 0:
        return Cells(values[indices], None)
    return Cells(values[indices], kinds[indices])


def _read(value: Any, scale: Scale, gaps: frozenset[str]) -> tuple[int, int]:
    """The answer, or the end of the scale, and what kind of cell it is."""
    text = "" if value is None else str(value).strip()
    if text in gaps:
        return scale.least, GAP
    if WHOLE.fullmatch(text):
        # Longer numbers are on no scale, and Python limits what it turns into an integer.
        whole = int(text.partition(".")[0]) if len(text) < 20 else scale.most + 1
        known = any(option.value == whole for option in scale.options)
        return (whole, GIVEN) if known else (scale.least, OFF)
    if POINT.fullmatch(text):
        return scale.least, PART
    return scale.least, COMMAS if COMMA.fullmatch(text) else TEXT


def _of_numbers(column: pa.Array, scale: Scale, missing: Sequence[str]) -> Cells:
    allowed = {option.value for option in scale.options}
    contiguous = len(allowed) == scale.most - scale.least + 1
    if column.null_count == 0 and contiguous and pa.types.is_integer(column.type) and len(column):
        ends = pc.min_max(column).as_py()
        if scale.least <= ends["min"] and ends["max"] <= scale.most:
            return Cells(column.to_numpy(zero_copy_only=False).astype(np.int16), None)
    numbers = column.cast(pa.float64(), safe=False).fill_null(np.nan).to_numpy(zero_copy_only=False)
    kinds = np.zeros(len(numbers), np.int8)
    kinds[~np.isin(numbers, sorted(allowed))] = OFF
    with np.errstate(invalid="ignore"):
        kinds[np.isfinite(numbers) & (numbers != np.floor(numbers))] = PART
    kinds[np.isnan(numbers) | np.isin(numbers, _numbers_in(missing))] = GAP
    values = np.where(kinds == GIVEN, numbers, scale.least).astype(np.int16)
    return Cells(values, kinds if kinds.any() else None)


def _numbers_in(spellings: Sequence[str]) -> list[float]:
    return [float(text) for text in spellings if WHOLE.fullmatch(text) or POINT.fullmatch(text)]
