"""A sentence as words and signs, each tied to its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from secondvoice.reader._turning.speech import FILLER

APOSTROPHES: Final = "'’‘ʼ`´′＇"
QUOTE: Final = '"'
"""Stands for a whole stretch of somebody else's words."""

ELLIPSIS: Final = "…"
DASH: Final = "—"
SIGNS: Final = frozenset((*",;:.!?()[]/&\n", QUOTE, ELLIPSIS, DASH))
"""Every word of a sentence that is no word."""

_PUNCTUATION: Final = SIGNS - {QUOTE}
_LETTERS: Final = r"(?:[^\W_]|[\u0300-\u036f])+"
_TOKEN: Final = re.compile(
    rf"[iI];(?:m|ve|ll|d)\b|{_LETTERS}(?:[{APOSTROPHES}]{_LETTERS})*"
    rf"|{FILLER}+|\.\.+|…|--+|[—–,;:.!?()\[\]/&\n]|(?<=\s)-(?=\s)"
)
_SAME: Final = str.maketrans(dict.fromkeys(APOSTROPHES + ";", "'"))
_STOP: Final = re.compile(r"[.!?]+[)\]\"”’»'*_]*(?=\s|\Z)|\n+")
# A full stop after these ends no sentence.
_ABBREVIATED: Final = re.compile(
    r"\b(?:[ei]\.[ge]|vs|mr|mrs|ms|dr|prof|approx)\Z", re.IGNORECASE
)


@dataclass(slots=True)
class Sentence:
    """A stretch of text cut into words and signs.

    Attributes:
        text: The whole text, somebody else's words blanked.
        words: Lower case, one kind of apostrophe; see ``SIGNS`` for what is no word.
        starts: Where each begins in the text.
        ends: Where each ends.
        first: The place of the first that is a word or a quote.
    """

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    first: int

    @classmethod
    def cut(cls, text: str, start: int, end: int) -> Sentence:
        """Cut a stretch of a text."""
        words: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for found in _TOKEN.finditer(text, start, end):
            words.append(_plain(found.group()))
            starts.append(found.start())
            ends.append(found.end())
        first = next((at for at, word in enumerate(words) if word not in _PUNCTUATION), 0)
        return cls(text, words, starts, ends, first)

    def word(self, at: int) -> str:
        """The word or sign at a place; empty before the first and after the last."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def written(self, at: int) -> str:
        """The word as it was written; empty where there is none."""
        return self.text[self.starts[at] : self.ends[at]] if 0 <= at < len(self.words) else ""

    def edge(self, at: int) -> bool:
        """Whether a place is a sign, or lies outside the sentence."""
        return not 0 <= at < len(self.words) or self.words[at] in SIGNS


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The places of the sentences of a text: to a full stop or its like, or to a line's end.

    Three dots end none, since a thought goes on after them.
    """
    begin = 0
    for found in _STOP.finditer(text):
        stop, end = found.group(), found.end()
        if stop[0] == ".":
            dots = stop.rstrip(")]\"”’»'*_")
            if len(dots) > 1 and not dots.strip("."):
                continue
            if _ABBREVIATED.search(text, max(begin, found.start() - 6), found.start()):
                continue
        yield begin, end
        begin = end
    if begin < len(text):
        yield begin, len(text)


def _plain(written: str) -> str:
    if written[0].isalnum():
        return written.lower().translate(_SAME)
    if written[0] == FILLER:
        return QUOTE
    if written[0] == "…" or written.startswith(".."):
        return ELLIPSIS
    if written[0] in "-—–":
        return DASH
    return written
