"""What reading costs: a moment of thirty words, and texts from ten words to a megabyte."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass

from secondvoice.demo import load_year
from secondvoice.reader import read

WORDS_OF_A_MOMENT = 30
PASSES = 20
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading took.

    Attributes:
        first: seconds for the very first text, which wakes the patterns.
        median: seconds for a moment of thirty words.
        p99: the same, exceeded by one in a hundred.
        lengths: for texts of so many words, seconds for the whole text.
        megabyte: seconds for a million characters.
        megabyte_words: how many words they are.
    """

    first: float
    median: float
    p99: float
    lengths: dict[int, float]
    megabyte: float
    megabyte_words: int


def measure(*, effort: float) -> Reading:
    """Read the made-up year over and over, cut to measure."""
    words = " ".join(f"{m.happened} {m.voice}" for m in load_year()).split(" ")
    begun = time.thread_time()
    read(" ".join(words[:WORDS_OF_A_MOMENT]))
    first = time.thread_time() - begun
    moments = [
        " ".join(words[at : at + WORDS_OF_A_MOMENT])
        for at in range(0, len(words) - WORDS_OF_A_MOMENT, WORDS_OF_A_MOMENT // 2)
    ]
    for text in moments:  # every pattern that these words wake is made ready
        read(text)
    passes = max(2, round(PASSES * effort))
    took = sorted(_seconds(text) for _ in range(passes) for text in moments)
    whole = " ".join(words)
    long = " ".join([whole] * (MEGABYTE // len(whole) + 1))[:MEGABYTE]
    many = long.split(" ")
    lengths = {
        count: statistics.median(
            _seconds(" ".join(many[at : at + count]))
            for at in range(0, min(len(many) - count, 40 * count), count)
        )
        for count in (10, 100, 1_000, 10_000)
    }
    return Reading(
        first=first,
        median=statistics.median(took),
        p99=took[int(len(took) * 0.99)],
        lengths=lengths,
        megabyte=min(_seconds(long) for _ in range(2)),
        megabyte_words=len(many),
    )


def _seconds(text: str) -> float:
    begun = time.thread_time()
    read(text)
    return time.thread_time() - begun
