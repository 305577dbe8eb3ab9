"""Many rows at once give what each person alone is given: to the last bit, gaps and flags too."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondvoice import measures
from secondvoice.measures import AnswerError, Instrument, TableError

WHOLE = [i for i in measures.instruments().values() if i.kind == "items"]
SCS_SF = measures.instrument("scs-sf")
PHQ = measures.instrument("phq-9")


def takings(instrument: Instrument) -> st.SearchStrategy[list[dict[str, int | None]]]:
    values = [option.value for option in instrument.answers.options]
    one = st.one_of(st.none(), *(st.just(value) for value in values))
    same = st.sampled_from(values).map(lambda v: {item.id: v for item in instrument.items})
    apart = st.fixed_dictionaries({item.id: one for item in instrument.items})
    # Few gaps, so that the rule for them is met from both sides.
    rare = st.builds(
        lambda whole, gaps: whole | dict.fromkeys(gaps),
        st.fixed_dictionaries({item.id: st.sampled_from(values) for item in instrument.items}),
        st.lists(st.sampled_from([item.id for item in instrument.items]), max_size=3),
    )
    return st.lists(st.one_of(same, apart, rare), min_size=1, max_size=6)


def alone(instrument: Instrument, answers: dict[str, int | None]) -> dict[str, Any]:
    """What scoring one person says, under the names of the columns."""
    scores = measures.score(instrument, answers)
    scored = [item.id for item in instrument.items if item.scored]
    told: dict[str, Any] = {}
    for each in scores.scores:
        told |= {each.id: each.value, f"{each.id}_answered": each.answered}
    told["answered"] = sum(answers.get(name) is not None for name in scored)
    told |= {"asked": len(scored), "straight": scores.straight}
    if instrument.care:
        told["support"] = scores.support
    told["problems"] = None
    return {f"{instrument.id.replace('-', '_')}_{name}": value for name, value in told.items()}


@pytest.mark.parametrize("instrument", WHOLE, ids=lambda i: i.id)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_each_row_is_scored_as_it_would_be_alone(
    data: st.DataObject, instrument: Instrument
) -> None:
    rows = data.draw(takings(instrument))
    expected = [alone(instrument, row) for row in rows]
    columns = {item.id: [row[item.id] for row in rows] for item in instrument.items}
    numbers = pa.table({n: pa.array(v, pa.int64()) for n, v in columns.items()})
    assert measures.score_table(instrument, numbers).to_pylist() == expected
    floats = pa.table({n: pa.array(v, pa.float32()) for n, v in columns.items()})
    assert measures.score_table(instrument, floats).to_pylist() == expected
    words = pa.table(
        {n: ["" if v is None else f" {v}" for v in each] for n, each in columns.items()}
    )
    assert measures.score_table(instrument, words).to_pylist() == expected


@settings(max_examples=50, deadline=None)
@given(answers=st.fixed_dictionaries({item.id: st.integers(-3, 8) for item in PHQ.items}))
def test_a_row_has_a_problem_exactly_where_the_person_alone_would_be_refused(
    answers: dict[str, int],
) -> None:
    (row,) = measures.score_table(
        PHQ, pa.table({name: [value] for name, value in answers.items()})
    ).to_pylist()
    try:
        expected = alone(PHQ, answers)
    except AnswerError:
        assert row["phq_9_total"] is None
        assert row["phq_9_answered"] is None
        wrong = [item.id for item in PHQ.items if not 0 <= answers[item.id] <= 3]
        assert [part.split(":")[0] for part in row["phq_9_problems"].split("; ")] == wrong
    else:
        assert row == expected


def test_the_example_of_the_documentation_in_a_table() -> None:
    answers = [5, 2, 3, 4, 3, 1, 3, 4, 3, 2, 4, 4]
    frame = pd.DataFrame([answers], columns=[item.id.upper() for item in SCS_SF.items])
    scored = measures.score_table(SCS_SF, frame)
    assert scored.loc[0, "scs_sf_total"] == pytest.approx(2.1667, abs=5e-5)
    assert list(scored.columns) == list(measures.new_columns(SCS_SF))


def test_a_data_frame_keeps_its_index_and_its_other_columns() -> None:
    columns: dict[str, Any] = {item.id: [3, 4, 9] for item in SCS_SF.items}
    columns["scs_sf_2"] = [None, "4", 4]  # numbers and words in one column
    frame = pd.DataFrame(columns | {"who": [{"a": 1}, object, None]}, index=["x", "y", "z"])
    before = frame.copy()
    scored = measures.score_table(SCS_SF, frame)
    assert list(scored.index) == ["x", "y", "z"]
    assert scored["who"].tolist() == [{"a": 1}, object, None]
    assert scored["scs_sf_answered"].tolist() == [11, 12, pd.NA]
    assert scored["scs_sf_straight"].tolist() == [True, True, pd.NA]
    assert pd.isna(scored["scs_sf_total"]).tolist() == [True, False, True]
    pd.testing.assert_frame_equal(frame, before)


def test_arrow_tables_batches_and_whatever_hands_over_arrow_data_are_scored_alike() -> None:
    class Other:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return table.__arrow_c_stream__(requested_schema)

    table = pa.table({item.id: [1, 5, 3] for item in SCS_SF.items} | {"who": ["a", "b", "c"]})
    scored = measures.score_table(SCS_SF, table)
    assert scored.column_names == ["who", *measures.new_columns(SCS_SF)]
    assert scored["scs_sf_total"].to_pylist() == [3.0, 3.0, 3.0]
    assert measures.score_table(SCS_SF, table.to_batches()[0]).equals(scored)
    assert measures.score_table(SCS_SF, Other()).equals(scored)
    with_answers = measures.score_table(SCS_SF, table, answers=True)
    assert with_answers.column_names == [*table.column_names, *measures.new_columns(SCS_SF)]
    with pytest.raises(TableError, match="A list cannot be scored"):
        measures.score_table(SCS_SF, [1, 2])


def test_a_table_without_rows_has_no_scores() -> None:
    empty = pa.table({item.id: pa.array([], pa.int8()) for item in SCS_SF.items})
    scored = measures.score_table(SCS_SF, empty)
    assert (scored.num_rows, scored.column_names) == (0, list(measures.new_columns(SCS_SF)))


def test_support_is_told_of_a_row_that_cannot_be_scored() -> None:
    columns = {item.id: [0, 0, 0] for item in PHQ.items}
    columns |= {"phq_9_3": [8, 8, 0], "phq_9_9": [1, 0, 7]}
    scored = measures.score_table(PHQ, pa.table(columns))
    assert scored["phq_9_total"].to_pylist() == [None, None, None]
    assert scored["phq_9_support"].to_pylist() == [True, False, None]


def test_categories_decimals_and_codes_for_no_answer_are_understood() -> None:
    columns: dict[str, Any] = {item.id: pa.array([3, 3]) for item in SCS_SF.items}
    columns["scs_sf_1"] = pa.array(["4", "-99"]).dictionary_encode()
    columns["scs_sf_2"] = pa.array([4, -99], pa.decimal128(5, 2))
    columns["scs_sf_3"] = pa.array(["4.0", "n/k"])
    columns["scs_sf_4"] = pa.array([True, False]).cast(pa.int8()).cast(pa.float64())
    scored = measures.score_table(SCS_SF, pa.table(columns), missing=["-99", "n/k"])
    assert scored["scs_sf_answered"].to_pylist() == [12, None]
    assert scored["scs_sf_problems"].to_pylist() == [
        None,
        "scs_sf_4: a number off the scale where a whole number from 1 to 5 belongs",
    ]
    columns["scs_sf_4"] = pa.array([True, False])
    with pytest.raises(TableError, match="The column scs_sf_4 holds bool"):
        measures.score_table(SCS_SF, pa.table(columns))
