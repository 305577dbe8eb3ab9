"""ReproSchema 1.0: an instrument as a protocol with one activity and its items.

https://www.repronim.org/reproschema: a folder of JSON-LD files without endings, as its own tools
write them::

    <id>_protocol/<id>_protocol_schema
    activities/<id>/<id>_schema
    activities/<id>/items/<item>

What it has no term for stands in ``additionalNotesObj``, with "secondvoice" as its source.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from secondvoice.measures.formats.forms import (
    LOINC_NOTICE,
    Form,
    form_notes,
    item_notes,
    prefix,
    score_notes,
)
from secondvoice.measures.formats.json_files import written
from secondvoice.measures.formats.keys import javascript

if TYPE_CHECKING:
    from collections.abc import Mapping

    from secondvoice.measures.instrument import Item, Score

CONTEXT = "https://raw.githubusercontent.com/ReproNim/reproschema/main/releases/1.0.0/reproschema"
"""The terms, where ReproSchema's own tools point to. Nothing here fetches it."""

SCHEMA_VERSION = "1.0.0"
SOURCE = "secondvoice"
SUPPORT = "With thoughts like this, somebody to talk to can help: one you trust, or a professional."
"""Said where another program asks the questions and an answer here would lead to support."""


def files(form: Form, version: int = 1) -> dict[str, str]:
    """The instrument as a protocol.

    Args:
        form: the instrument.
        version: of its data.

    Returns:
        The text of each file by its path in the folder.
    """
    name = prefix(form.id)[:-1]
    folder = f"activities/{name}"
    found = {
        f"{name}_protocol/{name}_protocol_schema": _protocol(form, name, version),
        f"{folder}/{name}_schema": _activity(form, name, version),
    }
    for item in form.items:
        found[f"{folder}/items/{item.id}"] = _item(form, item, version)
    if form.calm:
        found[f"{folder}/items/{form.calm_id}"] = _calm(form, version)
    for score in form.scores:
        found[f"{folder}/items/{form.score_id(score.id)}"] = _score(form, score, version)
    said = {path: written(document) for path, document in found.items()}
    notice = [form.notice, LOINC_NOTICE if form.coded else ""]
    return said | {"NOTICE": "\n\n".join(part for part in notice if part) + "\n"}


def _document(kind: str, name: str, title: str, version: int) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "category": f"reproschema:{kind}",
        "id": name,
        "prefLabel": {"en": title},
        "schemaVersion": SCHEMA_VERSION,
        "version": str(version),
    }


def _protocol(form: Form, name: str, version: int) -> dict[str, Any]:
    activity = f"../activities/{name}/{name}_schema"
    return _document("Protocol", f"{name}_protocol_schema", form.title, version) | {
        "description": {"en": form.about or form.title},
        "ui": {
            "addProperties": [
                {
                    "isAbout": activity,
                    "variableName": f"{name}_schema",
                    "prefLabel": {"en": form.title},
                    "isVis": True,
                }
            ],
            "order": [activity],
            "shuffle": False,
        },
    }


def _activity(form: Form, name: str, version: int) -> dict[str, Any]:
    asked: list[tuple[str, bool | str]] = [(form.calm_id, True)] if form.calm else []
    asked += [(item.id, f"{form.calm_id} != 1" if form.calm else True) for item in form.items]
    asked += [(form.score_id(score.id), False) for score in form.scores]
    doi = f" https://doi.org/{form.doi}" if form.doi else ""
    found = _document("Activity", f"{name}_schema", form.title, version) | {
        "description": {"en": form.about or form.title},
        "ui": {
            "addProperties": [
                {
                    "isAbout": f"items/{link}",
                    "variableName": link,
                    "valueRequired": False,
                    "isVis": visible,
                }
                for link, visible in asked
            ],
            "order": [f"items/{link}" for link, _ in asked],
            "shuffle": False,
        },
    }
    if form.citation:
        found["citation"] = {"en": form.citation + doi}
    if form.instruction:
        found["preamble"] = {"en": form.instruction}
    if form.scores:
        found["compute"] = [
            {"variableName": form.score_id(score.id), "jsExpression": javascript(form, score)}
            for score in form.scores
        ]
    if form.care:
        # Whoever takes it elsewhere is not left alone with such an answer.
        found["messages"] = [
            {
                "message": {"en": SUPPORT},
                "jsExpression": f"{link} >= {at}",
            }
            for link, at in form.care
        ]
    return found


def _item(form: Form, item: Item, version: int) -> dict[str, Any]:
    notes = item_notes(form, item)
    # The model has notes on items only, so those on the whole stand with the first one.
    about = {"form": form_notes(form)} if item == form.items[0] else {}
    values = [option.value for option in form.options]
    return _document("Item", item.id, item.id, version) | {
        "question": {"en": item.wording},
        "ui": {"inputType": "radio"},
        "responseOptions": {
            "valueType": ["xsd:integer"],
            "minValue": min(values),
            "maxValue": max(values),
            "multipleChoice": False,
            "choices": [
                {"name": {"en": option.label or str(option.value)}, "value": option.value}
                for option in form.options
            ],
        },
        "additionalNotesObj": _noted({"item": notes} | about),
    }


def _calm(form: Form, version: int) -> dict[str, Any]:
    return _document("Item", form.calm_id, form.calm_id, version) | {
        "question": {"en": form.calm},
        "ui": {"inputType": "radio"},
        "responseOptions": {
            "valueType": ["xsd:integer"],
            "multipleChoice": False,
            "choices": [{"name": {"en": "Yes"}, "value": 1}, {"name": {"en": "No"}, "value": 0}],
        },
    }


def _score(form: Form, score: Score, version: int) -> dict[str, Any]:
    return _document("Item", form.score_id(score.id), score.title, version) | {
        "description": {"en": score.title},
        "ui": {"inputType": "number", "readonlyValue": True},
        "responseOptions": {"valueType": ["xsd:decimal"]},
        "additionalNotesObj": _noted({"score": score_notes(form, score)}),
    }


def _noted(notes: Mapping[str, Mapping[str, Any]]) -> list[dict[str, str]]:
    return [
        {"source": SOURCE, "column": name, "value": json.dumps(values, ensure_ascii=False)}
        for name, values in notes.items()
    ]
