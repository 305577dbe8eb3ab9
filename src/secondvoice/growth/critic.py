"""The critic as it shows in the moments: its favourite lines, its hours and its subjects."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from secondvoice.moments.kept import first_line
from secondvoice.moments.record import Moment
from secondvoice.moments.similar import words
from secondvoice.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import tzinfo

    from secondvoice.growth.record import Subject

LOOKED_THROUGH: Final = 300
"""The newest lines that are compared with one another: what the critic says these months."""

SAME: Final = 0.5
"""From so alike on (0 to 1) two lines count as one line said twice. [own]"""

SHOWN: Final = 4
HOURS: Final = 3
"""Hours that are counted together."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that came more than once.

    ``said`` is how it was put the last time, ``times`` how often it came, and ``answer`` the own
    answer to it after which it became lightest; empty where there is none.
    """

    said: str
    times: int
    answer: str


def favourites(moments: Iterable[Any]) -> list[Line]:
    """The lines that came most often, none with words that call for care.

    Args:
        moments: as the door gives them, newest first; what does not open is passed over.
    """
    values = [
        value for item in moments if isinstance(value := getattr(item, "value", None), Moment)
    ]
    said = [value for value in values if value.voice.strip()][:LOOKED_THROUGH]
    found: list[Line] = []
    for of in _alike([value.voice for value in said]):
        if len(of) < 2 or len(found) == SHOWN:
            break
        line = first_line(said[of[0]])
        # What hurts most to meet unasked; those words lead to people, wherever they were written.
        if read(line).care != "none":
            continue
        answers = [said[at] for at in of if said[at].answer]
        best = max(answers, key=lambda one: one.lighter or 0, default=None)
        found.append(Line(line, len(of), best.answer if best else ""))
    return found


def hours(moments: Iterable[Any], zone: tzinfo) -> list[int]:
    """How many moments began in each three hours of the day, from midnight on: eight numbers."""
    counts = [0] * (24 // HOURS)
    for item in moments:
        if isinstance(getattr(item, "value", None), Moment):
            counts[item.happened_at.astimezone(zone).hour // HOURS] += 1
    return counts


def in_subjects(moments: Iterable[Any], subjects: Sequence[Subject]) -> tuple[dict[str, int], int]:
    """In how many moments each of the person's own subjects came up, and how many there are.

    A moment belongs to a subject if one of its words stands in it, in capitals or not, also as the
    beginning of a longer word ("report" in "reports").
    """
    wanted = {
        one.name: [f" {word.casefold()}" for word in (one.words or (one.name,))] for one in subjects
    }
    counts, of = dict.fromkeys(wanted, 0), 0
    for item in moments:
        value = getattr(item, "value", None)
        if not isinstance(value, Moment) or value.empty:
            continue
        of += 1
        plain = "".join(c if c.isalnum() else " " for c in f"{value.happened} {value.voice}")
        text = " " + " ".join(plain.casefold().split())
        for name, each in wanted.items():
            counts[name] += any(word in text for word in each)
    return counts, of


def _alike(lines: Sequence[str]) -> list[list[int]]:
    """Places of lines that are alike, each with the first line like it; most often first."""
    bags = [words(line) for line in lines]
    held = Counter(word for bag in bags for word in bag)
    vectors = [_unit(bag, held, len(lines)) for bag in bags]
    groups: list[list[int]] = []
    for at, vector in enumerate(vectors):
        scores = [_cosine(vector, vectors[group[0]]) for group in groups]
        best = max(range(len(groups)), key=scores.__getitem__, default=None)
        if best is not None and scores[best] >= SAME:
            groups[best].append(at)
        else:
            groups.append([at])
    return sorted(groups, key=len, reverse=True)


def _unit(bag: Counter[str], held: Counter[str], total: int) -> dict[str, float]:
    weighed = {word: n * (1 + math.log((total + 1) / held[word])) for word, n in bag.items()}
    length = math.sqrt(sum(value * value for value in weighed.values())) or 1.0
    return {word: value / length for word, value in weighed.items()}


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    return sum(value * other[word] for word, value in one.items() if word in other)
