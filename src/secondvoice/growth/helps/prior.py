"""What is expected before a person's own figures say anything, and where that is from.

No study was found that tells by how many points of ten a single practice makes a hard moment
lighter, and for whom. What there is are trials of whole programmes. The nearest to this one:
Linardon (2020), meta-analysis of apps: less distress, g = 0.32, of poor quality on the whole, and
part of it may be the expectation that a new app helps (``linardon-2020`` in ``learn/``). Wilson et
al. (2019) found no difference against active controls (``wilson-2019``).

From there to points of ten is our own step [own]: 0.32 of a spread of about 2 points between a
person's hard moments is 0.6 of a point. The spread round it, 0.6 again, leaves room for nothing at
all as well as for a practice that does twice as much. Everything marked [own] below is our
convention, published nowhere; ``docs/what-helps.md`` shows how the estimates do when it is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Prior:
    """Means and standard deviations, in points of ten.

    ``fall``: what a moment that begins at the person's usual "before" falls by itself. ``pull``:
    how much further it falls for each point that it began above that, and less for each point
    below: regression to the mean. ``trend``: change of the fall in a year. ``general``: what
    doing anything of this sort does for this person, beyond what falls by itself.
    ``apart``: possible spreads between what one practice does and another, with their weights;
    ``kinds``: the spread between kinds of moment, as a share of that. ``noise``: the usual spread
    of one rating round what is expected; ``noise_log_sd``: how far that may differ, on the log.
    ``unseen``: by how much what was done and not rated afterwards may have gone otherwise than what
    was rated, to either side.
    """

    fall: tuple[float, float] = (0.6, 0.5)  # [own]
    pull: tuple[float, float] = (0.25, 0.2)  # [own]
    trend: tuple[float, float] = (0.0, 0.5)  # [own]
    general: tuple[float, float] = (0.6, 0.6)  # Linardon 2020, turned into points [own]
    apart: tuple[tuple[float, float], ...] = ((0.25, 0.3), (0.6, 0.5), (1.2, 0.2))  # [own]
    kinds: float = 0.5  # [own]
    noise: float = 1.5  # [own]
    noise_log_sd: float = 0.4  # [own]
    unseen: float = 1.25  # [own]

    @property
    def possible(self) -> float:
        """The variance of what one practice does, the general part and its own, beforehand."""
        weights = sum(weight for _, weight in self.apart)
        own = sum(weight * spread**2 for spread, weight in self.apart) / weights
        return self.general[1] ** 2 + own


LITERATURE: Final = Prior()
"""The prior that is used."""
