"""Kinds of danger that no leaflet names, told by what is around it."""

from __future__ import annotations

import pytest

from secondvoice.reader import read
from secondvoice.reader.hits import find
from secondvoice.reader.patterns import book
from secondvoice.reader.windows import of_hits
from secondvoice.reader.words import level


@pytest.mark.parametrize(
    "text",
    [
        "part of me was disappointed when the lump was benign",
        "some evenings I drive too fast and wait to see",
        "I've done the sums and they'd be debt free if I dropped dead",
        "the baby would do better with any other mother",
        "stopped taking my insulin after what I did",
        "no supper till I weigh less",
        "hasn't hit me since Easter, so that's good",
        "never sure which version of him is coming up the stairs",
        "my nephew keeps my bank card",
        "they found a husband for me and I'm to be married in spring, no discussion",
        "if I vanished the landlord would be first to ask",
        "oddly calm tonight",
        "I only carry on for the dog",
        "told the midwife I walked into a door",
        "she passed out on the stairs again, my mum",
    ],
)
def test_danger_that_is_told_sideways_is_met(text: str) -> None:
    assert read(text).care != "none"


@pytest.mark.parametrize(
    "text",
    [
        "relapsed on sh tonight",
        "I scratched my arms till they bled",
        "not waking up sounds nice",
        "I keep imagining smothering him and it frightens me",
        "said no to him and he kept going",
        "woke up with somebody on top of me",
        "he cracked my rib",
    ],
)
def test_what_is_outright_in_other_words_comes_first(text: str) -> None:
    assert read(text).care == "now"


@pytest.mark.parametrize(
    "text",
    [
        "Cut us all a thick slice and put the kettle on",
        "That's the hill I'll die on: milk goes in second",
        "We'd like to end the contract in May",
        "I feel calm about it, the interview went well",
        "I stay for the pudding",
        "He's sat outside in the car with the heater on",
        "They booked the flight and a hotel near the beach",
    ],
)
def test_the_same_turns_in_a_plain_day_are_left_in_peace(text: str) -> None:
    assert read(text).care == "none"


def test_a_pattern_that_came_after_the_fit_calls_and_tells_the_model_nothing() -> None:
    text = "he cracked my rib"
    hits = [hit for hit in find(level(text), None).hits if not hit.pattern.fitted]
    assert [hit.pattern.id for hit in hits] == ["care_kinds.hurt_by_somebody"]
    assert of_hits(hits) == []
    assert find(level(text), None, fitted=True).hits == []
    late = [pattern for pattern in book().patterns if not pattern.fitted]
    assert {pattern.id.partition(".")[0] for pattern in late} == {"care_kinds"}
    assert {mark for pattern in late for mark in pattern.marks} <= {"now", "offer", "idiom"}
