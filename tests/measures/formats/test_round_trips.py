"""What is exported and imported again is the same measure."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondvoice import measures
from secondvoice.measures import Mark, formats
from secondvoice.measures.decoding import Decoder
from secondvoice.measures.formats import drafts, fhir, redcap, reproschema
from secondvoice.measures.formats.json_files import written
from secondvoice.measures.instrument import Item, Scale, Score
from tests.measures.formats.conftest import put, there_and_back
from tests.measures.formats.made_up import forms, some


@pytest.mark.parametrize("kind", formats.IMPORTED)
def test_every_shipped_measure_comes_back_as_it_went(
    tmp_path: Path, shipped: measures.Instrument, kind: formats.Kind
) -> None:
    found = there_and_back(tmp_path, shipped, kind)
    assert found.form == formats.form_of(shipped)
    assert found.left == ()


@pytest.mark.parametrize("kind", formats.IMPORTED)
@pytest.mark.parametrize("id_", ["sscs-s", "sscs-l"])
def test_the_calm_answer_comes_along_under_another_name(
    tmp_path: Path, id_: str, kind: formats.Kind
) -> None:
    made = formats.exported(measures.instrument(id_), kind)
    found = formats.imported(put(tmp_path, made), kind, name="our-own")
    assert found.form.calm == "Nothing difficult right now"
    assert found.left == ()
    assert {option.value for option in found.form.options} == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("kind", formats.IMPORTED)
@given(data=st.data())
@some
def test_any_measure_comes_back_as_it_went(kind: formats.Kind, data: st.DataObject) -> None:
    form = data.draw(forms())
    made: str | dict[str, str]
    if kind == "fhir":
        made = written(fhir.questionnaire(form))
    elif kind == "redcap":
        made = redcap.dictionary(form)
    else:
        made = reproschema.files(form)
    with TemporaryDirectory() as folder:
        found = formats.imported(put(Path(folder), made), kind, name=form.id)
    assert found.form == form


def test_a_draft_holds_the_questions_answers_and_key_that_were_there(
    tmp_path: Path, shipped: measures.Instrument
) -> None:
    form = there_and_back(tmp_path, shipped, "fhir").form
    table = tomllib.loads(drafts.files(form, "x.json (FHIR)")["instrument.toml"])
    decoder = Decoder("draft")
    assert decoder.value(tuple[Item, ...], table["items"], "items") == shipped.items
    assert decoder.value(tuple[Score, ...], table["scores"], "scores") == shipped.scores
    scale = decoder.record(Scale, table["scale"])
    assert (scale.options, scale.mark) == (shipped.answers.options, Mark.COMPARE)
    assert drafts.files(form, "")["NOTICE"].strip() == shipped.notice
    assert decoder.problems == []


@given(form=forms())
@some
def test_any_draft_is_a_file_that_can_be_read(form: formats.Form) -> None:
    table = tomllib.loads(drafts.files(form, "x")["instrument.toml"])
    assert [item["wording"] for item in table["items"]] == [item.wording for item in form.items]
    assert table["title"] == form.title


def test_everything_that_was_imported_is_unverified_and_its_licence_open(
    tmp_path: Path, shipped: measures.Instrument
) -> None:
    form = there_and_back(tmp_path, shipped, "redcap").form
    table = tomllib.loads(drafts.files(form, "x.csv (REDCap)")["instrument.toml"])
    assert table["licence"]["verdict"] == "unclear"
    sections = [part for part in table.values() if isinstance(part, dict)]
    sections += [part for name in ("codes", "care") for part in table.get(name, [])]
    assert {part["mark"] for part in sections} == {"compare"}
    assert {part["source"] for part in sections} == {"imported from x.csv (REDCap)"}


@pytest.mark.parametrize("kind", formats.IMPORTED)
def test_thoughts_of_death_lead_to_support_in_every_format(
    tmp_path: Path, kind: formats.Kind
) -> None:
    phq = measures.instrument("phq-9")
    assert there_and_back(tmp_path, phq, kind).form.care == (("phq_9_9", 1),)


def test_a_code_that_nobody_has_read_at_its_source_is_not_passed_on() -> None:
    phq = measures.instrument("phq-9")
    unread = tuple(replace(code, mark=Mark.MEMORY) for code in phq.codes)
    assert formats.form_of(phq).codes == (("panel", "44249-1"), ("total", "44261-6"))
    assert formats.form_of(replace(phq, codes=unread)).codes == ()
