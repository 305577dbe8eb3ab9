"""Answers go from format to format by item, and nothing is lost or guessed on the way."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondvoice import measures
from secondvoice.measures import formats
from secondvoice.measures.formats import Sheet
from tests.measures.formats.made_up import sheets, some

ASKED = ("scs-sf", "sscs-s", "phq-9", "ceas-self", "who-5")


def read(text: str, name: str, kind: formats.Kind, folder: Path) -> list[Sheet]:
    path = folder / "answers"
    path.write_text(text, "utf-8", newline="")
    return formats.read_answers(path, measures.instrument(name), kind)


@pytest.mark.parametrize("kind", formats.ANSWERS)
@given(data=st.data())
@some
def test_answers_come_back_as_they_went(kind: formats.Kind, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(ASKED))
    known = measures.instrument(name)
    # A row with nothing in it is no sheet in a table.
    one = sheets(known, named=kind == "redcap").filter(lambda sheet: sheet != Sheet())
    asked = data.draw(st.lists(one, max_size=3))
    with TemporaryDirectory() as folder:
        assert read(formats.answers(known, asked, kind), name, kind, Path(folder)) == asked


def test_a_row_of_csv_holds_the_answers_and_the_scores_they_make() -> None:
    who = measures.instrument("who-5")
    full = Sheet(person="p01", at="2026-01-31", answers={f"who_5_{n}": n for n in range(1, 6)})
    part = Sheet(person="p02", answers={"who_5_1": 3})
    assert formats.answers(who, [full, part], "csv") == (
        "person,at,who_5_1,who_5_2,who_5_3,who_5_4,who_5_5,who_5_score_total\r\n"
        "p01,2026-01-31,1,2,3,4,5,60.0\r\n"
        "p02,,3,,,,,\r\n"
    )


def test_nothing_difficult_is_an_answer_of_its_own() -> None:
    sscs = measures.instrument("sscs-s")
    (entry,) = json.loads(formats.answers(sscs, [Sheet(calm=True)], "fhir"))["entry"]
    assert entry["resource"]["item"] == [
        {"linkId": "sscs_s_calm", "answer": [{"valueBoolean": True}]}
    ]


def test_csv_of_a_spreadsheet_is_read_with_semicolons_and_labels(tmp_path: Path) -> None:
    said = "\ufeffperson;phq_4_1;phq_4_2\r\na;Not at all;3\r\n;;\r\nb;Several days;\r\n"
    assert read(said, "phq-4", "csv", tmp_path) == [
        Sheet(person="a", answers={"phq_4_1": 0, "phq_4_2": 3}),
        Sheet(person="b", answers={"phq_4_1": 1}),
    ]


def test_a_response_of_another_program_is_read_by_its_loinc_codes(tmp_path: Path) -> None:
    response = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "http://loinc.org/q/44249-1",
        "status": "completed",
        "subject": {"reference": "Patient/7"},
        "authored": "2026-01-31",
        "item": [
            {
                "linkId": "group",
                "item": [
                    {
                        "linkId": "/44250-9",
                        "answer": [
                            {"valueCoding": {"system": "http://loinc.org", "code": "LA6571-9"}}
                        ],
                    },
                    {"linkId": "44255-8", "answer": [{"valueCoding": {"display": "Several days"}}]},
                    {"linkId": "/44259-0", "answer": [{"valueInteger": 2}]},
                    {"linkId": "/44254-1"},
                ],
            }
        ],
    }
    assert read(json.dumps(response), "phq-9", "fhir", tmp_path) == [
        Sheet(
            person="Patient/7",
            at="2026-01-31",
            answers={"phq_9_1": 3, "phq_9_2": 1, "phq_9_3": 2},
        )
    ]


def test_a_labelled_export_of_redcap_is_read_by_its_questions(tmp_path: Path) -> None:
    asked = measures.instrument("gad-7").items
    out = io.StringIO(newline="")
    csv.writer(out).writerows([
        ["Record ID", "Event Name", "Age", "Survey Timestamp", *(item.wording for item in asked), "Complete?"],
        ["7", "Week 1", "33", "2026-01-31 08:30:12", "Not at all", "Several days", *["Nearly every day"] * 5, "Complete"],
        ["7", "Week 2", "", "", *[""] * 7, "Incomplete"],
        ["8", "Week 1", "50", "[not completed]", "Several days", *[""] * 6, "Incomplete"],
    ])  # fmt: skip
    assert read(out.getvalue(), "gad-7", "redcap", tmp_path) == [
        Sheet(
            person="7",
            at="2026-01-31",
            answers={"gad_7_1": 0, "gad_7_2": 1} | {f"gad_7_{n}": 3 for n in range(3, 8)},
        ),
        Sheet(person="8", answers={"gad_7_1": 1}),
    ]


def test_people_who_are_there_twice_repeat_the_form_in_redcap() -> None:
    who = measures.instrument("who-5")
    rows = list(
        csv.DictReader(
            io.StringIO(formats.answers(who, [Sheet(person="a"), Sheet(person="a")], "redcap"))
        )
    )
    assert [row["redcap_repeat_instance"] for row in rows] == ["1", "2"]
    assert {row["redcap_repeat_instrument"] for row in rows} == {"who_5"}
    once = formats.answers(who, [Sheet(person="a"), Sheet(person="b")], "redcap")
    assert "redcap_repeat" not in once


SLIPS = {
    "no such answer": ("csv", "person,who_5_1\r\nsecret,9\r\n", "answers: line 2: who_5_1 is none of the answers. They are: 5, 4, 3, 2, 1, 0, or their labels."),
    "no such column": ("csv", "person,scs_1\r\na,3\r\n", "answers: column 2 is none of who-5's. Its answers stand in columns named who_5_1 to who_5_5, beside person and at."),
    "no column at all": ("csv", "person,at\r\na,\r\n", "answers: there is no column with answers to who-5 in it."),
    "a column twice": ("csv", "who_5_1,who_5_1\r\n3,3\r\n", "answers: column 1 is there twice. Keep one."),
    "a ragged row": ("csv", "who_5_1,who_5_2\r\n3\r\n", "answers: line 2 has 1 cells, and the head has 2. Mend that line."),
    "an empty file": ("csv", "", "answers: this file is empty. It needs a first line with columns."),
    "no moment": ("csv", "at,who_5_1\r\nyesterday,3\r\n", "answers: line 2: at is no day or moment. Write 2026-01-31, or 2026-01-31T08:30:00+01:00 with the zone."),
    "no zone": ("csv", "at,who_5_1\r\n2026-01-31T08:30:00,3\r\n", "answers: line 2: at is no day or moment. Write 2026-01-31, or 2026-01-31T08:30:00+01:00 with the zone."),
    "not JSON": ("fhir", "{", "answers: this is not JSON: line 1, column 2 cannot be read. Export it anew, or mend that line."),
    "another resource": ("fhir", '{"resourceType": "Patient"}', "answers: there is no QuestionnaireResponse of FHIR R4 in it."),
    "another measure": ("fhir", '{"resourceType": "QuestionnaireResponse", "questionnaire": "urn:secondvoice:measures:scs|1"}', "answers: response 1 belongs to another measure than who-5. Name that one."),
    "another question": ("fhir", '{"resourceType": "QuestionnaireResponse", "item": [{"linkId": "secret", "answer": [{"valueInteger": 3}]}]}', "answers: response 1, item 1 answers a question that who-5 does not have."),
    "two answers": ("fhir", '{"resourceType": "QuestionnaireResponse", "item": [{"linkId": "who_5_1", "answer": [{"valueInteger": 3}, {"valueInteger": 2}]}]}', "answers: response 1, item 1 answers who_5_1 twice. Keep one answer."),
    "another form": ("redcap", "record_id,age\r\nsecret,3\r\n", "answers: there is no column of who-5 in it. They are called who_5_1 and on, or like the questions."),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_with_its_place_and_without_the_answer(slip: str, tmp_path: Path) -> None:
    kind, said, sentence = SLIPS[slip]
    with pytest.raises(formats.FormatError) as caught:
        read(said, "who-5", kind, tmp_path)
    assert str(caught.value) == sentence


def test_answers_beside_nothing_difficult_are_refused(tmp_path: Path) -> None:
    with pytest.raises(formats.FormatError, match="stands alone"):
        read("sscs_s_1,sscs_s_calm\r\n3,1\r\n", "sscs-s", "csv", tmp_path)


def test_redcap_needs_somebody_to_belong_to() -> None:
    with pytest.raises(formats.FormatError, match=r"^Sheet 1 names nobody"):
        formats.answers(measures.instrument("who-5"), [Sheet()], "redcap")
