"""What stands around the words: quotation marks, and whose words they hold."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

_DOUBLE: Final = re.compile(r'"[^"\n]{2,600}"')
_SINGLE: Final = re.compile(r"'(?<!\w')(?:[^'\n]|(?<=\w)'(?=\w)){8,400}'(?!\w)")
_INTRO_LENGTH: Final = 60

# The writer quoting the writer: 'I keep telling myself "…"', 'the voice says "…"'.
_SELF_BEFORE: Final = re.compile(
    r"(?:\b(?:tell|tells|told|telling|say|said|saying|call|called|calling|ask|asked|asking|"
    r"remind|reminding|scream|screaming|shout|shouting|yelling|hiss|whispering) (?:to |at )?"
    r"(?:myself|me)(?: that)?|\bi (?:just |kept |keep |always |was |am |'m )?"
    r"(?:think|thought|thinking|felt|feel|go|went|was like)|\bvoice\b[^.!?\n]{0,30}|"
    r"\b(?:my|own) (?:head|mind|brain|critic|inner critic|thoughts?)\b[^.!?\n]{0,30}|"
    r"\bthoughts? (?:was|is|that|of|came|like)|\bthoughts?)\W{0,4}$"
)
# "He told me" looks like the above: somebody else speaks to the writer.
_OTHER_BEFORE: Final = re.compile(
    r"\b(?:he|she|they|you|who|mother|mum|mom|dad|father|boss|manager|teacher|friend|partner|"
    r"husband|wife|ex|brother|sister|colleague|someone|people|kids?|son|daughter)\b[^.!?\n,]{0,20}"
    r"(?:tell|tells|told|telling|say|says|said|saying|call|called|calling|ask|asked|shout\w*|"
    r"scream\w*|yell\w*|hiss\w*|whisper\w*) (?:to |at )?me(?: that)?\W{0,4}$"
)
_SELF_AFTER: Final = re.compile(
    r"\W{0,4}(?:i (?:kept |keep |always |just )?(?:tell|told|telling|say to|said to|think|thought|"
    r"thinking|asked|ask) ?(?:myself)?|is what (?:i|the voice|my)|says? the voice|the voice|"
    r"my (?:head|brain|critic|inner critic|mind))\b"
)


class Quotes:
    """The quoted parts of a levelled text.

    A text that is quoted as a whole counts as not quoted: people put the voice in quotes. So do
    quotes of one or two words, which mostly mean "so called".
    """

    def __init__(self, low: str) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._own: list[bool] = []
        if '"' not in low and "'" not in low:
            return
        whole = low.strip()
        regions = [match.span() for match in _DOUBLE.finditer(low)] if '"' in low else []
        if not regions and "'" in low:
            regions = [match.span() for match in _SINGLE.finditer(low)]
        for start, end in regions:
            inside = low[start + 1 : end - 1]
            if end - start >= len(whole):
                continue
            before = low[max(0, start - _INTRO_LENGTH) : start]
            after = low[end : end + _INTRO_LENGTH]
            own = _SELF_BEFORE.search(before) is not None and not _OTHER_BEFORE.search(before)
            if inside.count(" ") < 2 and not own:
                continue
            self._starts.append(start)
            self._ends.append(end)
            self._own.append(own or _SELF_AFTER.match(after) is not None)

    def self_told(self, start: int, end: int) -> bool:
        """Whether part of this stretch is the writer speaking to the writer."""
        at = bisect_right(self._starts, end - 1) - 1
        return at >= 0 and self._ends[at] > start and self._own[at]

    def foreign(self, start: int, end: int) -> bool:
        """Whether this stretch lies in somebody else's words."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and self._ends[at] >= end and not self._own[at]

    def within(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The places of a stretch, counted from its start, that hold somebody else's words."""
        if not self._starts:
            return ()
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = bisect_right(self._starts, end - 1)
        return tuple(
            (max(self._starts[at], start) - start, min(self._ends[at], end) - start)
            for at in range(first, last)
            if not self._own[at] and self._ends[at] > start
        )
