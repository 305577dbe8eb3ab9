"""Each score of an instrument as what it is to algebra: a weighted sum of items, and a constant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from secondvoice.measures.instrument import Instrument, Score


class GroupError(ValueError):
    """Answers of a group that nothing can be computed from: what is wrong, what to do."""


@dataclass(frozen=True, slots=True, eq=False)
class Key:
    """A score as ``constant + weights · answers`` over ``items``, where no answer is missing.

    ``signs`` are those of the weights: −1 for an item that counts as least + most − x.
    """

    score: Score
    items: tuple[str, ...]
    weights: NDArray[np.float64]
    constant: float

    @property
    def signs(self) -> NDArray[np.float64]:
        """+1 or −1 for each item."""
        return np.sign(self.weights)

    def over(self, names: Sequence[str]) -> NDArray[np.float64]:
        """The weights spread over ``names``, 0 for those that the score does not rest on."""
        known = dict(zip(self.items, self.weights, strict=True))
        return np.array([known.get(name, 0.0) for name in names])


def key(instrument: Instrument, score: str) -> Key:
    """The weights of one score.

    Raises:
        KeyError: the instrument makes no such score.
        GroupError: the instrument is a card and has no questions.
    """
    return next(found for found in keys(instrument) if found.score.id == score)


def keys(instrument: Instrument) -> tuple[Key, ...]:
    """The weights of every score, in the order of the instrument.

    Raises:
        GroupError: the instrument is a card and has no questions.
    """
    if instrument.scale is None:
        raise GroupError(
            f"{instrument.short} is a card without its questions; there are no answers to compare."
        )
    ends = instrument.scale.least + instrument.scale.most
    made: dict[str, tuple[dict[str, float], float]] = {}
    for score in instrument.scores:
        weights: dict[str, float] = {}
        constant = 0.0
        share = score.times / (len(score.of) if score.method == "mean" else 1)
        for part in score.of:
            turned = part in score.turned
            sign = -share if turned else share
            if part in made:
                rule = instrument.score(part)
                inner, base = made[part]
                constant += sign * base + (share * (rule.least + rule.most) if turned else 0.0)
            else:
                inner = {part: 1.0}
                constant += share * ends if turned else 0.0
            for item, weight in inner.items():
                weights[item] = weights.get(item, 0.0) + sign * weight
        made[score.id] = weights, constant
    return tuple(
        Key(score, tuple(found), np.array(list(found.values())), constant)
        for score in instrument.scores
        for found, constant in [made[score.id]]
    )


def columns(instrument: Instrument) -> tuple[str, ...]:
    """The items that any score rests on, in the order of the sheet: the columns of a table.

    Raises:
        GroupError: the instrument is a card and has no questions.
    """
    used = {item for found in keys(instrument) for item in found.items}
    return tuple(item.id for item in instrument.items if item.id in used)
