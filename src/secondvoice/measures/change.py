"""Whether two scores of one person differ by more than the measure itself wavers.

The reliable change index of Jacobson and Truax (1991; cited from memory):

    RCI = (after − before) / (SD · √2 · √(1 − r)),  reliable at 95 % where |RCI| > 1.96

with the test-retest r, not alpha, which makes the band too narrow. From five takings on, the
person's own spread is used instead: the newest score is held against the interval in which the
next one would lie in 95 of 100 cases if nothing but the wavering so far went on. That choice is
our own convention, and so is the longest gap of six months.

A verdict says "reliable", never that a change matters: no such figure is published for any
self-compassion scale. And "no reliable change" is not "no change".
"""

from __future__ import annotations

import calendar
import math
from dataclasses import dataclass, replace
from statistics import fmean, stdev
from typing import TYPE_CHECKING, Literal

from secondvoice.measures.instrument import Figure, Instrument, Mark, Precision
from secondvoice.measures.student import quantile
from secondvoice.tongues import count, figure, later, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

Z95 = 1.96
"""Two-sided 95 % of the normal distribution, as the index is published."""

OWN_FROM = 5
"""Takings from which on the person's own spread is used."""

LONGEST_GAP = 6
"""Months between two takings beyond which no verdict is given."""

# Differences of means like 3.2 − 2.7 are not exact in binary.
_EXACT = 1e-9

Verdict = Literal["higher", "lower", "no reliable change", "no verdict"]

_BY_YOU = later("set by you")
_BEYOND = later(
    "A reliable change: {before} then, {after} now. The difference is larger than the {points} by "
    "which this score wavers by itself."
)
_WITHIN = later(
    "No reliable change: {before} then, {after} now. This score wavers by up to {points} by "
    "itself, so a difference like this tells little."
)
_OWN: dict[Verdict, str] = {
    "higher": later(
        "A reliable change: the newest score is higher than your own usual range, {low} to {high}."
    ),
    "lower": later(
        "A reliable change: the newest score is lower than your own usual range, {low} to {high}."
    ),
    "no reliable change": later(
        "No reliable change: the newest score lies within your own usual range, {low} to {high}."
    ),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """One score of one taking: of which instrument, on which day, which number."""

    instrument: str
    score: str
    on: date
    value: float


@dataclass(frozen=True, slots=True)
class Change:
    """What can be said about two scores.

    ``limit`` is the difference from which on a change counts as reliable (MDC95); ``low`` and
    ``high`` are the person's own band instead, from five takings on. ``sentence`` says it in plain
    words; ``basis`` is the small print that stands beside it: r, SD and where they are from.
    """

    verdict: Verdict
    difference: float
    sentence: str
    basis: str = ""
    rci: float | None = None
    limit: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """The person's own earlier scores: mean, standard deviation, and the 95 % band for the next."""

    count: int
    mean: float
    sd: float
    low: float
    high: float


def overridden(
    precision: Precision, *, r: float | None = None, sd: float | None = None
) -> Precision:
    """The same with the user's own r or SD, which then stand beside the verdict as theirs.

    Args:
        precision: what the instrument's file says.
        r: test-retest reliability, between 0 and 1.
        sd: standard deviation of the score, above 0.

    Returns:
        A precision that gives a verdict by these figures.

    Raises:
        ValueError: a number outside its range, or one alone where the other is not known.
    """
    if r is not None and not 0 < r < 1:
        raise ValueError(say("A reliability r lies between 0 and 1."))
    if sd is not None and not (math.isfinite(sd) and sd > 0):
        raise ValueError(say("A standard deviation is a number above 0."))
    if r is None and sd is None:
        return precision
    new_r = precision.r if r is None else Figure(value=r, source=_BY_YOU, mark=Mark.OURS)
    new_sd = precision.sd if sd is None else Figure(value=sd, source=_BY_YOU, mark=Mark.OURS)
    if new_r is None or new_sd is None:
        raise ValueError(say("Give both r and SD here: the other one is not known."))
    # What was rounded or published for other figures does not hold for these.
    return replace(
        precision, verdict=True, r=new_r, sd=new_sd, mdc95=None, at_least=None, words="", why=""
    )


def limit(precision: Precision) -> float:
    """The smallest reliable difference (MDC95): 1.96 · SD · √(2 (1 − r)), or the published one.

    Raises:
        ValueError: the figures for it are not there.
    """
    if precision.mdc95 is not None:
        return precision.mdc95.value
    if precision.r is None or precision.sd is None:
        raise ValueError("Without r and SD there is no limit.")
    return Z95 * precision.sd.value * math.sqrt(2 * (1 - precision.r.value))


def reliable_change(before: Taken, after: Taken, precision: Precision) -> Change:
    """Hold two takings against each other.

    Args:
        before: the earlier one.
        after: the later one, of the same score.
        precision: of that score; the default of the instrument, an alternative, or overridden.

    Returns:
        A verdict, or why there is none.

    Raises:
        ValueError: ``after`` is earlier than ``before``.
    """
    if after.on < before.on:
        raise ValueError("The later taking comes second.")
    difference = after.value - before.value
    if refusal := _refusal(before, after, precision):
        return Change("no verdict", difference, say("No verdict: {reason}.").format(reason=refusal))
    smallest = limit(precision)
    rci = difference / smallest * Z95
    least = max(smallest, precision.at_least.value if precision.at_least else 0.0)
    # Strictly beyond what is computed; from a rounded limit on.
    beyond = abs(difference) > smallest + _EXACT and abs(difference) >= least - _EXACT
    verdict: Verdict = "no reliable change"
    if beyond:
        verdict = "higher" if difference > 0 else "lower"
    said = say(_BEYOND if beyond else _WITHIN).format(
        before=_shown(before.value),
        after=_shown(after.value),
        points=say(precision.words) or _shown(least),
    )
    return Change(verdict, difference, said, basis(precision), rci=rci, limit=least)


def own_spread(earlier: Sequence[float]) -> Spread:
    """Where the next score lies in 95 of 100 cases if only the wavering so far goes on.

    The prediction interval of a normal sample: mean ± t(0.975; n − 1) · SD · √(1 + 1/n).

    Args:
        earlier: two scores or more, of one person and one form.

    Raises:
        ValueError: fewer than two.
    """
    number = len(earlier)
    if number < 2:
        raise ValueError("A spread needs two scores at least.")
    mean, sd = fmean(earlier), stdev(earlier)
    half = quantile(0.975, number - 1) * sd * math.sqrt(1 + 1 / number)
    return Spread(number, mean, sd, mean - half, mean + half)


def latest_change(history: Sequence[Taken], precision: Precision) -> Change | None:
    """What the newest taking says, by the rule that fits how many there are.

    Args:
        history: takings of one score, in the order of time.
        precision: of that score.

    Returns:
        From five takings within six months on, a verdict by the person's own spread; before that,
        one against the taking before. A score that gets no verdict (a state, say) gets the spread
        alone. None where there is nothing to compare.
    """
    if len(history) < 2:
        return None
    *earlier, newest = history
    before = earlier[-1]
    near = [
        taken.value
        for taken in earlier
        if (taken.instrument, taken.score) == (newest.instrument, newest.score)
        and _within(taken.on, newest.on)
    ]
    plain = reliable_change(before, newest, precision)
    if len(near) + 1 < OWN_FROM:
        return plain
    spread = own_spread(near)
    if plain.verdict == "no verdict" and before.instrument == newest.instrument:
        return replace(plain, low=spread.low, high=spread.high)
    if plain.verdict == "no verdict" or spread.sd < _EXACT:
        # The same every time: a spread of nothing would make any step look reliable.
        return plain
    verdict: Verdict = "no reliable change"
    if not spread.low - _EXACT <= newest.value <= spread.high + _EXACT:
        verdict = "higher" if newest.value > spread.high else "lower"
    return Change(
        verdict,
        newest.value - before.value,
        say(_OWN[verdict]).format(low=_shown(spread.low), high=_shown(spread.high)),
        say(
            "Your own {count} scores before: mean {mean}, SD {sd}, 95 % band for the next one (our "
            "own convention)."
        ).format(count=spread.count, mean=_shown(spread.mean), sd=_shown(spread.sd)),
        low=spread.low,
        high=spread.high,
    )


def important(instrument: Instrument, score: str) -> str:
    """A sentence on the published important change of a score; empty where there is none."""
    for entry in instrument.important:
        if entry.score != score:
            continue
        known = count("{points} point", "{points} points", math.ceil(entry.points)).format(
            points=figure(f"{entry.points:g}")
        )
        precision = instrument.precision_of(score)
        beside = ""
        if precision is not None and precision.verdict and limit(precision) > entry.points:
            beside = " " + say(
                "That is smaller than the {points} by which one person's score wavers by itself, "
                "so both are said."
            ).format(points=_shown(limit(precision)))
        said = say("Published as a change that matters to people: {known}.")
        return said.format(known=f"{known} ({entry.source}; {entry.mark.label})") + beside
    return ""


def counted(history: Sequence[Taken]) -> Sequence[Taken]:
    """The takings that a verdict on the newest rests on: those within six months of it."""
    return [taken for taken in history if _within(taken.on, history[-1].on)]


def basis(precision: Precision) -> str:
    """The small print: each figure with its source and how well it is known."""
    figures = {"r": precision.r, "SD": precision.sd, "MDC95": precision.mdc95}
    said = [
        f"{name} = {figure(f'{one.value:g}')} ({say(one.source)}; {_mark(one)})"
        for name, one in figures.items()
        if one is not None
    ]
    if precision.after:
        said.append(say("retest after {time}").format(time=say(precision.after)))
    return "; ".join(said)


def _mark(known: Figure) -> str:
    return say("yours") if known.source == _BY_YOU else known.mark.label


def _refusal(before: Taken, after: Taken, precision: Precision) -> str:
    """Why there is no verdict; empty where there can be one."""
    if before.instrument != after.instrument:
        return say("these are two different forms, and their scores are not the same thing")
    if before.score != after.score or precision.score != after.score:
        return say("these are two different scores")
    if not precision.verdict:
        return say(precision.why)
    if not _within(before.on, after.on):
        return say("more than six months lie between, longer than anybody has tested this")
    return ""


def _within(first: date, last: date) -> bool:
    """Whether the longest gap is kept, in calendar months."""
    months = first.month - 1 + LONGEST_GAP
    year, month = first.year + months // 12, months % 12 + 1
    day = min(first.day, calendar.monthrange(year, month)[1])
    return last <= first.replace(year=year, month=month, day=day)


def _shown(value: float) -> str:
    """Two decimals at most; the whole numbers of sums stay whole."""
    return figure(f"{value:.2f}".rstrip("0").rstrip("."))
