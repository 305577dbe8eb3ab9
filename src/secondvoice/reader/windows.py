"""A text in pieces small enough to be read as one thing said."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from secondvoice.reader import scoring
from secondvoice.reader.features import Feature, features

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from secondvoice.reader.hits import Found, Hit, Stretch
    from secondvoice.reader.words import Unit

WHOLE: Final = 90
"""Words up to which a text is read as one."""

PIECE: Final = 45
"""Words after which a longer text is cut at the next end of a sentence."""

QUOTED: Final = '"'
"""What stands for somebody else's words."""

_start = attrgetter("start")
_end = attrgetter("end")
_STEPS: Final = (0.25, 0.5, 0.75)


@dataclass(slots=True)
class Piece:
    """One unit of a window, with the place in the text from which its places count."""

    offset: int
    unit: Unit


@dataclass(slots=True)
class Window:
    """Sentences that are read together.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        pieces: Its units, without somebody else's quoted words.
        hits: The patterns that fired in it.
        words: How many words it has.
    """

    start: int
    end: int
    pieces: list[Piece] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    words: int = 0

    def sentences(self) -> list[Window]:
        """Each of its sentences as a window of its own; none where there is only one."""
        made: list[Window] = []
        for piece in self.pieces:
            if not made or made[-1].start != piece.offset:
                made.append(Window(piece.offset, self.end))
                if len(made) > 1:
                    made[-2].end = piece.offset
            made[-1].pieces.append(piece)
            made[-1].words += len(piece.unit.words)
        if len(made) < 2:
            return []
        _share(made, self.hits)
        return made


def windows(low: str, found: Found) -> list[Window]:
    """Cut a levelled text into windows.

    A short text is one. A longer one is cut at the ends of paragraphs, and within them at the first
    end of a sentence after :data:`PIECE` words: what is said in a paragraph is read in its light.
    """
    made: list[Window] = []
    whole = len(found.words) <= WHOLE
    current: Window | None = None
    for part in found.stretches:
        if current is not None and not whole:
            gap = low[current.end : part.start]
            ended = low[part.start - 1] == "\n" if part.start else False
            if current.words >= PIECE or "\n" in gap or ended:
                current = None
        if current is None:
            current = Window(part.start, part.end)
            made.append(current)
        current.end = part.end
        for unit in part.units:
            shown = _without(unit, part)
            current.pieces.append(Piece(part.start, shown))
            current.words += len(shown.words)
    _share(made, found.hits)
    return made


def _share(made: Sequence[Window], hits: Sequence[Hit]) -> None:
    at = 0
    for hit in hits:
        while at + 1 < len(made) and hit.start >= made[at].end:
            at += 1
        if made:
            made[at].hits.append(hit)


def _without(unit: Unit, part: Stretch) -> Unit:
    if not part.quoted:
        return unit
    places: list[tuple[str, int, int]] = []
    for word, start, end in zip(unit.words, unit.starts, unit.ends, strict=True):
        if not any(first <= start and end <= last for first, last in part.quoted):
            places.append((word, start, end))
        elif not places or places[-1][0] != QUOTED:
            places.append((QUOTED, start, end))
    words, starts, ends = (list(column) for column in zip(*places, strict=True))
    return type(unit)(unit.start, unit.end, words, starts, ends, unit.asks)


def of_hits(hits: Sequence[Hit]) -> list[tuple[str, int, int]]:
    """What the patterns that fired tell the model, with the places in the text.

    ``P:`` and the pattern's id for each, ``M:`` and a mark with how strongly all of them together
    speak for it, in steps; a pattern that a guard has silenced says nothing, nor does one that the
    model was not fitted with.
    """
    if not hits:
        return []
    found: dict[str, tuple[int, int]] = {}
    spoken: dict[str, list[float]] = {}
    strongest: dict[str, Hit] = {}
    for hit in hits:
        if not hit.pattern.fitted:
            continue
        for mark, weight in hit.weights.items():
            if weight <= 0.0:
                continue
            found.setdefault("P:" + hit.pattern.id, (hit.start, hit.end))
            alike = spoken.setdefault(mark, [])
            if not alike or weight > max(alike):
                strongest[mark] = hit
            alike.append(weight)
    for mark, weights in spoken.items():
        score, place = scoring.together(weights), strongest[mark]
        for step in _STEPS:
            if score >= step:
                found[f"M:{mark}>{step}"] = (place.start, place.end)
    return [(name, start, end) for name, (start, end) in found.items()]


def of_window(window: Window) -> Iterator[tuple[str, int, int]]:
    """Every feature of a window with the place in the text that it stands for."""
    for piece in window.pieces:
        unit = piece.unit
        found: Iterator[Feature] = features(unit.words, asks=unit.asks)
        for name, first, last in found:
            yield name, piece.offset + unit.starts[first], piece.offset + unit.ends[last]
    yield from of_hits(window.hits)


@dataclass(slots=True)
class Clause:
    """One clause of a text.

    Attributes:
        stretches: The words of each unit that it has a part in, and whether that unit asks.
        hits: The patterns that begin in it.
        words: How many words it has.
    """

    stretches: list[tuple[list[str], bool]]
    hits: list[Hit]
    words: int

    def names(self) -> Iterator[str]:
        """The names of its features."""
        for words, asks in self.stretches:
            yield from (name for name, _, _ in features(words, asks=asks))
        yield from (name for name, _, _ in of_hits(self.hits))


def clause_of(found: Found, start: int, end: int) -> Clause:
    """What is in one clause of a text."""
    made: list[tuple[list[str], bool]] = []
    first = bisect_right(found.stretches, start, key=_end)
    for part in islice(found.stretches, first, None):
        if part.start >= end:
            break
        for unit in part.units:
            shown = _without(unit, part)
            inside = [
                word
                for word, at in zip(shown.words, shown.starts, strict=True)
                if start <= part.start + at < end
            ]
            if inside:
                made.append((inside, shown.asks))
    low = bisect_left(found.hits, start, key=_start)
    hits = found.hits[low : bisect_left(found.hits, end, key=_start)]
    return Clause(made, hits, sum(len(words) for words, _ in made))
