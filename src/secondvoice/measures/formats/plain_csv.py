"""Answers as CSV, one row for a person at a time, and the codebook that says what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from secondvoice.measures.formats.forms import LOINC_NOTICE, form_of
from secondvoice.measures.formats.json_files import written
from secondvoice.measures.formats.sheets import Sheet, checked_sheet, scores_of, value_of, when
from secondvoice.measures.formats.tables import csv_of, rows_of
from secondvoice.measures.formats.values import FormatError
from secondvoice.measures.page import unverified

if TYPE_CHECKING:
    from collections.abc import Sequence

    from secondvoice.measures.formats.forms import Form
    from secondvoice.measures.instrument import Instrument, Item, Score

CODEBOOK = "secondvoice-codebook"
CODEBOOK_VERSION = 1
"""Raised when something that reads the file would have to change."""

YES = "1"


def columns(form: Form) -> list[str]:
    """The head of the answers: who, when, the items, the calm answer, the scores."""
    calm = [form.calm_id] if form.calm else []
    scores = [form.score_id(score.id) for score in form.scores]
    return ["person", "at", *(item.id for item in form.items), *calm, *scores]


def answers_csv(instrument: Instrument, sheets: Sequence[Sheet]) -> str:
    """The sheets as CSV. An empty cell is no answer, or a score that cannot be made."""
    form = form_of(instrument)
    rows = []
    for sheet in sheets:
        scores = dict(scores_of(instrument, sheet))
        row: list[object] = [sheet.person, sheet.at]
        row += [sheet.answers.get(item.id, "") for item in form.items]
        row += [YES if sheet.calm else ""] if form.calm else []
        row += [scores.get(score.id, "") for score in form.scores]
        rows.append(row)
    return csv_of(columns(form), rows)


def read_answers(raw: bytes, instrument: Instrument, *, file: str) -> list[Sheet]:
    """The sheets in a CSV file with the columns that ``columns`` gives, in any order.

    Args:
        raw: the file's bytes.
        instrument: whose answers they are.
        file: its name, for the sentences.

    Returns:
        A sheet for each row. Columns of scores are passed over: scores are made anew.

    Raises:
        FormatError: a column is not known, none is of an item, or a cell is no answer.
    """
    form = form_of(instrument)
    head, rows = rows_of(raw, file)
    known = set(columns(form))
    for place, name in enumerate(head, start=1):
        if name not in known:
            raise FormatError(
                f"{file}: column {place} is none of {form.id}'s. Its answers stand in columns "
                f"named {form.items[0].id} to {form.items[-1].id}, beside person and at."
            )
    items = [item.id for item in form.items if item.id in head]
    if not items and form.calm_id not in head:
        raise FormatError(f"{file}: there is no column with answers to {form.id} in it.")
    found = []
    for line, row in rows:
        where = f"{file}: line {line}"
        calm = row.get(form.calm_id, "")
        if calm not in {"", "0", YES}:
            raise FormatError(f"{where}: {form.calm_id} has to be 1, 0 or empty.")
        sheet = Sheet(
            person=row.get("person", ""),
            at=when(row.get("at", ""), f"{where}: at"),
            answers={
                name: value_of(form, row[name], f"{where}: {name}") for name in items if row[name]
            },
            calm=calm == YES,
        )
        found.append(checked_sheet(instrument, sheet, where))
    return found


def codebook(instrument: Instrument) -> dict[str, Any]:
    """What every column of the answers is, as a value that can be written as JSON."""
    form = form_of(instrument)
    open_fields = unverified(instrument)
    notice = [form.notice, LOINC_NOTICE if form.coded else ""]
    return {
        "format": CODEBOOK,
        "version": CODEBOOK_VERSION,
        "instrument": form.id,
        "title": form.title,
        "instruction": form.instruction,
        "licence": form.terms,
        "holder": form.holder,
        "citation": form.citation,
        "doi": form.doi,
        "notice": "\n\n".join(part for part in notice if part),
        "missing": instrument.missing.rule if instrument.missing else "",
        "unverified": open_fields,
        "columns": [
            {"column": "person", "kind": "code", "text": "A code for whom"},
            {"column": "at", "kind": "time", "text": "A day, or a moment with its zone (ISO 8601)"},
            *(_item(instrument, form, item) for item in form.items),
            *([_calm(form)] if form.calm else []),
            *(_score(form, score) for score in form.scores),
        ],
    }


def _item(instrument: Instrument, form: Form, item: Item) -> dict[str, Any]:
    known = instrument.wording
    mark = item.mark or (known.mark if known else None)
    return {
        "column": item.id,
        "kind": "answer",
        "text": item.wording,
        "values": {str(option.value): option.label for option in form.options},
        "scores": [s.id for s in form.scores if item.id in instrument.items_of(s.id)],
        "reversed": item.reversed,
        "pole": str(item.pole) if item.pole else "",
        "loinc": item.loinc,
        "source": known.source if known else "",
        "known": mark.label if mark else "",
    }


def _calm(form: Form) -> dict[str, Any]:
    values = {YES: "chosen instead of answers; then there is no score"}
    return {"column": form.calm_id, "kind": "instead", "text": form.calm, "values": values}


def _score(form: Form, score: Score) -> dict[str, Any]:
    return {
        "column": form.score_id(score.id),
        "kind": "score",
        "text": score.title,
        "method": score.method,
        "of": list(score.of),
        "turned": list(score.turned),
        "times": score.times,
        "least": score.least,
        "most": score.most,
        "may_miss": score.may_miss,
        "high": score.high,
        "loinc": dict(form.codes).get(score.id, ""),
    }


def codebook_csv(instrument: Instrument) -> str:
    """The codebook as a table, a row for each column of the answers."""
    head = ["column", "kind", "text", "values", "scores", "reversed", "source", "known", "licence"]
    licence = instrument.licence.terms
    rows = []
    for entry in codebook(instrument)["columns"]:
        values = "; ".join(
            f"{value} = {label}" if label else value
            for value, label in entry.get("values", {}).items()
        )
        if entry["kind"] == "score":
            values = f"{entry['least']:g} to {entry['most']:g}"
        rows.append([
            entry["column"], entry["kind"], entry["text"], values,
            " ".join(entry.get("scores", [])), "yes" if entry.get("reversed") else "",
            entry.get("source", ""), entry.get("known", ""),
            licence if entry["kind"] == "answer" else "",
        ])  # fmt: skip
    return csv_of(head, rows)


def files(instrument: Instrument) -> dict[str, str]:
    """An empty table of answers with its codebook, and the notice.

    Returns:
        The text of each file by its name.
    """
    return {
        "answers.csv": answers_csv(instrument, []),
        "codebook.csv": codebook_csv(instrument),
        "codebook.json": written(codebook(instrument)),
        "NOTICE": codebook(instrument)["notice"] + "\n",
    }
