"""While unlocked, the key is in two halves, and each half alone is worth nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondvoice.vault import WrongKey, join, make_data_key, split

DATA_KEY = make_data_key()
BOUND = b"person and session"


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80))
def test_both_halves_together_give_the_key(data_key: bytes, bound_to: bytes) -> None:
    cookie_key, sealed = split(data_key, bound_to)
    assert join(cookie_key, sealed, bound_to) == data_key


def test_neither_half_holds_the_key() -> None:
    cookie_key, sealed = split(DATA_KEY, BOUND)
    assert cookie_key != DATA_KEY
    assert DATA_KEY not in sealed


def test_the_row_alone_or_the_cookie_alone_opens_nothing() -> None:
    cookie_key, sealed = split(DATA_KEY, BOUND)
    other_cookie, other_row = split(DATA_KEY, BOUND)
    for half, row in (
        (b"", sealed),
        (bytes(32), sealed),
        (make_data_key(), sealed),
        (other_cookie, sealed),
        (cookie_key, b""),
        (cookie_key, other_row),
    ):
        with pytest.raises(WrongKey):
            join(half, row, BOUND)


def test_the_halves_are_good_for_one_session_only() -> None:
    cookie_key, sealed = split(DATA_KEY, BOUND)
    with pytest.raises(WrongKey):
        join(cookie_key, sealed, b"another session")


def test_any_flipped_bit_is_refused() -> None:
    cookie_key, sealed = split(DATA_KEY, BOUND)
    for bit in range(len(sealed) * 8):
        altered = bytearray(sealed)
        altered[bit // 8] ^= 1 << bit % 8
        with pytest.raises(WrongKey):
            join(cookie_key, bytes(altered), BOUND)
    for bit in range(len(cookie_key) * 8):
        altered = bytearray(cookie_key)
        altered[bit // 8] ^= 1 << bit % 8
        with pytest.raises(WrongKey):
            join(bytes(altered), sealed, BOUND)
