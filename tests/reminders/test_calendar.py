"""The calendar: read by another library, private, neutral, and gone when it is taken back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import icalendar
import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from secondvoice.records.models.store import of
from secondvoice.reminders.calendar_file import LONGEST_LINE, calendar_file
from secondvoice.reminders.models import Schedule
from secondvoice.reminders.rules import Plan, Reminder
from tests.cast import move_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from tests.cast import Someone

NOW = datetime(2026, 10, 22, 9, 30, tzinfo=UTC)
ADDRESS = "ab" * 32
SAYS = {"moment": "A moment for you"}
PLAN = Plan(
    "Europe/London", (Reminder(UUID(int=1)), Reminder(UUID(int=2), (3,), 1020, 1140, 2, "moment"))
)


@pytest.fixture(autouse=True)
def october() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def read(body: bytes) -> list[icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(body)
    assert calendar["VERSION"] == "2.0"
    assert not calendar.errors
    return list(calendar.walk("VEVENT"))


def test_another_library_reads_the_times_in_it() -> None:
    events = read(calendar_file(PLAN, SAYS, ADDRESS, NOW))
    eight = [event["DTSTART"].dt for event in events][:60]
    assert datetime(2026, 10, 24, 7, tzinfo=UTC) in eight
    assert datetime(2026, 10, 25, 8, tzinfo=UTC) in eight  # the clocks went back that night
    assert len(events) == 29 + 2 * 4  # from yesterday on; four Thursdays
    for event in events:
        assert event["SUMMARY"] == "A moment for you"
        assert event["TRANSP"] == "TRANSPARENT"
        (alarm,) = event.walk("VALARM")
        assert alarm["TRIGGER"].dt == timedelta(0)
    assert len({event["UID"] for event in events}) == len(events)


def test_the_same_entry_has_the_same_name_tomorrow_and_another_in_another_calendar() -> None:
    def names(now: datetime, address: str) -> dict[datetime, str]:
        found = read(calendar_file(PLAN, SAYS, address, now))
        return {event["DTSTART"].dt: str(event["UID"]) for event in found}

    today, tomorrow = names(NOW, ADDRESS), names(NOW + timedelta(days=1), ADDRESS)
    both = today.keys() & tomorrow.keys()
    assert len(both) > 30
    assert all(today[at] == tomorrow[at] for at in both)
    assert not set(today.values()) & set(names(NOW, "cd" * 32).values())


def test_it_is_a_calendar_also_while_nothing_comes() -> None:
    body = calendar_file(Plan(paused=True, reminders=PLAN.reminders), SAYS, ADDRESS, NOW)
    assert read(body) == []
    assert len(icalendar.Calendar.from_ical(body).subcomponents) == 1


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=90))
def test_any_words_come_through_in_short_lines(words: str) -> None:
    plan = Plan(reminders=(Reminder(UUID(int=1)),))
    body = calendar_file(plan, {"moment": words}, ADDRESS, NOW)
    lines = body.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= LONGEST_LINE for line in lines)
    for line in lines:
        line.decode()
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert str(read(body)[0]["SUMMARY"]) == words


# --- over the wire ----------------------------------------------------------------------------


def switch_on(someone: Someone) -> str:
    """The path of the address that was made."""
    sent = {"start": "08:00", "end": "", "times": "1", "days": ["3"], "text": "tea"}
    assert someone.client.post("/settings/reminders/new/", sent).status_code == 302
    someone.client.post("/settings/reminders/calendar/", {"way": "on"})
    found = re.search(
        r">http://[^/]+(/calendar/[^<]+)<",
        someone.client.get("/settings/reminders/").content.decode(),
    )
    assert found
    return found[1]


def test_whoever_has_the_address_reads_it_without_a_key_or_a_cookie(
    alice: Someone, client: Client
) -> None:
    path = switch_on(alice)
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-cache"
    assert [str(event["SUMMARY"]) for event in read(response.content)] == [
        "Time for a cup of something"
    ] * 4
    for word in (b"Second", b"secondvoice", b"compassion", b"reminder"):
        assert word not in response.content
    assert "Set-Cookie" not in response.headers


def test_unchanged_it_is_not_sent_again(alice: Someone, client: Client) -> None:
    path = switch_on(alice)
    tag = client.get(path)["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    alice.client.post("/settings/reminders/pause/", {"way": "pause"})
    again = client.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert read(again.content) == []


def test_taken_back_it_leads_nowhere_and_a_new_one_is_another(
    alice: Someone, client: Client
) -> None:
    path = switch_on(alice)
    alice.client.post("/settings/reminders/calendar/", {"way": "off"})
    assert client.get(path).status_code == 404
    assert not of(Schedule, alice.person).exists()
    alice.client.post("/settings/reminders/calendar/", {"way": "on"})
    assert client.get(path).status_code == 404


def test_no_address_can_be_guessed_and_the_database_does_not_hold_it(
    alice: Someone, client: Client
) -> None:
    path = switch_on(alice)
    secret = path.split("/")[2].removesuffix(".ics")
    assert len(secret) == 43  # 256 bits
    row = of(Schedule, alice.person).get()
    assert secret not in f"{row.plan} {row.calendar}"
    for guess in (row.calendar, "x", secret[:-1], f"{secret}x", str(alice.person)):
        assert client.get(f"/calendar/{guess}.ics").status_code == 404


def test_what_is_unsealed_is_the_plan_and_nothing_else(alice: Someone) -> None:
    switch_on(alice)
    row = of(Schedule, alice.person).get()
    (one,) = row.plan["reminders"]
    assert row.plan.keys() == {"zone", "reminders", "quiet", "paused", "back_on"}
    assert one.keys() == {"id", "days", "start", "end", "times", "text"}
    assert (row.address, row.due_at) == ("", None)


def test_another_persons_calendar_is_their_own(alice: Someone, client: Client) -> None:
    path = switch_on(alice)
    bob = move_in()
    assert not of(Schedule, bob.person).exists()
    assert client.get(path).status_code == 200
