"""What helps: an estimate for each practice and each kind of answer, and what may be said of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from secondvoice.growth.helps.effects import Effect, effects
from secondvoice.growth.helps.prior import LITERATURE, Prior
from secondvoice.growth.helps.sums import LEAST_DAYS, Sums
from secondvoice.growth.helps.words import by, times, words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from secondvoice.growth.helps.occasion import Occasion

Verdict = Literal["helps", "early", "none", "heavier"]

Z80: Final = 1.2815515655446004
"""The normal quantile of 0.9: an 80 % interval reaches so many SDs to either side."""

LEAST_TIMES: Final = 5
LEAST_IN_ALL: Final = 8
"""Below so many times, and rated occasions in all, it is too early; see ``LEAST_DAYS``. [own]"""

PROBABLY: Final = 10.0
"""By so much likelier its figures have to be if it helps than if it does nothing, before it is said
that something probably helps: the Bayes factor of ten that Jeffreys calls strong [mem]. Where it
does nothing, this is passed in at most one of ten cases *however often one looks* (Ville 1939
[mem]); in the simulation of ``docs/what-helps.md``, in far fewer. [own]"""

WARY: Final = 1.6448536269514722
"""The normal quantile of 0.95: "heavier" asks for so many SDs below nought. Less is asked for than
of help, since to leave a practice out costs little. [own]"""

NOTICED: Final = 1.0
"""The smallest difference that people would care about, in points of ten. [own]"""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a practice or an answer does for this person, beyond what time alone would have done.

    ``kind`` is the kind of moment, empty for all of them together. ``times``: rated so often.
    ``low`` to ``high`` is the 80 % interval round ``mid``, in points of ten; above nought is
    lighter. While the verdict is ``early`` these are hardly more than what was expected
    beforehand, and should not be shown. ``own`` is the SD of what is unsure of this one alone and
    not of all alike, or None where that is not known.
    """

    what: str
    kind: str
    times: int
    low: float
    mid: float
    high: float
    verdict: Verdict
    sentence: str
    own: float | None = None


def what_helps(
    occasions: Iterable[Occasion], *, now: datetime, prior: Prior = LITERATURE
) -> tuple[Estimate, ...]:
    """What helps this person, from their own before and after.

    Args:
        occasions: all of theirs, in any order; those not complete, or after ``now``, count for
            nothing. Those on which nothing was done are what the others are held against.
        now: with a zone.
        prior: what is expected beforehand.

    Returns:
        For everything that was done and rated at least once: an estimate over all kinds of moment,
        and then one for each kind that has a name. In the order of how often they were done.

    Raises:
        ValueError: a rating outside 0 to 10.
    """
    return estimates_of(Sums.of(occasions, now=now), prior)


def estimates_of(sums: Sums, prior: Prior = LITERATURE) -> tuple[Estimate, ...]:
    """The same from sums that were kept, so that one more occasion costs one update."""
    found = effects(sums, prior)
    often = {effect.what: effect.times for effect in found if not effect.kind}
    enough = sums.count >= LEAST_IN_ALL
    found.sort(key=lambda effect: (-often[effect.what], effect.what, effect.kind))
    return tuple(_estimate(effect, prior, enough=enough) for effect in found)


def _estimate(effect: Effect, prior: Prior, *, enough: bool) -> Estimate:
    half = Z80 * effect.sd
    low, high = effect.mean - half, effect.mean + half
    verdict = _verdict(effect, prior, low, high) if enough else "early"
    return Estimate(
        effect.what,
        effect.kind,
        effect.times,
        low,
        effect.mean,
        high,
        verdict,
        sentence(verdict, effect.times, low, high),
        effect.own,
    )


def odds(effect: Effect, prior: Prior = LITERATURE) -> float:
    """How much likelier the figures are if it helps than if it does nothing: a Bayes factor.

    "If it helps" is the upper half of a normal distribution round nought, as wide as what is
    possible beforehand: of somebody who expected nothing (the sceptical prior of Spiegelhalter,
    Freedman and Parmar 1994 [mem]). By the ratio of Savage and Dickey (Dickey 1971 [mem]) it is
    2 Φ(z) · √(v / v₀) · exp(z² / 2), with z the doubtful mean in SDs and v the variance after and
    v₀ before. Such a factor does not grow by being looked at, and so needs no plan for how often.
    """
    z = effect.doubtful / effect.sd
    narrower = min(effect.sd / math.sqrt(prior.possible), 1.0)
    # Beyond 30 SDs it is beyond any bound, and beyond what a number holds.
    return (1 + math.erf(z / math.sqrt(2))) * narrower * math.exp(min(z * z, 900.0) / 2)


def _verdict(effect: Effect, prior: Prior, low: float, high: float) -> Verdict:
    if effect.times < LEAST_TIMES or effect.days < LEAST_DAYS:
        return "early"
    if low > 0 and effect.doubtful > 0 and odds(effect, prior) >= PROBABLY:
        return "helps"
    if effect.mean < -WARY * effect.sd:
        return "heavier"
    if low > -NOTICED and high < NOTICED and low <= 0 <= high:
        return "none"
    return "early"


def sentence(verdict: Verdict, count: int, low: float, high: float) -> str:
    """What may be said of an estimate, in one sentence or two.

    Args:
        verdict: what was found.
        count: how often it was done and rated.
        low: lower end of the 80 % interval, in points of ten.
        high: its upper end.
    """
    said, how_often = words("estimate"), times(count)
    if verdict not in {"helps", "heavier"}:
        return str(said[verdict].format(times=how_often))
    near, far = (low, high) if verdict == "helps" else (-high, -low)
    return str(said[verdict].format(by=by(near, far), times=how_often))
