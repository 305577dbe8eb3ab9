"""From hits to figures: how strongly the patterns speak for each mark, and for care."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from secondvoice.reader.hits import Hit
    from secondvoice.reader.reading import Care

    Scores = dict[str, float]
    Calls = list[tuple[Hit, Care]]

_COUNTED: Final = 3


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
        for mark, weight in hit.weights.items():
            if weight > 0.0:
                found.setdefault(mark, []).append(weight)
    return {mark: together(weights) for mark, weights in found.items()}


def care(hits: Iterable[Hit]) -> tuple[Care, Calls]:
    """The level of care, with the hits that call for it."""
    idioms = [(hit.start, hit.end) for hit in hits if "idiom" in hit.pattern.marks]
    level: Care = "none"
    calls: Calls = []
    for hit in hits:
        for name in ("now", "offer"):
            weight = hit.weights.get(name, 0.0)
            if weight <= 0.0 or any(s < hit.end and hit.start < e for s, e in idioms):
                continue
            called: Care = "now" if name == "now" and weight >= hit.pattern.marks[name] else "offer"
            calls.append((hit, called))
            if level != "now":
                level = called
    return level, calls
