"""Finding moments among a person's records: unfinished, alike, matching a search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from secondvoice.moments.record import LookBack, Moment
from secondvoice.moments.similar import alike

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from secondvoice.records.models import Door

KIND = "moment"
LOOKED_THROUGH = 400
"""How many of the newest moments are looked through for short kind words."""

NEARLY = 0.6
"""Moments at least so alike as this share of the most alike one are equally alike: of these, the
one comes first that became lightest. [own]"""

PHRASES = 8
LONGEST_PHRASE = 160
"""Characters: what can be taken in at a glance in a hard minute."""

_LOOK_BACK = UUID("7d0c3f8e-2f1d-5a3a-9a0e-6d1f6c0b7a11")


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What the person once answered, by component, in a moment like this one."""

    name_it: tuple[str, ...]
    not_alone: tuple[str, ...]
    kind_words: tuple[str, ...]


def own_words(moment: Moment, earlier: Iterable[Moment]) -> OwnWords:
    """The person's answers to earlier moments that are most like ``moment``.

    Of those that are nearly as alike as the most alike one, the answer after which it became
    lighter by most comes first. One without a number before and after is as if nothing had changed.

    Args:
        moment: the one at hand.
        earlier: others, newest first; those without an answer are passed over.

    Returns:
        For each field of an answer at most two texts, none twice.
    """
    answered = [other for other in earlier if other.answer]
    like = alike(
        f"{moment.happened}\n{moment.voice}",
        [f"{other.happened}\n{other.voice}" for other in answered],
        limit=6,
    )
    near = [
        (-(answered[i].lighter or 0), -score, i)
        for score, i in like
        if score >= NEARLY * like[0][0]
    ]
    rest = [i for score, i in like if score < NEARLY * like[0][0]]
    chosen = [answered[i] for i in (*(i for *_, i in sorted(near)), *rest)]

    def field(name: str) -> tuple[str, ...]:
        texts = (str(getattr(other, name)).strip() for other in chosen)
        return tuple(dict.fromkeys(text for text in texts if text))[:2]

    return OwnWords(field("name_it"), field("not_alone"), field("kind_words"))


def own_phrases(door: Door) -> list[str]:
    """Kind words that the person wrote before, the newest first: short ones, none twice."""
    kept = (getattr(item, "value", None) for item in door.page(KIND, limit=LOOKED_THROUGH).items)
    words = (moment.kind_words.strip() for moment in kept if isinstance(moment, Moment))
    short = dict.fromkeys(text for text in words if 0 < len(text) <= LONGEST_PHRASE)
    return list(short)[:PHRASES]


def matches(moment: Moment, words: Iterable[str], pole: str) -> bool:
    """Whether every one of ``words`` (folded) stands in the moment, and ``pole`` if given."""
    if pole and pole not in (*moment.marks, *moment.parts):
        return False
    # Field by field: a search opens every moment, and putting an answer together costs more.
    told = (moment.happened, moment.voice, moment.why)
    answer = (moment.name_it, moment.not_alone, moment.kind_words)
    text = "\n".join((*told, *answer, moment.right_if, moment.right_then)).casefold()
    return all(word in text for word in words)


def search_words(query: str) -> tuple[str, ...]:
    """The words of a search, folded."""
    return tuple(query.casefold().split())


def first_line(moment: Moment) -> str:
    """The critic's words for a list: what the voice said, else what happened."""
    return moment.voice.strip() or moment.happened.strip()


def look_back_thing(moment: UUID) -> UUID:
    """The id of the look back that belongs to a moment: one for each, always the same."""
    return uuid5(_LOOK_BACK, str(moment))


def due(kept: Iterable[Any], today: date) -> Iterator[Any]:
    """The look backs that are open and whose day has come."""
    for item in kept:
        value = getattr(item, "value", None)
        if isinstance(value, LookBack) and not value.outcome and value.on <= today:
            yield item
