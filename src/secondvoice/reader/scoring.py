"""From hits to figures: how much of each mark there is, and what that adds up to."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from secondvoice.poles import COMPASSIONATE
from secondvoice.reader.datafiles import load
from secondvoice.reader.patterns import kind_of
from secondvoice.reader.reading import ASSUMPTIONS, POLES, TONES, Care, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from secondvoice.reader.hits import Hit

SHOWN_FROM: Final = 0.3
"""Weight from which a mark is shown on the words; below, it only counts a little."""

PRESENT_FROM: Final = 0.35
"""Score from which an answer is said to have a component."""

_COUNTED: Final = 3
# How far each mark speaks for self-criticism, and for and against kindness. Isolation and
# over-identification hurt without being a charge against oneself, so they count for less.
_CRITICAL: Final[Mapping[str, float]] = {
    "self_judgment": 1.0,
    "isolation": 0.5,
    "over_identification": 0.2,
    "contemptuous": 0.25,
}
_FOR: Final[Mapping[str, float]] = {
    "self_kindness": 1.0,
    "common_humanity": 0.8,
    "mindfulness": 0.65,
    "warm": 0.4,
    "encouraging": 0.4,
}
_AGAINST: Final[Mapping[str, float]] = {
    "self_critical": 1.0,
    "harsh": 0.5,
    "cold": 0.5,
    "over_identification": 0.3,
    "counterfeit": 0.35,
    "hopeless": 0.3,
}
_FALSE_KINDNESS: Final = 0.8

Scores = dict[str, float]


def together(weights: Iterable[float]) -> float:
    """Several pieces of evidence as one figure: the chance that not all of them are wrong.

    Only the strongest three count, so that a long text is not harsher for being long.
    """
    left = 1.0
    for weight in sorted(weights, reverse=True)[:_COUNTED]:
        left *= 1.0 - weight
    return 1.0 - left


def scores(hits: Iterable[Hit]) -> Scores:
    """The score of each mark that any hit speaks for, 0..1."""
    found: dict[str, list[float]] = {}
    for hit in hits:
        for mark in hit.pattern.marks:
            weight = hit.weight(mark)
            if weight > 0.0:
                found.setdefault(mark, []).append(weight)
    return {mark: together(weights) for mark, weights in found.items()}


def self_critical(found: Scores) -> float:
    """How far the words turn against the writer, 0..1."""
    return together(found.get(mark, 0.0) * share for mark, share in _CRITICAL.items())


def kindness(found: Scores, critical: float) -> float:
    """From harsh (-1) to kind (1) towards the writer."""
    signs = found | {"self_critical": critical}
    kind = together(signs.get(mark, 0.0) * share for mark, share in _FOR.items())
    unkind = together(signs.get(mark, 0.0) * share for mark, share in _AGAINST.items())
    kind *= 1.0 - _FALSE_KINDNESS * signs.get("counterfeit", 0.0)
    return max(-1.0, min(1.0, kind - unkind))


def poles(found: Scores) -> Scores:
    """The six poles, each 0..1; false kindness in the same text takes from the kind ones."""
    real = 1.0 - _FALSE_KINDNESS * found.get("counterfeit", 0.0)
    kind = {pole.value for pole in COMPASSIONATE}
    return {
        pole: _rounded(found.get(pole, 0.0) * (real if pole in kind else 1.0)) for pole in POLES
    }


def tones(found: Scores, *, readable: bool) -> Scores:
    """The ten tones, each 0..1; "plain" is what the others leave."""
    tone = {name: _rounded(found.get(name, 0.0)) for name in TONES}
    tone["plain"] = _rounded(1.0 - max(tone.values())) if readable else 0.0
    return tone


def assumptions(found: Scores) -> Scores:
    """The fifteen assumptions, each 0..1."""
    return {name: _rounded(found.get(name, 0.0)) for name in ASSUMPTIONS}


def care(hits: Iterable[Hit]) -> tuple[Care, list[tuple[Hit, Care]]]:
    """The level of care, with the hits that call for it."""
    idioms = [(hit.start, hit.end) for hit in hits if "idiom" in hit.pattern.marks]
    level: Care = "none"
    calls: list[tuple[Hit, Care]] = []
    for hit in hits:
        for name in ("now", "offer"):
            weight = hit.weight(name) if name in hit.pattern.marks else 0.0
            if weight <= 0.0 or any(s < hit.end and hit.start < e for s, e in idioms):
                continue
            called: Care = "now" if name == "now" and weight >= hit.pattern.marks[name] else "offer"
            calls.append((hit, called))
            if level != "now":
                level = called
    return level, calls


def spans(text: str, hits: Iterable[Hit], calls: Iterable[tuple[Hit, Care]]) -> tuple[Span, ...]:
    """The marks on the words, in the order of the text; of two alike that overlap, the stronger."""
    kept: dict[str, list[tuple[float, Hit]]] = {}
    for hit in hits:
        for mark in hit.pattern.marks:
            if kind_of(mark) in (None, "care"):
                continue
            weight = hit.weight(mark)
            if weight >= SHOWN_FROM:
                kept.setdefault(mark, []).append((weight, hit))
    marks: list[Span] = []
    for mark, found in kept.items():
        marks += (_span(text, hit, mark) for hit in _apart(found))
    for level in ("now", "offer"):
        alike = [(1.0, hit) for hit, called in calls if called == level]
        marks += (_span(text, hit, level) for hit in _apart(alike))
    order = {name: at for at, name in enumerate(("offer", "now", *POLES, *ASSUMPTIONS, *TONES))}
    return tuple(sorted(marks, key=lambda span: (span.start, span.end, order[span.name])))


def _apart(found: list[tuple[float, Hit]]) -> list[Hit]:
    # The hits come in the order of the text, so only the last one kept can overlap the next.
    kept: list[tuple[float, Hit]] = []
    for weight, hit in found:
        if kept and hit.start < kept[-1][1].end:
            if (weight, hit.end - hit.start) > (kept[-1][0], kept[-1][1].end - kept[-1][1].start):
                kept[-1] = (weight, hit)
        else:
            kept.append((weight, hit))
    return [hit for _, hit in kept]


def _span(text: str, hit: Hit, mark: str) -> Span:
    kind = kind_of(mark)
    assert kind is not None, "only marks that make spans come here"  # noqa: S101
    why = hit.pattern.why if mark == next(iter(hit.pattern.marks)) else _whys()[mark]
    return Span(hit.start, hit.end, text[hit.start : hit.end], kind, mark, why)


@cache
def _whys() -> dict[str, str]:
    whys: dict[str, str] = load("labels")["why"]
    return whys


def _rounded(value: float) -> float:
    return round(value, 3)
