"""Trying something out of Learn, to see for oneself: what was expected, and what was seen.

Four cards of Learn are about doubts that an argument does not settle. Each has something small to
try; the person is asked about it on a day of their choice, beside the small steps of "make it
right". Nothing is added up over several times, and no answer is the right one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from secondvoice.moments.record import LookBack
from secondvoice.records.kinds import record_kind
from secondvoice.texts import texts
from secondvoice.tongues import each_tongue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

KIND: Final = "experiment"
NOT_YET: Final = "not_yet"
"""The answer that is no outcome: it is asked about again."""
AGAIN_AFTER: Final = 3
"""Days, as for a small step that has not been tried yet."""
STEPS_COUNT: Final = "myth-motivation"
"""The card whose doubt the small steps of "make it right" speak to: does one try again?"""


@record_kind(KIND, version=1)
@dataclass(frozen=True, slots=True)
class Experiment:
    """One try of what a card suggests. It happens when the person sets out to.

    ``card`` is the id of a card of Learn; ``on`` the day to be asked on. ``expects`` and ``saw``
    are the person's own words, ``outcome`` the id of an answer, empty while it is open.
    """

    card: str
    on: date
    expects: str = ""
    outcome: str = ""
    saw: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    """How many small steps were looked back at since a day, and how many of them were tried."""

    looked_back: int
    tried: int


def words() -> dict[str, Any]:
    """The room's words for it."""
    return texts("secondvoice.moments", "experiments.toml")


@each_tongue
def cards() -> dict[str, dict[str, Any]]:
    """What is asked of each card that can be tried: ``days``, ``question`` and ``options``."""
    found: dict[str, dict[str, Any]] = words()["cards"]
    return found


def options(card: str) -> list[dict[str, str]]:
    """The answers to a card's question, each with ``id``, ``label`` and ``reply``."""
    return [*cards()[card]["options"], *words()["always"]]


def known(kept: Iterable[Any]) -> Iterator[Any]:
    """Those that open and whose card this program has."""
    for item in kept:
        value = getattr(item, "value", None)
        if isinstance(value, Experiment) and value.card in cards():
            yield item


def due(kept: Iterable[Any], today: date) -> Iterator[Any]:
    """The experiments that are open and whose day has come."""
    for item in known(kept):
        if not item.value.outcome and item.value.on <= today:
            yield item


def steps_since(look_backs: Iterable[Any], since: datetime) -> Steps:
    """What became of the small steps that were looked back at.

    Args:
        look_backs: those kept; what does not open is passed over.
        since: with a zone; a look back that was answered before counts for nothing.
    """
    outcomes = [
        item.value.outcome
        for item in look_backs
        if isinstance(getattr(item, "value", None), LookBack)
        and item.value.outcome
        and item.kept_at >= since
    ]
    return Steps(len(outcomes), outcomes.count("tried"))
