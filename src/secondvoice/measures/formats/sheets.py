"""One filled-in sheet: who, when, and the answers by item."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from secondvoice.measures.formats.values import FormatError, text
from secondvoice.measures.scoring import AnswerError, score

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from secondvoice.measures.formats.forms import Form
    from secondvoice.measures.instrument import Instrument

PLACES = 4
"""Scores are written to as many places as the vectors have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Answers of one person at one time.

    Args:
        person: a code for whom; empty where nobody is named.
        at: a day, or a day and time with its zone, as ISO 8601 writes it; empty where not known.
        answers: the value by the id of the item; an item without an answer is not in it.
        calm: "nothing difficult right now" was chosen instead of answers.
    """

    person: str = ""
    at: str = ""
    answers: Mapping[str, int] = field(default_factory=dict)
    calm: bool = False


def when(raw: str, where: str) -> str:
    """A moment as FHIR wants it too: a day, or a day and time to the second with a zone.

    Raises:
        FormatError: it is something else. It is not shown: it may be a slip for an answer.
    """
    if not raw:
        return ""
    try:
        if len(raw) == len("2026-01-31"):
            return date.fromisoformat(raw).isoformat()
        moment = datetime.fromisoformat(raw)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise FormatError(
            f"{where} is no day or moment. Write 2026-01-31, or 2026-01-31T08:30:00+01:00 with "
            "the zone."
        )
    return moment.isoformat(timespec="auto")


def checked_sheet(instrument: Instrument, sheet: Sheet, where: str) -> Sheet:
    """The sheet, if its answers can be scored.

    Raises:
        FormatError: an answer is not on the scale, or answers stand beside "nothing difficult".
    """
    text(sheet.person, f"{where}: person")
    try:
        score(instrument, sheet.answers, calm=sheet.calm)
    except AnswerError as error:
        raise FormatError(f"{where}: {error}") from None
    return sheet


def scores_of(instrument: Instrument, sheet: Sheet) -> Iterator[tuple[str, float]]:
    """The scores that the sheet gives, in the order of the key; those it does not allow are not."""
    for scored in score(instrument, sheet.answers, calm=sheet.calm).scores:
        if scored.value is not None:
            yield scored.id, round(scored.value, PLACES)


def value_of(form: Form, said: str, where: str) -> int:
    """The value of an answer that was written as its number, its label or its code.

    Raises:
        FormatError: it is none of the answers. It is not shown.
    """
    by_name: dict[str, int] = {}
    for option in form.options:
        by_name[str(option.value)] = option.value
    for option in form.options:
        for name in (option.label, option.loinc):
            if name:
                by_name.setdefault(name, option.value)
    if said.strip() not in by_name:
        allowed = ", ".join(str(option.value) for option in form.options)
        raise FormatError(f"{where} is none of the answers. They are: {allowed}, or their labels.")
    return by_name[said.strip()]


def people(sheets: Sequence[Sheet]) -> dict[str, int]:
    """How many sheets there are of each person."""
    found: dict[str, int] = {}
    for sheet in sheets:
        found[sheet.person] = found.get(sheet.person, 0) + 1
    return found
