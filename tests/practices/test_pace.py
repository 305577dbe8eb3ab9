"""The pace: what is offered after something hard, on a very hard day, after words of danger."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from secondvoice.practices.catalogue import practice, practices
from secondvoice.practices.pace import (
    GROUNDING,
    Pace,
    after_danger,
    after_how_hard,
    after_something_hard,
    chosen_smaller,
    offered,
    pace_of,
    passed,
    put_back,
    set_pace,
)

if TYPE_CHECKING:
    from tests.cast import Someone

NOW = datetime(2026, 3, 29, 9, 0, tzinfo=UTC)


def all_offered(pace: Pace, now: datetime = NOW) -> set[str]:
    return {name for name, each in practices().items() if offered(each, pace, now=now)}


def highest(pace: Pace, now: datetime = NOW) -> int:
    return max(practice(name).intensity for name in all_offered(pace, now))


def test_usually_all_but_the_strong_ones_are_offered() -> None:
    assert all_offered(Pace()) == {n for n, each in practices().items() if each.intensity < 4}


def test_the_strong_ones_come_on_a_day_on_which_somebody_feels_steady() -> None:
    steady = Pace(steady_at=NOW - timedelta(hours=2))
    assert {"critic", "emotion"} <= all_offered(steady)
    assert highest(steady, NOW + timedelta(days=1)) == 3


def test_after_something_hard_only_the_mildest_are_offered_and_nothing_that_opens() -> None:
    pace = after_something_hard(Pace(steady_at=NOW))
    assert highest(pace) == 1
    assert not any(practice(name).opens for name in all_offered(pace))
    assert set(GROUNDING) <= all_offered(pace)
    assert highest(pace, NOW + timedelta(days=400)) == 1, "it lasts until the person puts it back"


def test_the_person_can_put_it_back() -> None:
    pace = put_back(after_something_hard(after_something_hard(Pace())))
    assert highest(pace) == 3
    assert pace.hard == 0


def test_being_steady_does_not_lift_a_lowered_pace() -> None:
    assert highest(replace(after_something_hard(Pace()), steady_at=NOW)) == 1


def test_on_a_very_hard_day_only_grounding_is_offered() -> None:
    pace = after_how_hard(Pace(steady_at=NOW), 8, NOW)
    assert all_offered(pace) == set(GROUNDING)
    assert highest(pace, NOW + timedelta(days=1)) == 3


@pytest.mark.parametrize("hard", [None, 0, 7])
def test_other_days_change_nothing(hard: int | None) -> None:
    assert after_how_hard(Pace(), hard, NOW) == Pace()


def test_after_words_of_danger_only_grounding_is_offered_until_it_has_passed() -> None:
    pace = after_danger(Pace(steady_at=NOW), NOW)
    assert all_offered(pace) == set(GROUNDING)
    assert all_offered(pace, NOW + timedelta(days=90)) == set(GROUNDING)
    assert highest(passed(pace)) == 3


def test_grounding_has_another_way_without_feet_and_without_touch_of_the_body() -> None:
    assert all(practice(name).intensity == 1 and not practice(name).opens for name in GROUNDING)


def test_a_clock_that_was_put_back_does_not_make_today_last_for_ever() -> None:
    assert not Pace(steady_at=NOW + timedelta(days=300)).steady(NOW)


def test_it_is_kept_sealed_and_found_again(alice: Someone) -> None:
    assert pace_of(alice.door) == Pace()
    set_pace(alice.door, after_something_hard)
    set_pace(alice.door, after_something_hard)
    set_pace(alice.door, chosen_smaller)
    assert pace_of(alice.door) == Pace(smaller=True, why="hard", hard=2)
    assert len(list(alice.door.all("pace"))) == 1
    assert len(alice.door.revisions("pace", next(iter(alice.door.all("pace"))).thing)) == 1


def test_nothing_is_kept_where_nothing_changes(alice: Someone) -> None:
    set_pace(alice.door, put_back)
    assert list(alice.door.all("pace")) == []
