"""What is kept of measures: a taking, the check-ins of a month, and what the person chose."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from secondvoice.records.kinds import record_kind

WEEKS: Final = (1, 2, 4, 8, 0)
"""Weeks after a taking before the page says that the next one may be due; 0: never."""


QUESTIONS: Final = ("day", "hard", "kind")
"""The questions of a check-in, by their fields."""

NOT_SAID: Final = "-"
_SAID: Final[dict[str, int | None]] = {str(number): number for number in range(11)} | {
    NOT_SAID: None
}


@record_kind("taking", version=1)
@dataclass(frozen=True, slots=True)
class Taking:
    """One time that a measure was taken, or a score that was entered from elsewhere.

    ``answers`` has the value of each answered question by its id, ``passed`` the questions that
    the person preferred not to answer. ``calm``: "nothing difficult right now" was the answer.
    ``scores`` are those made by version ``version`` of the instrument's file, so that a chart of
    years need not make them again. ``supported``: where an answer led to support, the person has
    gone on from there. ``elsewhere``: the scores were entered, and there are no answers.
    """

    instrument: str
    version: int = 1
    begun: datetime | None = None
    answers: dict[str, int] = field(default_factory=dict)
    passed: tuple[str, ...] = ()
    calm: bool = False
    done: bool = False
    seconds: float | None = None
    supported: bool = False
    elsewhere: bool = False
    scores: dict[str, float] = field(default_factory=dict)
    zone: str = ""

    def answered(self, question: str, value: int | None) -> Taking:
        """The same with one more question answered; None: they prefer not to."""
        answers = {name: given for name, given in self.answers.items() if name != question}
        passed = tuple(name for name in self.passed if name != question)
        if value is None:
            passed = (*passed, question)
        else:
            answers[question] = value
        return replace(self, answers=answers, passed=passed, calm=False)

    @property
    def begun_with(self) -> bool:
        """Whether there is anything in it that would be missed."""
        return bool(self.answers or self.passed or self.calm)


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One day in three numbers from 0 to 10, each of which may be left out.

    ``day``: how the day was, 10 the best. ``hard``: how hard it was. ``kind``: how kind they were
    to themselves. Ours, and validated by nobody.
    """

    day: int | None = None
    hard: int | None = None
    kind: int | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was said."""
        return self.day is None and self.hard is None and self.kind is None


@record_kind("check_ins", version=1, named=True)
@dataclass(frozen=True, slots=True)
class CheckIns:
    """The check-ins of one month.

    Each question is one text with the numbers of the days in order, from the first, with a space
    between and a dash for a day on which nothing was said: ``"- 5 7"`` is a 5 on the second and a
    7 on the third. A month and not a day is one record, and a text and not a table, because what a
    chart of ten years costs is opening and reading: 120 records and not 3,650.
    """

    month: date
    day: str = ""
    hard: str = ""
    kind: str = ""

    def numbers(self, question: str) -> list[int | None]:
        """The numbers of ``day``, ``hard`` or ``kind``, from the first of the month on."""
        text: str = getattr(self, question)
        return [_SAID[number] for number in text.split()]

    def on(self, day: date) -> CheckIn:
        """The check-in of a day of this month; an empty one where there is none."""
        said = [self.numbers(question) for question in QUESTIONS]
        return CheckIn(*(all_[day.day - 1] if len(all_) >= day.day else None for all_ in said))

    def with_day(self, day: date, check_in: CheckIn) -> CheckIns:
        """The month with that day's check-in in it, in the place of an earlier one."""

        def laid(question: str) -> str:
            numbers = self.numbers(question)
            numbers += [None] * (day.day - len(numbers))
            numbers[day.day - 1] = getattr(check_in, question)
            return " ".join(NOT_SAID if number is None else str(number) for number in numbers)

        return CheckIns(self.month, *(laid(question) for question in QUESTIONS))

    def filled_from(self, other: CheckIns) -> CheckIns:
        """The month with the check-ins of ``other`` on the days on which this one has none."""
        month = self
        for day in self.days():
            if month.on(day).empty and not other.on(day).empty:
                month = month.with_day(day, other.on(day))
        return month

    def without(self, first: date, last: date) -> CheckIns | None:
        """The month without the check-ins from ``first`` to ``last``; None where none is left."""
        month = self
        for day in self.days():
            if first <= day <= last and not month.on(day).empty:
                month = month.with_day(day, CheckIn())
        return None if all(month.on(day).empty for day in self.days()) else month

    def days(self) -> list[date]:
        """The days of this month."""
        length = calendar.monthrange(self.month.year, self.month.month)[1]
        return [self.month.replace(day=number) for number in range(1, length + 1)]


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """The person's own r and SD for one score, in place of the published ones."""

    r: float | None = None
    sd: float | None = None


@record_kind("measure_choices", version=1, only_one=True)
@dataclass(frozen=True, slots=True)
class MeasureChoices:
    """What the person chose about measures.

    ``weeks`` is one of ``WEEKS``. ``asked_for``: the questions to talk over with a professional
    are shown. ``figures`` are by ``instrument.score``.
    """

    weeks: int = 2
    asked_for: bool = False
    figures: dict[str, OwnFigures] = field(default_factory=dict)
