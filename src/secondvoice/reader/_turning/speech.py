"""Whose words stand in quotation marks: somebody else's, which are never turned.

* A pair of marks within one paragraph holds somebody else's words, byte for byte.
* A double mark that is opened and never closed holds them to the end of its sentence. A single
  one is taken for an apostrophe.
* Where no word stands outside the marks, or the very first mark of the text is never closed, the
  person has put their own voice in quotes: then only quotes within the quotes are left alone.
"""

from __future__ import annotations

import re
from typing import Final

FILLER: Final = "\ue000"
"""What a quote is blanked with: a private code point, so that no rule takes it for a word."""

ENDED: Final = "\ue001"
"""The same for a quote that ends in a full stop or its like."""

_CLOSERS: Final = {'"': '"', "“": "”", "„": "“”", "«": "»", "‘": "’", "'": "'"}
_DOUBLE: Final = frozenset('"“„«')
_PARAGRAPH: Final = "\n"
# A run of one mark ("''") counts as one mark.
_MARK: Final = re.compile(r"([\"“”„«»‘’'])\1*|\n[ \t\r]*\n")
_STOP: Final = re.compile(r"[.!?…]+(?=\s|\Z)|\n")
_LETTER: Final = re.compile(r"[^\W\d_]")
# 'cause, 'til, '90s: an apostrophe that stands before a word and quotes nothing.
_CLIPPED: Final = re.compile(
    r"(?:m|re|ve|ll|s|d|t|n|em|er|cause|cos|cuz|coz|til|till|bout|round|tis|twas|fraid|course|"
    r"kay|nother|scuse|ere|neath|tude)\b|\d",
    re.IGNORECASE,
)


def others_words(text: str) -> list[tuple[int, int]]:
    """Where somebody else's words stand.

    Args:
        text: Any text.

    Returns:
        Start and end of each quoted stretch in code points, marks included, in order.
    """
    spans = _quoted(text, 0, len(text))
    if spans and not _LETTER.search(blank(text, spans)):
        return [inner for start, end in spans for inner in _quoted(text, start + 1, end - 1)]
    return spans


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with each of the spans as one ``FILLER`` or ``ENDED`` and spaces, equally long."""
    if not spans:
        return text
    parts: list[str] = []
    at = 0
    for start, end in spans:
        ended = text[end - 2] in ".!?" or text[end - 1] in ".!?"
        parts += (text[at:start], ENDED if ended else FILLER, " " * (end - start - 1))
        at = end
    parts.append(text[at:])
    return "".join(parts)


def _quoted(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    marks = list(_MARK.finditer(text, begin, end))
    closing = _closing(text, marks, begin, end)
    spans: list[tuple[int, int]] = []
    until = begin
    for mark in marks:
        at = mark.start()
        if at < until or at not in closing:
            continue
        close = closing[at]
        if close is not None:
            until = close
        elif text[at] in _DOUBLE and text[begin:at].strip():
            stop = _STOP.search(text, at, end)
            until = stop.end() if stop else end
        else:
            continue
        spans.append((at, until))
    return spans


def _closing(text: str, marks: list[re.Match[str]], begin: int, end: int) -> dict[int, int | None]:
    # For each mark that can open: the end of the one that closes it, None for no such. From right
    # to left, so that the next closing mark is always known and the work is linear.
    closing: dict[int, int | None] = {}
    next_open: dict[str, int] = {}
    next_close: dict[str, tuple[int, int]] = {}
    for mark in reversed(marks):
        at, behind = mark.span()
        sign = text[at]
        if sign == _PARAGRAPH:
            next_open.clear()
            next_close.clear()
            continue
        before = text[at - 1] if at > begin else " "
        after = text[behind] if behind < end else " "
        if sign in _CLOSERS and _opens(text, behind, sign, before, after):
            close = min((next_close[c] for c in _CLOSERS[sign] if c in next_close), default=None)
            again = next_open.get(sign)
            closed = close is not None and (again is None or again >= close[0])
            closing[at] = close[1] if close is not None and closed else None
            next_open[sign] = at
        if not before.isspace() and not after.isalnum():
            next_close[sign] = (at, behind)
    return closing


def _opens(text: str, behind: int, sign: str, before: str, after: str) -> bool:
    if after.isspace():
        return False
    if sign in "“„«":
        return True
    if before.isalnum() or before in ".,!?…":
        return False
    return sign == '"' or not _CLIPPED.match(text, behind)
