"""ReproSchema's folder of files: what is in it, and what of somebody else's is read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from secondvoice import measures
from secondvoice.measures import formats
from tests.measures.formats.conftest import put

if TYPE_CHECKING:
    from pathlib import Path


def exported(name: str) -> dict[str, Any]:
    made = formats.exported(measures.instrument(name), "reproschema")
    assert isinstance(made, dict)
    return {path: text if path == "NOTICE" else json.loads(text) for path, text in made.items()}


def test_a_protocol_an_activity_and_a_file_for_each_item() -> None:
    made = exported("who-5")
    assert list(made) == [
        "who_5_protocol/who_5_protocol_schema",
        "activities/who_5/who_5_schema",
        *(f"activities/who_5/items/who_5_{n}" for n in range(1, 6)),
        "activities/who_5/items/who_5_score_total",
        "NOTICE",
    ]
    assert "CC BY-NC-SA 3.0 IGO" in made["NOTICE"]
    assert made["activities/who_5/who_5_schema"]["compute"] == [
        {
            "variableName": "who_5_score_total",
            "jsExpression": "(who_5_1 + who_5_2 + who_5_3 + who_5_4 + who_5_5) * 4",
        }
    ]
    item = made["activities/who_5/items/who_5_1"]
    assert item["question"] == {"en": "I have felt cheerful and in good spirits"}
    assert item["responseOptions"]["choices"][0] == {"name": {"en": "All of the time"}, "value": 5}


def test_elsewhere_too_thoughts_of_death_are_not_met_with_silence() -> None:
    (message,) = exported("phq-9")["activities/phq_9/phq_9_schema"]["messages"]
    assert message["jsExpression"] == "phq_9_9 >= 1"
    assert "somebody to talk to" in message["message"]["en"]


def test_who_says_that_nothing_is_difficult_is_asked_no_further() -> None:
    shown = exported("sscs-s")["activities/sscs_s/sscs_s_schema"]["ui"]["addProperties"]
    visible = {entry["variableName"]: entry["isVis"] for entry in shown}
    assert visible["sscs_s_calm"] is True
    assert visible["sscs_s_1"] == "sscs_s_calm != 1"
    assert visible["sscs_s_score_total"] is False


# In the older spelling, and with the answers in a file of their own.
OTHERS = {
    "moods_schema": {
        "@type": "reproschema:Activity",
        "@id": "moods_schema",
        "prefLabel": "Moods",
        "preamble": {"es": "Esta semana:"},
        "compute": [{"variableName": "both", "jsExpression": "low + (1 - well)"}],
        "ui": {"order": ["items/low.jsonld", "items/well.jsonld", "items/note.jsonld", "items/both"]},
    },
    "items/low.jsonld": {
        "@type": "reproschema:Field", "@id": "low.jsonld", "question": {"en": "I was low.", "es": "…"},
        "responseOptions": "../answers",
    },
    "items/well.jsonld": {
        "@type": "reproschema:Field", "@id": "well.jsonld", "question": "I was well.",
        "responseOptions": "../answers",
    },
    "items/note.jsonld": {"@type": "reproschema:Field", "@id": "note.jsonld", "question": "What else?"},
    "items/both": {"@type": "reproschema:Field", "@id": "both"},
    "answers": {"choices": [{"name": {"en": "No"}, "value": 0}, {"name": {"en": "Yes"}, "value": 1}]},
}  # fmt: skip


def others(folder: Path, **changes: Any) -> Path:
    changed = {name: changes.get(name, document) for name, document in OTHERS.items()}
    return put(folder, {name: json.dumps(document) for name, document in changed.items()})


def test_somebody_elses_activity_becomes_a_draft(tmp_path: Path) -> None:
    found = formats.imported(others(tmp_path), "reproschema", name="moods")
    assert found.left == ("note",)
    assert (found.form.title, found.form.text) == ("Moods", "Esta semana:")
    assert [(i.wording, i.note) for i in found.form.items] == [
        ("I was low.", "In the file: low"),
        ("I was well.", "In the file: well"),
    ]
    assert [(o.value, o.label) for o in found.form.options] == [(0, "No"), (1, "Yes")]
    (score,) = found.form.scores
    assert (score.of, score.turned, score.role) == (("moods_1", "moods_2"), ("moods_2",), "total")


def test_no_file_outside_of_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(json.dumps(OTHERS["items/low.jsonld"]), "utf-8")
    inside = tmp_path / "inside"
    outside = ("../secret", str(tmp_path / "secret"), "https://example.org/secret")
    for pointer in (*outside, "a\0", "\ud800", "a" * 5000):
        document = OTHERS["moods_schema"] | {"ui": {"order": [pointer]}}
        with pytest.raises(formats.FormatError, match=r"not in this folder|no text"):
            formats.imported(others(inside, moods_schema=document), "reproschema", name="moods")


def test_a_folder_without_one_activity_is_told(tmp_path: Path) -> None:
    with pytest.raises(formats.FormatError, match="there are 0 activities in it"):
        formats.imported(tmp_path, "reproschema", name="moods")
    others(tmp_path / "a")
    others(tmp_path / "b")
    with pytest.raises(formats.FormatError, match=r"there are 2 activities in it\. Name the file"):
        formats.imported(tmp_path, "reproschema", name="moods")
    one = tmp_path / "b" / "moods_schema"
    assert len(formats.imported(one, "reproschema", name="moods").form.items) == 2
    (tmp_path / "b" / "items" / "low.jsonld").unlink()
    with pytest.raises(formats.FormatError, match=r"^low.jsonld: this file is missing"):
        formats.imported(one, "reproschema", name="moods")
