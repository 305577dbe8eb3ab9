"""Which column holds the answers to which question, and what the new columns are called."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from secondvoice.measures.instrument import Instrument

NAMED = 6
"""So many columns are named in a message; of more, the number is told."""


class TableError(ValueError):
    """A table that cannot be scored at all: what is wrong, where, what to do. Never an answer."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How one table is scored.

    ``columns`` gives the name of the column by the id of the item; ``rest`` are the other columns,
    which are passed through, in their order. ``missing`` are spellings of "no answer" beside the
    usual ones.
    """

    instrument: Instrument
    columns: Mapping[str, str]
    rest: tuple[str, ...]
    missing: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        """What the new columns begin with: ``scs_sf`` for ``scs-sf``."""
        return prefix(self.instrument)


def prefix(instrument: Instrument) -> str:
    """The id as it stands in the ids of the items."""
    return instrument.id.replace("-", "_")


def new_columns(instrument: Instrument) -> tuple[str, ...]:
    """The names of the columns that scoring adds, in their order."""
    of_scores = (name for score in instrument.scores for name in (score.id, f"{score.id}_answered"))
    support = ("support",) if instrument.care else ()
    names = (*of_scores, "answered", "asked", "straight", *support, "problems")
    return tuple(f"{prefix(instrument)}_{name}" for name in names)


def plan(
    instrument: Instrument,
    names: Sequence[str],
    *,
    mapping: Mapping[str, str] | None = None,
    missing: Sequence[str] = (),
    answers: bool = False,
) -> Plan:
    """Find the column of each item.

    Args:
        instrument: with its questions.
        names: of all the columns of the table, in their order.
        mapping: the name of the column by the id of the item, where it is not called like the
            item. Others are found by the id, in capitals or not.
        missing: further spellings of "no answer".
        answers: pass the answers through as well.

    Returns:
        The plan.

    Raises:
        TableError: a column is there twice or not at all, two items share one, the mapping names
            what is not there, or the table has a column that is called like a new one.
    """
    if not instrument.items:
        raise TableError(
            f"{instrument.short} is here as a card without its questions, so its answers cannot be "
            "scored. 'secondvoice measures list' tells which have questions."
        )
    _refuse_twice(names)
    columns = _found(instrument, names, mapping or {})
    taken = set(columns.values())
    rest = tuple(name for name in names if answers or name not in taken)
    clash = [name for name in new_columns(instrument) if name in rest]
    if clash:
        raise TableError(
            f"There is a column {_listed(clash)} already, which scoring would add. Rename it, or "
            "score the file that has no scores yet."
        )
    return Plan(instrument, columns, rest, tuple(missing))


def read_mapping(file: Path) -> dict[str, str]:
    """Read which column holds which item.

    Args:
        file: ``.toml`` with lines like ``scs_1 = "Q1"``, or else a CSV with the header
            ``item,column``.

    Returns:
        The name of the column by the id of the item.

    Raises:
        TableError: it cannot be read, or says something twice.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise TableError(f"{file}: the mapping cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise TableError(f"{file}: the mapping is not UTF-8 text. Save it as UTF-8.") from None
    if file.suffix.lower() == ".toml":
        return _mapping_of_toml(file, text)
    rows = list(csv.reader(text.splitlines()))
    if not rows or [name.strip().lower() for name in rows[0]] != ["item", "column"]:
        raise TableError(f"{file}, line 1: a mapping begins with the line 'item,column'.")
    found: dict[str, str] = {}
    for number, row in enumerate(rows[1:], start=2):
        if not row:
            continue
        if len(row) != 2:
            raise TableError(f"{file}, line {number}: an item and a column belong here.")
        item, column = (part.strip() for part in row)
        if item.lower() in found:
            raise TableError(f"{file}, line {number}: {item} is there twice. Keep one.")
        found[item.lower()] = column
    return found


def _mapping_of_toml(file: Path, text: str) -> dict[str, str]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TableError(f"{file}: this is not TOML: {error}.") from None
    for item, column in table.items():
        if not isinstance(column, str):
            raise TableError(f'{file}: {item} needs the name of a column: {item} = "Q1".')
    return {item.lower(): column for item, column in table.items()}


def _refuse_twice(names: Sequence[str]) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            places = [at for at, other in enumerate(names, start=1) if other == name]
            raise TableError(
                f"Two columns have the same name: {_quoted(name)}, columns {places[0]} and "
                f"{places[1]}. Rename one of them."
            )


def _found(
    instrument: Instrument, names: Sequence[str], mapping: Mapping[str, str]
) -> dict[str, str]:
    _check_mapping(instrument, names, mapping)
    by_id: dict[str, list[str]] = {}
    for name in names:
        by_id.setdefault(name.strip().lower(), []).append(name)
    columns: dict[str, str] = {}
    lacking = []
    needed = {item.id for item in instrument.items if item.scored}
    needed |= {care.item for care in instrument.care}
    for item in instrument.items:
        alike = [mapping[item.id]] if item.id in mapping else by_id.get(item.id, [])
        if len(alike) > 1:
            raise TableError(
                f"Two columns can be {item.id}: {_listed(alike)}. Rename one of them, or say which "
                "with a mapping."
            )
        if alike:
            columns[item.id] = alike[0]
        elif item.id in needed:
            lacking.append(item.id)
    if lacking:
        raise TableError(_lack(instrument, lacking, len(needed), len(names)))
    for column, count in Counter(columns.values()).items():
        if count > 1:
            shared = [name for name, other in columns.items() if other == column]
            raise TableError(
                f"The column {_quoted(column)} is given to {_listed(shared)}. Each needs its own."
            )
    return columns


def _check_mapping(
    instrument: Instrument, names: Sequence[str], mapping: Mapping[str, str]
) -> None:
    known = {item.id for item in instrument.items}
    for item, column in mapping.items():
        if item not in known:
            raise TableError(
                f"The mapping names an item that {instrument.short} does not have: {item[:40]}. "
                f"Its items are {instrument.items[0].id} to {instrument.items[-1].id}."
            )
        if column not in names:
            raise TableError(
                f"The mapping gives {item} the column {_quoted(column)}, which is not there."
            )


def _lack(instrument: Instrument, lacking: Sequence[str], needed: int, width: int) -> str:
    remedy = "Rename the columns so, or say with a mapping which is which."
    if len(lacking) == needed:
        return (
            f"No column is called like an item of {instrument.short} ({lacking[0]} to "
            f"{lacking[-1]}); {width} {'column was' if width == 1 else 'columns were'} found. "
            f"{remedy}"
        )
    return f"No column for {_listed(lacking)} ({len(lacking)} of {needed} items). {remedy}"


def _listed(names: Sequence[str]) -> str:
    named = ", ".join(_quoted(name) for name in names[:NAMED])
    return named if len(names) <= NAMED else f"{named} and {len(names) - NAMED} more"


def _quoted(name: str) -> str:
    """A column's name as it is told: one line of it, and not all of a long one."""
    return " ".join(name[:40].split()) or "(without a name)"
