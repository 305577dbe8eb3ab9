"""What to do next after a measure: from the weakest pole, where it can be told from the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondvoice.measures.change import limit
from secondvoice.poles import COMPASSIONATE, Pole

if TYPE_CHECKING:
    from secondvoice.measures.instrument import Instrument
    from secondvoice.measures.scoring import Scores


def pole_values(scores: Scores) -> dict[Pole, float]:
    """The six poles in their raw direction; empty where the measure has not all of them."""
    made = {scored.id: scored.value for scored in scores.scores}
    found: dict[Pole, float] = {}
    for pole in Pole:
        value = made.get(pole.value)
        if value is None:
            return {}
        found[pole] = value
    return found


def weakest(instrument: Instrument, scores: Scores) -> Pole | None:
    """The pole that stands furthest from self-compassion, if that is clear.

    Clear means: the distance to the next one is larger than the error of a difference between
    the two, the root of the mean of their squared limits (MDC95; each is 1.96 · SD · √(2(1 − r)),
    so this is 1.96 · √(SEM₁² + SEM₂²)). The errors of two poles are taken as independent, which
    is our own convention.

    Returns:
        A pole; None where the measure has no poles, an error is not known, or none stands out.
    """
    values = pole_values(scores)
    if not values or instrument.scale is None:
        return None
    ends = instrument.scale.least + instrument.scale.most
    towards = {
        pole: value if pole in COMPASSIONATE else ends - value for pole, value in values.items()
    }
    first, second, *_ = sorted(towards, key=lambda pole: towards[pole])
    limits = []
    for pole in (first, second):
        precision = instrument.precision_of(pole.value)
        if precision is None or not precision.verdict:
            return None
        known = limit(precision)
        if precision.at_least is not None:
            known = max(known, precision.at_least.value)
        limits.append(known)
    apart = ((limits[0] ** 2 + limits[1] ** 2) / 2) ** 0.5
    return first if towards[second] - towards[first] > apart else None
