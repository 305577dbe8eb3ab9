"""Tables: Daylio's, FreeCBT's, and any other with a mapping of its columns."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from secondvoice.arriving import words_of
from secondvoice.arriving.dates import NoDate, read_change, read_clock, read_when
from secondvoice.arriving.entry import (
    LONGEST,
    Entry,
    NotReadable,
    UnknownColumns,
    distinct,
    together,
)
from secondvoice.records.incoming import Skipped
from secondvoice.tongues import later, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from secondvoice.arriving.choices import Choices

    Row = dict[str, str]
    Made = Callable[[Row, Choices], tuple[datetime, dict[str, object], str, datetime | None]]

WORDS: Final = ("happened", "voice", "name_it", "not_alone", "kind_words", "why")
NUMBERS: Final = ("before", "after")
PLACED: Final = ("date", "time", "id", "changed")
SINGLE: Final = ("id", "changed", *NUMBERS)
"""What one column alone can hold: two dates or two texts can stand together, two numbers cannot."""
FIELDS: Final = (*PLACED, *WORDS, *NUMBERS)
"""What a column can be mapped to; ``skip`` leaves it out, and what is not mapped goes into the
words with the name of its column."""
LEAVE_OUT: Final = "skip"

BAD_NUMBER: Final = later("How hard it was is no whole number from 0 to 10.")
TORN: Final = later("The line is longer than any entry, or its quotes do not end.")
NOT_SO_MANY: Final = later("The line has more cells than the first line has names.")
DAYLIO: Final = frozenset({"full_date", "time", "mood", "note"})
_DAYLIO_OWN: Final = (*DAYLIO, "date", "weekday", "activities", "note_title")
_THOUGHT: Final = {
    "automaticthought": "voice",
    "challenge": "name_it",
    "alternativethought": "kind_words",
    "createdat": "date",
    "updatedat": "changed",
    "uuid": "id",
}


def read_table(text: str, choices: Choices) -> Iterator[Entry | Skipped]:
    """Read a table whose first line names its columns.

    Args:
        text: the file; with commas, semicolons or tabs between its cells.
        choices: with ``columns`` for a table of no program that is known here.

    Raises:
        NotReadable: it names no columns, or a column that was mapped is not there.
    """
    names = header(text)
    made = _made_for(names, choices)
    # The limit is the interpreter's own, and of no use after this.
    before = csv.field_size_limit(2 * LONGEST)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        next(rows)
        yield from _entries(rows, names, choices, made)
    finally:
        csv.field_size_limit(before)


def header(text: str) -> list[str]:
    """The names in the first line of a table, each another one; empty for a text without one."""
    first = next(csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=_delimiter(text)), [])
    return distinct([name.strip() for name in first])


def is_daylio(names: list[str]) -> bool:
    """Whether these are the columns of Daylio's table."""
    return {name.lower() for name in names} >= DAYLIO


def is_freecbt(names: list[str]) -> bool:
    """Whether these are the columns of FreeCBT's table."""
    return "automaticthought" in {plain(name) for name in names}


def plain(name: str) -> str:
    """A name without case, spaces and strokes: ``Automatic thought`` is ``automaticThought``."""
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _made_for(names: list[str], choices: Choices) -> Made:
    if choices.columns:
        return _mapped(names, dict(choices.columns))
    if is_daylio(names):
        return _daylio
    if is_freecbt(names):
        return _mapped(names, _thought(names))
    raise UnknownColumns(
        say("is a table that no program known here writes. Say what its columns hold with --map.")
    )


def _thought(names: list[str]) -> dict[str, str]:
    """The fields of FreeCBT's columns; of two for what one column holds, the first."""
    columns: dict[str, str] = {}
    for name in names:
        field = _THOUGHT.get(plain(name), "")
        columns[name] = "" if field not in WORDS and field in columns.values() else field
    return columns


def _entries(
    rows: Iterator[list[str]], names: list[str], choices: Choices, made: Made
) -> Iterator[Entry | Skipped]:
    reader = rows
    while True:
        place = _line(reader) + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Skipped(place, "", TORN)
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(names):
            yield Skipped(place, "", NOT_SO_MANY)
            continue
        cells += [""] * (len(names) - len(cells))
        try:
            at, values, key, changed = made(dict(zip(names, cells, strict=True)), choices)
        except NoDate as why:
            yield Skipped(place, "", str(why))
        else:
            yield Entry(place, at, values, key, changed)


def _line(rows: object) -> int:
    return int(getattr(rows, "line_num", 0))


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _daylio(row: Row, choices: Choices) -> tuple[datetime, dict[str, object], str, datetime | None]:
    row = {name.lower(): cell for name, cell in row.items()}
    at = read_when(row["full_date"], choices.zone, choices.dates)
    if row["time"].strip():
        at = at.replace(
            **{part: getattr(read_clock(row["time"]), part) for part in ("hour", "minute")}
        )
    activities = [part.strip() for part in row.get("activities", "").split("|") if part.strip()]
    more = {name: cell for name, cell in row.items() if name not in _DAYLIO_OWN}
    happened = together(
        row.get("note_title", ""),
        row["note"].replace("<br>", "\n"),
        Mood=row["mood"],
        Activities=", ".join(activities),
        **more,
    )
    return at, {"happened": happened}, "", None


def _mapped(names: list[str], columns: dict[str, str]) -> Made:
    """Make entries of rows by a mapping from column to field.

    Raises:
        NotReadable: a column or a field is not known, one is there twice, or none holds the date.
    """
    _check(names, columns)

    def made(
        row: Row, choices: Choices
    ) -> tuple[datetime, dict[str, object], str, datetime | None]:
        found: dict[str, list[str]] = {}
        more: dict[str, str] = {}
        for name, cell in row.items():
            field = columns.get(name, "")
            if field:
                found.setdefault(field, []).append(cell)
            else:
                more[name] = cell
        when = " ".join(part for part in (*found["date"], *found.get("time", ())) if part.strip())
        at = read_when(when, choices.zone, choices.dates)
        values: dict[str, object] = {
            field: together(*found[field]) for field in WORDS if field in found
        }
        for field in NUMBERS:
            values[field] = _number(found.get(field, [""])[0])
        values["happened"] = together(str(values.get("happened", "")), **more)
        changed = found.get("changed", [""])[0]
        key = found.get("id", [""])[0].strip()
        return at, values, key, read_change(changed, choices.zone)

    return made


def _check(names: list[str], columns: dict[str, str]) -> None:
    for column, field in columns.items():
        if column not in names:
            raise NotReadable(
                say("has no column {column}. It has: {names}.").format(
                    column=repr(column), names=", ".join(names)
                )
            )
        if field not in {*FIELDS, LEAVE_OUT, ""}:
            raise NotReadable(
                say("cannot be mapped to {field}. There are: {names}.").format(
                    field=repr(field), names=", ".join(FIELDS)
                )
            )
    for field in SINGLE:
        if [*columns.values()].count(field) > 1:
            raise NotReadable(
                say("has more than one column for “{field}”, which takes one.").format(
                    field=words_of("fields")[field]
                )
            )
    if "date" not in columns.values():
        raise NotReadable(say("needs a column with the date: --map COLUMN=date."))


def _number(cell: str) -> int | None:
    cell = cell.strip()
    if not cell:
        return None
    # By its length first: thousands of digits are no number to Python.
    if not (cell.isascii() and cell.isdigit() and len(cell) <= 9 and int(cell) <= 10):
        raise NoDate(BAD_NUMBER)
    return int(cell)
