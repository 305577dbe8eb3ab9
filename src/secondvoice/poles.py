"""The six poles and three components of self-compassion: the vocabulary of everything.

Source: Neff, K. D. (2003). Development and validation of a scale to measure self-compassion.
*Self and Identity* 2, 223-250, doi 10.1080/15298860309027. Each component has a compassionate
pole and its opposite.
"""

from __future__ import annotations

from enum import StrEnum

from secondvoice.tongues import later, say


class Pole(StrEnum):
    """One end of one component. The value is the id used in data, JSON and records."""

    SELF_KINDNESS = "self_kindness"
    SELF_JUDGMENT = "self_judgment"
    COMMON_HUMANITY = "common_humanity"
    ISOLATION = "isolation"
    MINDFULNESS = "mindfulness"
    OVER_IDENTIFICATION = "over_identification"

    @property
    def label(self) -> str:
        """The name as it is shown: ``self-judgment``, ``common humanity``."""
        return say(_LABELS[self])

    @property
    def opposite(self) -> Pole:
        """The other pole of the same component."""
        return _OPPOSITES[self]

    @property
    def compassionate(self) -> bool:
        """Whether this is one of the three kind poles."""
        return self in COMPASSIONATE


COMPASSIONATE: tuple[Pole, ...] = (
    Pole.MINDFULNESS,
    Pole.COMMON_HUMANITY,
    Pole.SELF_KINDNESS,
)
"""The three kind poles in the order in which an answer is built; they name the components too."""

UNCOMPASSIONATE: tuple[Pole, ...] = (
    Pole.OVER_IDENTIFICATION,
    Pole.ISOLATION,
    Pole.SELF_JUDGMENT,
)
"""The three opposites, in the same order."""

_LABELS = {
    Pole.SELF_KINDNESS: later("self-kindness"),
    Pole.SELF_JUDGMENT: later("self-judgment"),
    Pole.COMMON_HUMANITY: later("common humanity"),
    Pole.ISOLATION: later("isolation"),
    Pole.MINDFULNESS: later("mindfulness"),
    Pole.OVER_IDENTIFICATION: later("over-identification"),
}
_OPPOSITES = dict(zip(COMPASSIONATE, UNCOMPASSIONATE, strict=True)) | dict(
    zip(UNCOMPASSIONATE, COMPASSIONATE, strict=True)
)
