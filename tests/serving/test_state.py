"""When a replica is ready."""

from __future__ import annotations

from secondvoice.site.hosted.schema import Stand
from secondvoice.site.hosted.state import READY, STALE, STARTING, STOPPING, UNREACHED, State


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_it_is_ready_when_the_database_was_looked_at() -> None:
    state = State()
    assert (state.says, state.may_serve) == (STARTING, False)
    state.looked(Stand.FITS)
    assert (state.says, state.may_serve, state.reached) == (READY, True, True)


def test_on_older_tables_it_serves_nobody_until_they_are_changed() -> None:
    state = State()
    state.looked(Stand.OLDER)
    assert "secondvoice migrate" in state.says
    assert (state.may_serve, state.reached) == (False, True)
    state.looked(Stand.FITS)
    assert (state.says, state.may_serve) == (READY, True)


def test_on_tables_that_lost_what_it_needs_it_stops_serving() -> None:
    state = State()
    state.looked(Stand.FITS)
    state.looked(Stand.NEWER)
    assert "newer" in state.says
    assert not state.may_serve


def test_a_database_that_is_away_is_told_by_the_pages_themselves() -> None:
    state = State()
    state.looked(Stand.FITS)
    state.looked(None)
    assert (state.says, state.may_serve, state.reached) == (UNREACHED, True, False)


def test_a_look_that_does_not_come_back_counts_as_none() -> None:
    clock = Clock()
    state = State(clock)
    state.looked(Stand.FITS)
    clock.now += STALE
    assert state.says == READY
    clock.now += 1
    assert (state.says, state.reached) == (UNREACHED, False)


def test_told_to_stop_it_is_not_ready_at_once_and_still_answers() -> None:
    state = State()
    state.looked(Stand.FITS)
    state.stopping.set()
    assert (state.says, state.may_serve) == (STOPPING, True)
