"""When something is due: any plan, any day, also when clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondvoice.reminders.clock import DAY_MINUTES, instant, minute_of
from secondvoice.reminders.rules import (
    GOOD_FOR,
    Due,
    Plan,
    Quiet,
    Reminder,
    due_after,
    never_arrives,
    next_due,
    worth_sending,
)

# An hour, half an hour, at midnight, at one day's end, none, and southern summers.
ZONES = (
    *("Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Santiago"),
    *("Africa/Cairo", "Asia/Kathmandu", "Africa/Casablanca", "America/Havana", "Pacific/Apia"),
)
MINUTES = st.integers(0, DAY_MINUTES - 1)
# Round the days on which clocks change, and some that are like any other.
CHANGES = (
    *(date(2026, 3, 8), date(2026, 3, 29), date(2026, 4, 5), date(2026, 9, 6), date(2026, 10, 4)),
    *(date(2026, 10, 25), date(2026, 11, 1), date(2026, 4, 24), date(2026, 10, 29)),
    *(date(2011, 12, 30), date(2026, 2, 15), date(2026, 3, 22)),
)
DATES = st.builds(
    lambda day, off: day + timedelta(days=off), st.sampled_from(CHANGES), st.integers(-3, 3)
)
REMINDERS = st.builds(
    Reminder,
    id=st.uuids(version=4),
    days=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    start=MINUTES,
    end=st.none() | MINUTES,
    times=st.integers(1, 3),
)
PLANS = st.builds(
    Plan,
    zone=st.sampled_from(ZONES),
    reminders=st.lists(REMINDERS, min_size=1, max_size=4).map(tuple),
    quiet=st.none() | st.builds(Quiet, MINUTES, MINUTES),
)
LONDON = ZoneInfo("Europe/London")
ID = UUID(int=7)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type]  # numbers only, of a drawn date


def midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=UTC)


# --- the wall clock ---------------------------------------------------------------------------


@settings(max_examples=40)  # each looks at every minute of two days
@given(DATES, MINUTES, st.sampled_from(ZONES))
def test_a_time_that_clocks_show_is_when_they_show_it_first(
    day: date, minute: int, name: str
) -> None:
    zone = ZoneInfo(name)
    found = instant(day, minute, zone)
    # Every minute at which a clock there shows that day, looked at one by one.
    shown = {}
    at = midnight(day) - timedelta(hours=16)
    for _ in range(44 * 60):
        local = at.astimezone(zone)
        if local.date() == day:
            shown.setdefault(local.hour * 60 + local.minute, at)
        at += timedelta(minutes=1)
    if not shown:
        assert found is None
    elif minute in shown:
        assert found == shown[minute]
    else:
        # Skipped: the first instant after the gap, so the earliest that shows something later.
        assert found == min(at for later, at in shown.items() if later > minute)


@pytest.mark.parametrize(
    ("day", "minute", "expected"),
    [
        (date(2026, 3, 29), 60, utc(2026, 3, 29, 1)),  # 01:00 is skipped
        (date(2026, 3, 29), 90, utc(2026, 3, 29, 1)),  # 01:30 is skipped: 02:00, not 02:30
        (date(2026, 3, 29), 120, utc(2026, 3, 29, 1)),
        (date(2026, 10, 25), 90, utc(2026, 10, 25, 0, 30)),  # shown twice
        (date(2026, 7, 1), 480, utc(2026, 7, 1, 7)),
    ],
)
def test_london(day: date, minute: int, expected: datetime) -> None:
    assert instant(day, minute, LONDON) == expected


def test_a_day_that_never_was_has_no_times() -> None:
    assert instant(date(2011, 12, 30), 480, ZoneInfo("Pacific/Apia")) is None
    plan = Plan("Pacific/Apia", (Reminder(ID, start=480),))
    found = due_after(plan, utc(2011, 12, 28), utc(2012, 1, 2))
    days = [due.at.astimezone(ZoneInfo("Pacific/Apia")).day for due in found]
    assert days == [28, 29, 31, 1, 2]


# --- plans ------------------------------------------------------------------------------------


@given(PLANS, DATES)
def test_what_is_due_comes_in_order_and_never_twice(plan: Plan, day: date) -> None:
    after, until = midnight(day) - timedelta(days=2), midnight(day) + timedelta(days=5)
    found = [due.at for due in due_after(plan, after, until)]
    assert found == sorted(set(found))
    assert all(after < at <= until for at in found)


@given(PLANS, DATES, st.integers(0, 9 * DAY_MINUTES), st.integers(1, 3 * DAY_MINUTES))
def test_asked_in_pieces_the_answer_is_the_same(
    plan: Plan, day: date, start: int, first: int
) -> None:
    after = midnight(day) - timedelta(days=5) + timedelta(minutes=start)
    middle = after + timedelta(minutes=first)
    until = middle + timedelta(days=2)
    whole = list(due_after(plan, after, until))
    pieces = [*due_after(plan, after, middle), *due_after(plan, middle, until)]
    assert [due.at for due in whole] == [due.at for due in pieces]


@given(PLANS, DATES)
def test_nothing_arrives_in_quiet_hours(plan: Plan, day: date) -> None:
    for due in due_after(plan, midnight(day), midnight(day) + timedelta(days=3)):
        assert plan.quiet is None or not plan.quiet.holds(minute_of(due.at, ZoneInfo(plan.zone)))


@given(REMINDERS.filter(lambda one: one.end is not None), DATES, st.sampled_from(ZONES))
def test_a_window_holds_its_times_and_as_many_as_were_asked_for(
    one: Reminder, day: date, name: str
) -> None:
    assert one.end is not None
    zone = ZoneInfo(name)
    plan = Plan(name, (Reminder(one.id, (day.weekday(),), one.start, one.end, one.times),))
    begins = instant(day, one.start, zone)
    last = day if one.end > one.start else day + timedelta(days=1)
    ends = instant(last, one.end, zone)
    found = [
        due.at
        for due in due_after(plan, midnight(day) - timedelta(days=1), midnight(day) + timedelta(days=3))
    ]  # fmt: skip
    if begins is None or ends is None:
        assert found == []
        return
    length = max(0, int((ends - begins).total_seconds()) // 60)
    assert len(found) == min(one.times, length)
    assert all(begins <= at < ends for at in found)


def test_within_a_window_each_day_has_its_own_time() -> None:
    plan = Plan("Europe/London", (Reminder(ID, start=540, end=1020),))
    found = [due.at.time() for due in next_due(plan, utc(2026, 6, 1), 14)]
    assert len(set(found)) > 10
    assert found == [due.at.time() for due in next_due(plan, utc(2026, 6, 1), 14)]


def test_two_people_with_the_same_window_have_different_times() -> None:
    def times(id_: int) -> list[datetime]:
        plan = Plan("Europe/London", (Reminder(UUID(int=id_), start=540, end=1020),))
        return [due.at for due in next_due(plan, utc(2026, 6, 1), 7)]

    assert times(1) != times(2)


def test_after_work_on_thursdays() -> None:
    plan = Plan("Europe/London", (Reminder(ID, (3,), 17 * 60 + 30),))
    assert [due.at for due in next_due(plan, utc(2026, 10, 20), 2)] == [
        utc(2026, 10, 22, 16, 30),
        utc(2026, 10, 29, 17, 30),  # the clocks went back; it is half past five all the same
    ]


def test_two_at_the_same_time_are_one() -> None:
    plan = Plan("UTC", (Reminder(UUID(int=1)), Reminder(UUID(int=2))))
    assert len(list(due_after(plan, utc(2026, 6, 1), utc(2026, 6, 2)))) == 1


def test_a_pause_ends_on_its_day() -> None:
    plan = Plan("UTC", (Reminder(ID),), paused=True, back_on=date(2026, 6, 10))
    assert next_due(plan, utc(2026, 6, 1))[0].at == utc(2026, 6, 10, 8)
    assert next_due(plan, utc(2025, 7, 1))[0].at == utc(2026, 6, 10, 8)
    assert next_due(plan, utc(2026, 7, 1))[0].at == utc(2026, 7, 1, 8)
    assert next_due(Plan("UTC", (Reminder(ID),), paused=True), utc(2026, 6, 1)) == []


# --- what is worth sending --------------------------------------------------------------------


def test_what_is_stale_is_dropped_and_not_sent_late() -> None:
    plan = Plan("UTC", (Reminder(ID),))
    due = utc(2026, 6, 1, 8)
    since = due - timedelta(seconds=1)
    assert worth_sending(plan, due, since) == Due(due, "moment")
    assert worth_sending(plan, due + GOOD_FOR - timedelta(seconds=1), since) == Due(due, "moment")
    assert worth_sending(plan, due + GOOD_FOR, since) is None
    assert worth_sending(plan, due - timedelta(seconds=1), since) is None


def test_after_a_sleep_there_is_one_and_not_a_row() -> None:
    plan = Plan("UTC", tuple(Reminder(UUID(int=n), start=480 + n * 5) for n in range(4)))
    found = worth_sending(plan, utc(2026, 6, 1, 8, 20), utc(2026, 6, 1, 7))
    assert found is not None
    assert found.at == utc(2026, 6, 1, 8, 15)


@given(REMINDERS, st.builds(Quiet, MINUTES, MINUTES))
def test_the_form_knows_what_would_never_arrive(one: Reminder, quiet: Quiet) -> None:
    plan = Plan("Asia/Kathmandu", (one,), quiet)  # whose clocks never change
    assert never_arrives(one, quiet) == (next_due(plan, utc(2026, 6, 1)) == [])
