"""How alike texts are: by their letters, and by their frame.

Two questions: are these two nearly the same words, and is this one sentence with its gap filled in
two ways? Both are answered for all pairs of several thousand texts in seconds. Needs nothing but
Python.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
SHARED: Final = 5
"""Rare grams that a candidate must share; from 3 to 12 the answer is one, and 5 is the fastest."""
FRAME: Final = 0.6
"""From here on the words that two lines share in place are the frame, and the rest is the gap."""
SHORTEST: Final = 7
"""Fewer words than this make no frame: "I can't do this" is said by everybody."""
ENDS: Final = 3


def words(text: str) -> list[str]:
    """The words of a text, in lower case, with straight apostrophes."""
    return WORD.findall(text.lower().replace("’", "'"))


def grams(text: str) -> frozenset[str]:
    """The character 4-grams of a text's words, or of its signs where it has no word."""
    flat = f" {' '.join(words(text)) or text.strip()} "
    return frozenset(flat[at : at + 4] for at in range(max(1, len(flat) - 3)))


def neighbours(texts: Sequence[str], least: float) -> Iterator[tuple[int, int, float]]:
    """All pairs of texts whose 4-grams have a Jaccard similarity of at least ``least`` (0..1).

    Exact. Two sets with so much in common share some of their rarest members (prefix filtering:
    Chaudhuri, Ganti & Kaushik 2006; Bayardo, Ma & Srikant 2007), so only such pairs are compared.

    Yields:
        The places of both texts, the earlier first, and their similarity.
    """
    spelt = [grams(text) for text in texts]
    often = Counter(gram for found in spelt for gram in found)
    # As numbers, the rarest first: they sort and meet faster than strings do.
    number = {gram: at for at, gram in enumerate(sorted(often, key=lambda g: (often[g], g)))}
    sets = [frozenset(number[gram] for gram in found) for found in spelt]
    waiting: dict[int, list[int]] = defaultdict(list)
    for at in sorted(range(len(sets)), key=lambda at: len(sets[at])):
        found = sets[at]
        must = math.ceil(least * len(found))
        shared = min(SHARED, must)
        rare = sorted(found)[: len(found) - must + shared]
        candidates = Counter[int]()
        for gram in rare:
            candidates.update(waiting[gram])
            waiting[gram].append(at)
        for before, common in candidates.items():
            size = len(sets[before])
            if before == at or size < least * len(found):
                continue
            if common < min(shared, math.ceil(least * size)):
                continue
            both = len(found & sets[before])
            near = both / (len(found) + size - both)
            if near >= least:
                yield min(before, at), max(before, at), near


def framed(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """All pairs of texts that are one frame with the gap filled in two ways.

    Two texts of :data:`SHORTEST` words and more are so when three fifths of the longer one's words
    stand in the same places, counted from the start, or from the start and from the end.
    """
    spoken = [tuple(words(text)) for text in texts]
    buckets: dict[object, list[int]] = defaultdict(list)
    for at, each in enumerate(spoken):
        if len(each) >= SHORTEST:
            buckets["length", len(each)].append(at)
            buckets["start", each[:ENDS]].append(at)
            buckets["end", each[-ENDS:]].append(at)
    found = {
        pair
        for bucket in buckets.values()
        for pair in combinations(bucket, 2)
        if _share(spoken[pair[0]], spoken[pair[1]]) >= FRAME
    }
    yield from sorted(found)


def _share(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    longest = max(len(one), len(other))
    level = sum(map(str.__eq__, one, other))
    if level >= FRAME * longest or len(one) == len(other):
        return level / longest
    start = _together(one, other)
    rest = min(len(one), len(other)) - start
    return (start + min(rest, _together(one[::-1], other[::-1]))) / longest


def _together(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many words both begin with."""
    for count, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return count
    return min(len(one), len(other))
