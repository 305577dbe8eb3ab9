"""A sentence as words and signs, each tied to its place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from secondvoice.reader._turning.speech import ENDED, FILLER

if TYPE_CHECKING:
    from collections.abc import Iterator

APOSTROPHES: Final = "'’‘ʼ`´′＇"
ELLIPSIS: Final = "…"
QUOTES: Final = frozenset((FILLER, ENDED))
"""Stand for a whole stretch of somebody else's words."""

DASHES: Final = frozenset("—-")
SIGNS: Final = frozenset((*",;:.!?()[]/&\n", "", ELLIPSIS)) | DASHES | QUOTES
"""Every word of a sentence that is no word; the empty one lies outside the sentence."""

_OUTSIDE: Final = [""] * 16
"""Put after the words, so that a place a little before the first or after the last is empty."""

_PUNCTUATION: Final = SIGNS - QUOTES
_LETTERS: Final = r"(?:[^\W_]|[\u0300-\u036f])+"
_TOKEN: Final = re.compile(
    rf"{_LETTERS}(?:'{_LETTERS})*|[{FILLER}{ENDED}…—,;:.!?()\[\]/&\n]|(?<=\s)-(?=\s)"
)
_SAME: Final = str.maketrans({**dict.fromkeys(APOSTROPHES, "'"), "–": "—"})
_DOTS: Final = re.compile(r"\.\.+")
_SEMICOLON: Final = re.compile(r"\bi;(?=(?:m|ve|ll|d)\b)")
_STOP: Final = re.compile(r"[.!?]+[)\]\"”’»'*_]*(?=\s|\Z)|\n+")
# A full stop after these ends no sentence.
_ABBREVIATED: Final = re.compile(r"\b(?:[ei]\.[ge]|vs|mr|mrs|ms|dr|prof|approx)\Z")


@dataclass(frozen=True, slots=True)
class Words:
    """A text as it was written, with somebody else's words blanked, and in one spelling.

    Attributes:
        text: As written.
        low: As many code points in lower case, with one kind of apostrophe, dash and ellipsis.
    """

    text: str
    low: str = field(init=False)

    def __post_init__(self) -> None:
        low = self.text.lower()
        if len(low) != len(self.text):
            low = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in self.text)
        low = low.translate(_SAME)
        if "--" in low:
            low = low.replace("--", "— ")
        if ".." in low:
            low = _DOTS.sub(lambda dots: ELLIPSIS + " " * (len(dots.group()) - 1), low)
        if ";" in low:
            low = _SEMICOLON.sub("i'", low)
        object.__setattr__(self, "low", low)

    def cut(self, start: int, end: int) -> Sentence:
        """The words of a stretch."""
        found = list(_TOKEN.finditer(self.low, start, end))
        words = [token.group() for token in found]
        first = 0
        while first < len(words) and words[first] in _PUNCTUATION:
            first += 1
        words += _OUTSIDE
        return Sentence(
            self,
            words,
            [token.start() for token in found],
            [token.end() for token in found],
            first,
        )

    def sentences(self) -> Iterator[tuple[int, int]]:
        """The places of the sentences: to a full stop or its like, or to a line's end.

        Three dots end none, since a thought goes on after them.
        """
        begin = 0
        for found in _STOP.finditer(self.low):
            start, end = found.span()
            if self.low[start] == "." and _ABBREVIATED.search(
                self.low, max(begin, start - 6), start
            ):
                continue
            yield begin, end
            begin = end
        if begin < len(self.low):
            yield begin, len(self.low)


@dataclass(slots=True)
class Sentence:
    """A stretch of text cut into words and signs.

    Attributes:
        source: The text.
        words: In one spelling; see ``SIGNS`` for what is no word. Some empty ones follow the
            last, so that ``words[at - 1]`` and ``words[at + 1]`` are safe at any word.
        starts: Where each begins in the text.
        ends: Where each ends.
        first: The place of the first that is a word or a quote.
    """

    source: Words
    words: list[str]
    starts: list[int]
    ends: list[int]
    first: int

    def written(self, at: int) -> str:
        """The word as it was written; empty where there is none."""
        if 0 <= at < len(self.starts):
            return self.source.text[self.starts[at] : self.ends[at]]
        return ""

    def edge(self, at: int) -> bool:
        """Whether a place is a sign, or lies outside the sentence."""
        return self.words[at] in SIGNS
