"""The page: adding, changing, taking away, pausing, and what is kept unsealed for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import time_machine

from secondvoice.records.models.store import of
from secondvoice.reminders.models import Schedule
from tests.cast import move_in

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


def one_of(someone: Someone) -> str:
    """The path of the first reminder on the page."""
    found = re.search(
        r'href="(/settings/reminders/[0-9a-f-]{36}/)"',
        someone.client.get("/settings/reminders/").content.decode(),
    )
    assert found
    return found[1]


def test_one_is_changed_and_taken_away(alice: Someone) -> None:
    add(alice)
    path = one_of(alice)
    assert 'value="08:00"' in alice.client.get(path).content.decode()
    sent = {"start": "17:00", "end": "19:00", "times": "2", "days": ["3"], "text": "breath"}
    assert alice.client.post(path, sent).status_code == 302
    assert one_of(alice) == path
    assert "Twice between 17:00 and 19:00, Thursday One breath" in page(alice)
    alice.client.post(f"{path}remove/")
    assert "There are none." in page(alice)
    assert alice.client.get(path).status_code == 404


def test_a_part_of_the_day_fills_in_the_form(alice: Someone) -> None:
    html = alice.client.get("/settings/reminders/new/?part=after_work").content.decode()
    assert 'value="17:00"' in html
    assert html.count("checked") == 5 + 1  # the weekdays, and what it says
    assert alice.client.get("/settings/reminders/new/?part=nonsense").status_code == 200


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"start": ""}, "Write a time of day, like 08:30."),
        ({"start": "half past"}, "Write the time as hours and minutes, like 08:30."),
        ({"days": []}, "Choose one day at least."),
        ({"start": "23:00"}, "That is all within your quiet hours. Choose another time."),
        ({"start": "22:30", "end": "06:00"}, "That is all within your quiet hours."),
    ],
)
def test_what_could_not_arrive_is_said_so(
    alice: Someone, fields: dict[str, object], said: str
) -> None:
    hours = {"quiet_start": "22:00", "quiet_end": "07:00", "zone": "Europe/London"}
    assert alice.client.post("/settings/reminders/hours/", hours).status_code == 302
    sent = {"start": "08:00", "end": "", "times": "1", "days": DAYS, "text": "moment"} | fields
    response = alice.client.post("/settings/reminders/new/", sent)
    assert said in response.content.decode()
    assert "There are none." in page(alice)


def test_quiet_hours_that_come_later_are_told_beside_the_reminder(alice: Someone) -> None:
    add(alice, start="06:30")
    hours = {"quiet_start": "22:00", "quiet_end": "07:00", "zone": "Europe/London"}
    alice.client.post("/settings/reminders/hours/", hours)
    assert "In your quiet hours, so it does not arrive." in page(alice)
    assert "Nothing will arrive." in page(alice)


def test_a_pause_with_an_end_says_until_when(alice: Someone) -> None:
    add(alice)
    hours = {"zone": "Europe/London", "paused": "on", "back_on": "2026-12-24"}
    alice.client.post("/settings/reminders/hours/", hours)
    shown = page(alice)
    assert "Everything is paused until Thursday 24 December." in shown
    assert "Friday 25 December, 08:00" in shown
    assert "Let them come again" in shown
    alice.client.post("/settings/reminders/pause/", {"way": "go_on"})
    assert "Friday 27 November, 08:00" in page(alice)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"zone": "Mars/Olympus"}, "That zone is not known here."),
        ({"quiet_start": "22:00"}, "Quiet hours need both ends."),
        ({"paused": "on", "back_on": "2026-11-26"}, "Choose a day that is still to come"),
        ({"paused": "on", "back_on": "2029-01-01"}, "Choose a day that is still to come"),
    ],
)
def test_hours_that_cannot_be_are_said_so(
    alice: Someone, fields: dict[str, str], said: str
) -> None:
    response = alice.client.post("/settings/reminders/hours/", {"zone": "Europe/London"} | fields)
    assert said in response.content.decode()


def test_the_zone_moves_the_times(alice: Someone) -> None:
    add(alice)
    alice.client.post("/settings/reminders/hours/", {"zone": "Asia/Kathmandu"})
    shown = page(alice)
    assert "Times are those of Asia/Kathmandu." in shown
    assert "Friday 27 November, 08:00" in shown


def test_as_many_as_fit_and_no_more(alice: Someone) -> None:
    for hour in range(8, 21):
        sent = {"start": f"{hour:02}:00", "end": "", "times": "1", "days": DAYS, "text": "moment"}
        assert alice.client.post("/settings/reminders/new/", sent).status_code == 302
    shown = page(alice)
    assert "As many as fit" not in shown
    assert "These are as many as fit here." in shown
    assert "19:00, every day" in shown
    assert "20:00, every day" not in shown


def test_what_will_be_unsealed_is_said_above_the_first_button(alice: Someone) -> None:
    shown = page(alice)
    assert shown.index("a copy of them is kept unsealed") < shown.index("Make an address")


def test_settings_lead_there(alice: Someone) -> None:
    assert 'href="/settings/reminders/"' in alice.client.get("/settings/").content.decode()


@pytest.mark.parametrize("path", ["", "new/", "hours/"])
def test_a_locked_diary_shows_none_of_it(locked_alice: Someone, path: str) -> None:
    response = locked_alice.client.get(f"/settings/reminders/{path}")
    assert "Reminders" not in response.content.decode()


def test_somebody_elses_is_not_there(alice: Someone) -> None:
    add(alice)
    path = one_of(alice)
    bob = move_in()
    alice.client.post("/lock/")
    assert bob.door.latest("reminders") is None
    assert alice.client.get(path).status_code == 200  # the unlock page
    assert "08:00" not in alice.client.get(path).content.decode()
