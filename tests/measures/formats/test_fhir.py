"""The FHIR that is written is FHIR, held against a library that others keep."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.questionnaire import Questionnaire
from pydantic import ValidationError

from secondvoice import measures
from secondvoice.measures import formats
from secondvoice.measures.formats import Sheet

if TYPE_CHECKING:
    from pathlib import Path

    from secondvoice.measures import Instrument

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def written(name: str) -> dict[str, Any]:
    made = formats.exported(measures.instrument(name), "fhir")
    assert isinstance(made, str)
    found: dict[str, Any] = json.loads(made)
    return found


def read(resource: object, name: str, folder: Path) -> formats.Imported:
    path = folder / "form.json"
    path.write_text(json.dumps(resource), "utf-8")
    return formats.imported(path, "fhir", name=name)


def test_each_questionnaire_is_valid(shipped: Instrument) -> None:
    made = formats.exported(shipped, "fhir")
    assert isinstance(made, str)
    # What the library understood is everything that was written.
    assert json.loads(Questionnaire.model_validate_json(made).model_dump_json()) == json.loads(made)


def test_each_bundle_of_responses_is_valid(shipped: Instrument) -> None:
    answers = {item.id: shipped.answers.most for item in shipped.items}
    asked = [
        Sheet(person="p01", at="2026-01-31T08:30:00+01:00", answers=answers),
        Sheet(at="2026-01-31", answers={shipped.items[0].id: shipped.answers.least}),
    ]
    made = formats.answers(shipped, asked, "fhir")
    checked = Bundle.model_validate_json(made)
    assert [entry.resource.status for entry in checked.entry] == ["completed", "completed"]


def test_the_library_would_have_refused_what_is_not_fhir() -> None:
    wrong = written("who-5") | {"status": "finished", "itmes": []}
    with pytest.raises(ValidationError):
        Questionnaire.model_validate(wrong)


def test_a_questionnaire_says_whose_it_is_and_on_what_terms() -> None:
    made = written("phq-9")
    assert made["publisher"].startswith("Drs. Robert L. Spitzer")
    assert "No permission required to reproduce" in made["copyright"]
    assert made["copyright"].endswith("under the licence at https://loinc.org/license.")
    assert "LOINC" not in written("scs-sf")["copyright"]
    notes = {part["url"]: part for part in made["extension"][0]["extension"]}
    assert notes["citation"]["valueString"] == "Kroenke 2001"


def test_items_are_linked_by_our_ids_with_their_codes_and_values() -> None:
    made = written("phq-9")
    assert made["code"] == [{"system": "http://loinc.org", "code": "44249-1"}]
    (ninth,) = (item for item in made["item"] if item["linkId"] == "phq_9_9")
    assert ninth["code"] == [{"system": "http://loinc.org", "code": "44260-8"}]
    assert ninth["text"].startswith("Thoughts that you would be better off dead")
    assert ninth["answerOption"][3] == {
        "extension": [{"url": ORDINAL, "valueDecimal": 3}],
        "valueCoding": {
            "system": "http://loinc.org",
            "code": "LA6571-9",
            "display": "Nearly every day",
        },
    }
    notes = {part["url"]: part for part in ninth["extension"][0]["extension"]}
    assert notes["support_from"]["valueInteger"] == 1


def test_no_code_stands_where_none_is_confirmed() -> None:
    assert "loinc" not in json.dumps(written("who-5"))
    assert "loinc" not in json.dumps(written("scs"))


def test_scores_stand_behind_the_answers_with_their_code() -> None:
    phq = measures.instrument("phq-9")
    (total,) = written("phq-9")["item"][-1]["item"]
    assert (total["linkId"], total["type"], total["readOnly"]) == (
        "phq_9_score_total",
        "decimal",
        True,
    )
    assert total["code"] == [{"system": "http://loinc.org", "code": "44261-6"}]
    sheet = Sheet(answers={f"phq_9_{n}": 1 for n in range(1, 9)})
    (entry,) = json.loads(formats.answers(phq, [sheet], "fhir"))["entry"]
    assert entry["resource"]["item"][-1] == {
        "linkId": "phq_9_scores",
        "item": [{"linkId": "phq_9_score_total", "answer": [{"valueDecimal": 9.0}]}],
    }


OTHERS: dict[str, Any] = {
    "resourceType": "Questionnaire",
    "status": "active",
    "title": "Somebody else's",
    "copyright": "Somebody",
    "item": [
        {"linkId": "intro", "type": "display", "text": "In the last week:"},
        {
            "linkId": "1",
            "type": "group",
            "item": [
                {
                    "linkId": link,
                    "type": "choice",
                    "text": f"Question {link}",
                    "answerOption": [
                        {"valueCoding": {"code": code, "display": label, "extension": [{"url": ORDINAL, "valueDecimal": value}]}}
                        for code, label, value in (("a", "No", 0), ("b", "Yes", 1))
                    ],
                }
                for link in ("1.1", "1.2")
            ],
        },
        {"linkId": "note", "type": "string", "text": "Anything else?"},
    ],
}  # fmt: skip


def test_somebody_elses_questionnaire_becomes_a_draft_without_a_key(tmp_path: Path) -> None:
    found = read(OTHERS, "my-scale", tmp_path)
    form = found.form
    assert found.left == ("note",)
    assert (form.title, form.text, form.notice) == (
        "Somebody else's",
        "In the last week:",
        "Somebody",
    )
    assert [(item.id, item.wording, item.note) for item in form.items] == [
        ("my_scale_1", "Question 1.1", "In the file: 1.1"),
        ("my_scale_2", "Question 1.2", "In the file: 1.2"),
    ]
    assert [(option.value, option.label) for option in form.options] == [(0, "No"), (1, "Yes")]
    assert form.scores == ()


def test_thoughts_of_death_lead_to_support_whoever_wrote_the_file(tmp_path: Path) -> None:
    resource = json.loads(json.dumps(OTHERS))
    resource["item"][1]["item"][1]["code"] = [{"system": "http://loinc.org", "code": "44260-8"}]
    assert read(resource, "my-scale", tmp_path).form.care == (("my_scale_2", 1),)


def test_a_questionnaire_that_cannot_be_one_measure_is_told(tmp_path: Path) -> None:
    mixed = json.loads(json.dumps(OTHERS))
    mixed["item"][1]["item"][1]["answerOption"].pop()
    for resource, said in (
        ({"resourceType": "Patient"}, r"^form.json: this is no Questionnaire of FHIR R4\."),
        (OTHERS | {"item": []}, r"^form.json: there is no question with answers to choose from"),
        (mixed, r"^form.json: item 4: 1.2 has other answers than 1.1\."),
        (OTHERS | {"title": "a\0b"}, r"^form.json: title holds characters that are no text|form.json holds"),
        (OTHERS | {"item": {}}, r"^form.json: item has to be a list\.$"),
    ):  # fmt: skip
        with pytest.raises(formats.FormatError, match=said):
            read(resource, "x", tmp_path)
