"""FHIR R4: an instrument as a Questionnaire.

https://hl7.org/fhir/R4/questionnaire.html. The values of answers are in the extension
``ordinalValue`` of HL7; what FHIR has no element for is in extensions of our own, whose addresses
begin with ``urn:secondvoice:``. Other programs pass over them, as FHIR allows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from secondvoice.measures.formats.forms import (
    LOINC,
    LOINC_NOTICE,
    Form,
    form_notes,
    item_notes,
    score_notes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from secondvoice.measures.instrument import Option

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
OURS = "urn:secondvoice:measures"
NOTES = f"{OURS}:notes"
_NATIVE = {"about", "holder", "notice", "panel", "answer_codes", "loinc"}
"""Notes that FHIR has an element of its own for."""


def canonical(name: str) -> str:
    """The address that stands for an instrument."""
    return f"{OURS}:{name}"


def questionnaire(form: Form, version: int = 1) -> dict[str, Any]:
    """The instrument as a Questionnaire.

    Args:
        form: the instrument.
        version: of its data.

    Returns:
        A resource that can be written as JSON. Linked by our item ids; scores are decimal items
        that nobody fills in, in a group at the end.
    """
    notice = "\n\n".join(part for part in (form.notice, LOINC_NOTICE if form.coded else "") if part)
    found: dict[str, Any] = {
        "resourceType": "Questionnaire",
        "id": form.id,
        "extension": _nested(form_notes(form)),
        "url": canonical(form.id),
        "version": str(version),
        "name": "".join(part.capitalize() for part in form.id.split("-")),
        "title": form.title,
        "status": "active",
        "subjectType": ["Patient"],
        "publisher": form.holder,
        "description": form.about,
        "copyright": notice,
        "code": _code(dict(form.codes).get("panel", "")),
        "item": list(_items(form)),
    }
    return {name: value for name, value in found.items() if value not in ("", [], [None])}


def _items(form: Form) -> Iterator[dict[str, Any]]:
    if form.instruction:
        yield {
            "linkId": f"{form.prefix}instruction",
            "text": form.instruction,
            "type": "display",
        }
    if form.calm:
        yield {"linkId": form.calm_id, "text": form.calm, "type": "boolean"}
    options = [
        {
            "extension": [{"url": ORDINAL, "valueDecimal": option.value}],
            "valueCoding": coding(form, option),
        }
        for option in form.options
    ]
    for item in form.items:
        yield _with_code(
            {
                "extension": _nested(item_notes(form, item)),
                "linkId": item.id,
                "prefix": f"{item.section} {item.number}".strip(),
                "text": item.wording,
                "type": "choice",
                "answerOption": options,
            },
            item.loinc,
        )
    if form.scores:
        yield {
            "linkId": f"{form.prefix}scores",
            "text": "Scores",
            "type": "group",
            "readOnly": True,
            "item": [
                _with_code(
                    {
                        "extension": _nested(score_notes(form, score)),
                        "linkId": form.score_id(score.id),
                        "text": score.title,
                        "type": "decimal",
                        "readOnly": True,
                    },
                    dict(form.codes).get(score.id, ""),
                )
                for score in form.scores
            ],
        }


def coding(form: Form, option: Option) -> dict[str, Any]:
    """An answer as a Coding: LOINC's where there is one, else ours. Without a label its number."""
    system = LOINC if option.loinc else f"{canonical(form.id)}:answers"
    code = option.loinc or str(option.value)
    return {"system": system, "code": code, "display": option.label or str(option.value)}


def _code(code: str) -> list[dict[str, str]]:
    return [{"system": LOINC, "code": code}] if code else []


def _with_code(item: dict[str, Any], code: str) -> dict[str, Any]:
    return item | ({"code": _code(code)} if code else {})


def _nested(notes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Notes as one extension of extensions; a list as one that is there several times."""
    parts: list[dict[str, Any]] = []
    for name, value in notes.items():
        if name in _NATIVE or value == "":
            continue
        for one in value if isinstance(value, list) else [value]:
            kind = {bool: "Boolean", int: "Integer", float: "Decimal"}.get(type(one), "String")
            parts.append({"url": name, f"value{kind}": one})
    return [{"url": NOTES, "extension": parts}] if parts else []
