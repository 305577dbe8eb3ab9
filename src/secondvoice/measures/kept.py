"""Finding takings and check-ins among a person's records, and the scores of a taking."""

from __future__ import annotations

import calendar
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from secondvoice.measures.catalogue import instruments
from secondvoice.measures.change import Taken, overridden
from secondvoice.measures.record import QUESTIONS, CheckIns, MeasureChoices, Taking
from secondvoice.measures.scoring import score

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime, tzinfo

    from secondvoice.measures.instrument import Instrument, Precision
    from secondvoice.measures.scoring import Scores
    from secondvoice.records.kept import Kept

TAKING = "taking"
CHECK_INS = "check_ins"
CHOICES = "measure_choices"

_MONTHS = UUID("3b0b6c52-5a1e-5d0c-8f0e-6a8f3f1f9c20")


def month_thing(day: date) -> UUID:
    """The id of the record that holds the check-ins of the month of ``day``: always the same."""
    return uuid5(_MONTHS, f"{day.year:04}-{day.month:02}")


def scores_of(taking: Taking, instrument: Instrument) -> Scores:
    """All that the answers of a taking give, by today's key."""
    return score(instrument, taking.answers, seconds=taking.seconds, calm=taking.calm)


def finished(taking: Taking, instrument: Instrument, now: datetime) -> Taking:
    """The taking as it is kept once the last answer is there: with its scores.

    ``seconds`` is from its beginning to ``now``, longer where it was left and gone on with.
    """
    begun = taking.begun or now
    whole = replace(taking, done=True, seconds=max((now - begun).total_seconds(), 0.0))
    return replace(whole, version=instrument.version, scores=values(scores_of(whole, instrument)))


def values(scores: Scores) -> dict[str, float]:
    """The scores that could be made, by id."""
    return {scored.id: scored.value for scored in scores.scores if scored.value is not None}


def current_scores(taking: Taking, instrument: Instrument) -> dict[str, float]:
    """The scores of a taking, made again where the instrument's file has changed since."""
    if taking.elsewhere or taking.version == instrument.version:
        return taking.scores
    return values(scores_of(taking, instrument))


def histories(kept: Iterable[Any], zone: tzinfo) -> dict[str, dict[str, list[Taken]]]:
    """Every finished taking with a score, by instrument and score, in the order of time.

    Args:
        kept: takings as the door gives them, newest first; what does not open is passed over.
        zone: in which a day begins.

    Returns:
        For each instrument that is here, by each of its scores. Scores that were entered are among
        those that were made, since they are of the same measure.
    """
    here = instruments()
    found: dict[str, dict[str, list[Taken]]] = {}
    for item in kept:
        taking = getattr(item, "value", None)
        if not isinstance(taking, Taking) or not taking.done or taking.instrument not in here:
            continue
        on = item.happened_at.astimezone(zone).date()
        of_one = found.setdefault(taking.instrument, defaultdict(list))
        for name, value in current_scores(taking, here[taking.instrument]).items():
            of_one[name].append(Taken(taking.instrument, name, on, value))
    for of_one in found.values():
        for history in of_one.values():
            history.reverse()
    return found


def days(kept: Iterable[Any]) -> dict[str, dict[date, int]]:
    """What was said in check-ins: for each question the number by the day, in the order of time.

    Args:
        kept: months of check-ins as the door gives them, newest first.
    """
    found: dict[str, dict[date, int]] = {question: {} for question in QUESTIONS}
    months = [month for item in kept if isinstance(month := getattr(item, "value", None), CheckIns)]
    for month in reversed(months):
        dates = _dates(month.month.year, month.month.month)
        for question, told in found.items():
            # A day that the month does not have is passed over.
            said = zip(dates, month.numbers(question), strict=False)
            told.update([(on, number) for on, number in said if number is not None])
    return found


@lru_cache(maxsize=512)
def _dates(year: int, month: int) -> list[date]:
    """The days of a month: the same objects each time, which are then hashed only once."""
    return [date(year, month, at) for at in range(1, calendar.monthrange(year, month)[1] + 1)]


def half_way(kept: Iterable[Any]) -> Iterator[Kept[Taking]]:
    """The takings that were begun and not finished, newest first."""
    for item in kept:
        taking = getattr(item, "value", None)
        if isinstance(taking, Taking) and not taking.done and taking.instrument in instruments():
            yield item


def due(histories: dict[str, dict[str, list[Taken]]], today: date, weeks: int) -> Instrument | None:
    """The measure that was taken last, if that is so many weeks ago; None where it is not."""
    last = [
        (history[-1].on, name)
        for name, of_one in histories.items()
        for history in of_one.values()
        if instruments()[name].kind == "items" and not instruments()[name].on_request
    ]
    if not weeks or not last:
        return None
    on, name = max(last)
    return instruments()[name] if today - on >= timedelta(weeks=weeks) else None


def precision_for(instrument: Instrument, score: str, choices: MeasureChoices) -> Precision | None:
    """What is known about the error of a score, with the person's own figures where they set any.

    None where nothing is known and nothing was set.
    """
    known = instrument.precision_of(score)
    own = choices.figures.get(f"{instrument.id}.{score}")
    if known is None or own is None:
        return known
    try:
        return overridden(known, r=own.r, sd=own.sd)
    except ValueError:
        # Kept when the file still knew the other figure.
        return known
