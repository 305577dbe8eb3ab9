"""What holds of every taking there can be."""

from __future__ import annotations

from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondvoice import measures
from secondvoice.measures import Instrument, Scores

WHOLE = [i for i in measures.instruments().values() if i.kind == "items"]
POLAR = [i for i in WHOLE if i.items[0].pole is not None]
whole = st.sampled_from(WHOLE)
polar = st.sampled_from(POLAR)


def answers_to(instrument: Instrument, *, gaps: bool = False) -> st.SearchStrategy[dict[str, int]]:
    value = st.sampled_from([option.value for option in instrument.answers.options])
    items = {item.id: value for item in instrument.items}
    if not gaps:
        return st.fixed_dictionaries(items)
    return st.fixed_dictionaries({}, optional=items)


def mirrored(instrument: Instrument, answers: dict[str, int]) -> Scores:
    ends = instrument.answers.least + instrument.answers.most
    return measures.score(instrument, {name: ends - value for name, value in answers.items()})


@given(data=st.data(), instrument=whole)
def test_every_score_lies_in_its_range_or_says_why_it_is_none(
    data: st.DataObject, instrument: Instrument
) -> None:
    answers = data.draw(answers_to(instrument, gaps=True))
    for scored in measures.score(instrument, answers).scores:
        assert (scored.value is None) == bool(scored.reason)
        assert 0 <= scored.answered <= scored.asked
        if scored.value is not None:
            assert scored.least - 1e-9 <= scored.value <= scored.most + 1e-9


@given(data=st.data(), instrument=whole)
def test_the_order_of_the_answers_is_nothing(data: st.DataObject, instrument: Instrument) -> None:
    answers = data.draw(answers_to(instrument, gaps=True))
    turned = dict(reversed(answers.items()))
    assert measures.score(instrument, answers) == measures.score(instrument, turned)


@given(data=st.data(), instrument=whole)
def test_no_answer_and_prefer_not_to_answer_are_the_same(
    data: st.DataObject, instrument: Instrument
) -> None:
    answers = data.draw(answers_to(instrument, gaps=True))
    spelled = {item.id: answers.get(item.id) for item in instrument.items}
    assert measures.score(instrument, answers) == measures.score(instrument, spelled)


@given(data=st.data(), instrument=polar)
def test_the_opposite_answers_give_the_opposite_total(
    data: st.DataObject, instrument: Instrument
) -> None:
    answers = data.draw(answers_to(instrument))
    total = measures.score(instrument, answers)["total"].value
    other = mirrored(instrument, answers)["total"].value
    assert total is not None
    assert other == pytest.approx(6 - total)


@given(data=st.data(), instrument=polar)
def test_the_total_is_the_mean_of_six_means_as_written_out_by_hand(
    data: st.DataObject, instrument: Instrument
) -> None:
    answers = data.draw(answers_to(instrument))
    means: dict[str, list[int]] = {}
    for item in instrument.items:
        value = 6 - answers[item.id] if item.reversed else answers[item.id]
        means.setdefault(str(item.pole), []).append(value)
    assert len(means) == 6
    total = measures.score(instrument, answers)["total"].value
    assert total == pytest.approx(fmean(fmean(values) for values in means.values()))


@given(data=st.data(), instrument=st.sampled_from([i for i in POLAR if i.id != "sscs-s"]))
def test_the_total_lies_between_the_two_composites(
    data: st.DataObject, instrument: Instrument
) -> None:
    scores = measures.score(instrument, data.draw(answers_to(instrument)))
    kind, harsh = scores["compassionate"].value, scores["uncompassionate"].value
    assert kind is not None
    assert harsh is not None
    assert scores["total"].value == pytest.approx((kind + 6 - harsh) / 2)


@given(data=st.data(), instrument=whole)
def test_a_more_compassionate_answer_never_lowers_the_total(
    data: st.DataObject, instrument: Instrument
) -> None:
    answers = data.draw(answers_to(instrument))
    item = data.draw(st.sampled_from(instrument.items))
    step = -1 if item.reversed else 1
    raised = answers | {item.id: answers[item.id] + step}
    if instrument.answers.least <= raised[item.id] <= instrument.answers.most:
        before = measures.score(instrument, answers)["total"].value
        after = measures.score(instrument, raised)["total"].value
        assert before is not None
        assert after is not None
        assert after > before if item.scored else after == before


@given(data=st.data(), instrument=whole, value=st.integers(0, 10))
def test_the_same_answer_everywhere_is_flagged_exactly_where_it_contradicts_itself(
    data: st.DataObject, instrument: Instrument, value: int
) -> None:
    values = {option.value for option in instrument.answers.options}
    if value in values:
        scores = measures.score(instrument, {item.id: value for item in instrument.items})
        assert scores.straight == any(item.reversed for item in instrument.items)


@given(data=st.data(), instrument=whole)
def test_support_depends_on_its_question_alone(data: st.DataObject, instrument: Instrument) -> None:
    answers = data.draw(answers_to(instrument, gaps=True))
    expected = instrument.id == "phq-9" and answers.get("phq_9_9", 0) > 0
    assert measures.score(instrument, answers).support == expected
