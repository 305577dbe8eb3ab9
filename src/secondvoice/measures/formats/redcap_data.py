"""REDCap's records: a data export read, raw or with labels; and a file for its data import."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from secondvoice.measures.formats.forms import form_of
from secondvoice.measures.formats.redcap import RECORD
from secondvoice.measures.formats.sheets import Sheet, checked_sheet, people, value_of, when
from secondvoice.measures.formats.tables import csv_of, rows_of
from secondvoice.measures.formats.values import FormatError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from secondvoice.measures.formats.forms import Form
    from secondvoice.measures.formats.tables import Row
    from secondvoice.measures.instrument import Instrument

REPEAT, INSTANCE = "redcap_repeat_instrument", "redcap_repeat_instance"
COMPLETE = "2"
"""What REDCap writes for a form that is complete."""

_YES = {"1": True, "Yes": True, "Checked": True, "0": False, "No": False, "": False}


def records(instrument: Instrument, sheets: Sequence[Sheet]) -> str:
    """A file for REDCap's data import, raw.

    Args:
        instrument: whose answers they are.
        sheets: checked.

    Returns:
        CSV, a row each. Where a person is there several times the form repeats, which has to be
        set in the project too. Scores are not in it: REDCap makes them from the dictionary.

    Raises:
        FormatError: a sheet names nobody. REDCap needs a record for each row.
    """
    form = form_of(instrument)
    name = form.id.replace("-", "_")
    repeats = any(count > 1 for count in people(sheets).values())
    calm = [form.calm_id] if form.calm else []
    head = [RECORD, *([REPEAT, INSTANCE] if repeats else []), f"{form.prefix}at", *calm]
    head += [*(item.id for item in form.items), f"{name}_complete"]
    seen: dict[str, int] = {}
    rows = []
    for place, sheet in enumerate(sheets, start=1):
        if not sheet.person:
            raise FormatError(
                f"Sheet {place} names nobody, and REDCap needs a record for each. Give it a code."
            )
        seen[sheet.person] = seen.get(sheet.person, 0) + 1
        row: list[object] = [sheet.person]
        row += [name, seen[sheet.person]] if repeats else []
        row += [sheet.at]
        row += [int(sheet.calm)] if form.calm else []
        row += [sheet.answers.get(item.id, "") for item in form.items]
        rows.append([*row, COMPLETE])
    return csv_of(head, rows)


def read_records(raw: bytes, instrument: Instrument, *, file: str) -> list[Sheet]:
    """The sheets in a data export of REDCap.

    Args:
        raw: the file's bytes: raw values, or labels in the cells and in the head.
        instrument: whose answers they are; its fields are called like its items, or its columns
            like its questions.
        file: its name, for the sentences.

    Returns:
        A sheet for each row in which the form was touched. Of a survey's timestamp only the day is
        taken, since REDCap writes no zone. Columns of other forms are passed over.

    Raises:
        FormatError: there is no column of the instrument, or a cell is none of its answers.
    """
    form = form_of(instrument)
    head, rows = rows_of(raw, file)
    # An export with labels has the questions themselves in its head.
    named = {item.wording: item.id for item in form.items} | {form.calm: form.calm_id}
    named |= {"When": f"{form.prefix}at"}
    columns = {named.get(column, column): column for column in head if column}
    items = [item.id for item in form.items if item.id in columns]
    if not items:
        raise FormatError(
            f"{file}: there is no column of {form.id} in it. They are called "
            f"{form.items[0].id} and on, or like the questions."
        )
    found = []
    for line, row in rows:
        where = f"{file}: line {line}"
        cells = {name: row[column] for name, column in columns.items()}
        answers = {
            name: value_of(form, cells[name], f"{where}: {name}") for name in items if cells[name]
        }
        said = cells.get(form.calm_id, "")
        if said not in _YES:
            raise FormatError(f"{where}: {form.calm_id} has to be 1, 0 or empty.")
        calm = form.calm != "" and _YES[said]
        at = _when(form, cells, where)
        if answers or calm or at or _complete(form, cells):
            sheet = Sheet(person=row[head[0]], at=at, answers=answers, calm=calm)
            found.append(checked_sheet(instrument, sheet, where))
    return found


def _when(form: Form, cells: Row, where: str) -> str:
    own = cells.get(f"{form.prefix}at", "")
    if own:
        return when(own, f"{where}: {form.prefix}at")
    stamp = cells.get(f"{form.prefix}timestamp", cells.get("Survey Timestamp", ""))
    day = re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?=[ T]|$)", stamp)
    # "[not completed]" stands there where a survey was left early.
    return when(day[0], f"{where}: {form.prefix}timestamp") if day else ""


def _complete(form: Form, cells: Row) -> bool:
    said = cells.get(f"{form.prefix}complete", cells.get("Complete?", ""))
    return said in {COMPLETE, "Complete"}
