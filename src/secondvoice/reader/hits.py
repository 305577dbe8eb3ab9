"""Where the patterns fire: one unit of text at a time, with the guards around each hit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from secondvoice.poles import COMPASSIONATE
from secondvoice.reader.context import Quotes
from secondvoice.reader.patterns import Group, Pattern, book, kind_of
from secondvoice.reader.words import Unit, stretches, tokens, units

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence

    from secondvoice.reader.patterns import Guard
    from secondvoice.reader.reading import Voice

KIND_MARKS: Final = frozenset({pole.value for pole in COMPASSIONATE} | {"warm", "encouraging"})
"""Marks that speak for kindness; a negation takes them away and does not turn them round."""

MOST_HITS: Final = 8
"""Hits of one pattern in one unit at most."""

_BEFORE: Final = 14
_ASKED: Final = 0.75
_QUOTED_CARE: Final = 0.5
_OPENERS: Final = frozenset(
    [
        "i",
        "my",
        "everyone",
        "nobody",
        "people",
        "there",
        "nothing",
        "what",
        "why",
        "they",
        "it",
        "that",
        "this",
        "how",
    ]
)
_TIES: Final = frozenset(
    [
        "that",
        "think",
        "thought",
        "if",
        "when",
        "like",
        "because",
        "feel",
        "felt",
        "know",
        "knows",
        "than",
        "as",
        "see",
        "sees",
        "seen",
        "saw",
        "realise",
        "realize",
        "realised",
        "realized",
        "notice",
        "noticed",
        "sure",
        "afraid",
        "said",
        "says",
        "say",
        "told",
        "tell",
        "tells",
        "believe",
        "believes",
        "thinks",
        "worried",
        "mean",
        "means",
        "shows",
        "proves",
        "how",
        "what",
    ]
)
_ASKING: Final = frozenset(["why", "how", "what", "who"])
_OTHERS: Final = frozenset(
    ["he", "she", "they", "him", "her", "them", "his", "their", "himself", "herself", "themselves"]
)


@dataclass(slots=True)
class Hit:
    """One place where a pattern fired.

    Attributes:
        pattern: Which.
        start: Where its words begin, in code points of the text.
        end: Where they end.
        tail: Where the clause ends in which they stand.
        factors: What its weights are multiplied by, for each group of marks, in 0..1.
        opens: Whether it begins a clause of its own.
        weights: The weight of each of its marks with the guards applied, 0..1.
    """

    pattern: Pattern
    start: int
    end: int
    tail: int
    factors: dict[Group, float]
    opens: bool
    weights: dict[str, float]


@dataclass(slots=True)
class Stretch:
    """A stretch of text about a sentence long, with what is in it.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        units: Its words in one spelling; their places count from ``start``.
        quoted: Places from ``start`` that hold somebody else's words.
    """

    start: int
    end: int
    units: tuple[Unit, ...]
    quoted: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Found:
    """All that was found in a text.

    Attributes:
        hits: The hits, in the order of the text.
        stretches: The text's stretches, those without a word left out.
        words: Its words as written, in order.
        work: How many patterns were tried on units, all told: what the cost grows with.
    """

    hits: list[Hit]
    stretches: list[Stretch]
    words: list[str]
    work: int


@cache
def group_of(mark: str) -> Group:
    """Which guards a mark listens to."""
    if mark in KIND_MARKS:
        return "kind"
    return "care" if kind_of(mark) == "care" or mark == "idiom" else "unkind"


def find(low: str, voice: Voice | None, *, fitted: bool = False) -> Found:
    """Cut a levelled text into stretches and find where the patterns fire.

    A stretch that was met before costs no more than looking it up.

    Args:
        low: The text.
        voice: Whose words they are, if known.
        fitted: Whether only patterns and guards count that were there when the model was fitted.
    """
    quotes = Quotes(low)
    found = Found([], [], [], 0)
    seen: dict[tuple[str, bool], tuple[list[str], tuple[Unit, ...], list[Hit]]] = {}
    before: list[str] = []
    for start, end in stretches(low):
        to_self = voice is not None or quotes.self_told(start, end)
        key = low[start:end], to_self
        if key not in seen:
            written = tokens(key[0], 0, end - start)
            met = tuple(units(key[0], 0, end - start, written, to_self=to_self))
            seen[key] = [match[0] for match in written], met, _look(met, found, fitted=fitted)
        words, met, hits = seen[key]
        if low[start] == "-":  # A word or not, by what stands before it.
            words = [match[0] for match in tokens(low, start, end)]
        if not words:
            continue
        found.words += words
        found.stretches.append(Stretch(start, end, met, quotes.within(start, end)))
        if hits:
            others = not (_OTHERS.isdisjoint(words) and _OTHERS.isdisjoint(before))
            alone = voice == "critic" or not others
            for hit in hits:
                if _wanted(hit.pattern, voice, alone=alone):
                    found.hits.append(_placed(hit, start, quotes))
        before = words
    found.hits.sort(key=lambda hit: (hit.start, hit.end))
    return found


def _wanted(pattern: Pattern, voice: Voice | None, *, alone: bool) -> bool:
    if pattern.needs == "fragment":
        return alone and voice != "answer"
    if pattern.needs == "voice":
        return voice is not None
    return pattern.needs in ("", voice)


def _placed(hit: Hit, start: int, quotes: Quotes) -> Hit:
    begin, end = hit.start + start, hit.end + start
    factors = hit.factors
    if quotes.foreign(begin, end):
        factors = {"unkind": 0.0, "kind": 0.0, "care": min(factors["care"], _QUOTED_CARE)}
        weights = _weights(hit.pattern, factors)
        return Hit(hit.pattern, begin, end, hit.tail + start, factors, hit.opens, weights)
    return Hit(hit.pattern, begin, end, hit.tail + start, factors, hit.opens, hit.weights)


def _weights(pattern: Pattern, factors: dict[Group, float]) -> dict[str, float]:
    return {mark: weight * factors[group_of(mark)] for mark, weight in pattern.marks.items()}


def _look(met: Iterable[Unit], work: Found, *, fitted: bool) -> list[Hit]:
    patterns = book()
    guards = [each for each in patterns.guards if each.fitted] if fitted else patterns.guards
    hits: list[Hit] = []
    for unit in met:
        awake = patterns.awake(unit.words)
        work.work += len(awake)
        places: set[tuple[str, int, int]] = set()
        for pattern, branch in awake:
            if fitted and not pattern.fitted:
                continue
            for match in islice(branch.regex.finditer(unit.line), MOST_HITS):
                # Two branches of one pattern can meet at one place.
                place = pattern.id, match.start(), match.end()
                if place not in places and match.end() > match.start():
                    places.add(place)
                    hits.append(_hit(guards, pattern, unit, match))
    return hits


def _hit(guards: Sequence[Guard], pattern: Pattern, unit: Unit, match: re.Match[str]) -> Hit:
    first = unit.line.count(" ", 0, match.start())
    last = unit.line.count(" ", 0, match.end()) - 1
    while last > first and unit.words[last] == ",":
        last -= 1
    tail = last
    while tail + 1 < len(unit.words) and unit.words[tail + 1] != ",":
        tail += 1
    factors = _factors(guards, pattern, unit, match, first)
    return Hit(
        pattern=pattern,
        start=unit.starts[first],
        end=unit.ends[last],
        tail=unit.ends[tail],
        factors=factors,
        opens=unit.words[first] in _OPENERS and (first == 0 or unit.words[first - 1] not in _TIES),
        weights=_weights(pattern, factors),
    )


def _factors(
    guards: Sequence[Guard], pattern: Pattern, unit: Unit, match: re.Match[str], first: int
) -> dict[Group, float]:
    factors: dict[Group, float] = {"unkind": 1.0, "kind": 1.0, "care": 1.0}
    if not pattern.guarded:
        return factors
    if unit.asks and unit.words[0] not in _ASKING and unit.words[first] not in _ASKING:
        factors["unkind"] = _ASKED
    left = " ".join(unit.words[max(0, first - _BEFORE) : first]) + " " if first else ""
    right = unit.line[match.end() :]
    for guard in guards:
        if any(need.isdisjoint(unit.words) for need in guard.needs):
            continue
        if guard.place == "unit":
            fits = guard.regex.search(unit.line)
        elif guard.place == "before":
            fits = guard.regex.search(left) if left else None
        else:
            fits = guard.regex.match(right)
        if fits:
            for group in guard.touches:
                factors[group] = min(factors[group], guard.factor)
    return factors
