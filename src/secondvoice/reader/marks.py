"""From decisions to marks on the words: each one points at what carried it, or is not shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from secondvoice.reader.datafiles import load
from secondvoice.reader.patterns import kind_of
from secondvoice.reader.reading import ASSUMPTIONS, POLES, TONES, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from secondvoice.reader.deciding import Alone, Decided, Decider, Parts
    from secondvoice.reader.hits import Hit
    from secondvoice.reader.reading import Care
    from secondvoice.reader.scoring import Calls

SHOWN: Final = (*POLES, *ASSUMPTIONS, *(tone for tone in TONES if tone != "plain"))
"""The labels that make marks."""

BESIDE: Final = 0.4
"""Share of a hard pole without which no blow is heard and no rule is asked about."""

PATTERN_FROM: Final = 0.3
"""Weight from which a pattern's place and sentence are shown for a label that the model holds."""

CARRIED: Final = 0.35
"""Part of all that speaks for a decision which the marked words must have carried together."""

_ALSO: Final = 0.6
# By the annotation guide: blows come with self-judgment, rules with a hard pole.
_BLOWS: Final = frozenset(["harsh", "contemptuous", "disappointed"])
_ALSO_ALONE: Final = frozenset(["comparing", "deserving"])
_COST: Final = 0.12
_MOST_ALIKE: Final = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark before it becomes a span.

    Attributes:
        name: The label.
        start: Where its words begin.
        end: Where they end.
        tail: Where the clause ends in which they stand.
        weight: How strongly they speak for it; comparable within one label of one text.
        why: One plain sentence.
    """

    name: str
    start: int
    end: int
    tail: int
    weight: float
    why: str


def marks(decided: Sequence[Decided], by: Decider) -> list[Mark]:
    """All marks of a text, those of one label apart from each other."""
    found: list[Mark] = []
    least = by.model.least
    for each in decided:
        names = [name for name in SHOWN if each.shares[name] >= least[name] and _fits(each, name)]
        carriers = {name: _carrying(each, name, least[name]) for name in names}
        traces = {id(one): by.trace(one) for ones in carriers.values() for one in ones}
        for name, ones in carriers.items():
            for one in ones:
                found += _of_label(one, name, traces[id(one)].parts(name))
    return found


def _fits(each: Decided, name: str) -> bool:
    """Whether what a label comes with is likely enough, too."""
    shares = each.shares
    if name in _BLOWS:
        return shares["self_judgment"] >= BESIDE
    if name in ASSUMPTIONS and name not in _ALSO_ALONE:
        return max(shares["critical"], shares["over_identification"]) >= BESIDE
    return True


def _carrying(each: Decided, name: str, least: float) -> Sequence[Alone]:
    """The sentences that carry a label by themselves, else the window as a whole."""
    return [one for one in each.within if one.share(name) >= least] or [each]


def for_care(decided: Sequence[Decided], by: Decider, care: Care) -> list[Mark]:
    """The marks of a level of care that the model alone called for.

    Where no words carried enough of it there is no mark: the gentle line then stands by itself.

    Args:
        decided: The windows of a text with their shares.
        by: What decided.
        care: The level that was called for.

    Returns:
        Marks of the window that speaks for it most; none where ``care`` is ``"none"``.
    """
    if care == "none" or not decided:
        return []
    label = "now" if care == "now" else "care"
    strongest = max(decided, key=lambda each: each.shares[label])
    parts = by.trace(strongest).parts(label)
    return [_by_weight(parts, low, high, care) for low, high in _carriers(parts)]


def _of_label(each: Alone, name: str, parts: Parts) -> list[Mark]:
    ruled = [_by_rule(hit, name) for hit in each.window.hits if _speaks(hit, name)]
    made = _apart(ruled)
    for low, high in _carriers(parts):
        start, end = parts.starts[low], parts.ends[high]
        if any(mark.start < end and start < mark.end for mark in made):
            continue
        made.append(_by_weight(parts, low, high, name))
    return made[: _MOST_ALIKE * max(1, each.window.words // 30)]


def _speaks(hit: Hit, name: str) -> bool:
    return name in hit.pattern.marks and hit.weights[name] >= PATTERN_FROM


def _by_rule(hit: Hit, name: str) -> Mark:
    why = hit.pattern.why if name == next(iter(hit.pattern.marks)) else _whys()[name]
    return Mark(name, hit.start, hit.end, hit.tail, hit.weights[name], why)


def _for_care(hit: Hit, level: str) -> Mark:
    why = hit.pattern.why if level == next(iter(hit.pattern.marks)) else _whys()[level]
    return Mark(level, hit.start, hit.end, hit.tail, 1.0, why)


def _by_weight(parts: Parts, low: int, high: int, name: str) -> Mark:
    tail, words, units = high, parts.words, parts.units
    while tail + 1 < len(words) and units[tail + 1] == units[high]:
        if words[tail + 1] == ",":
            break
        tail += 1
    weight = sum(parts.carried[low : high + 1])
    return Mark(name, parts.starts[low], parts.ends[high], parts.ends[tail], weight, _whys()[name])


def _carriers(parts: Parts) -> list[tuple[int, int]]:
    """The stretches that carried a decision: the strongest of each unit, if strong enough."""
    every = parts.carried
    positive = sum([carried for carried in every if carried > 0.0])
    if positive <= 0.0:
        return []
    cost = _COST * max(every)
    best: dict[int, tuple[float, int, int]] = {}
    begin, total, last, most = 0, 0.0, -1, 0.0
    for at, (carried, unit) in enumerate(zip(every, parts.units, strict=True)):
        if unit != last:
            begin, total, last, most = at, 0.0, unit, 0.0
        elif total <= 0.0:
            begin, total = at, 0.0
        total += carried - cost
        if total > most:
            most = total
            best[unit] = total, begin, at
    runs = sorted(best.values(), reverse=True)
    if not runs:
        return []
    shares = [sum(every[low : high + 1]) for _, low, high in runs]
    if sum(shares) < CARRIED * positive:
        return []
    chosen = [
        (low, high)
        for (_, low, high), share in zip(runs, shares, strict=True)
        if share >= _ALSO * shares[0]
    ]
    return sorted(_trimmed(parts.words, low, high) for low, high in chosen)


def _trimmed(words: Sequence[str], low: int, high: int) -> tuple[int, int]:
    while low < high and (words[low] == "," or words[low] in _GLUE):
        low += 1
    while high > low and words[high] == ",":
        high -= 1
    return low, high


_GLUE: Final = frozenset(["and", "but", "so", "because", "then", "that", "or"])


def _apart(made: Iterable[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in sorted(made, key=lambda mark: (mark.start, mark.end)):
        if kept and mark.start < kept[-1].end:
            if (mark.weight, mark.end - mark.start) > (
                kept[-1].weight,
                kept[-1].end - kept[-1].start,
            ):
                kept[-1] = mark
        else:
            kept.append(mark)
    return kept


def spans(text: str, made: Iterable[Mark], calls: Calls) -> tuple[Span, ...]:
    """The marks as spans of the text, in its order; calls for care come with them."""
    found = [_span(text, mark.start, mark.end, mark.name, mark.why) for mark in made]
    for level in ("now", "offer"):
        alike = [_for_care(hit, level) for hit, called in calls if called == level]
        found += (_span(text, mark.start, mark.end, level, mark.why) for mark in _apart(alike))
    order = {name: at for at, name in enumerate(("offer", "now", *POLES, *ASSUMPTIONS, *TONES))}
    return tuple(sorted(found, key=lambda span: (span.start, span.end, order[span.name])))


def _span(text: str, start: int, end: int, name: str, why: str) -> Span:
    kind = kind_of(name)
    assert kind is not None, "only labels that make spans come here"  # noqa: S101
    return Span(start, end, text[start:end], kind, name, why)


@cache
def _whys() -> dict[str, str]:
    whys: dict[str, str] = load("labels")["why"]
    return whys
