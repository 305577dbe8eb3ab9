"""When the one day is on, by the clock on the wall, and what is kept of it."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondvoice.practices.oneday import (
    KIND,
    PAUSE_KIND,
    OneDay,
    Pause,
    current,
    is_evening,
    stand,
)
from secondvoice.records.kept import Kept, Unopened
from secondvoice.records.kinds import decode, encode

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
WEDNESDAY, THURSDAY = date(2026, 3, 4), date(2026, 3, 5)
CRITIC = "You forgot the keys again."
SECOND = "Your hands were full. They hang on the hook now."
ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Cairo")


def wall(*parts: int) -> datetime:
    """The time on a wall in London."""
    return datetime(*parts, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        (wall(2026, 3, 3, 23, 59), "to come"),
        (wall(2026, 3, 4, 0, 0), "on"),
        (wall(2026, 3, 4, 23, 59), "on"),
        (wall(2026, 3, 5, 0, 0), "on"),
        (wall(2026, 3, 5, 3, 59), "on"),
        (wall(2026, 3, 5, 4, 0), "over"),
        (wall(2026, 3, 6, 1, 0), "over"),
    ],
)
def test_a_day_begins_at_midnight_and_ends_in_the_small_hours(
    local: datetime, expected: str
) -> None:
    assert stand(WEDNESDAY, local) == expected


@given(
    on=st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    zone=st.sampled_from(ZONES),
    minutes=st.integers(-3 * 24 * 60, 3 * 24 * 60),
)
def test_in_every_zone_and_across_clock_changes_a_day_is_on_once_and_in_order(
    on: date, zone: str, minutes: int
) -> None:
    order = ("to come", "on", "over")
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=ZoneInfo(zone))
    then = (noon.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    later = (then.astimezone(UTC) + timedelta(hours=1)).astimezone(ZoneInfo(zone))
    assert order.index(stand(on, then)) <= order.index(stand(on, later))
    if then.date() == on:
        assert stand(on, then) == "on"
    if abs(minutes) > 2 * 24 * 60:
        assert stand(on, then) == ("over" if minutes > 0 else "to come")


@pytest.mark.parametrize(
    ("on", "hours"), [(date(2026, 3, 29), 27), (date(2026, 10, 25), 29), (date(2026, 6, 1), 28)]
)
def test_a_day_of_a_clock_change_is_an_hour_shorter_or_longer(on: date, hours: int) -> None:
    london = ZoneInfo("Europe/London")
    start = datetime(on.year, on.month, on.day, tzinfo=london).astimezone(UTC)
    quarters = (start + timedelta(minutes=15 * step) for step in range(4 * 40))
    at = [stand(on, moment.astimezone(london)) == "on" for moment in quarters]
    assert sum(at) == hours * 4
    assert at == sorted(at, reverse=True)


def kept(on: date, value: object = None) -> Kept[object]:
    made = uuid.uuid4()
    return Kept(made, made, KIND, NOON, value or OneDay(on))


def test_the_day_that_is_on_goes_before_one_to_come_and_what_is_over_is_none() -> None:
    local = wall(2026, 3, 5, 1, 0)
    yesterday, today, sunday = kept(WEDNESDAY), kept(THURSDAY), kept(date(2026, 3, 8))
    closed = Unopened(uuid.uuid4(), uuid.uuid4(), KIND, NOON, "It is damaged.")
    assert current([sunday, yesterday, closed], local) is yesterday
    assert current([sunday, today, yesterday], local) is today
    assert current([sunday, kept(date(2026, 4, 1))], local) is sunday
    assert current([kept(date(2026, 3, 1)), closed], local) is None


def test_the_evening_comes_at_five_and_stays_until_the_day_is_over() -> None:
    assert not is_evening(WEDNESDAY, wall(2026, 3, 4, 16, 59))
    assert is_evening(WEDNESDAY, wall(2026, 3, 4, 17, 0))
    assert is_evening(WEDNESDAY, wall(2026, 3, 5, 0, 30))


def test_what_is_kept_is_read_back() -> None:
    day = OneDay(WEDNESDAY, "Slowly.", True, ("asked",), "A line.", "Nothing much.", "Asia/Tokyo")
    made = Pause(uuid.uuid4(), CRITIC, ("curt", "cold"), ("none",), "no", "Why.", SECOND, "")
    assert decode(KIND, 1, encode(day)) == day
    assert decode(PAUSE_KIND, 1, encode(made)) == made
