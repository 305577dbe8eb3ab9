"""The made-up person's course and one day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from secondvoice.practices import demo
from secondvoice.practices.course import course_of, page_of
from secondvoice.practices.oneday import KIND, day_words, pauses_of
from secondvoice.practices.views.pausing import QUESTIONS

if TYPE_CHECKING:
    from tests.cast import Someone

TODAY = date(2025, 6, 12)


def test_they_are_in_the_second_week_with_a_page_for_each(alice: Someone) -> None:
    demo.fill(alice.door, TODAY)
    assert course_of(alice.door).week == 2
    assert all(page_of(alice.door, week, 0).words for week in (1, 2))


def test_their_day_has_a_sentence_ticks_and_pauses_that_can_be_shown(alice: Someone) -> None:
    demo.fill(alice.door, TODAY)
    kept = alice.door.latest(KIND)
    assert kept is not None
    words = day_words("")
    assert kept.value.sentence in {one["text"] for one in words["mornings"]}
    assert set(kept.value.done) <= {one["id"] for one in words["done"]}
    pauses = [pause.value for pause in pauses_of(alice.door, kept.thing)]
    assert [bool(pause.words and pause.instead) for pause in pauses] == [True, True]
    tones, assumptions = (
        {one["id"] for one in words["pauses"][QUESTIONS.index(name)]["choices"]}
        for name in ("tone", "assumption")
    )
    assert all({*pause.tones} <= tones and {*pause.assumptions} <= assumptions for pause in pauses)
