"""The numbers that a person gave, as one table with a number a row."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from secondvoice.measures.record import QUESTIONS, CheckIns, Taking
from secondvoice.moments.record import Moment
from secondvoice.records.kept import ALL, Kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from secondvoice.records.kept import Stretch
    from secondvoice.records.models import Door

COLUMNS = ("happened_at", "thing", "kind", "of", "name", "value")
_KINDS = ("moment", "check_ins", "taking")


def as_csv(door: Door, within: Stretch = ALL) -> Iterator[str]:
    """Every number, the oldest first within a kind.

    Args:
        door: of the person, unlocked.
        within: which part of them.

    Yields:
        Lines of CSV (RFC 4180, with line feeds): when, which thing, its kind, of what (the
        instrument, or ``check_in``), which number, and its value. No words.
    """
    yield _line(COLUMNS)
    for kind in _KINDS:
        kept = (each for each in door.oldest_first(kind, within) if isinstance(each, Kept))
        for item in kept:
            for when, of, name, value in _numbers(item):
                yield _line((when, str(item.thing), kind, of, name, f"{value:g}"))


def _numbers(item: Kept[object]) -> Iterator[tuple[str, str, str, float]]:
    when = item.happened_at.isoformat()
    match item.value:
        case Moment() as moment:
            said = {"before": moment.before, "after": moment.after}
            for name, value in said.items():
                if value is not None:
                    yield when, "how_hard", name, value
        case CheckIns() as month:
            yield from _check_ins(month)
        case Taking() as taking:
            for question, answer in taking.answers.items():
                yield when, taking.instrument, f"answer.{question}", answer
            for name, score in taking.scores.items():
                yield when, taking.instrument, f"score.{name}", score


def _check_ins(month: CheckIns) -> Iterator[tuple[str, str, str, float]]:
    for day in month.days():
        for question in QUESTIONS:
            said = getattr(month.on(day), question)
            if said is not None:
                yield day.isoformat(), "check_in", question, said


def _line(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()
