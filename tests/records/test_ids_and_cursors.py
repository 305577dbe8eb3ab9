"""Ids tell the order of writing; a cursor is a place in a list, and no word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest
import time_machine
from hypothesis import example, given
from hypothesis import strategies as st

from secondvoice.records import BadCursor, Cursor, Kept, Unopened, make_id
from secondvoice.records.ids import is_usable, made_at, microseconds

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_an_id_is_a_uuid7_of_now() -> None:
    with time_machine.travel(NOON, tick=False):
        made = make_id()
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made_at(made) == NOON
    assert is_usable(made)


def test_ids_are_never_the_same() -> None:
    with time_machine.travel(NOON, tick=False):
        assert len({make_id() for _ in range(2000)}) == 2000


def test_later_ids_are_greater_also_after_the_clock_was_put_back() -> None:
    with time_machine.travel(NOON, tick=False):
        last = make_id()
    with time_machine.travel(NOON - timedelta(days=400), tick=False):
        for _ in range(5000):
            made = make_id(after=last)
            assert made > last
            last = made
    assert made_at(last) - NOON < timedelta(seconds=2)


@pytest.mark.parametrize(
    "strange",
    [uuid4(), UUID(int=0), UUID(int=2**128 - 1), UUID("ffffffff-ffff-7fff-bfff-ffffffffffff")],
)
def test_a_strange_id_is_not_usable(strange: UUID) -> None:
    assert not is_usable(strange)


@given(st.datetimes(timezones=st.just(UTC)), st.uuids())
@example(datetime.min.replace(tzinfo=UTC), UUID(int=0))
@example(datetime.max.replace(tzinfo=UTC), UUID(int=2**128 - 1))
def test_a_cursor_travels_as_a_token(happened_at: datetime, thing: UUID) -> None:
    token = str(Cursor(happened_at, thing))
    assert len(token) == 32
    assert token.replace("-", "").replace("_", "").isalnum()
    assert Cursor.parse(token) == Cursor(happened_at, thing)


@pytest.mark.parametrize(
    "token", ["", "x", "A" * 31, "A" * 33, "A" * 40, "é" * 32, "f" + "_" * 31, "/" * 32, "=" * 32]
)
def test_a_made_up_token_is_no_page(token: str) -> None:
    with pytest.raises(BadCursor):
        Cursor.parse(token)


def test_microseconds_are_exact_in_every_zone() -> None:
    when = datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert microseconds(when) == -1
    assert microseconds(when.astimezone(timezone(timedelta(hours=-9)))) == -1
    with pytest.raises(ValueError, match="zone"):
        microseconds(datetime(2026, 1, 1))  # noqa: DTZ001


def test_what_is_handed_out_shows_no_words() -> None:
    kept = Kept(uuid4(), make_id(), "note", NOON, "my private words")
    assert "private" not in f"{kept!r} {kept}"
    unopened = Unopened(uuid4(), make_id(), "note", NOON, "It was changed.")
    assert unopened.kept_at <= datetime.now(UTC)
