"""From what a person keeps to the occasions that say something about what helps them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from secondvoice.growth.helps.occasion import ANSWER, NOTHING, Occasion, answered
from secondvoice.moments.record import Moment
from secondvoice.practices.record import Practice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo

OWN_ANSWER: Final = ANSWER + "own"
"""An answer in which the reader found none of the three parts: it was an answer all the same, and
must not count as a moment on which nothing was done."""

SEVERAL: Final = "several"
"""The kind of a moment in whose words more than one pole was found. One of them alone would be our
choice, and each combination of its own would leave none of them often enough."""


def occasions(moments: Iterable[Any], practices: Iterable[Any], zone: tzinfo) -> Iterator[Occasion]:
    """Every moment and every practice that was rated before and after, or only before.

    A moment that was broken off before anything was answered is none: what would have been done
    then is not known.

    Args:
        moments: as the door gives them; what does not open is passed over.
        practices: the same.
        zone: in which a day of theirs begins.
    """
    for item in moments:
        value = getattr(item, "value", None)
        if isinstance(value, Moment) and value.before is not None and _counts(value):
            when = item.happened_at.astimezone(zone)
            yield Occasion(when, done_in(value), kind_of(value), value.before, value.after)
    for item in practices:
        value = getattr(item, "value", None)
        if isinstance(value, Practice) and not value.half and value.before is not None:
            when = item.happened_at.astimezone(zone)
            yield Occasion(when, value.practice, "", value.before, value.after)


def _counts(moment: Moment) -> bool:
    return moment.after is not None or moment.finished or bool(moment.answer)


def done_in(moment: Moment) -> str:
    """What was done in a moment: an answer by its parts, or nothing."""
    if not moment.answer:
        return NOTHING
    return answered(moment.parts) or OWN_ANSWER


def kind_of(moment: Moment) -> str:
    """Which kind of moment it was: the pole found in the critic's words, ``SEVERAL``, or empty."""
    if len(moment.marks) > 1:
        return SEVERAL
    return moment.marks[0] if moment.marks else ""
