"""How far the made-up person has come in the course, and the one day they tried.

``practised.json`` holds both; days are counted back from the day on which the demo is opened, as in
``year.jsonl``.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPage:
    """What was written on the question of a week, 1 to 8, so many whole days ago."""

    days_ago: int
    time: dt.time
    week: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPause:
    """One pause of the day. ``tones`` and ``assumptions`` are ids of choices."""

    time: dt.time
    words: str
    tones: tuple[str, ...]
    assumptions: tuple[str, ...]
    say_it: Literal["yes", "no", "unsure", ""]
    why: str
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOneDay:
    """The day. ``sentence`` is the id of a sentence for the morning, ``done`` ids of ticks."""

    days_ago: int
    sentence: str
    done: tuple[str, ...]
    added: str
    different: str
    pauses: tuple[DemoPause, ...]


def load_course() -> tuple[int, tuple[DemoPage, ...]]:
    """The week that they are in, and what they wrote so far."""
    course = _practised()["course"]
    return course["week"], tuple(DemoPage(**_timed(page)) for page in course["pages"])


def load_one_day() -> DemoOneDay:
    """The day, with its pauses in their order."""
    day = _practised()["one_day"]
    pauses = tuple(DemoPause(**_timed(pause)) for pause in day["pauses"])
    return DemoOneDay(**{**day, "done": tuple(day["done"]), "pauses": pauses})


def _practised() -> dict[str, Any]:
    text = resources.files("secondvoice.demo").joinpath("practised.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _timed(entry: dict[str, Any]) -> dict[str, Any]:
    lists = {name: tuple(value) for name, value in entry.items() if isinstance(value, list)}
    return {**entry, **lists, "time": dt.time.fromisoformat(entry["time"])}
