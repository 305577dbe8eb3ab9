"""Measures in and out of the field's formats: FHIR R4, ReproSchema, REDCap, CSV with a codebook.

>>> from secondvoice import measures
>>> from secondvoice.measures import formats
>>> sheet = formats.Sheet(person="p01", at="2026-01-31", answers={"who_5_1": 3, "who_5_2": 2})
>>> print(formats.answers(measures.instrument("who-5"), [sheet], "csv").splitlines()[1])
p01,2026-01-31,3,2,,,,

What goes where, and what is lost, is in docs/formats.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from secondvoice.measures.formats import (
    drafts,
    fhir,
    fhir_answers,
    fhir_reading,
    plain_csv,
    redcap,
    redcap_data,
    reproschema,
    reproschema_reading,
)
from secondvoice.measures.formats.forms import Form, Imported, form_of
from secondvoice.measures.formats.json_files import written
from secondvoice.measures.formats.sheets import Sheet
from secondvoice.measures.formats.values import FormatError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from secondvoice.measures.instrument import Instrument

Kind = Literal["fhir", "reproschema", "redcap", "csv"]
KINDS: tuple[Kind, ...] = ("fhir", "reproschema", "redcap", "csv")
"""Formats that an instrument can be written in."""

IMPORTED: tuple[Kind, ...] = ("fhir", "reproschema", "redcap")
"""Formats that an instrument can be read from."""

ANSWERS: tuple[Kind, ...] = ("csv", "fhir", "redcap")
"""Formats of answers, to and from."""

_NAMES = {"fhir": "FHIR", "reproschema": "ReproSchema", "redcap": "REDCap", "csv": "CSV"}


def exported(instrument: Instrument, kind: Kind) -> str | dict[str, str]:
    """An instrument in a format of the field.

    Args:
        instrument: one whose questions may be passed on.
        kind: the format.

    Returns:
        The text of one file (FHIR, REDCap), or of several by their path in a folder.

    Raises:
        FormatError: it is a card, or the format cannot carry it.
    """
    form = form_of(instrument)
    match kind:
        case "fhir":
            return written(fhir.questionnaire(form, instrument.version))
        case "redcap":
            return redcap.dictionary(form)
        case "reproschema":
            return reproschema.files(form, instrument.version)
        case "csv":
            return plain_csv.files(instrument)


def imported(path: Path, kind: Kind, *, name: str) -> Imported:
    """Read an instrument of a file, or of a folder for ReproSchema.

    Args:
        path: where it is.
        kind: the format, one of ``IMPORTED``.
        name: the id that it is to have.

    Returns:
        The instrument as far as the file tells it, and the fields that have no place in it.

    Raises:
        FormatError: it cannot be read so.
    """
    match kind:
        case "fhir":
            return fhir_reading.read_questionnaire(_bytes(path), file=path.name, name=name)
        case "redcap":
            return redcap.read_dictionary(_bytes(path), file=path.name, name=name)
        case "reproschema":
            return reproschema_reading.read_folder(path, name=name)
        case "csv":
            raise FormatError(
                "A codebook is written, not read. Import FHIR, ReproSchema or REDCap."
            )


def draft(imported_form: Form, path: Path, kind: Kind) -> dict[str, str]:
    """What was imported, as the files of a draft in our own form, by name."""
    return drafts.files(imported_form, f"{path.resolve().name} ({_NAMES[kind]})")


def read_answers(path: Path, instrument: Instrument, kind: Kind) -> list[Sheet]:
    """The filled-in sheets in a file.

    Args:
        path: where it is.
        instrument: whose answers they are.
        kind: the format, one of ``ANSWERS``.

    Returns:
        The sheets, checked against the instrument's scale, in the order of the file.

    Raises:
        FormatError: it cannot be read so. The sentence holds no answer.
    """
    read = {
        "csv": plain_csv.read_answers,
        "fhir": fhir_answers.read_responses,
        "redcap": redcap_data.read_records,
    }
    if kind not in read:
        raise FormatError(f"Answers cannot be read from {_NAMES[kind]}. CSV, FHIR and REDCap can.")
    return read[kind](_bytes(path), instrument, file=path.name)


def answers(instrument: Instrument, sheets: Sequence[Sheet], kind: Kind) -> str:
    """Filled-in sheets as one file.

    Args:
        instrument: whose answers they are.
        sheets: checked, as ``read_answers`` gives them.
        kind: the format, one of ``ANSWERS``.

    Returns:
        The file's text.

    Raises:
        FormatError: the format cannot carry them.
    """
    match kind:
        case "csv":
            return plain_csv.answers_csv(instrument, sheets)
        case "fhir":
            return written(fhir_answers.bundle(instrument, sheets))
        case "redcap":
            return redcap_data.records(instrument, sheets)
        case "reproschema":
            raise FormatError("Answers are not written as ReproSchema. CSV, FHIR and REDCap can.")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FormatError(f"{path} cannot be read ({error.strerror}).") from None


__all__ = [
    "ANSWERS", "IMPORTED", "KINDS", "Form", "FormatError", "Imported", "Kind", "Sheet", "answers",
    "draft", "exported", "form_of", "imported", "read_answers",
]  # fmt: skip
