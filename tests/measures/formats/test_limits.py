"""What may not be passed on is not, and no file, however broken, gets anything but a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondvoice import measures
from secondvoice.measures import formats
from tests.measures.formats.conftest import CARDS, put
from tests.measures.formats.made_up import some


@pytest.mark.parametrize("kind", formats.KINDS)
def test_a_card_has_no_questions_to_export(kind: formats.Kind) -> None:
    for name in CARDS:
        with pytest.raises(formats.FormatError) as caught:
            formats.exported(measures.instrument(name), kind)
        assert str(caught.value).startswith(f"{name} is a card")
        assert "no questions to export" in str(caught.value)


def test_the_sentence_says_why_and_where_to_look() -> None:
    with pytest.raises(formats.FormatError) as caught:
        formats.exported(measures.instrument("rses"), "fhir")
    assert str(caught.value) == (
        "rses is a card only: the licence is unclear. There are no questions to export. They are "
        "to be found at https://socy.umd.edu/quick-links/rosenberg-scale-faq-0."
    )


def test_the_codebook_says_what_each_column_is(shipped: measures.Instrument) -> None:
    made = formats.exported(shipped, "csv")
    assert isinstance(made, dict)
    book = json.loads(made["codebook.json"])
    head = made["answers.csv"].strip().split(",")
    assert [column["column"] for column in book["columns"]] == head
    assert [row.split(",")[0] for row in made["codebook.csv"].split("\r\n")[1:-1] if row] == head
    items = [column for column in book["columns"] if column["kind"] == "answer"]
    assert [item["text"] for item in items] == [item.wording for item in shipped.items]
    assert {item["column"] for item in items if item["reversed"]} == {
        item.id for item in shipped.items if item.reversed
    }
    assert book["licence"] == shipped.licence.terms
    assert shipped.notice in made["NOTICE"]
    assert all(item["source"] and item["known"] for item in items)


def _parts(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a value of JSON, as what holds it and where."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, part in list(inner):
        found.append((value, key))
        if isinstance(part, (dict, list)):
            found += _parts(part)
    return found


JUNK = st.sampled_from([None, True, -1, 2.5, 1e300, "", "a\0", "\ud800", [], {}, [[]], {"a": {}}])


@pytest.mark.parametrize("what", ["questionnaire", "responses", "activity"])
@given(data=st.data())
@some
def test_json_that_is_wrong_in_one_place_is_read_or_told(what: str, data: st.DataObject) -> None:
    who = measures.instrument("sscs-s")
    sheet = formats.Sheet(person="p", at="2026-01-31", answers={"sscs_s_1": 3})
    files = formats.exported(who, "reproschema")
    assert isinstance(files, dict)
    name = data.draw(st.sampled_from(sorted(files.keys() - {"NOTICE"})))
    made = {
        "questionnaire": formats.exported(who, "fhir"),
        "responses": formats.answers(who, [sheet], "fhir"),
        "activity": files[name],
    }[what]
    document = json.loads(str(made))
    holder, key = data.draw(st.sampled_from(_parts(document)))
    holder[key] = data.draw(JUNK)
    said = json.dumps(document)
    with TemporaryDirectory() as folder:
        path = put(Path(folder), files | {name: said} if what == "activity" else said)
        try:
            if what == "responses":
                formats.read_answers(path, who, "fhir")
            else:
                kind: formats.Kind = "fhir" if what == "questionnaire" else "reproschema"
                found = formats.imported(path, kind, name="sscs-s")
                "".join(formats.draft(found.form, path, kind).values()).encode()
        except formats.FormatError as error:
            assert str(error).endswith(".")


@pytest.mark.parametrize("kind", ["csv", "redcap", "fhir"])
@given(raw=st.binary(max_size=60) | st.text(max_size=60).map(lambda s: s.encode("utf-8", "ignore")))
@some
def test_any_bytes_are_read_or_told(kind: formats.Kind, raw: bytes) -> None:
    who = measures.instrument("who-5")
    head = b"record_id,who_5_1\r\n" if kind != "fhir" else b""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x"
        path.write_bytes(head + raw)
        try:
            formats.read_answers(path, who, kind)
        except formats.FormatError as error:
            assert str(error).endswith(".")
        try:
            formats.imported(path, "redcap" if kind == "csv" else kind, name="x")
        except formats.FormatError as error:
            assert str(error).endswith(".")


def test_json_that_is_too_deep_or_too_big_a_number_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    for said in ("[" * 100_000, '{"a": ' + "9" * 5000 + "}", '{"a": NaN}'):
        path.write_text(said, "utf-8")
        with pytest.raises(formats.FormatError, match=r"^x.json: this is not JSON"):
            formats.imported(path, "fhir", name="x")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(formats.FormatError, match=r"cannot be read \(No such file or directory\)"):
        formats.imported(tmp_path / "no.json", "fhir", name="x")
