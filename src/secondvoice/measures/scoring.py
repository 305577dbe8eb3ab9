"""From answers to scores, by the key that stands in the instrument's file.

Missing answers follow the instrument's own rule; a score that it does not allow is None, with the
reason in words. How many of how many questions were answered stands beside every score.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from secondvoice.tongues import count, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from secondvoice.measures.instrument import Instrument, Score

FAST = 2.0
"""Seconds for one question under which an answer is flagged as fast. Our own convention: nobody
reads a sentence and looks inward in less; no publication on these scales stands behind it."""

HALF_A_DIGIT = 0.5e-4
"""Vectors are written to four places."""


class AnswerError(ValueError):
    """Answers that cannot be scored: which question, and what it takes. Never the answer."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One score. ``value`` is None where the rule for missing answers allows none."""

    id: str
    title: str
    value: float | None
    least: float
    most: float
    answered: int
    asked: int
    reason: str = ""

    @property
    def counted(self) -> str:
        """``11 of 12 answered``."""
        return say("{answered} of {asked} answered").format(
            answered=self.answered, asked=self.asked
        )


@dataclass(frozen=True, slots=True)
class Scores:
    """All scores of one taking.

    ``straight`` is True where every answer is the same though the questions point both ways;
    ``fast`` where they took less than two seconds each. Both say: look again before you lean on
    the numbers. ``support`` is True where support comes before any score. ``calm`` is True where
    the person said that nothing difficult is there right now.
    """

    instrument: str
    scores: tuple[Scored, ...]
    straight: bool = False
    fast: bool = False
    support: bool = False
    calm: bool = False

    def __getitem__(self, score: str) -> Scored:
        """The score of that id; KeyError where there is none."""
        return {scored.id: scored for scored in self.scores}[score]


def score(
    instrument: Instrument,
    answers: Mapping[str, int | None],
    *,
    seconds: float | None = None,
    calm: bool = False,
) -> Scores:
    """Score one taking.

    Args:
        instrument: with its questions; a card has nothing to score.
        answers: the value of each answered item by its id; None, or no entry, where the person
            gave no answer.
        seconds: how long the answering took, where that is known.
        calm: the person chose the answer that nothing difficult is there right now. Then there
            is no score, by design.

    Returns:
        Every score of the key, in its order: subscales in their raw direction, composites, total.

    Raises:
        AnswerError: an item that is not in the instrument, an answer that is not on its scale,
            or ``calm`` where the instrument does not offer it.
    """
    given = checked(instrument, answers)
    if calm and (not instrument.calm or given):
        raise AnswerError(
            f"{instrument.short}: 'nothing difficult' stands alone, and only where it is offered."
        )
    done: dict[str, Scored] = {}
    for rule in instrument.scores:
        done[rule.id] = (
            _without(instrument, rule, say("nothing difficult right now, so it does not apply"))
            if calm
            else _one(instrument, rule, given, done)
        )
    return Scores(
        instrument=instrument.id,
        scores=tuple(done.values()),
        straight=straight(instrument, given),
        fast=seconds is not None and 0 <= seconds < FAST * len(given),
        support=needs_support(instrument, given),
        calm=calm,
    )


def checked(instrument: Instrument, answers: Mapping[str, int | None]) -> dict[str, int]:
    """The answers that were given, each held against the scale.

    Raises:
        AnswerError: as for :func:`score`.
    """
    if instrument.scale is None:
        raise AnswerError(
            f"{instrument.short} is a card without its questions; enter a score taken elsewhere."
        )
    known = {item.id for item in instrument.items}
    values = {option.value for option in instrument.scale.options}
    given = {}
    for name, value in answers.items():
        if name not in known:
            raise AnswerError(f"{instrument.short} has no item of that name: {name[:40]!r}.")
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int) or value not in values:
            least, most = instrument.scale.least, instrument.scale.most
            raise AnswerError(f"{name}: an answer here is a whole number from {least} to {most}.")
        given[name] = value
    return given


def straight(instrument: Instrument, given: Mapping[str, int]) -> bool:
    """Whether all answers are alike to questions of which some point the other way.

    On such a scale 1, 1, 1 and on gives the same total as 3, 3, 3 or 5, 5, 5. Where all questions
    point one way, the same answer to all can be just what is so.
    """
    ways = {item.reversed for item in instrument.items if item.scored and item.id in given}
    return len(ways) == 2 and len(set(given.values())) == 1


def needs_support(instrument: Instrument, answers: Mapping[str, int | None]) -> bool:
    """Whether support is shown now, before the next question and before any score.

    May be asked after every single answer: it does not wait for the rest.
    """
    return any((answers.get(care.item) or 0) >= care.at for care in instrument.care)


def disagreements(instrument: Instrument) -> list[str]:
    """Where the key does not give what the instrument's own vectors expect, to four places."""
    found = []
    for number, vector in enumerate(instrument.vectors, start=1):
        names = (item.id for item in instrument.items)
        scores = score(instrument, dict(zip(names, vector.answers, strict=True)))
        for name, expected in vector.expect.items():
            value = scores[name].value
            if value is None or abs(value - expected) > HALF_A_DIGIT:
                found.append(f"vectors[{number}].expect.{name}")
    return found


def _one(
    instrument: Instrument, rule: Score, given: Mapping[str, int], done: Mapping[str, Scored]
) -> Scored:
    items = {item.id: item for item in instrument.items}
    if rule.of[0] in items:
        return _of_items(instrument, rule, given)
    parts = [done[name] for name in rule.of]
    answered, asked = sum(p.answered for p in parts), sum(p.asked for p in parts)
    values = []
    for part in parts:
        if part.value is None:
            return _without(
                instrument, rule, say("it needs {part}").format(part=say(part.title)), answered
            )
        values.append(part.least + part.most - part.value if part.id in rule.turned else part.value)
    value = _joined(rule, values, len(parts))
    return Scored(rule.id, rule.title, value, rule.least, rule.most, answered, asked)


def _of_items(instrument: Instrument, rule: Score, given: Mapping[str, int]) -> Scored:
    ends = instrument.answers.least + instrument.answers.most
    values = [
        float(ends - given[name] if name in rule.turned else given[name])
        for name in rule.of
        if name in given
    ]
    asked = len(rule.of)
    if asked - len(values) > rule.may_miss:
        needed = asked - rule.may_miss
        reason = count(
            "it needs at least one answer", "it needs at least {needed} answers", needed
        ).format(needed=needed)
        return _without(instrument, rule, reason, len(values))
    value = _joined(rule, values, asked)
    return Scored(rule.id, rule.title, value, rule.least, rule.most, len(values), asked)


def _joined(rule: Score, values: list[float], asked: int) -> float:
    """A mean of what is there; a sum as that mean times the number of questions."""
    # One after the other: the built-in sum() rounds otherwise from Python 3.12 on.
    total = reduce(add, values)
    if rule.method == "mean":
        return total / len(values) * rule.times
    # Without a gap the sum itself, so that whole numbers stay whole.
    return (total if len(values) == asked else total / len(values) * asked) * rule.times


def _without(instrument: Instrument, rule: Score, reason: str, answered: int = 0) -> Scored:
    asked = len(instrument.items_of(rule.id))
    return Scored(rule.id, rule.title, None, rule.least, rule.most, answered, asked, reason)
