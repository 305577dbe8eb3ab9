"""The page: adding, changing, taking away, pausing, and what is kept unsealed for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import time_machine

from secondvoice.records.models.store import of
from secondvoice.reminders.models import Schedule

if TYPE_CHECKING:
    from tests.cast import Someone

# A Thursday, half past nine in London.
NOW = "2026-11-26T09:30:00Z"
DAYS = [str(day) for day in range(7)]


@pytest.fixture(autouse=True)
def thursday() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def page(someone: Someone) -> str:
    response = someone.client.get("/settings/reminders/")
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def add(someone: Someone, **fields: object) -> None:
    sent = {"start": "08:00", "end": "", "times": "1", "days": DAYS, "text": "moment"} | fields
    response = someone.client.post("/settings/reminders/new/", sent)
    assert response.status_code == 302, response.content.decode()


def test_nothing_reminds_anybody_who_did_not_ask(alice: Someone) -> None:
    assert "There are none." in page(alice)
    assert not of(Schedule, alice.person).exists()


def test_a_reminder_is_added_and_the_next_seven_are_shown(alice: Someone) -> None:
    add(alice)
    shown = page(alice)
    assert "08:00, every day A moment for you" in shown
    assert "Friday 27 November, 08:00" in shown
    assert "Thursday 3 December, 08:00" in shown
    assert "4 December" not in shown
    assert "no way for them to reach you yet" in shown


def test_without_a_way_to_arrive_nothing_is_unsealed(alice: Someone) -> None:
    add(alice)
    assert not of(Schedule, alice.person).exists()
