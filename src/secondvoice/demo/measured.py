"""What the made-up person answered to measures and check-ins in the same year.

``takings.jsonl`` has one taking a line, ``check_ins.jsonl`` one day; days are counted back from the
day on which the demo is opened, as in ``year.jsonl``. The numbers are made up, too.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTaking:
    """One made-up taking.

    Attributes:
        days_ago: whole days before the day on which the demo is opened, 1..365.
        time: the local time of day.
        instrument: the id of a measure with questions.
        answers: the value of every question, in their order.
    """

    days_ago: int
    time: dt.time
    instrument: str
    answers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoDay:
    """One made-up check-in: each number 0..10, or None where it was left out."""

    days_ago: int
    day: int | None
    hard: int | None
    kind: int | None


def load_takings() -> tuple[DemoTaking, ...]:
    """Every taking, oldest first."""
    return tuple(
        DemoTaking(
            days_ago=line["days_ago"],
            time=dt.time.fromisoformat(line["time"]),
            instrument=line["instrument"],
            answers=tuple(line["answers"]),
        )
        for line in _lines("takings.jsonl")
    )


def load_days() -> tuple[DemoDay, ...]:
    """Every day with a check-in, oldest first."""
    return tuple(DemoDay(**line) for line in _lines("check_ins.jsonl"))


def _lines(name: str) -> list[dict[str, Any]]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]
