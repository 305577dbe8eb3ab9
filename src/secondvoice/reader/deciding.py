"""What the model says of a text: the share of each label, window by window, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from secondvoice.reader.features import (
    names_writer,
    of_pair,
    of_subject,
    of_triple,
    of_word,
    subject_line,
)
from secondvoice.reader.model import LABELS, Model, model
from secondvoice.reader.windows import Window, of_hits, of_window

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from secondvoice.reader.reading import Voice
    from secondvoice.reader.words import Unit

MOST_KEPT: Final = 12_000
"""Words, pairs and triples whose features are remembered; then all are forgotten at once."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A window with what the model says of it.

    Attributes:
        window: The window.
        shares: For each label, in how many of such cases it is so, 0..1.
    """

    window: Window
    shares: dict[str, float]


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a window with what it carried.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        unit: Which unit of the window it is in, from 0.
        word: The word in the reader's spelling.
        carried: What it added to the log-odds of the label.
    """

    start: int
    end: int
    unit: int
    word: str
    carried: float


class Decider:
    """Reads windows with a model, remembering the features of what it met."""

    def __init__(self, fitted: Model) -> None:
        self.model = fitted
        self._kept: dict[Hashable, tuple[int, ...]] = {}

    def decide(self, window: Window, voice: Voice | None = None) -> Decided:
        """The shares of all labels for a window."""
        rows: set[int] = set()
        for piece in window.pieces:
            self._add(rows, piece.unit)
        rows.update(self.model.rows(name for name, _, _ in of_hits(window.hits)))
        return Decided(window, self.model.shares(rows, window.words, voice))

    def shares(self, names: Iterable[str], words: int) -> dict[str, float]:
        """The shares of all labels for these features."""
        return self.model.shares(set(self.model.rows(names)), words)

    def _add(self, rows: set[int], unit: Unit) -> None:
        kept = self._kept
        if len(kept) > MOST_KEPT:
            kept.clear()
        words = unit.words
        if not words:
            return
        before, one = "", "^"
        for two in (*words, "?" if unit.asks else "."):
            pair = one, two
            if pair not in kept:
                kept[pair] = self.model.rows(of_pair(one, two))
            rows.update(kept[pair])
            if before:
                triple = before, one, two
                if triple not in kept:
                    kept[triple] = self.model.rows(of_triple(before, one, two))
                rows.update(kept[triple])
            before, one = one, two
        own = names_writer(words)
        for word, (who, negated) in zip(words, subject_line(words), strict=True):
            alone = word, who, negated, own
            if alone not in kept:
                names = [*of_word(word), *of_subject(who, word, negated=negated, own=own)]
                kept[alone] = self.model.rows(names)
            rows.update(kept[alone])

    def trace(self, window: Window) -> Trace:
        """Which words of a window each feature stands for, to tell what they carried."""
        places: list[tuple[int, int, int, str]] = []
        for at, piece in enumerate(window.pieces):
            unit = piece.unit
            places += (
                (piece.offset + start, piece.offset + end, at, word)
                for word, start, end in zip(unit.words, unit.starts, unit.ends, strict=True)
            )
        first: dict[int, int] = {}
        for at, (start, _, _, _) in enumerate(places):
            first.setdefault(start, at)
        met: dict[int, list[tuple[int, int]]] = {}
        for name, start, end in of_window(window):
            row = self.model.row(name)
            low = first.get(start)
            if row is None or low is None:
                continue
            high = low + 1
            while high < len(places) and places[high][1] <= end:
                high += 1
            met.setdefault(row, []).append((low, high))
        return Trace(self.model, window.words, places, met)


class Trace:
    """What each word of a window carried of a decision; with the bias, they add up to all of it.

    A feature that stands for several words, or that is met several times, is divided evenly.
    """

    def __init__(
        self,
        fitted: Model,
        words: int,
        places: list[tuple[int, int, int, str]],
        met: dict[int, list[tuple[int, int]]],
    ) -> None:
        self._model = fitted
        self._words = words
        self._places = places
        self._met = met

    def parts(self, label: str) -> list[Part]:
        """What each word carried of this label's log-odds."""
        carried = [0.0] * len(self._places)
        weights = self._model.weights(self._met, label, self._words)
        for stretches, weight in zip(self._met.values(), weights, strict=True):
            if weight == 0.0:
                continue
            share = weight / len(stretches)
            for low, high in stretches:
                each = share / (high - low)
                for at in range(low, high):
                    carried[at] += each
        return [
            Part(start, end, unit, word, share)
            for (start, end, unit, word), share in zip(self._places, carried, strict=True)
        ]


def together(decided: Sequence[Decided]) -> dict[str, float]:
    """One share a label for a text of several windows.

    What any window says of the writer holds for the text. Whom a text is about, and whether it can
    be told at all, is what most of its words say.
    """
    if len(decided) == 1:
        return decided[0].shares
    words = sum(each.window.words for each in decided) or 1
    found: dict[str, float] = {}
    for label in LABELS:
        if label in _OF_MOST:
            found[label] = sum(each.shares[label] * each.window.words for each in decided) / words
        else:
            found[label] = max((each.shares[label] for each in decided), default=0.0)
    return found


_OF_MOST: Final = frozenset(["other", "none", "unsure"])
_decider: list[Decider] = []


def decider() -> Decider:
    """The decider of the model that came with the program."""
    if not _decider:
        _decider.append(Decider(model()))
    return _decider[0]
