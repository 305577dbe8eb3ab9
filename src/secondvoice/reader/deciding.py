"""What the model says of a text: the share of each label, window by window, and why."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import getitem
from typing import TYPE_CHECKING, Final, TypeVar

from secondvoice.reader.features import (
    Under,
    families,
    of_subject,
    of_word,
    subject_line,
    under,
)
from secondvoice.reader.model import LABELS, LANES, Model, model, share_of, shares_of
from secondvoice.reader.windows import of_hits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence, Set

    from secondvoice.reader.hits import Hit
    from secondvoice.reader.reading import Voice
    from secondvoice.reader.windows import Clause, Window

LONG: Final = 20
"""Words of a window from which its share of danger is lowered, the odds by its length in them.

Longer texts hold more words that speak for danger by chance; this cost no sensitivity on the folds.
"""

SHORT: Final = 12
"""Words of a window under which its share of danger is lowered likewise.

In few words little speaks against danger, either. On the folds two calls in a thousand were lost by
this, and needless lines for texts of under eleven words became 2.5 in 100, from 4.3.
"""

ALONE: Final = 1.0
"""Log-odds by which the share of danger of one sentence is lowered beside that of its window.

What stands around it mostly tells an idiom from danger; yet a sentence is not drowned by a page.
"""

MOST_KEPT: Final = 12_000
"""Words, pairs and the like whose features are remembered; then all of a kind are forgotten."""


MOST_KEPT_A_WAY: Final = 2_000
"""Words that are remembered for each way in which a word can stand; there are 40 of them."""

Rows = tuple[int, ...]
"""Features as places in the model."""

Heads = tuple[dict[str, int], ...]
"""What may follow a word and its families, each with its place in the model."""

Key = TypeVar("Key")
Entry = tuple[Rows, int, int]
"""Features with the first and the last of the words they stand for."""


@dataclass(slots=True)
class Met:
    """The features of a unit that the model knows.

    Attributes:
        words: Those of each word by itself and under the one who was named last.
        pairs: Those of each two neighbours, from the edge before the first word on.
        triples: Those of each three.
        rows: All of them, each once.
    """

    words: list[Rows]
    pairs: list[Rows]
    triples: list[Rows]
    rows: set[int]

    def entries(self) -> Iterator[Entry]:
        """The features with the places of their words, as they are met."""
        last = len(self.words) - 1
        for at, known in enumerate(self.pairs):
            if known:
                yield known, at - 1 if at else 0, min(last, at)
            if at and (known := self.triples[at - 1]):
                yield known, at - 2 if at > 1 else 0, min(last, at)
        for at, known in enumerate(self.words):
            yield known, at, at


@dataclass(slots=True)
class Alone:
    """One sentence of a window, or all of one, decided by itself.

    Attributes:
        window: The sentence, as a window of its own.
        met: The features of each of its units.
        odds: The log-odds of each label.
    """

    window: Window
    met: list[Met]
    odds: list[float]

    def share(self, label: str) -> float:
        """In how many of such cases a label is so, 0..1."""
        return share_of(self.odds[LANES[label]])


@dataclass(slots=True)
class Decided(Alone):
    """A window with what the model says of it.

    Attributes:
        shares: For each label, in how many of such cases it is so, 0..1. What is said of the writer
            holds for a window if it holds for the whole or for one of its sentences.
        within: Its sentences, each decided by itself; none where there is only one.
    """

    shares: dict[str, float]
    within: list[Alone]

    def share(self, label: str) -> float:
        """In how many of such cases a label is so, 0..1, sentences heard."""
        return self.shares[label]


@dataclass(slots=True)
class Parts:
    """The words of a window with what each carried, in columns.

    Attributes:
        starts: Where each begins in the text.
        ends: Where each ends.
        units: Which unit of the window each is in, from 0.
        words: The words in the reader's spelling.
        carried: What each added to the log-odds of one label.
    """

    starts: list[int]
    ends: list[int]
    units: list[int]
    words: list[str]
    carried: list[float]


class Decider:
    """Reads windows with a model, remembering the features of what it met."""

    def __init__(self, fitted: Model) -> None:
        self.model = fitted
        self._families = families()
        self._heads_of_pairs: dict[str, Heads] = {}
        self._heads_of_ends: dict[str, Heads] = {}
        self._pairs: Kept[tuple[str, str]] = Kept(self._pair)
        self._apart: Kept[tuple[str, str]] = Kept(self._ends)
        words: Kept[str] = Kept(lambda word: fitted.rows(of_word(word)))
        self._under: Under[Kept[str]] = under(
            lambda who, negated, own: Kept(
                lambda word: (
                    *words[word],
                    *fitted.rows(of_subject(who, word, negated=negated, own=own)),
                ),
                MOST_KEPT_A_WAY,
            )
        )

    def _pair(self, pair: tuple[str, str]) -> Rows:
        # What of_pair names, in its order: what is added up later is added up in one order.
        one, two = pair
        heads = self._heads_of_pairs.get(one)
        if heads is None:
            heads = _heads(one, self.model.pairs, self._heads_of_pairs)
        found = [head[two] for head in heads if two in head]
        seconds = self._families.get(two)
        if seconds:
            found += [head[second] for head in heads for second in seconds if second in head]
        return tuple(found)

    def _ends(self, ends: tuple[str, str]) -> Rows:
        # The latter half of of_triple: the last word as its families, any word before it.
        one, three = ends
        lasts = self._families.get(three)
        if not lasts:
            return ()
        heads = self._heads_of_ends.get(one)
        if heads is None:
            heads = _heads(one, self.model.apart, self._heads_of_ends)
        return tuple([head[last] for head in heads for last in lasts if last in head])

    def decide(self, window: Window, voice: Voice | None = None) -> Decided:
        """The shares of all labels for a window."""
        met = [self.met(piece.unit.words, asks=piece.unit.asks) for piece in window.pieces]
        sentences = window.sentences()
        total, seen = 0, _NOTHING
        alone: list[Alone] = []
        at = 0
        for sentence in sentences:
            here = met[at : at + len(sentence.pieces)]
            at += len(here)
            rows = _together(here)
            added = self.model.total(rows)
            alone.append(Alone(sentence, here, self._odds(sentence, added, voice)))
            # A feature counts once, however many sentences have it.
            total += added - self.model.total(seen & rows)
            seen = seen | rows
        if not alone:
            total = self.model.total(_together(met))
        odds = self._odds(window, total, voice)
        if not alone:
            shares = shares_of(odds)
            shares["care"] = danger(shares["care"], window.words)
            return Decided(window, met, odds, shares, alone)
        # The share grows with the odds, so the strongest share is that of the strongest odds.
        most = list(map(max, odds, *(each.odds for each in alone)))
        for lane in _LANES_OF_MOST:
            most[lane] = odds[lane]
        shares = shares_of(most)
        care = danger(share_of(odds[_CARE]), window.words)
        shares["care"] = max(care, *(lowered(share_of(each.odds[_CARE]), ALONE) for each in alone))
        return Decided(window, met, odds, shares, alone)

    def _odds(self, window: Window, total: int, voice: Voice | None) -> list[float]:
        if window.hits:
            total += self.model.total(self.model.rows(_names(window.hits)))
        return self.model.odds(total, window.words, voice)

    def shares_of(self, clause: Clause, labels: Sequence[str]) -> list[float]:
        """The shares of some labels for one clause."""
        met = [self.met(words, asks=asks) for words, asks in clause.stretches]
        rows = (*_together(met), *self.model.rows(_names(clause.hits)))
        return [self.model.share(rows, label, clause.words) for label in labels]

    def met(self, words: Sequence[str], *, asks: bool) -> Met:
        """Which features of :func:`secondvoice.reader.features.features` the model knows.

        Args:
            words: The words of a unit, in the reader's one spelling.
            asks: Whether it ends in a question mark.
        """
        if not words:
            return Met([], [], [], set())
        line = ["^", *words, "?" if asks else "."]
        neighbours = list(pairwise(line))
        pairs = list(map(self._pairs.__getitem__, neighbours))
        triples = list(map(self._apart.__getitem__, zip(line, line[2:], strict=False)))
        for at, after in enumerate(map(self.model.triples.get, neighbours)):
            if after is not None and at < len(words):
                triples[at] = (*_following(after, line[at + 2]), *triples[at])
        alone = list(map(getitem, subject_line(words, self._under), words))
        return Met(alone, pairs, triples, set().union(*alone, *pairs, *triples))

    def trace(self, decided: Alone) -> Trace:
        """Which words of a window each feature stands for, to tell what they carried."""
        window = decided.window
        places = Parts([], [], [], [], [])
        met: list[Entry] = []
        for at, (piece, here) in enumerate(zip(window.pieces, decided.met, strict=True)):
            unit, base, offset = piece.unit, len(places.words), piece.offset
            places.starts += [offset + start for start in unit.starts]
            places.ends += [offset + end for end in unit.ends]
            places.units += [at] * len(unit.words)
            places.words += unit.words
            met += [(rows, base + first, base + last) for rows, first, last in here.entries()]
        for name, start, end in of_hits(window.hits):
            within = [at for at, place in enumerate(places.starts) if start <= place < end]
            row = self.model.alone.get(name)
            if row is not None and within:
                met.append(((row,), within[0], within[-1]))
        return Trace(self.model, window.words, places, met)


class Kept(dict[Key, Rows]):
    """Features of words or pairs, found when first asked for and then remembered.

    Args:
        make: Finds them.
        most: How many are remembered; then all are forgotten at once.
    """

    def __init__(self, make: Callable[[Key], Rows], most: int = MOST_KEPT) -> None:
        super().__init__()
        self._make = make
        self._most = most

    def __missing__(self, key: Key) -> Rows:
        if len(self) >= self._most:
            self.clear()
        self[key] = made = self._make(key)
        return made


def _heads(word: str, known: dict[str, dict[str, int]], kept: dict[str, Heads]) -> Heads:
    """What may follow a word and its families; kept only for words that the model knows."""
    found = tuple([known[name] for name in (word, *families().get(word, ())) if name in known])
    if found:
        kept[word] = found
    return found


def _together(met: Sequence[Met]) -> Set[int]:
    return met[0].rows if len(met) == 1 else _NOTHING.union(*(each.rows for each in met))


def _names(hits: Sequence[Hit]) -> Iterator[str]:
    return (name for name, _, _ in of_hits(hits)) if hits else iter(())


def _following(after: dict[str, int], word: str) -> Rows:
    # The order of of_triple, so that what is added up is added up in one order.
    names = (word, *families().get(word, ()))
    return tuple([after[name] for name in names if name in after])


class Trace:
    """What each word of a window carried of a decision; with the bias, they add up to all of it.

    A feature that stands for several words, or that is met several times, is divided evenly.
    """

    def __init__(self, fitted: Model, words: int, places: Parts, met: list[Entry]) -> None:
        self._model = fitted
        self._words = words
        self._places = places
        self._met = met
        self._times = Counter(chain.from_iterable([rows for rows, _, _ in met]))

    def parts(self, label: str) -> Parts:
        """What each word carried of this label's log-odds."""
        places, times = self._places, self._times
        carried = [0.0] * len(places.words)
        weights = self._model.weights(times, label, self._words)
        shares = [weight / count for weight, count in zip(weights, times.values(), strict=True)]
        each = dict(zip(times, shares, strict=True)).__getitem__
        for rows, first, last in self._met:
            share = sum(map(each, rows))
            if first == last:
                carried[first] += share
            elif share:
                share /= last - first + 1
                for at in range(first, last + 1):
                    carried[at] += share
        return Parts(places.starts, places.ends, places.units, places.words, carried)


def danger(share: float, words: int) -> float:
    """The share of danger of a text of so many words, from what the model states for it."""
    return lowered(share, math.log(max(words, LONG) / LONG * SHORT / min(max(words, 1), SHORT)))


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
_LANES_OF_MOST: Final = tuple(LANES[label] for label in _OF_MOST)
_CARE: Final = LANES["care"]
_NOTHING: Final[frozenset[int]] = frozenset()
_decider: list[Decider] = []


def decider() -> Decider:
    """The decider of the model that came with the program."""
    if not _decider:
        _decider.append(Decider(model()))
    return _decider[0]
