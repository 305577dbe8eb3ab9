"""Sending: on time, once, never late; and what happens to a browser that has gone."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
import time_machine

from secondvoice.records.models.store import of
from secondvoice.reminders.management.sending import _claim, send_due
from secondvoice.reminders.models import Device, Schedule
from secondvoice.reminders.record import Reminders
from secondvoice.reminders.rules import Plan, Reminder
from secondvoice.reminders.views.common import keep
from tests.reminders.relay import Phone, Relay, relay

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from tests.cast import Someone

SEVEN = datetime(2026, 6, 1, 7, tzinfo=UTC)
EIGHT = datetime(2026, 6, 1, 8, tzinfo=UTC)


@pytest.fixture
def listening(tmp_path: Path, settings: SettingsWrapper) -> Iterator[Relay]:
    with relay(tmp_path) as running:
        settings.PUSH_ALSO_ALLOWED = frozenset({running.place})
        settings.PUSH_TRUST = running.certificate
        yield running


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
def asked(alice: Someone, listening: Relay, phone: Phone) -> Someone:
    """Alice asked at seven to be reminded at eight, on one device."""
    with time_machine.travel(SEVEN, tick=False):
        keep(alice.door, Reminders(plan=Plan(reminders=(Reminder(uuid4(), text="pause"),))))
        # Her own browser's clock is another's: she comes back unlocked.
        alice.unlock()
        response = subscribe(alice, phone, listening.endpoint())
        assert response == 302
    assert of(Device, alice.person).count() == 1
    return alice


def subscribe(someone: Someone, phone: Phone, endpoint: str) -> int:
    def text(raw: bytes) -> str:
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    fields = {"endpoint": endpoint, "public_key": text(phone.point), "auth": text(phone.auth)}
    return someone.client.post("/settings/reminders/device/", fields).status_code


def test_it_arrives_on_time_in_the_words_that_were_chosen(
    asked: Someone, listening: Relay, phone: Phone
) -> None:
    assert send_due(EIGHT - timedelta(seconds=1)) == 0
    assert send_due(EIGHT) == 1
    told = json.loads(phone.opened(listening.got[0][2]))["notification"]
    assert told == {"title": "A short pause", "navigate": "http://testserver/minute/"}


def test_it_arrives_once(asked: Someone, listening: Relay) -> None:
    assert [send_due(EIGHT + timedelta(seconds=n)) for n in (0, 1, 30)] == [1, 0, 0]
    assert send_due(EIGHT + timedelta(days=1)) == 1
    assert len(listening.got) == 2


def test_after_a_sleep_what_is_fresh_arrives_and_what_is_stale_does_not(
    asked: Someone, listening: Relay
) -> None:
    assert send_due(EIGHT + timedelta(minutes=29)) == 1
    assert send_due(EIGHT + timedelta(days=3, minutes=31)) == 0
    assert send_due(EIGHT + timedelta(days=4)) == 1
    assert len(listening.got) == 2


def test_a_change_does_not_bring_it_again(asked: Someone, listening: Relay) -> None:
    assert send_due(EIGHT) == 1
    with time_machine.travel(EIGHT + timedelta(seconds=20), tick=False):
        keep(asked.door, Reminders(plan=Plan(reminders=(Reminder(uuid4()),))))
    assert send_due(EIGHT + timedelta(seconds=40)) == 0


def test_paused_nothing_arrives(asked: Someone, listening: Relay) -> None:
    with time_machine.travel(SEVEN, tick=False):
        asked.client.post("/settings/reminders/pause/", {"way": "pause"})
    assert send_due(EIGHT) == 0
    assert listening.got == []


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_has_let_go_is_forgotten_and_the_copy_with_it(
    asked: Someone, listening: Relay, status: int
) -> None:
    listening.answers = [(status, {}, b"")]
    assert send_due(EIGHT) == 0
    assert not of(Device, asked.person).exists()
    assert not of(Schedule, asked.person).exists()


def test_a_busy_relay_is_asked_again_when_it_says(asked: Someone, listening: Relay) -> None:
    listening.answers = [(429, {"Retry-After": "300"}, b"")]
    assert send_due(EIGHT) == 0
    assert send_due(EIGHT + timedelta(seconds=299)) == 0
    assert len(listening.got) == 1
    assert send_due(EIGHT + timedelta(seconds=300)) == 1
    assert send_due(EIGHT + timedelta(seconds=301)) == 0
    assert len(listening.got) == 2


def test_a_relay_that_is_busy_for_too_long_is_left_alone(asked: Someone, listening: Relay) -> None:
    listening.answers = [(503, {"Retry-After": "3600"}, b"")]
    send_due(EIGHT)
    assert send_due(EIGHT + timedelta(hours=1)) == 0
    assert len(listening.got) == 1


def test_a_claim_that_somebody_else_made_is_no_claim(asked: Someone) -> None:
    row = of(Schedule, asked.person).get()
    assert _claim(row, EIGHT) is not None
    assert _claim(row, EIGHT) is None


def test_a_plan_that_cannot_be_read_stops_nobody_elses(
    asked: Someone, listening: Relay, caplog: pytest.LogCaptureFixture
) -> None:
    of(Schedule, asked.person).update(plan={"zone": "Mars/Olympus", "reminders": []})
    assert send_due(EIGHT) == 0
    assert of(Schedule, asked.person).get().due_at is None
    assert "Mars" not in caplog.text


def test_switched_off_nothing_of_it_is_left(asked: Someone) -> None:
    device = of(Device, asked.person).get()
    with time_machine.travel(SEVEN, tick=False):
        asked.client.post(f"/settings/reminders/device/{device.id}/")
    assert not of(Device, asked.person).exists()
    assert not of(Schedule, asked.person).exists()


def test_the_same_browser_again_is_one(asked: Someone, listening: Relay, phone: Phone) -> None:
    with time_machine.travel(SEVEN, tick=False):
        subscribe(asked, phone, listening.endpoint())
        assert of(Device, asked.person).count() == 1
        for number in range(12):
            subscribe(asked, phone, listening.endpoint(str(number)))
    assert of(Device, asked.person).count() == 10


@pytest.mark.parametrize(
    "endpoint", ["http://relay.example/x", "https://127.0.0.1/x", "https://169.254.169.254/x", ""]
)
def test_a_browser_with_an_address_of_the_house_is_not_kept(
    alice: Someone, phone: Phone, endpoint: str
) -> None:
    assert subscribe(alice, phone, endpoint) == 302
    assert not of(Device, alice.person).exists()


def test_a_locked_diary_takes_no_browser(locked_alice: Someone, phone: Phone) -> None:
    subscribe(locked_alice, phone, "https://relay.example/x")
    assert not of(Device, locked_alice.person).exists()
