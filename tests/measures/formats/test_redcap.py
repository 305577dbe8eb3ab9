"""The data dictionary has REDCap's columns, and its calculations give our scores."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondvoice import measures
from secondvoice.measures import formats
from secondvoice.measures.formats import keys, redcap
from tests.measures.formats.made_up import sheets, some

# As REDCap's own template has them.
COLUMNS = (
    "Variable / Field Name,Form Name,Section Header,Field Type,Field Label,"
    '"Choices, Calculations, OR Slider Labels",Field Note,'
    "Text Validation Type OR Show Slider Number,Text Validation Min,Text Validation Max,"
    "Identifier?,Branching Logic (Show field only if...),Required Field?,Custom Alignment,"
    "Question Number (surveys only),Matrix Group Name,Matrix Ranking?,Field Annotation"
)


def rows(name: str) -> dict[str, dict[str, str]]:
    made = formats.exported(measures.instrument(name), "redcap")
    assert isinstance(made, str)
    return {row[redcap.NAME]: row for row in csv.DictReader(io.StringIO(made, newline=""))}


def read(lines: list[str], name: str, folder: Path) -> formats.Imported:
    path = folder / "dictionary.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return formats.imported(path, "redcap", name=name)


class Blank:
    """What a field without an answer is to REDCap: equal to "", and nothing comes of it."""

    def __eq__(self, other: object) -> bool:
        return other == ""

    __hash__ = None  # type: ignore[assignment]  # never kept in a set

    def __rsub__(self, other: object) -> Blank:
        return self

    def __mul__(self, other: object) -> Blank:
        return self


def calculated(calculation: str, fields: dict[str, Any]) -> Any:
    """The value of a calculation, by REDCap's rules for if, mean and blanks."""

    def mean(*values: Any) -> Any:
        there = [value for value in values if value != ""]
        return sum(there) / len(there) if there else Blank()

    said = re.sub(r"\[(\w+)\]", r'F["\1"]', calculation.replace("if(", "IF("))
    said = said.replace('=""', '==""')
    choose = lambda condition, yes, no: yes if condition else no  # noqa: E731 (one line is plainer)
    return eval(said, {"F": fields, "IF": choose, "mean": mean})


def test_the_dictionary_has_the_eighteen_columns() -> None:
    made = formats.exported(measures.instrument("who-5"), "redcap")
    assert isinstance(made, str)
    assert made.split("\r\n")[0] == COLUMNS


def test_the_first_field_is_the_record_and_names_are_ones_that_redcap_takes() -> None:
    for name in ("scs", "ceas-self", "sscs-l"):
        found = rows(name)
        assert next(iter(found)) == "record_id"
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", field) for field in found)
        assert {row["Form Name"] for row in found.values()} == {name.replace("-", "_")}


def test_a_question_is_a_radio_with_its_answers() -> None:
    row = rows("sscs-s")["sscs_s_2"]
    assert row["Field Type"] == "radio"
    assert (
        row[redcap.CHOICES]
        == "1, Not at all true for me | 2, 2 | 3, 3 | 4, 4 | 5, Very true for me"
    )
    # Who says that nothing is difficult is not asked any further.
    assert row[redcap.BRANCHING] == '[sscs_s_calm] <> "1"'
    assert '"reversed": true' in row[redcap.ANNOTATION]
    sections = [
        row["Section Header"] for row in rows("ceas-self").values() if row["Section Header"]
    ]
    assert sections == ["engagement", "action"]


@some
@given(data=st.data())
def test_redcap_calculates_what_the_key_says_gaps_and_all(data: st.DataObject) -> None:
    known = measures.instrument(
        data.draw(st.sampled_from(["scs", "scs-sf", "phq-9", "who-5", "ceas-self"]))
    )
    sheet = data.draw(sheets(known))
    form = formats.form_of(known)
    fields: dict[str, Any] = {item.id: sheet.answers.get(item.id, Blank()) for item in known.items}
    for score in form.scores:
        found = calculated(keys.calculation(form, score), fields)
        fields[form.score_id(score.id)] = Blank() if found == "" else found
        expected = measures.score(known, sheet.answers)[score.id].value
        assert found == ("" if expected is None else pytest.approx(expected))


@some
@given(data=st.data())
def test_javascript_computes_what_the_key_says_where_nothing_is_missing(
    data: st.DataObject,
) -> None:
    known = measures.instrument(data.draw(st.sampled_from(["scs", "scs-sf", "who-5", "phq-4"])))
    values = st.sampled_from([option.value for option in known.answers.options])
    answers = {item.id: data.draw(values) for item in known.items}
    form = formats.form_of(known)
    names: dict[str, Any] = dict(answers)
    for score in form.scores:
        found = eval(keys.javascript(form, score), {}, names)
        names[form.score_id(score.id)] = found
        assert found == pytest.approx(measures.score(known, answers)[score.id].value)


HEAD = f"{COLUMNS}\nrecord_id,moods,,text,Record ID,,,,,,,,,,,,,"


def test_somebody_elses_dictionary_becomes_a_draft_with_the_keys_that_are_plain(
    tmp_path: Path,
) -> None:
    found = read(
        [
            HEAD,
            'm_intro,moods,,descriptive,"This week:",,,,,,,,,,,,,',
            'm_low,moods,,radio,I was low.,"0, Never | 1, Often | 2, Always",,,,,,,y,,,,,',
            'm_well,moods,,dropdown,I was well.,"0, Never|1, Often|2, Always",,,,,,,,,,,,',
            'm_sum,moods,,calc,Sum,"sum([m_low], (2 - [m_well]))",,,,,,,,,,,,',
            'm_odd,moods,,calc,Odd,"round([m_low] ^ 2)",,,,,,,,,,,,',
            "m_note,moods,,notes,Anything else?,,,,,,,,,,,,,",
        ],
        "moods",
        tmp_path,
    )
    form = found.form
    assert found.left == ("m_note", "m_odd")
    assert (form.title, form.text) == ("moods", "This week:")
    assert [(item.id, item.note) for item in form.items] == [
        ("moods_1", "In the file: m_low"),
        ("moods_2", "In the file: m_well"),
    ]
    assert [(option.value, option.label) for option in form.options] == [(0, "Never"), (1, "Often"), (2, "Always")]  # fmt: skip
    (score,) = form.scores
    assert (score.id, score.method, score.role) == ("m_sum", "sum", "total")
    assert (score.of, score.turned, score.least, score.most) == (("moods_1", "moods_2"), ("moods_2",), 0.0, 4.0)  # fmt: skip


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("mean([a],[b])", ("mean", (), 0, 3, 1)),
        ("([a] + (3 - [b])) / 2", ("mean", ("b",), 0, 3, 1)),
        ("(a + b) * 4", ("sum", (), 0, 24, 4)),
        ("a + b", ("sum", (), 0, 6, 1)),
        ("(a + b) / 3", None),
        ("a + (4 - b)", None),
        ("a + c", None),
        ("a + a", None),
        ("a", None),
        ("fetch(a) + b", None),
    ],
)
def test_of_other_peoples_keys_only_the_plain_ones_are_understood(
    expression: str, expected: tuple[Any, ...] | None
) -> None:
    score = keys.understood("x", "X", expression, {"a": (0, 3), "b": (0, 3)})
    found = score and (score.method, score.turned, score.least, score.most, score.times)
    assert found == expected


def test_of_several_forms_the_one_that_is_called_like_the_folder_is_taken(tmp_path: Path) -> None:
    lines = [
        HEAD,
        'm_1,moods,,yesno,Low?,,,,,,,,,,,,,',
        'm_2,moods,,yesno,Well?,,,,,,,,,,,,,',
        'f_1,food_log,,yesno,Hungry?,,,,,,,,,,,,,',
        'f_2,food_log,,yesno,Fed?,,,,,,,,,,,,,',
    ]  # fmt: skip
    assert [item.wording for item in read(lines, "food-log", tmp_path).form.items] == [
        "Hungry?",
        "Fed?",
    ]
    with pytest.raises(
        formats.FormatError, match=r"there are 2 forms in it\. Call the folder like"
    ):
        read(lines, "x", tmp_path)


def test_a_slip_in_a_dictionary_is_told_with_its_line(tmp_path: Path) -> None:
    for line, said in (
        ("m_1,moods,,radio,Low?,Never,,,,,,,,,,,,", r"line 3: the choices have to be '0, Not at all"),
        ("M 1,moods,,yesno,Low?,,,,,,,,,,,,,", r"line 3: 'Variable / Field Name' has to be small letters"),
        ("m_1,moods,,yesno,Low?,,,,,,,,,,,,,secondvoice: {", r"line 3: the Field Annotation was cut"),
        ("m_1,moods,,yesno,,,,,,,,,,,,,,", r"x_1 has no wording"),
    ):  # fmt: skip
        with pytest.raises(formats.FormatError, match=said):
            read([HEAD, line], "x", tmp_path)
    with pytest.raises(formats.FormatError, match="the column 'Form Name' is missing"):
        read(["Variable / Field Name,Field Type"], "x", tmp_path)


def test_a_label_that_redcap_would_cut_is_refused() -> None:
    form = formats.form_of(measures.instrument("who-5"))
    options = (replace(form.options[0], label="a | b"), *form.options[1:])
    with pytest.raises(formats.FormatError, match=r"^who-5: the label of the answer 5 holds a \|"):
        redcap.dictionary(replace(form, options=options))
