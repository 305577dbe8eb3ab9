"""The reader's marks as they are drawn: the words cut into pieces, each with its reasons.

No web in here. The loop and the room for trying the reader draw with it, the command line counts
with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from secondvoice.poles import Pole
from secondvoice.tongues import later, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from secondvoice.reader import Span

_BLANK_LINE = re.compile(r"\r?\n(?:[^\S\n]*\n)+")
_LINE_END = re.compile(r"\r?\n")


@dataclass(frozen=True, slots=True)
class Note:
    """Why a phrase is marked: the id of the pole or assumption, its name, one plain sentence."""

    kind: str
    name: str
    label: str
    why: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the person's words; marked where ``notes`` is not empty.

    ``number`` counts the marked pieces of a text from 1; 0 for plain words.
    """

    text: str
    number: int = 0
    notes: tuple[Note, ...] = ()

    @property
    def family(self) -> str:
        """The pole that colours the mark, or ``assumption``."""
        for note in self.notes:
            if note.kind == "pole":
                return note.name
        return self.notes[0].kind if self.notes else ""


def pieces(
    text: str, spans: Sequence[Span], *, first: int, start: int = 0, end: int | None = None
) -> Iterator[Piece]:
    """Cut a text, or a part of it, at its marks; marks that overlap become one piece.

    Args:
        text: the words.
        spans: the marks to be drawn, all inside the part; their offsets are those of ``text``.
        first: the number of the first marked piece.
        start: where the part begins.
        end: where it ends; None for the end of the text.

    Yields:
        The pieces, in order; put together they are the part.
    """
    last = len(text) if end is None else end
    for number, (begin, close, together) in enumerate(_together(spans), first):
        if begin > start:
            yield Piece(text[start:begin])
        yield Piece(text[begin:close], number, tuple(_notes(together)))
        start = close
    if start < last:
        yield Piece(text[start:last])


def _together(spans: Sequence[Span]) -> list[tuple[int, int, list[Span]]]:
    """The spans in the order of the text; those that overlap as one stretch."""
    groups: list[tuple[int, int, list[Span]]] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if groups and span.start < groups[-1][1]:
            start, end, together = groups[-1]
            groups[-1] = (start, max(end, span.end), [*together, span])
        else:
            groups.append((span.start, span.end, [span]))
    return groups


def _notes(spans: list[Span]) -> Iterator[Note]:
    seen: set[tuple[str, str]] = set()
    for span in sorted(spans, key=lambda each: each.kind != "pole"):
        if (span.kind, span.name) not in seen:
            seen.add((span.kind, span.name))
            yield Note(span.kind, span.name, label(span.kind, span.name), span.why, span.text)


def paragraphs(text: str, spans: Sequence[Span] = ()) -> list[tuple[int, int]]:
    """Where the paragraphs of a text begin and end.

    A blank line ends a paragraph; in a text without blank lines every line is one. No paragraph
    ends inside a mark.

    Args:
        text: the words.
        spans: the marks that are to stay whole.

    Returns:
        Offsets into ``text``, in order, without the line breaks between the paragraphs.
    """
    ends = _BLANK_LINE if _BLANK_LINE.search(text.strip()) else _LINE_END
    marks = sorted((span.start, span.end) for span in spans)
    found: list[tuple[int, int]] = []
    start = at = 0
    covered = 0  # the end of the marks that begin before the break at hand
    for gap in ends.finditer(text):
        while at < len(marks) and marks[at][0] < gap.end():
            covered = max(covered, marks[at][1])
            at += 1
        if covered > gap.start():
            continue
        found.append((start, gap.start()))
        start = gap.end()
    found.append((start, len(text)))
    return [(begin, end) for begin, end in found if text[begin:end].strip()]


def label(kind: str, name: str) -> str:
    """The name of a pole or assumption as it is shown."""
    return (
        Pole(name).label if kind == "pole" else say(_ASSUMPTIONS.get(name, name.replace("_", " ")))
    )


_ASSUMPTIONS = {
    "should": later("a rule about what should be"),
    "conditional_worth": later("worth with a condition"),
    "all_or_nothing": later("all or nothing"),
    "labelling": later("a label"),
    "overgeneralising": later("one time made into always"),
    "mind_reading": later("guessing what others think"),
    "fortune_telling": later("telling the future"),
    "catastrophising": later("the worst case"),
    "discounting_positive": later("the good not counted"),
    "mental_filter": later("only what went wrong"),
    "emotional_reasoning": later("a feeling taken as proof"),
    "personalising": later("all of it mine"),
    "comparing": later("measured against others"),
    "deserving": later("deserving to hurt"),
    "standards_will_drop": later("needing harshness to go on"),
}
