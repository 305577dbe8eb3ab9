"""One's own wishes: found in four steps, kept as one sealed record, said again when needed.

The four steps are those of the exercise of finding one's own phrases in the Mindful Self-Compassion
programme (practices/library/phrases.toml names its source): what one needs, what one longs to
hear, wishes made of both, and how they sound.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from uuid import UUID

from secondvoice.records.errors import CannotOpen, NotThere
from secondvoice.records.kinds import record_kind
from secondvoice.tongues import tongue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from secondvoice.records.models import Door

KIND: Final = "wishes"
THING: Final = UUID("5a6f6c0e-3b57-5d5e-8a39-4f0d7a1c9b62")
"""There is one set of wishes in a diary, and it is always this thing."""
PRACTICE: Final = "phrases"
MOST: Final = 4
"""How many wishes are kept at most: more are not remembered when they are needed."""
STEPS: Final = ("need", "hear", "wishes", "sound")

# How wishes of this kind begin, and how each goes on after "begin to". German and Spanish would
# need another form of the verb for that; "little by little" goes in without one.
_SELF: Final = r"(?: (?:mich|mir)(?: selbst)?)?"
_ENGLISH: Final = (
    (re.compile(r"(may (?:i|you|we)) (?!begin\b)", re.IGNORECASE), r"\1 begin to "),
    (re.compile(r"(i(?:['’]d| would) like to) (?!begin\b)", re.IGNORECASE), r"\1 begin to "),
    (re.compile(r"(let me) (?!begin\b)", re.IGNORECASE), r"\1 begin to "),
    (re.compile(r"i (wish|hope|want) (?!begin\b)", re.IGNORECASE), r"May I begin to \1 "),
)
_GERMAN: Final = tuple(
    (re.compile(rf"({start}) (?!nach und nach\b)", re.IGNORECASE), r"\1 nach und nach ")
    for start in (
        rf"mögen? (?:ich|wir){_SELF}",
        rf"ich (?:möchte|will|würde){_SELF}(?: gern)?",
        r"möge (?:es )?mir",
        r"ich wünsche mir",
        rf"lass mich{_SELF}",
    )
)
_SPANISH: Final = tuple(
    (re.compile(rf"({start}) (?!poco a poco\b)", re.IGNORECASE), r"\1 poco a poco ")
    for start in (
        "ojalá(?: que)?",
        "que(?: yo)?",
        "(?:me gustaría|quisiera|quiero)(?: que)?",
        "(?:permíteme|déjame)",
    )
)
_BEGINNINGS: Final = {"en": _ENGLISH, "de": _GERMAN, "es": _SPANISH}
"""By the language of the page, which is what the offer is made in."""


@record_kind(KIND, version=1, named=True)
@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person needs, what they would like to hear, and the wishes they made of it.

    ``kept`` are the wishes that are said again, 1 to ``MOST``, none empty. ``need`` and ``hear``
    are notes on the way there. ``tried`` are wishes that were not yet listened to. ``draft`` says
    that this revision was kept while typing.
    """

    need: str = ""
    hear: str = ""
    tried: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    zone: str = ""
    draft: bool = False

    @property
    def empty(self) -> bool:
        """Whether the person has written nothing yet."""
        return not (self.need.strip() or self.hear.strip() or self.tried or self.kept)

    @property
    def finished(self) -> bool:
        """Whether there is something to say again."""
        return bool(self.kept)

    def keeping(self, wishes: Iterable[str]) -> Wishes:
        """The same with these as the wishes that are said again."""
        return replace(self, kept=as_wishes(wishes), tried=())


def as_wishes(texts: Iterable[str]) -> tuple[str, ...]:
    """At most ``MOST`` wishes: one line each, without the empty ones, none twice."""
    lines = (" ".join(text.split()) for text in texts)
    return tuple(dict.fromkeys(line for line in lines if line))[:MOST]


def can_begin(wish: str) -> bool:
    """Whether "begin to" can be put into a wish that is written in the language of the page."""
    return any(pattern.match(wish) for pattern, _ in _beginnings())


def begun(wish: str) -> str:
    """A wish that rings false, made smaller: "May I begin to …". Others stay as they are."""
    for pattern, instead in _beginnings():
        if pattern.match(wish):
            return pattern.sub(instead, wish, count=1)
    return wish


def _beginnings() -> tuple[tuple[re.Pattern[str], str], ...]:
    return _BEGINNINGS.get(tongue().split("-")[0], ())


def wishes_of(door: Door) -> Wishes:
    """The person's wishes, with none in them where there are none or they do not open."""
    try:
        value = door.get(KIND, THING).value
    except (NotThere, CannotOpen):
        return Wishes()
    return value if isinstance(value, Wishes) else Wishes()


def own_wishes(door: Door) -> tuple[str, ...]:
    """The person's own wishes, as they wrote them, 0 to ``MOST``."""
    return wishes_of(door).kept
