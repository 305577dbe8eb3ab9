"""The occasion: one time that something was done in a hard moment, with how hard it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from secondvoice.poles import COMPASSIONATE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

NOTHING: Final = ""
"""What was done where nothing was: a moment that was only noticed, and rated twice."""

ANSWER: Final = "answer:"


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time.

    ``when`` has a zone. ``what`` is the id of a practice ("soles"), an answer as :func:`answered`
    names it, or ``NOTHING``. ``kind`` is the kind of moment, such as the pole that was found in the
    critic's words ("isolation"); empty: not known. ``before`` and ``after`` answer "How hard is
    it?", 0 (not at all) to 10, or None where it was not answered.
    """

    when: datetime
    what: str
    kind: str = ""
    before: int | None = None
    after: int | None = None

    @property
    def complete(self) -> bool:
        """Whether both questions were answered, so that it says something about what helps."""
        return self.before is not None and self.after is not None


def answered(parts: Iterable[str]) -> str:
    """What was done in a moment that was answered, by the parts that the answer has.

    >>> answered(["self_kindness", "mindfulness"])
    'answer:mindfulness+self_kindness'

    Args:
        parts: ids of poles; only the three compassionate ones count.

    Returns:
        ``NOTHING`` where none is among them.
    """
    there = set(parts)
    found = [pole.value for pole in COMPASSIONATE if pole.value in there]
    return ANSWER + "+".join(found) if found else NOTHING
