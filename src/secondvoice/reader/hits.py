"""Where the patterns fire: one unit of text at a time, with the guards around each hit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from secondvoice.poles import COMPASSIONATE
from secondvoice.reader.context import Quotes
from secondvoice.reader.patterns import Book, Guard, Pattern, book, kind_of
from secondvoice.reader.reading import Voice
from secondvoice.reader.words import Unit, raw_words, spellings, stretches, units

KIND_MARKS: Final = frozenset({pole.value for pole in COMPASSIONATE} | {"warm", "encouraging"})
"""Marks that speak for kindness; negation takes them away rather than turning them round."""

MOST_HITS: Final = 8
"""Hits of one pattern in one unit at most."""

_BEFORE: Final = 14
"""Words before a hit that a guard looks at."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a pattern fired.

    Attributes:
        pattern: Which.
        start: Where its words begin, in code points of the text.
        end: Where they end.
        kind: Factor for marks of kindness, 0..1.
        unkind: Factor for all others but care, 0..1.
        care: Factor for care; below 1 it lowers "now" to "offer", 0 takes it away.
        opens: Whether it begins a clause with its own subject.
        tail: Where its clause ends.
    """

    pattern: Pattern
    start: int
    end: int
    kind: float
    unkind: float
    care: float
    opens: bool
    tail: int

    def weight(self, mark: str) -> float:
        """The weight of one of its marks, guards applied."""
        factor = self.unkind
        if mark in KIND_MARKS:
            factor = self.kind
        elif kind_of(mark) == "care":
            factor = self.care
        return self.pattern.marks[mark] * factor


@dataclass(slots=True)
class Found:
    """All that was found in a text.

    Attributes:
        hits: The hits, in the order of the text.
        stretches: The places of the text's units.
        words: Its words as written, in order.
        work: Units that were looked at closely times patterns tried: what the cost grows with.
    """

    hits: list[Hit]
    stretches: list[tuple[int, int]]
    words: list[str]
    work: int


def find(low: str, voice: Voice | None) -> Found:
    """Find where the patterns fire in a levelled text."""
    patterns = book()
    quotes = Quotes(low)
    interesting = _interesting()
    drawn_out = _has_runs(low)
    found = Found([], [], [], 0)
    seen: dict[str, tuple[list[Hit], int]] = {}
    before: list[str] = []
    for start, end in stretches(low):
        words = raw_words(low, start, end)
        if not words:
            continue
        found.stretches.append((start, end))
        found.words += words
        if drawn_out or not interesting.isdisjoint(words):
            own = quotes.self_told(start, end)
            key = ("\0" if own else "\1") + low[start:end]
            if key not in seen:
                seen[key] = _hits(patterns, low, start, end, voice, own=own)
            hits, work = seen[key]
            seen[key] = hits, 0
            found.work += work
            shift = start - hits[0].start if False else 0
            for hit in hits:
                placed = _placed(hit, start)
                if _wanted(placed, voice, words, before):
                    found.hits.append(quotes.applied(placed))
            del shift
        before = words
    return found
