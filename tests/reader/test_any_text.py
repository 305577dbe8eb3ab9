"""Whatever is pasted in, a reading comes out, its marks in place and its work in bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondvoice.reader import read
from secondvoice.reader.grammar import Grammar, PatternError
from secondvoice.reader.hits import find
from secondvoice.reader.patterns import book
from secondvoice.reader.words import LONGEST_UNIT, level, stretches

if TYPE_CHECKING:
    from secondvoice.reader.reading import Reading, Voice

PIECES = [
    "I'm such an idiot", "i cant do anything right", "I want to die", "he said", '"', "'", "’",
    "\n", "\r\n", ". ", ", ", "…", "İ", "\ud800", "\x00", "\u202e", "😭", "you're so lazy",
    "not", "<p>",
    "sooooo", "stuuupid", "— ", "I should", "have it together", "every one", "no one", "ich bin",
]  # fmt: skip
texts = st.text(st.characters(exclude_categories=()), max_size=200) | st.lists(
    st.sampled_from(PIECES), max_size=20
).map(" ".join)
voices: st.SearchStrategy[Voice | None] = st.sampled_from([None, "critic", "answer"])


def whole(reading: Reading, text: str) -> None:
    assert reading.text == text
    for span in reading.spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
        assert span.why
    figures = [*reading.poles.values(), *reading.tone.values(), *reading.assumptions.values()]
    assert all(0.0 <= figure <= 1.0 for figure in [*figures, reading.self_critical])
    assert -1.0 <= reading.kindness <= 1.0
    assert reading.sure is (reading.reason == "")


@settings(max_examples=150, deadline=None)
@given(texts, voices)
def test_any_text_is_read_and_its_marks_point_into_it(text: str, voice: Voice | None) -> None:
    whole(read(text, voice=voice), text)


@settings(max_examples=150, deadline=None)
@given(texts)
def test_levelling_keeps_every_offset_and_stretches_cover_the_text(text: str) -> None:
    low = level(text)
    assert len(low) == len(text)
    places = list(stretches(low))
    assert "".join(low[start:end] for start, end in places) == low


HARD = {
    "so so so": "I am so so so " * 4_000,
    "one word": "a" * 200_000,
    "quotes": '"' * 100_000,
    "open quotes": '"a ' * 30_000,
    "single quotes": "'a " * 30_000,
    "emoji": "😭" * 100_000,
    "no spaces": "I'msuchanidiot" * 10_000,
    "nested": '"' + "'I said \"" * 5_000,
    "surrogates": "\ud800\udfff" * 20_000,
    "nul": "\x00I'm an idiot\x00" * 3_000,
    "marks": "\u202e\u200f" * 20_000,
    "html": "<p>I&#39;m <b>stupid</b></p>" * 4_000,
    "crlf": "I always fail\r\n" * 5_000,
    "dots": "." * 100_000,
    "stars": "f*" * 50_000,
    "dashes": " - " * 30_000,
    "am i": "am i not so just such " * 4_000,
}


@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_hard_texts_are_read_with_work_in_proportion_to_their_length(text: str) -> None:
    once, twice = find(level(text), None), find(level(text + "\n" + text), None)
    assert twice.work <= 2 * once.work + 2 * len(book().patterns)
    assert len(twice.words) == 2 * len(once.words)
    whole(read(text[: len(text) // 8]), text[: len(text) // 8])


def test_words_never_seen_before_cost_in_proportion_too() -> None:
    def diary(lines: int) -> str:
        return "".join(
            f"On day {n} I failed and everyone saw I always {n} fail. " for n in range(lines)
        )

    small, large = find(level(diary(200)), None), find(level(diary(800)), None)
    assert large.work <= 4.2 * small.work
    assert len(large.hits) <= 4.2 * len(small.hits)


def test_a_text_without_a_full_stop_is_read_in_pieces() -> None:
    found = find(level("i always fail and " * 200), None)
    assert found.hits
    assert all(hit.end - hit.start < 12 * LONGEST_UNIT for hit in found.hits)


def test_curly_and_straight_apostrophes_are_read_alike() -> None:
    straight, curly = read("I'm such an idiot, I can't win"), read("I’m such an idiot, I can’t win")
    assert straight.poles == curly.poles
    assert [(s.start, s.end) for s in straight.spans] == [(s.start, s.end) for s in curly.spans]


@pytest.mark.parametrize("pattern", ["", "(a|b", "a)", "a ||", "{unknown} a", "? a"], ids=repr)
def test_a_malformed_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        Grammar({"known": ["a"]}).shape(pattern)
