"""Be the friend first: strangers in a hard moment, what one said to them, and who comes next.

Everybody in ``situations.toml`` is invented.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from secondvoice.moments import most_alike
from secondvoice.poles import COMPASSIONATE, UNCOMPASSIONATE
from secondvoice.reader import Reading, read
from secondvoice.records.kept import Kept
from secondvoice.records.kinds import record_kind
from secondvoice.texts import texts
from secondvoice.tongues import each_tongue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from secondvoice.records.models import Door

KIND: Final = "befriended"
CHOICE: Final = "befriend_choice"
CHOICE_THING: Final = UUID("c1f0a6d2-7e4b-5c1d-9b3a-0d2e8f5a6b74")
"""There is one such choice in a diary, and it is always this thing."""
PRACTICE: Final = "be-the-friend"
"""What a time of it is called among the practices that were done. It is not in the library."""
LOOKED_THROUGH: Final = 400
"""How many of the newest answers are looked through."""
LONGEST_OFFERED: Final = 240
"""How many characters of an answer are offered back; a longer one is cut after a sentence."""

FEELS_FALSE: Final = frozenset({"skin-crawl", "unshown", "nothing-happens", "cringe", "lie"})
"""The lines of ``hindrances.toml`` that say that kindness to oneself feels false."""

_SENTENCE_END = re.compile(r"(?<=[.?…])[”’\"')]*\s+")


@dataclass(frozen=True, slots=True)
class Situation:
    """Somebody in a hard moment, in their own words.

    ``trouble`` is the kind of it. ``says`` is what their harsh voice says, so it may sound harsh;
    ``poles`` are the uncompassionate poles in it. All else is said by the program.
    """

    id: str
    name: str
    life: str
    trouble: str
    says: str
    poles: tuple[str, ...]


@record_kind(CHOICE, version=1, only_one=True, named=True)
@dataclass(frozen=True, slots=True)
class BefriendChoice:
    """Which kind of trouble the person would rather meet; empty: any."""

    trouble: str = ""


@record_kind(KIND, version=1)
@dataclass(frozen=True, slots=True)
class Befriended:
    """What a person said to one of the strangers.

    ``situation`` is whose. ``passed`` are those whom they let go by before this one. ``asked``: a
    part was missing and was asked about. ``parts``: the pole ids that the reader found in it.
    ``draft`` says that this revision was kept while typing, ``done`` that it was said.
    """

    situation: str
    said: str = ""
    asked: bool = False
    parts: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    zone: str = ""
    draft: bool = False
    done: bool = False

    @property
    def finished(self) -> bool:
        """Whether it was said."""
        return self.done


@dataclass(frozen=True, slots=True)
class SaidBefore:
    """A person's own words to a stranger, to be offered back to them."""

    name: str
    words: str


class SituationError(ValueError):
    """A situation that cannot be used; the message says which and why."""


@each_tongue
def situations() -> Mapping[str, Situation]:
    """All strangers by their id, in the order of the file.

    Raises:
        SituationError: the file is not as it should be.
    """
    found: dict[str, Situation] = {}
    for number, row in enumerate(texts(__package__, "situations.toml")["situations"], start=1):
        situation = _situation(row, number)
        if situation.id in found:
            raise SituationError(f"Situation {situation.id!r} is there twice; rename one of them.")
        found[situation.id] = situation
    return found


def troubles() -> tuple[str, ...]:
    """The kinds of trouble, in the order of the file."""
    return tuple(dict.fromkeys(one.trouble for one in situations().values()))


def next_stranger(
    trouble: str, met: Sequence[str], *, start: int = 0, passed: Iterable[str] = ()
) -> Situation:
    """Whom to meet next.

    Args:
        trouble: the kind of it; empty or unknown: any.
        met: the ids of those met before, the last one first.
        start: where among the strangers to begin, so that not everybody meets the same ones first.
        passed: ids of those who were let go by just now.

    Returns:
        One not met yet, not passed. When there is none left, whoever it is longest ago with.
    """
    suiting = [one for one in situations().values() if one.trouble == trouble]
    suiting = suiting or list(situations().values())
    turned = start % len(suiting)
    suiting = suiting[turned:] + suiting[:turned]
    gone_by = list(passed)
    order = [*gone_by[::-1], *(id_ for id_ in met if id_ not in gone_by)]
    ago = {id_: len(order) - at for at, id_ in enumerate(order)}
    # Sorting is stable: of those never met (0) the first in the file's turned order comes.
    return min(suiting, key=lambda one: ago.get(one.id, 0))


def reading_of(said: str, situation: Situation) -> Reading | None:
    """What the reader finds in words said to a stranger; None for no words.

    The stranger's own words are not read: idioms of theirs would be taken for the person's.
    """
    return read(said, voice="answer", friend=situation.name) if said.strip() else None


def parts(reading: Reading | None) -> tuple[str, ...]:
    """Which of the three components are there, in the order of an answer."""
    if reading is None or not reading.sure:
        return ()
    return tuple(pole.value for pole in COMPASSIONATE if pole.value not in reading.missing)


def missing(reading: Reading | None) -> tuple[str, ...]:
    """The components that are not there; none where the reader cannot tell."""
    return reading.missing if reading is not None and reading.sure else ()


def said_to_a_stranger(door: Door, text: str, poles: Iterable[str] = ()) -> SaidBefore | None:
    """What the person once said to the stranger whose moment was most like their own now.

    Args:
        door: theirs.
        text: their own words of now.
        poles: the uncompassionate poles that were found in them.

    Returns:
        Their answer, cut after a sentence if it is long; of several none of which is like it, the
        newest to somebody whose voice spoke from the same poles, else the newest. None where they
        have said nothing to anybody yet.
    """
    said = [
        (item.value, situations()[item.value.situation])
        for item in door.page(KIND, limit=LOOKED_THROUGH).items
        if isinstance(item, Kept)
        and isinstance(item.value, Befriended)
        and item.value.done
        and item.value.said.strip()
        and item.value.situation in situations()
    ]
    if not said:
        return None
    like = most_alike(text, [f"{one.life}\n{one.says}\n{own.said}" for own, one in said], limit=1)
    mine = set(poles)
    same = (at for at, (_, one) in enumerate(said) if mine & set(one.poles))
    own, stranger = said[like[0] if like else next(same, 0)]
    return SaidBefore(stranger.name, shortened(own.said))


def shortened(text: str) -> str:
    """Whole sentences of ``text`` up to ``LONGEST_OFFERED`` characters, one at the least."""
    whole = " ".join(text.split())
    if len(whole) <= LONGEST_OFFERED:
        return whole
    ends = [match.start() for match in _SENTENCE_END.finditer(whole)]
    fitting = [end for end in ends if end <= LONGEST_OFFERED]
    if fitting:
        return whole[: fitting[-1]]
    return whole[:LONGEST_OFFERED].rsplit(" ", 1)[0] + " …"


def choice_of(door: Door) -> str:
    """The kind of trouble that the person would rather meet; empty: any."""
    kept = door.latest(CHOICE)
    return kept.value.trouble if kept and isinstance(kept.value, BefriendChoice) else ""


def _situation(row: dict[str, Any], number: int) -> Situation:
    said: dict[str, str] = {}
    for name in ("id", "name", "life", "trouble", "says"):
        value = row.get(name)
        if not isinstance(value, str) or not value.strip():
            raise SituationError(
                f"Situation {number} of situations.toml has no {name}; write it as text."
            )
        said[name] = value
    known = sorted(pole.value for pole in UNCOMPASSIONATE)
    poles = row.get("poles")
    if not isinstance(poles, list) or not poles or not set(known).issuperset(poles):
        raise SituationError(
            f"Situation {number} of situations.toml needs its poles, from: {', '.join(known)}."
        )
    return Situation(**said, poles=tuple(poles))
