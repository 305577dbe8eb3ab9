"""A day that somebody chose, and what they do on it, as the pages send it."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from secondvoice.practices.oneday import KIND, OneDay, day_words
from secondvoice.records.kept import Kept

if TYPE_CHECKING:
    from tests.cast import Someone

WORDS = day_words("")
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
WEDNESDAY, THURSDAY = date(2026, 3, 4), date(2026, 3, 5)
CRITIC = "You forgot the keys again."
SECOND = "Your hands were full. They hang on the hook now."
DANGER = "I want to kill myself tonight."


def page(someone: Someone, path: str) -> str:
    response = someone.client.get(path, follow=True)
    assert response.status_code == 200, path
    return response.content.decode()


def post(someone: Someone, path: str, **fields: object) -> str:
    response = someone.client.post(path, fields)
    assert response.status_code in {204, 302}, path
    return response.headers.get("Location", "")


def days(someone: Someone) -> list[Kept[OneDay]]:
    return [day for day in someone.door.all(KIND) if isinstance(day, Kept)]


def chosen(someone: Someone, on: date = WEDNESDAY) -> uuid.UUID:
    """The id of a day that is chosen by hand."""
    post(someone, "/one-day/", on=on.isoformat())
    return next(day.thing for day in days(someone) if day.value.on == on)


def pause(someone: Someone, day: uuid.UUID, **fields: object) -> uuid.UUID:
    """A pause with all four questions sent one after the other, as the pages send them."""
    first = post(someone, f"/one-day/{day}/pause/", thing=str(uuid.uuid4()))
    thing = first.split("/")[3]
    sent = (
        {"words": fields.get("words", "")},
        {"choice": fields.get("tones", [])},
        {"choice": fields.get("assumptions", [])},
        {name: fields.get(name, "") for name in ("say_it", "why", "instead")},
    )
    for number, answer in enumerate(sent, start=1):
        post(someone, f"/one-day/pause/{thing}/{number}/", **answer)
    return uuid.UUID(thing)
