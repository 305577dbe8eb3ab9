"""What stands in a report: of the chosen weeks, and of nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from secondvoice.measures.kept import CHECK_INS, TAKING, days, histories
from secondvoice.practices.catalogue import practices
from secondvoice.records.kept import Kept
from secondvoice.report import words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import tzinfo
    from uuid import UUID

    from secondvoice.measures.change import Taken
    from secondvoice.moments.record import Moment
    from secondvoice.practices.record import Practice
    from secondvoice.records.models import Door

WEEKS: Final = (1, 2, 4, 8, 12, 26, 52)
MOST_WORDS: Final = 100
"""Texts that are listed to be ticked, the newest."""

PARTS: Final = ("happened", "voice", "answer")
"""The parts of a moment that can be ticked one by one."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a report, both ends in it."""

    first: date
    last: date

    @classmethod
    def up_to(cls, last: date, weeks: int) -> Span:
        """So many weeks of seven days, the last of which ends on ``last``.

        Raises:
            OverflowError: there is no such day.
        """
        return cls(last - timedelta(days=7 * weeks - 1), last)

    def holds(self, moment: datetime, zone: tzinfo) -> bool:
        """Whether a moment is on one of the days, by the person's own midnight."""
        return self.first <= moment.astimezone(zone).date() <= self.last


@dataclass(frozen=True, slots=True)
class Count:
    """How often something was done."""

    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Text:
    """Words that can be ticked. ``mark`` names them in the form: the thing, and the part of it."""

    mark: str
    of: str
    at: datetime
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What there is in the weeks: scores by measure, check-ins by question, counts, and texts."""

    taken: Mapping[str, Mapping[str, list[Taken]]]
    checked: Mapping[str, Mapping[date, int]]
    counts: list[Count]
    texts: list[Text] = field(repr=False)


def gather(door: Door, span: Span, zone: tzinfo) -> Gathered:
    """Everything of the weeks that a report can hold, the texts newest first.

    Args:
        door: of the person, unlocked.
        span: the days.
        zone: in which a day begins.
    """
    taken = _within(histories(door.all(TAKING), zone), span)
    checked = {
        question: {on: number for on, number in told.items() if span.first <= on <= span.last}
        for question, told in days(door.all(CHECK_INS)).items()
    }
    moments = list(_of_days(door, "moment", span, zone))
    letters = [kept for kept in _of_days(door, "letter", span, zone) if kept.value.done]
    texts = sorted(
        [*_texts_of(moments), *_letters(letters)], key=lambda text: text.at, reverse=True
    )
    counts = Counter[str]()
    names = words_of("counts")
    counts[names["moment"]] = sum(1 for kept in moments if kept.value.answer)
    counts[names["check_in"]] = len({on for told in checked.values() for on in told})
    for kept in _of_days(door, "practice", span, zone):
        counts[_title(kept.value)] += not kept.value.half
    counts[names["letter"]] = len(letters)
    counts[names["befriended"]] = sum(
        1 for kept in _of_days(door, "befriended", span, zone) if kept.value.done
    )
    counts[names["one_day"]] = sum(1 for _ in _of_days(door, "one_day", span, zone))
    return Gathered(
        taken, checked, [Count(title, count) for title, count in counts.items() if count], texts
    )


def chosen_texts(texts: list[Text], ticked: Collection[str]) -> list[Text]:
    """The ticked ones, oldest first; what is ticked and not there is let go."""
    return [text for text in reversed(texts[:MOST_WORDS]) if text.mark in ticked]


def _within(
    found: Mapping[str, Mapping[str, list[Taken]]], span: Span
) -> dict[str, dict[str, list[Taken]]]:
    inside = {
        name: {
            score: history
            for score, taken in of_one.items()
            if (history := [one for one in taken if span.first <= one.on <= span.last])
        }
        for name, of_one in found.items()
    }
    return {name: of_one for name, of_one in inside.items() if of_one}


def _of_days(door: Door, kind: str, span: Span, zone: tzinfo) -> Iterator[Kept[Any]]:
    """What happened on the days, newest first; what does not open is passed over."""
    for kept in door.all(kind):
        if kept.happened_at.astimezone(zone).date() < span.first:
            return
        if isinstance(kept, Kept) and span.holds(kept.happened_at, zone):
            yield kept


def _texts_of(moments: list[Kept[Moment]]) -> Iterator[Text]:
    names = words_of("look")
    for kept in moments:
        for part in PARTS:
            words: str = getattr(kept.value, part)
            if words.strip():
                yield Text(_mark(kept.thing, part), names[part], kept.happened_at, words.strip())


def _letters(letters: list[Kept[Any]]) -> Iterator[Text]:
    for kept in letters:
        if kept.value.text.strip():
            name = words_of("look")["letter"]
            yield Text(_mark(kept.thing, "letter"), name, kept.happened_at, kept.value.text.strip())


def _mark(thing: UUID, part: str) -> str:
    return f"{thing}.{part}"


def _title(practice: Practice) -> str:
    """The title of a practice; one that is no longer in the library goes by its id."""
    known = practices().get(practice.practice)
    if known is not None:
        return known.title
    return str(words_of("counts").get(practice.practice, practice.practice))
