"""Every pattern and guard keeps its word: its examples fire, its near misses do not."""

from __future__ import annotations

import pytest

from secondvoice.reader.hits import find
from secondvoice.reader.marks import PATTERN_FROM
from secondvoice.reader.patterns import Guard, Pattern, book, kind_of
from secondvoice.reader.reading import ASSUMPTIONS, POLES, TONES, Voice
from secondvoice.reader.words import level

VOICES: dict[str, Voice] = {"critic": "critic", "voice": "critic", "answer": "answer"}


def marked(pattern: Pattern, text: str) -> bool:
    found = find(level(text), VOICES.get(pattern.needs))
    return any(
        hit.weights[mark] >= PATTERN_FROM
        for hit in found.hits
        if hit.pattern.id == pattern.id
        for mark in pattern.marks
    )


def met(pattern: Pattern, text: str) -> bool:
    found = find(level(text), VOICES.get(pattern.needs))
    return any(hit.pattern.id == pattern.id for hit in found.hits)


@pytest.mark.parametrize("pattern", book().patterns, ids=lambda pattern: pattern.id)
def test_every_example_of_a_pattern_fires(pattern: Pattern) -> None:
    assert [text for text in pattern.examples if not met(pattern, text)] == []


@pytest.mark.parametrize("pattern", book().patterns, ids=lambda pattern: pattern.id)
def test_no_near_miss_of_a_pattern_fires(pattern: Pattern) -> None:
    assert [text for text in pattern.counters if marked(pattern, text)] == []


@pytest.mark.parametrize("guard", book().guards, ids=lambda guard: guard.id)
def test_a_guard_is_heeded_in_its_examples_and_not_in_its_near_misses(guard: Guard) -> None:
    for text in guard.examples:
        assert _softened(guard, text), text
    for text in guard.counters:
        assert not _softened(guard, text), text


def _softened(guard: Guard, text: str) -> bool:
    found = find(level(text), None)
    touched = [
        hit.factors[group]
        for hit in found.hits
        for group in guard.touches
        if hit.pattern.guarded and group == _group(hit.pattern)
    ]
    return any(factor <= guard.factor for factor in touched)


def _group(pattern: Pattern) -> str:
    first = next(iter(pattern.marks))
    if first in {"offer", "now"}:
        return "care"
    return "kind" if first in {"mindfulness", "common_humanity", "self_kindness"} else "unkind"


def test_patterns_have_names_of_their_own_and_whys_that_are_one_sentence() -> None:
    patterns = book().patterns
    assert len({pattern.id for pattern in patterns}) == len(patterns)
    for pattern in patterns:
        assert pattern.why.endswith("."), pattern.id
        assert pattern.why.count(".") == 1, pattern.id
        assert all(0.0 < weight <= 1.0 for weight in pattern.marks.values()), pattern.id


def test_every_label_of_the_interface_has_a_pattern() -> None:
    marks = {mark for pattern in book().patterns for mark in pattern.marks}
    assert marks >= {*POLES, *ASSUMPTIONS, *TONES, "offer", "now"} - {"plain"}
    assert kind_of("self_judgment") == "pole"
    assert kind_of("idiom") is None
