"""Which earlier moments are most like this one: cosine similarity of weighted words.

The weights are term frequency times inverse document frequency over the person's own moments
(Spärck Jones 1972), smoothed so that a word in every moment still counts a little.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]{2,}(?:'[^\W\d_]+)?")

# Words that say who and when, not what about. A short list: the weighting does the rest.
_COMMON = frozenset(
    [
        "the",
        "and",
        "but",
        "for",
        "you",
        "your",
        "that",
        "this",
        "with",
        "was",
        "were",
        "are",
        "is",
        "am",
        "not",
        "have",
        "has",
        "had",
        "just",
        "now",
        "then",
        "what",
        "when",
        "who",
        "how",
        "why",
        "all",
        "any",
        "can",
        "could",
        "would",
        "should",
        "will",
        "did",
        "does",
        "don't",
        "i'm",
        "it's",
        "my",
        "me",
        "they",
        "them",
        "their",
        "she",
        "he",
        "her",
        "his",
        "him",
        "its",
        "our",
        "we",
        "us",
        "from",
        "into",
        "about",
        "again",
        "at",
        "on",
        "in",
        "of",
        "to",
        "as",
        "so",
        "such",
        "be",
        "been",
        "being",
        "do",
        "an",
        "or",
        "if",
    ]
)

LEAST_ALIKE = 0.12
"""Below this two moments share no subject worth speaking of."""


def words(text: str) -> Counter[str]:
    """The words of ``text`` that can tell what it is about, lower-cased, with their counts."""
    found = _WORD.findall(text.lower().replace("’", "'"))
    return Counter(word for word in found if word not in _COMMON)


def most_alike(text: str, others: Sequence[str], *, limit: int = 3) -> list[int]:
    """Indices into ``others`` of the texts most like ``text``, most alike first.

    Args:
        text: the words of the moment at hand.
        others: the words of earlier moments; order breaks ties, so give the newest first.
        limit: how many at the most.

    Returns:
        At most ``limit`` indices; only texts at least ``LEAST_ALIKE`` alike (0 to 1).
    """
    return [index for _, index in alike(text, others, limit=limit)]


def alike(text: str, others: Sequence[str], *, limit: int = 3) -> list[tuple[float, int]]:
    """As :func:`most_alike`, each index with how alike it is (0 to 1)."""
    mine = words(text)
    if not mine or not others:
        return []
    bags = [words(other) for other in others]
    weight = _inverse_frequency(bags, mine)
    length = _length(mine, weight)
    found = []
    for index, bag in enumerate(bags):
        shared = sum(
            count * bag[word] * weight[word] ** 2 for word, count in mine.items() if word in bag
        )
        if shared:
            score = shared / (length * _length(bag, weight))
            if score >= LEAST_ALIKE:
                found.append((-score, index))
    return [(-score, index) for score, index in sorted(found)[:limit]]


def _inverse_frequency(bags: Iterable[Counter[str]], mine: Counter[str]) -> dict[str, float]:
    held: Counter[str] = Counter(mine.keys())
    total = 1
    for bag in bags:
        held.update(bag.keys())
        total += 1
    return {word: 1.0 + math.log(total / count) for word, count in held.items()}


def _length(bag: Counter[str], weight: dict[str, float]) -> float:
    return math.sqrt(sum((count * weight[word]) ** 2 for word, count in bag.items()))
