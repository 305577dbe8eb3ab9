"""A made-up person's year, so that somebody can look around before trusting the program.

The person does not exist. The words were written for this project (CC BY-SA 4.0) and sit in
``year.jsonl``, one moment a line; days are counted back from the day on which the demo is opened,
so that the year always ends yesterday.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, fields
from importlib import resources
from typing import Any, Literal, get_args

__all__ = [
    "FRIEND",
    "DemoMoment",
    "DemoYearError",
    "SayIt",
    "StoppedAt",
    "load_year",
    "read_moment",
]

FRIEND = "Nadia"
"""The friend whom the made-up person would never speak harshly to."""

SayIt = Literal["yes", "no", "unsure", ""]
LookedBack = Literal["tried", "not_yet", "no_longer", ""]
StoppedAt = Literal["notice", "words", "hear", "answer", "right", "see", "done"]

_STEPS: tuple[str, ...] = get_args(StoppedAt)
_DAYS_IN_THE_YEAR = 365


class DemoYearError(ValueError):
    """A line of the demo's year is not a moment; the message says which line and field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoMoment:
    """One made-up turn of the loop.

    Attributes:
        days_ago: whole days before the day on which the demo is opened, 1..365.
        time: the local time of day.
        happened: what happened; may be empty.
        voice: what the critic said; may be empty, though never together with ``happened``.
        before: how hard it was at first, 0..10, or None where it was not said.
        say_it: the answer to "would you say this to a friend?"; empty where skipped.
        why: the reason given for it; may be empty.
        name_it: the answer's mindfulness line; may be empty.
        not_alone: the answer's common-humanity line; may be empty.
        kind_words: the answer's self-kindness line; may be empty.
        right: whether something was theirs to put right; None where it was not said.
        right_if: when or where the small step would be taken; empty where there is none.
        right_then: the small step; empty exactly where ``right_if`` is.
        look_back_days: days after the moment at which to look back at the step, or None.
        looked_back: what they said when they did; empty where they did not.
        after: how hard it was at the end, 0..10, or None where it was not said.
        stopped_at: the step at which the moment was left, ``"done"`` for a whole one.
    """

    days_ago: int
    time: dt.time
    happened: str
    voice: str
    before: int | None
    say_it: SayIt
    why: str
    name_it: str
    not_alone: str
    kind_words: str
    right: bool | None
    right_if: str
    right_then: str
    look_back_days: int | None
    looked_back: LookedBack
    after: int | None
    stopped_at: StoppedAt


_TEXTS = (
    "happened",
    "voice",
    "why",
    "name_it",
    "not_alone",
    "kind_words",
    "right_if",
    "right_then",
)
_CHOICES: dict[str, tuple[str, ...]] = {
    "say_it": get_args(SayIt),
    "looked_back": get_args(LookedBack),
    "stopped_at": _STEPS,
}


def load_year() -> tuple[DemoMoment, ...]:
    """Read the whole year, oldest moment first.

    Raises:
        DemoYearError: a line is not a moment. It names the line, and never quotes it.
    """
    text = resources.files(__name__).joinpath("year.jsonl").read_text(encoding="utf-8")
    moments = [
        read_moment(line, where=f"year.jsonl, line {number}")
        for number, line in enumerate(text.splitlines(), start=1)
    ]
    return tuple(sorted(moments, key=lambda moment: (-moment.days_ago, moment.time)))


def read_moment(line: str, *, where: str) -> DemoMoment:
    """Turn one JSON object into a moment.

    Args:
        line: a JSON object with exactly the fields of `DemoMoment`, ``time`` as ``"HH:MM"``.
        where: how an error names this line.

    Raises:
        DemoYearError: a field is missing, unknown, of the wrong type or out of its range, or the
            fields do not fit together.
    """
    try:
        values: Any = json.loads(line)
    except json.JSONDecodeError:
        raise DemoYearError(f"{where} is not JSON; write one object a line.") from None
    names = {field.name for field in fields(DemoMoment)}
    if not isinstance(values, dict) or set(values) != names:
        raise DemoYearError(f"{where} does not have exactly the fields of a moment.")
    for name in _TEXTS:
        _require(isinstance(values[name], str), where, name, "is text, or empty text")
    for name, choices in _CHOICES.items():
        _require(values[name] in choices, where, name, f"is one of {', '.join(choices)}")
    for name in ("before", "after"):
        _require(
            values[name] is None or _whole(values[name], 0, 10), where, name, "goes from 0 to 10"
        )
    _require(
        _whole(values["days_ago"], 1, _DAYS_IN_THE_YEAR), where, "days_ago", "goes from 1 to 365"
    )
    _require(
        values["right"] is None or isinstance(values["right"], bool),
        where,
        "right",
        "is true, false or null",
    )
    values["time"] = _time(values["time"], where)
    _check_look_back(values, where)
    _check_order(values, where)
    return DemoMoment(**values)


def _require(holds: bool, where: str, name: str, rule: str) -> None:
    if not holds:
        raise DemoYearError(f"{where}: {name} {rule}.")


def _whole(value: object, least: int, most: int) -> bool:
    # bool is an int in Python, and true is no number of days.
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _time(value: object, where: str) -> dt.time:
    try:
        return dt.datetime.strptime(str(value), "%H:%M").replace(tzinfo=dt.UTC).time()
    except ValueError:
        raise DemoYearError(f"{where}: time is written HH:MM.") from None


def _check_look_back(values: dict[str, Any], where: str) -> None:
    """Hold the step and its look back together: none without the other's ground."""
    days = values["look_back_days"]
    _require(
        bool(values["right_if"]) == bool(values["right_then"]), where, "right_then", "has an if"
    )
    _require(
        not values["right_then"] or values["right"] is True, where, "right_then", "needs right"
    )
    if days is None:
        _require(not values["looked_back"], where, "looked_back", "needs look_back_days")
        return
    _require(bool(values["right_then"]), where, "look_back_days", "needs a step to look back at")
    # The look back happened in the demo's past, or its answer could not be there.
    _require(_whole(days, 1, values["days_ago"] - 1), where, "look_back_days", "ends before today")


def _check_order(values: dict[str, Any], where: str) -> None:
    """Nothing is filled in for a step that comes after the one at which the moment was left."""
    _require(bool(values["happened"] or values["voice"]), where, "voice", "or happened has words")
    reached = _STEPS.index(values["stopped_at"])
    later = {
        "hear": ("say_it", "why"),
        "answer": ("name_it", "not_alone", "kind_words"),
        "right": ("right", "right_if", "right_then", "look_back_days", "looked_back"),
        "done": ("after",),
    }
    for step, names in later.items():
        if reached < _STEPS.index(step):
            for name in names:
                _require(values[name] in ("", None), where, name, "comes after the last step")
