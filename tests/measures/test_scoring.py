"""Scores are what the authors' keys give, and what is missing is said."""

from __future__ import annotations

import pytest

from secondvoice import measures
from secondvoice.measures import AnswerError, Scores


def take(name: str, answers: list[int | None], **how: object) -> Scores:
    instrument = measures.instrument(name)
    given = dict(zip((item.id for item in instrument.items), answers, strict=True))
    return measures.score(instrument, given, **how)  # type: ignore[arg-type]  # slips are given on purpose


def values(scores: Scores) -> dict[str, float | None]:
    return {s.id: None if s.value is None else round(s.value, 4) for s in scores.scores}


SCS = [4, 3, 2, 4, 2, 5, 3, 4, 3, 2, 4, 1, 3, 4, 3, 4, 3, 4, 2, 3, 5, 2, 1, 2, 4, 2]
BEST = [5 if n in {5, 12, 19, 23, 26, 3, 7, 10, 15, 9, 14, 17, 22} else 1 for n in range(1, 27)]

VECTORS = [
    ("scs", [1] * 26, {"total": 3.0}),
    ("scs", [5] * 26, {"total": 3.0}),
    ("scs", BEST, {"total": 5.0, "compassionate": 5.0, "uncompassionate": 1.0}),
    (
        "scs",
        SCS,
        {
            "self_kindness": 1.6, "self_judgment": 4.2, "common_humanity": 2.5, "isolation": 3.75,
            "mindfulness": 3.0, "over_identification": 3.25, "compassionate": 2.3667,
            "uncompassionate": 3.7333, "total": 2.3167,
        },
    ),
    ("scs-sf", [3] * 12, {"total": 3.0}),
    ("scs-sf", [1, 5, 5, 1, 5, 5, 5, 1, 1, 5, 1, 1], {"total": 5.0}),
    ("scs-sf", [5, 2, 3, 4, 3, 1, 3, 4, 3, 2, 4, 4], {"total": 2.1667}),
    ("sscs-s", [2, 4, 3, 5, 4, 2], {"total": 2.0}),
    (
        "sscs-l",
        [2, 4, 3, 5, 2, 4, 1, 4, 3, 4, 2, 3, 2, 3, 3, 5, 2, 4],
        {
            "self_kindness": 1.6667, "self_judgment": 4.6667, "common_humanity": 3.0,
            "isolation": 3.6667, "mindfulness": 2.0, "over_identification": 3.6667,
            "total": 2.1111,
        },
    ),
    ("who-5", [3, 2, 3, 1, 4], {"total": 52.0}),
    ("phq-4", [3, 2, 1, 0], {"gad_2": 5.0, "phq_2": 1.0, "total": 6.0}),
    ("phq-9", [3] * 9, {"total": 27.0}),
    ("phq-8", [3] * 8, {"total": 24.0}),
    ("gad-7", [3] * 7, {"total": 21.0}),
    ("ceas-self", [10] * 13, {"engagement": 60.0, "action": 40.0, "total": 100.0}),
    ("ipip-self-esteem", [5] * 5 + [1] * 5, {"total": 5.0}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "answers", "expected"), VECTORS)
def test_published_and_computed_vectors(
    name: str, answers: list[int | None], expected: dict[str, float]
) -> None:
    found = values(take(name, answers))
    assert {score: found[score] for score in expected} == expected


def test_the_mean_of_26_is_not_the_total() -> None:
    turned = {1, 2, 4, 6, 8, 11, 13, 16, 18, 20, 21, 24, 25}
    wrong = sum(6 - a if n in turned else a for n, a in enumerate(SCS, start=1)) / 26
    assert round(wrong, 4) == 2.2692
    assert take("scs", list(SCS))["total"].value == pytest.approx(2.3167, abs=5e-5)


def test_the_short_form_has_no_subscales_and_always_both_composites() -> None:
    assert [s.id for s in take("scs-sf", [3] * 12).scores] == [
        "compassionate", "uncompassionate", "total",
    ]  # fmt: skip


def test_the_fillers_of_the_ceas_change_nothing() -> None:
    answers: list[int | None] = [7, 6, 1, 5, 4, 3, 1, 2, 8, 7, 1, 6, 5]
    other = list(answers)
    other[2] = other[6] = other[10] = 10
    other[2] = None
    assert values(take("ceas-self", answers)) == values(take("ceas-self", other))


class TestMissingAnswers:
    def test_one_in_a_subscale_of_four_or_five_is_made_up_by_the_rest(self) -> None:
        answers: list[int | None] = list(SCS)
        answers[4] = None
        scores = take("scs", answers)
        assert scores["self_kindness"].value == pytest.approx((1 + 2 + 1 + 2) / 4)
        assert scores["self_kindness"].counted == "4 of 5 answered"
        assert scores["total"].value is not None
        assert scores["total"].counted == "25 of 26 answered"

    def test_two_leave_the_subscale_and_the_total_without_a_score(self) -> None:
        answers: list[int | None] = list(SCS)
        answers[4] = answers[11] = None
        scores = take("scs", answers)
        assert scores["self_kindness"].value is None
        assert scores["self_kindness"].reason == "it needs at least 4 answers"
        assert scores["total"].value is None
        assert scores["total"].reason == "it needs Self-kindness"
        assert scores["compassionate"].value is None
        assert scores["uncompassionate"].value is not None
        assert scores["total"].counted == "24 of 26 answered"

    @pytest.mark.parametrize("name", ["scs-sf", "sscs-s", "sscs-l", "phq-4", "who-5"])
    def test_small_subscales_and_screens_need_every_answer(self, name: str) -> None:
        count = len(measures.instrument(name).items)
        assert take(name, [*[1] * (count - 1), None])["total"].value is None
        assert take(name, [1] * count)["total"].value is not None

    @pytest.mark.parametrize(("name", "count"), [("phq-9", 9), ("phq-8", 8), ("gad-7", 7)])
    def test_a_sum_is_filled_in_with_at_most_two_missing(self, name: str, count: int) -> None:
        two: list[int | None] = [*[2] * (count - 3), 1, None, None]
        mean = (2 * (count - 3) + 1) / (count - 2)
        assert take(name, two)["total"].value == pytest.approx(mean * count)
        assert take(name, [*[2] * (count - 3), None, None, None])["total"].value is None

    def test_sums_of_the_ceas_are_not_filled_in(self) -> None:
        scores = take("ceas-self", [None, *[5] * 12])
        assert scores["engagement"].value is None
        assert scores["action"].value == 20

    def test_ten_questions_of_self_esteem_may_lack_one(self) -> None:
        assert take("ipip-self-esteem", [None, *[3] * 9])["total"].value == 3
        assert take("ipip-self-esteem", [None, None, *[3] * 8])["total"].value is None

    def test_nothing_answered_is_no_score_and_no_fault(self) -> None:
        scores = measures.score(measures.instrument("scs"), {}, seconds=0.0)
        assert {s.value for s in scores.scores} == {None}
        assert scores["total"].counted == "0 of 26 answered"
        assert (scores.straight, scores.fast, scores.support) == (False, False, False)


class TestHowItWasAnswered:
    @pytest.mark.parametrize("value", [1, 3, 5])
    @pytest.mark.parametrize("name", ["scs", "scs-sf", "sscs-s", "sscs-l", "ipip-self-esteem"])
    def test_the_same_answer_to_questions_that_point_both_ways_is_flagged(
        self, name: str, value: int
    ) -> None:
        scores = take(name, [value] * len(measures.instrument(name).items))
        assert scores.straight
        assert scores["total"].value == 3.0
        assert "point the other way" in measures.remarks(scores)[0]

    def test_one_other_answer_is_enough(self) -> None:
        assert not take("scs", [3] * 25 + [4]).straight

    @pytest.mark.parametrize("name", ["phq-9", "gad-7", "who-5", "ceas-self"])
    def test_where_all_point_one_way_the_same_answer_can_be_so(self, name: str) -> None:
        assert not take(name, [1] * len(measures.instrument(name).items)).straight

    def test_under_two_seconds_a_question_is_flagged(self) -> None:
        assert take("scs-sf", [3, 4] * 6, seconds=23.9).fast
        assert not take("scs-sf", [3, 4] * 6, seconds=24.0).fast
        assert not take("scs-sf", [3, 4] * 6).fast

    def test_a_careful_taking_has_no_remark(self) -> None:
        assert measures.remarks(take("scs", list(SCS), seconds=120)) == []


class TestSupportFirst:
    @pytest.mark.parametrize("answer", [1, 2, 3])
    def test_any_answer_above_zero_to_the_ninth_question_leads_to_support(
        self, answer: int
    ) -> None:
        scores = take("phq-9", [0] * 8 + [answer])
        assert scores.support
        assert measures.steps(scores) == ("support", "scores")

    def test_not_at_all_does_not(self) -> None:
        assert measures.steps(take("phq-9", [3] * 8 + [0])) == ("scores",)

    def test_it_does_not_wait_for_the_other_answers(self) -> None:
        phq = measures.instrument("phq-9")
        assert measures.needs_support(phq, {"phq_9_9": 1})
        assert not measures.needs_support(phq, {"phq_9_9": None})
        scores = measures.score(phq, {"phq_9_9": 1})
        assert scores["total"].value is None
        assert measures.steps(scores)[0] == "support"

    def test_no_other_shipped_measure_asks_such_a_question(self) -> None:
        for instrument in measures.instruments().values():
            hurt = [item.id for item in instrument.items if "hurting yourself" in item.wording]
            assert [care.item for care in instrument.care] == hurt


class TestNothingDifficult:
    def test_there_is_no_score_by_design(self) -> None:
        scores = measures.score(measures.instrument("sscs-s"), {}, calm=True)
        assert scores.calm
        assert scores["total"].value is None
        assert "nothing difficult right now" in scores["total"].reason

    def test_it_stands_alone_and_only_where_it_is_offered(self) -> None:
        with pytest.raises(AnswerError, match="stands alone"):
            measures.score(measures.instrument("scs"), {}, calm=True)
        with pytest.raises(AnswerError, match="stands alone"):
            measures.score(measures.instrument("sscs-s"), {"sscs_s_1": 2}, calm=True)


@pytest.mark.parametrize("answer", [0, 6, -1, 3.0, True, "3", 10**30])
def test_an_answer_off_the_scale_is_refused_and_not_repeated(answer: object) -> None:
    with pytest.raises(AnswerError) as caught:
        measures.score(measures.instrument("scs"), {"scs_3": answer})  # type: ignore[dict-item]  # slips are given on purpose
    assert str(caught.value) == "scs_3: an answer here is a whole number from 1 to 5."


def test_a_question_of_another_form_is_refused() -> None:
    with pytest.raises(AnswerError, match=r"SCS-SF has no item of that name: 'scs_1'"):
        measures.score(measures.instrument("scs-sf"), {"scs_1": 3})


def test_a_card_cannot_be_scored() -> None:
    with pytest.raises(AnswerError, match="a card without its questions"):
        measures.score(measures.instrument("rses"), {})
