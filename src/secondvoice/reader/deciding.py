"""What the model says of a text: the share of each label, window by window, and why."""

from __future__ import annotations

import math
from collections import Counter
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
from secondvoice.reader.windows import of_hits

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from secondvoice.reader.reading import Voice
    from secondvoice.reader.windows import Clause, Window

LONG: Final = 20
"""Words of a window from which its share of danger is lowered, the odds by its length in them.

Longer texts hold more words that speak for danger by chance; this cost no sensitivity on the folds.
"""

ALONE: Final = 1.0
"""Log-odds by which the share of danger of one sentence is lowered beside that of its window.

What stands around it mostly tells an idiom from danger; yet a sentence is not drowned by a page.
"""

MOST_KEPT: Final = 12_000
"""Words and pairs whose features are remembered; then all are forgotten at once."""


Entry = tuple[tuple[int, ...], int, int]
"""Features as places in the model, with the first and the last of the words they stand for."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A window with what the model says of it.

    Attributes:
        window: The window.
        shares: For each label, in how many of such cases it is so, 0..1. What is said of the writer
            holds for a window if it holds for the whole or for one of its sentences.
        entries: The features of each of its units that the model knows, as it met them.
        within: Its sentences, each decided by itself; none where there is only one.
    """

    window: Window
    shares: dict[str, float]
    entries: list[list[Entry]]
    within: tuple[Decided, ...] = ()


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
        met = [self.entries(piece.unit.words, asks=piece.unit.asks) for piece in window.pieces]
        whole = self._decide(window, met, voice)
        alone: list[Decided] = []
        at = 0
        for sentence in window.sentences():
            count = len(sentence.pieces)
            alone.append(self._decide(sentence, met[at : at + count], voice))
            at += count
        care = danger(whole.shares["care"], window.words)
        if not alone:
            return Decided(window, {**whole.shares, "care": care}, met)
        shares = {
            label: share
            if label in _OF_MOST
            else max(share, *(each.shares[label] for each in alone))
            for label, share in whole.shares.items()
        }
        shares["care"] = max(care, *(lowered(each.shares["care"], ALONE) for each in alone))
        return Decided(window, shares, met, tuple(alone))

    def _decide(self, window: Window, met: list[list[Entry]], voice: Voice | None) -> Decided:
        rows: set[int] = set()
        for entries in met:
            for known, _, _ in entries:
                rows.update(known)
        rows.update(self.model.rows(name for name, _, _ in of_hits(window.hits)))
        return Decided(window, self.model.shares(rows, window.words, voice), met)

    def shares_of(self, clause: Clause) -> dict[str, float]:
        """The shares of all labels for one clause."""
        rows = set(self.model.rows(name for name, _, _ in of_hits(clause.hits)))
        for words, asks in clause.stretches:
            for known, _, _ in self.entries(words, asks=asks):
                rows.update(known)
        return self.model.shares(rows, clause.words)

    def entries(self, words: Sequence[str], *, asks: bool) -> list[Entry]:
        """Which features of :func:`secondvoice.reader.features.features` the model knows.

        Args:
            words: The words of a unit, in the reader's one spelling.
            asks: Whether it ends in a question mark.
        """
        if not words:
            return []
        kept = self._kept
        if len(kept) > MOST_KEPT:
            kept.clear()
        made: list[Entry] = []
        add, rows, last = made.append, self.model.rows, len(words) - 1
        before, one = "", "^"
        for at, two in enumerate((*words, "?" if asks else ".")):
            pair = one, two
            known = kept.get(pair)
            if known is None:
                known = kept[pair] = rows(of_pair(one, two))
            if known:
                add((known, at - 1 if at else 0, min(last, at)))
            if before:
                known = rows(of_triple(before, one, two))
                if known:
                    add((known, at - 2 if at > 1 else 0, min(last, at)))
            before, one = one, two
        own = names_writer(words)
        for at, (who, negated) in enumerate(subject_line(words)):
            word = words[at]
            alone = word, who, negated, own
            known = kept.get(alone)
            if known is None:
                names = [*of_word(word), *of_subject(who, word, negated=negated, own=own)]
                known = kept[alone] = rows(names)
            add((known, at, at))
        return made

    def trace(self, decided: Decided) -> Trace:
        """Which words of a window each feature stands for, to tell what they carried."""
        window = decided.window
        places: list[tuple[int, int, int, str]] = []
        met: list[Entry] = []
        for at, (piece, entries) in enumerate(zip(window.pieces, decided.entries, strict=True)):
            unit, base = piece.unit, len(places)
            places += (
                (piece.offset + start, piece.offset + end, at, word)
                for word, start, end in zip(unit.words, unit.starts, unit.ends, strict=True)
            )
            met += ((rows, base + first, base + last) for rows, first, last in entries)
        for name, start, end in of_hits(window.hits):
            within = [at for at, place in enumerate(places) if start <= place[0] < end]
            row = self.model.row(name)
            if row is not None and within:
                met.append(((row,), within[0], within[-1]))
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
        met: list[Entry],
    ) -> None:
        self._model = fitted
        self._words = words
        self._places = places
        self._met = met
        self._times = Counter(row for rows, _, _ in met for row in rows)

    def parts(self, label: str) -> list[Part]:
        """What each word carried of this label's log-odds."""
        carried = [0.0] * len(self._places)
        times = self._times
        weights = self._model.weights(times, label, self._words)
        each = {
            row: weight / count
            for (row, count), weight in zip(times.items(), weights, strict=True)
            if weight
        }
        for rows, first, last in self._met:
            share = sum([each[row] for row in rows if row in each])
            if first == last:
                carried[first] += share
            else:
                share /= last - first + 1
                for at in range(first, last + 1):
                    carried[at] += share
        return [
            Part(start, end, unit, word, share)
            for (start, end, unit, word), share in zip(self._places, carried, strict=True)
        ]


def danger(share: float, words: int) -> float:
    """The share of danger of a text of so many words, from what the model states for it."""
    return lowered(share, math.log(max(words, LONG) / LONG))


def lowered(share: float, by: float) -> float:
    """A share with its log-odds lowered."""
    return share / (share + (1.0 - share) * math.exp(by))


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
