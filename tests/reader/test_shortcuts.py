"""What makes the reader quick changes nothing of what it says: each shortcut beside the long way."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondvoice.reader import Reading, read
from secondvoice.reader.deciding import decider
from secondvoice.reader.features import features, of_word
from secondvoice.reader.hits import find
from secondvoice.reader.model import APART, LABELS, model, share_of, shares_of
from secondvoice.reader.patterns import book, vocabulary
from secondvoice.reader.reader import _rounded
from secondvoice.reader.reading import LATER
from secondvoice.reader.words import level, stretches

SELFTALK = Path(__file__).parents[2] / "data" / "selftalk"
ONE_IN = 60


@cache
def lines() -> tuple[str, ...]:
    """The examples and near misses of all patterns, and every so many-th line of the corpus."""
    told = [text for each in book().patterns for text in (*each.examples, *each.counters)]
    rows = [
        row for path in sorted(SELFTALK.glob("*.jsonl")) for row in path.read_bytes().splitlines()
    ]
    return (*told, *(json.loads(row)["text"] for row in rows[::ONE_IN]))


@cache
def units() -> tuple[tuple[str, ...], ...]:
    """The words of all their units, where "you" is the writer and where it is not."""
    found = {
        tuple(unit.words)
        for text in lines()
        for voice in (None, "critic")
        for stretch in find(level(text), voice).stretches  # type: ignore[arg-type]  # both are voices
        for unit in stretch.units
    }
    return tuple(sorted(found))


def hidden(words: tuple[str, ...]) -> list[str]:
    """The patterns that would fire on these words and that the index keeps from being tried."""
    line = " ".join(words) + " "
    tried = {id(branch) for _, branch in book().awake(words)}
    return [
        pattern.id
        for pattern, branch in book().branches
        if id(branch) not in tried and branch.regex.search(line)
    ]


def test_the_index_hides_no_pattern_that_would_fire() -> None:
    assert {name for words in units()[::4] for name in hidden(words)} == set()


def test_the_index_hides_no_pattern_of_danger_on_any_line() -> None:
    danger = [
        (pattern, branch)
        for pattern, branch in book().branches
        if not pattern.marks.keys().isdisjoint({"now", "offer", "idiom"})
    ]
    missed = []
    for words in units():
        line = " ".join(words) + " "
        tried = {id(branch) for _, branch in book().awake(words)}
        missed += [
            pattern.id
            for pattern, branch in danger
            if id(branch) not in tried and branch.regex.search(line)
        ]
    assert missed == []


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(sorted(vocabulary())), min_size=1, max_size=25))
def test_nor_on_words_in_any_order(words: list[str]) -> None:
    assert hidden(tuple(words)) == []


def test_no_guard_is_passed_over_that_would_fit() -> None:
    for guard in book().guards:
        regex = re.compile(f"(?<![^ ])(?:{guard.regex_source})")
        for words in units():
            if any(need.isdisjoint(words) for need in guard.needs):
                assert not regex.search(" ".join(words) + " "), guard.id


@cache
def places() -> dict[str, int]:
    """Every feature of the model by name."""
    fitted = model()
    found = dict(fitted.alone)
    found |= {f"{one} {two}": at for one, row in fitted.pairs.items() for two, at in row.items()}
    found |= {f"{a} {APART} {b}": at for a, row in fitted.apart.items() for b, at in row.items()}
    for (one, two), row in fitted.triples.items():
        found |= {f"{one} {two} {three}": at for three, at in row.items()}
    return found


def test_the_model_looks_at_the_features_that_it_was_fitted_on() -> None:
    assert sorted(places().values()) == list(range(len(places())))
    for words in units():
        for asks in (False, True):
            met = decider().met(words, asks=asks)
            told = list(features(words, asks=asks))
            assert met.rows == {places()[name] for name, _, _ in told if name in places()}
            listed = sorted((row, *at) for rows, *at in met.entries() for row in rows)
            assert listed == sorted((places()[n], *at) for n, *at in told if n in places())


def test_letters_are_features_of_one_word() -> None:
    # Else they would be looked up where pairs are.
    assert all(" " not in name for word in vocabulary() for name in of_word(word))


odds = st.lists(st.floats(-40, 40), min_size=len(LABELS), max_size=len(LABELS))


@given(odds, odds)
def test_the_strongest_share_is_that_of_the_strongest_odds(
    one: list[float], two: list[float]
) -> None:
    most = shares_of(list(map(max, one, two)))
    assert list(most.values()) == [max(map(share_of, pair)) for pair in zip(one, two, strict=True)]


@given(st.floats(0, 1) | st.integers(0, 2_000).map(lambda half: half / 2_000))
def test_thousandths_are_those_that_rounding_gives(share: float) -> None:
    assert _rounded(["cold"], {"cold": share}) == {"cold": round(share, 3)}


PLAIN_STOP = re.compile(r"[.!?;]+(?=[\s\"')\]]|$)|[!?]+|\n")


@given(st.text("a.!?;\n \"')", max_size=40))
def test_sentences_end_where_they_always_did(text: str) -> None:
    ends = {match.end() for match in PLAIN_STOP.finditer(text)} | {len(text)}
    assert {end for _, end in stretches(text)} <= ends


HARSH = "I messed up the report again. I'm such an idiot, everyone else manages."


@pytest.mark.parametrize("first", sorted(LATER))
def test_whatever_is_asked_for_first_a_reading_is_the_same(first: str) -> None:
    reading = read(HARSH)
    assert getattr(reading, first)
    assert reading == read(HARSH)
    assert reading.to_dict() == read(HARSH).to_dict()


def test_a_reading_can_be_copied_kept_and_changed_before_anybody_looked_at_it() -> None:
    whole = read(HARSH)
    assert whole.spans
    assert copy.copy(read(HARSH)) == copy.deepcopy(read(HARSH)) == whole
    assert pickle.loads(pickle.dumps(read(HARSH))) == whole
    assert dataclasses.replace(read(HARSH), friend="") == dataclasses.replace(whole, friend="")
    assert repr(read(HARSH)) == repr(whole)


def test_a_reading_stays_frozen_and_has_no_other_field() -> None:
    reading: Reading = read(HARSH)
    with pytest.raises(dataclasses.FrozenInstanceError):
        reading.care = "now"  # type: ignore[misc]  # what is tried here
    with pytest.raises(AttributeError, match="spam"):
        reading.spam  # type: ignore[attr-defined]  # noqa: B018
