"""REDCap: an instrument as a data dictionary with its 18 columns, and back.

What the dictionary has no column for stands in Field Annotation, behind ``secondvoice:``, as JSON.
REDCap keeps it and makes nothing of it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from secondvoice.measures.formats.forms import (
    LOINC_NOTICE,
    Form,
    Imported,
    assembled,
    form_notes,
    item_notes,
    noted_form,
    noted_item,
    noted_score,
    prefix,
    rekeyed,
    renamed,
    score_notes,
    with_codes,
    with_panel,
)
from secondvoice.measures.formats.json_files import table
from secondvoice.measures.formats.keys import calculation, understood, with_roles
from secondvoice.measures.formats.tables import csv_of, rows_of
from secondvoice.measures.formats.values import FormatError, text
from secondvoice.measures.instrument import Item, Option

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from secondvoice.measures.formats.tables import Row
    from secondvoice.measures.instrument import Score

NAME, FORM, SECTION, KIND, LABEL, CHOICES, NOTE = (
    "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
    "Choices, Calculations, OR Slider Labels", "Field Note",
)  # fmt: skip
BRANCHING, NUMBER, ANNOTATION = (
    "Branching Logic (Show field only if...)", "Question Number (surveys only)", "Field Annotation",
)  # fmt: skip
COLUMNS = (
    NAME, FORM, SECTION, KIND, LABEL, CHOICES, NOTE,
    "Text Validation Type OR Show Slider Number", "Text Validation Min", "Text Validation Max",
    "Identifier?", BRANCHING, "Required Field?", "Custom Alignment", NUMBER,
    "Matrix Group Name", "Matrix Ranking?", ANNOTATION,
)  # fmt: skip
"""The dictionary's columns, in their order."""

RECORD = "record_id"
OURS = "secondvoice: "
_NEEDED = (NAME, FORM, KIND, LABEL, CHOICES)
_FIXED = {"yesno": "1, Yes | 0, No", "truefalse": "1, True | 0, False"}


def dictionary(form: Form) -> str:
    """The instrument as a data dictionary in CSV.

    Raises:
        FormatError: an answer's label holds a ``|``, which parts the answers in REDCap.
    """
    rows = [{NAME: RECORD, FORM: _form_name(form), KIND: "text", LABEL: "Record ID"}]
    rows += [{FORM: _form_name(form), **row} for row in _rows(form)]
    return csv_of(COLUMNS, ([row.get(column, "") for column in COLUMNS] for row in rows))


def _form_name(form: Form) -> str:
    return form.id.replace("-", "_")


def _rows(form: Form) -> Iterator[dict[str, str]]:
    notes = {"title": form.title} | form_notes(form)
    if form.coded:
        notes["codes"] = LOINC_NOTICE
    yield {
        NAME: f"{form.prefix}instruction",
        KIND: "descriptive",
        LABEL: form.instruction or form.title,
        ANNOTATION: _annotation(notes),
    }
    yield {
        NAME: f"{form.prefix}at",
        KIND: "text",
        LABEL: "When",
        NOTE: "2026-01-31, or 2026-01-31T08:30:00+01:00",
    }
    if form.calm:
        yield {NAME: form.calm_id, KIND: "yesno", LABEL: form.calm}
    section = ""
    for item in form.items:
        yield {
            NAME: item.id,
            SECTION: item.section if item.section != section else "",
            KIND: "radio",
            LABEL: item.wording,
            CHOICES: " | ".join(_choice(form, option) for option in form.options),
            BRANCHING: f'[{form.calm_id}] <> "1"' if form.calm else "",
            NUMBER: str(item.number),
            ANNOTATION: _annotation(item_notes(form, item)),
        }
        section = item.section
    for score in form.scores:
        yield {
            NAME: form.score_id(score.id),
            KIND: "calc",
            LABEL: score.title,
            CHOICES: calculation(form, score),
            ANNOTATION: _annotation(score_notes(form, score)),
        }


def _choice(form: Form, option: Option) -> str:
    if "|" in option.label:
        raise FormatError(
            f"{form.id}: the label of the answer {option.value} holds a |, which REDCap takes for "
            "the end of an answer. Another format can carry it."
        )
    return f"{option.value}, {option.label or option.value}"


def _annotation(notes: Mapping[str, Any]) -> str:
    # REDCap reads words with an @ in front as orders; as an escape JSON means the same.
    return OURS + json.dumps(notes, ensure_ascii=False).replace("@", "\\u0040")


def _notes(row: Row, where: str) -> dict[str, Any]:
    said = row.get(ANNOTATION, "")
    if not said.startswith(OURS):
        return {}
    try:
        return table(json.loads(said.removeprefix(OURS)), f"{where}: {ANNOTATION}")
    except (ValueError, RecursionError) as error:
        if isinstance(error, FormatError):
            raise
        raise FormatError(
            f"{where}: the {ANNOTATION} was cut or changed. Empty that cell."
        ) from None


def read_dictionary(raw: bytes, *, file: str, name: str) -> Imported:
    """Make an instrument of a data dictionary.

    Args:
        raw: the file's bytes.
        file: its name, for the sentences.
        name: the id that the instrument is to have; of several forms in the file, the one that is
            called so is taken.

    Returns:
        The questions with one answer to choose (radio, dropdown, yesno, truefalse), which must all
        have the same answers; calculations where they are of a plain shape. Other fields are named
        as left aside.

    Raises:
        FormatError: it is no data dictionary, or cannot be one measure.
    """
    head, every = rows_of(raw, file)
    for column in _NEEDED:
        if column not in head:
            raise FormatError(f"{file}: the column '{column}' is missing. Export the dictionary.")
    rows = _of_one_form(every, name, file)
    found = _Found(file, name)
    for line, row in rows:
        found.take(line, row)
    return found.imported()


def _of_one_form(every: Sequence[tuple[int, Row]], name: str, file: str) -> list[tuple[int, Row]]:
    forms = list(dict.fromkeys(row[FORM] for _, row in every))
    asked = prefix(name)[:-1]
    if len(forms) > 1 and asked not in forms:
        raise FormatError(
            f"{file}: there are {len(forms)} forms in it. Call the folder like the one you mean, "
            "with hyphens for underscores."
        )
    wanted = forms[0] if len(forms) == 1 else asked
    return [(line, row) for line, row in every if row[FORM] == wanted]


class _Found:
    """What has been gathered of a dictionary, row by row."""

    def __init__(self, file: str, name: str) -> None:
        self.file, self.name = file, name
        self.notes: dict[str, Any] = {}
        self.items: list[Item] = []
        self.options: tuple[Option, ...] = ()
        self.care: list[tuple[str, int]] = []
        self.calcs: list[tuple[Row, dict[str, Any]]] = []
        self.left: list[str] = []
        self.said = ""
        self.title = ""
        self.calm = False

    def take(self, line: int, row: Row) -> None:
        """Take one field in."""
        where = f"{self.file}: line {line}"
        notes = _notes(row, where)
        link, kind = row[NAME], row[KIND]
        self.title = self.title or row[FORM].replace("_", " ")
        if not re.fullmatch(r"[a-z]\w*", link, re.ASCII):
            raise FormatError(f"{where}: '{NAME}' has to be small letters, digits and underscores.")
        # The file's own name for the form stands in its links; the new one may be another.
        if link == f"{row[FORM]}_calm" and kind == "yesno":
            self.calm = True
        elif kind in {"radio", "dropdown", *_FIXED}:
            self._item(row, notes, where)
        elif kind == "calc":
            self.calcs.append((row, notes))
        elif kind == "descriptive" and not self.items and not self.said:
            self.said, self.notes = row[LABEL], notes
        elif link not in {RECORD, f"{row[FORM]}_at"}:
            self.left.append(link)

    def _item(self, row: Row, notes: dict[str, Any], where: str) -> None:
        options = _options(_FIXED.get(row[KIND], row[CHOICES]), where)
        if self.items and options != self.options:
            raise FormatError(
                f"{where}: other answers than those of {self.items[0].id}. A measure has one scale "
                "here: split the file into one for each scale."
            )
        self.options = options
        found, at = noted_item(notes, where)
        fields: dict[str, Any] = {"number": len(self.items) + 1} | found
        self.items.append(Item(id=row[NAME], wording=row[LABEL], **fields))
        self.care += [(row[NAME], at)] if at is not None else []

    def imported(self) -> Imported:
        """The form of it all."""
        asked, new = renamed(self.name, self.items)
        scores, codes, left = self._scores(new)
        return Imported(
            assembled(self.file, lambda: self._form(asked, new, scores, codes)),
            tuple(self.left + left),
        )

    def _form(
        self,
        items: tuple[Item, ...],
        new: Mapping[str, str],
        scores: tuple[Score, ...],
        codes: list[tuple[str, str]],
    ) -> Form:
        about = noted_form(self.notes, self.file)
        if not self.calm:
            about.pop("calm", None)
        return Form(
            id=self.name,
            title=text(self.notes.get("title", self.title), self.file),
            items=items,
            scores=scores,
            care=tuple((new[link], at) for link, at in self.care),
            **with_codes(self.options, self.notes, self.file),
            **with_panel(self.notes, codes, self.file),
            **(about if self.notes else {"text": self.said}),
        )

    def _scores(
        self, new: Mapping[str, str]
    ) -> tuple[tuple[Score, ...], list[tuple[str, str]], list[str]]:
        """The keys: noted ones as they are, others where their shape is plain."""
        values = [option.value for option in self.options] or [0]
        ends = dict.fromkeys(new, (float(min(values)), float(max(values))))
        noted: list[Score] = []
        guessed: list[Score] = []
        codes: list[tuple[str, str]] = []
        left: list[str] = []
        for row, notes in self.calcs:
            link = row[NAME]
            if "method" in notes:
                where = f"{self.file}: {link}"
                name = link.split("_score_", 1)[-1]
                made: Score | None = noted_score(name, row[LABEL], notes, where)
                noted += [made] if made else []
                codes += [(name, text(notes["loinc"], where))] if "loinc" in notes else []
            else:
                made = understood(link, row[LABEL], row[CHOICES], ends)
                guessed += [made] if made else []
                left += [] if made else [link]
            if made is not None:
                ends[link] = (made.least, made.most)
        scores = tuple(noted) + with_roles(guessed)
        return rekeyed(scores, new), codes, left


def _options(said: str, where: str) -> tuple[Option, ...]:
    found = []
    for part in said.split("|"):
        code, comma, label = part.partition(",")
        number = code.strip()
        if not comma or not re.fullmatch(r"-?[0-9]{1,9}", number):
            raise FormatError(
                f"{where}: the choices have to be '0, Not at all | 1, Several days' and on, "
                "with whole numbers."
            )
        same = label.strip() == number
        found.append(Option(value=int(number), label="" if same else label.strip()))
    return tuple(found)
