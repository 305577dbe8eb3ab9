"""Finding the moments most like some words among tens of thousands, without opening each.

An inverted index over the person's own moments: for each word the moments that it is in, and for
each moment the length of its weighted words. It is one sealed record, written when a moment is
finished and read when an answer is asked for; between the two nothing of it is in memory
(docs/decisions/0021-growth.md). Similarity is that of :mod:`secondvoice.moments.similar`.
"""

from __future__ import annotations

import heapq
import math
import sys
from array import array
from base64 import b64decode, b64encode
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID
from zlib import crc32

from secondvoice.moments.similar import LEAST_ALIKE, words
from secondvoice.records.kinds import record_kind

if TYPE_CHECKING:
    from collections.abc import Iterable

WORD_INDEX: Final = "word_index"
WORD_INDEX_THING: Final = UUID("2c9e51f4-7a0b-5d3e-b6a8-91d4c07f2e65")
"""There is one index in a diary, and it is always this thing."""

_MOST_COUNTED = 255


@record_kind(WORD_INDEX, version=1, only_one=True, named=True, derived_from="moment")
@dataclass(frozen=True, slots=True)
class WordIndex:
    """The index as it is kept: numbers as base 64 of their little-endian bytes.

    ``things``: ids of moments, 16 bytes each; their order gives each its number. ``words``: the
    CRC-32 of each word (u32), sorted. ``starts``: where in ``places`` the moments of each word
    begin (u32), and at last where they end. ``places``: numbers of moments (u32); ``counts``: how
    often the word is in each (u8). ``lengths``: of each moment's weighted words (f32). ``of``: how
    many moments there were in the diary, those without an answer too.
    """

    things: str = ""
    words: str = ""
    starts: str = ""
    places: str = ""
    counts: str = ""
    lengths: str = ""
    of: int = 0


class Index:
    """The index at hand, for the length of one request."""

    __slots__ = ("_counts", "_lengths", "_places", "_starts", "_things", "_words", "of")

    def __init__(self, kept: WordIndex | None = None) -> None:
        """Read one back; with nothing, an empty one.

        Raises:
            ValueError: what was kept is no index.
        """
        kept = kept or WordIndex()
        self.of = kept.of
        self._things = b64decode(kept.things)
        self._words = _whole(kept.words)
        self._starts = _whole(kept.starts)
        self._places = _whole(kept.places)
        self._counts = b64decode(kept.counts)
        self._lengths = _real(kept.lengths)
        if len(self._lengths) != len(self) or len(self._places) != len(self._counts):
            raise ValueError("The parts of the index do not fit together.")

    def __len__(self) -> int:
        return len(self._things) // 16

    def things(self) -> frozenset[bytes]:
        """The ids of the moments that are in it, as bytes."""
        return frozenset(self._things[at : at + 16] for at in range(0, len(self._things), 16))

    def with_more(self, texts: Iterable[tuple[UUID, str]]) -> Index:
        """A new one with further moments: their ids and their words."""
        held: dict[int, list[tuple[int, int]]] = {
            word: list(zip(self._places[a:b], self._counts[a:b], strict=True))
            for word, a, b in zip(self._words, self._starts, self._starts[1:], strict=False)
        }
        things = bytearray(self._things)
        for thing, text in texts:
            number = len(things) // 16
            things += thing.bytes
            for word, count in words(text).items():
                held.setdefault(_hashed(word), []).append((number, min(count, _MOST_COUNTED)))
        made = Index()
        made._things = bytes(things)
        made._lay(held)
        return made

    def most_alike(self, text: str, *, limit: int) -> list[UUID]:
        """The moments most like ``text``, most alike first; none less than ``LEAST_ALIKE``."""
        scores: dict[int, float] = {}
        length = 0.0
        for word, count in words(text).items():
            places, counts = self._of(_hashed(word))
            weight = _weight(len(self), len(places) + 1) ** 2
            length += count * count * weight
            weight *= count
            for place, often in zip(places, counts, strict=True):
                scores[place] = scores.get(place, 0.0) + weight * often
        least = LEAST_ALIKE * math.sqrt(length)
        alike = (
            (score / self._lengths[place], place)
            for place, score in scores.items()
            if score >= least * self._lengths[place]
        )
        best = heapq.nlargest(limit, alike)
        return [UUID(bytes=self._things[16 * place : 16 * place + 16]) for _, place in best]

    def kept(self, of: int = 0) -> WordIndex:
        """As it is kept, with how many moments there are in the diary."""
        return WordIndex(
            b64encode(self._things).decode(),
            _text(self._words),
            _text(self._starts),
            _text(self._places),
            b64encode(self._counts).decode(),
            _text(self._lengths),
            of,
        )

    def _of(self, word: int) -> tuple[array[int], bytes]:
        at = bisect_left(self._words, word)
        if at == len(self._words) or self._words[at] != word:
            return array("I"), b""
        begin, end = self._starts[at], self._starts[at + 1]
        return self._places[begin:end], self._counts[begin:end]

    def _lay(self, held: dict[int, list[tuple[int, int]]]) -> None:
        squares = [0.0] * len(self)
        starts, places, counts = array("I", [0]), array("I"), bytearray()
        ordered = sorted(held)
        for word in ordered:
            of = held[word]
            weight = _weight(len(self), len(of) + 1)
            for place, count in of:
                places.append(place)
                counts.append(count)
                squares[place] += (count * weight) ** 2
            starts.append(len(places))
        self._words, self._starts, self._places = array("I", ordered), starts, places
        self._counts = bytes(counts)
        # A moment whose words are all common ones has no length, and is like nothing.
        self._lengths = array("f", (math.sqrt(square) or math.inf for square in squares))


def _weight(total: int, count: int) -> float:
    return 1.0 + math.log((total + 1) / count)


def _hashed(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))


def _read(numbers: array[Any], text: str) -> None:
    numbers.frombytes(b64decode(text))
    if sys.byteorder == "big":
        numbers.byteswap()


def _whole(text: str) -> array[int]:
    numbers: array[int] = array("I")
    _read(numbers, text)
    return numbers


def _real(text: str) -> array[float]:
    numbers: array[float] = array("f")
    _read(numbers, text)
    return numbers


def _text(numbers: array[Any]) -> str:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return b64encode(numbers.tobytes()).decode()
