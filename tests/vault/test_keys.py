"""The data key comes out with the right secret of the right person, and with no other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondvoice.vault import (
    KdfParams,
    MistypedCode,
    UnknownFormat,
    UnusableSecret,
    VaultError,
    WrappedKey,
    WrongKey,
    make_data_key,
    make_recovery_code,
    unwrap,
    wrap_with_device_key,
    wrap_with_passphrase,
    wrap_with_recovery_code,
)

PERSON = uuid4()
DATA_KEY = make_data_key()
LIGHT = KdfParams(memory_kib=1024, passes=1, lanes=1)
PASSPHRASE = "seven quiet herons"
CODE = make_recovery_code()
DEVICE_KEY = make_data_key()

WRAPS: list[tuple[WrappedKey, str | bytes]] = [
    (wrap_with_passphrase(DATA_KEY, PASSPHRASE, person=PERSON, params=LIGHT), PASSPHRASE),
    (wrap_with_recovery_code(DATA_KEY, CODE, person=PERSON), CODE),
    (wrap_with_device_key(DATA_KEY, DEVICE_KEY, person=PERSON), DEVICE_KEY),
]
each_way = pytest.mark.parametrize(
    ("wrapped", "secret"), WRAPS, ids=[wrapped.method for wrapped, _ in WRAPS]
)


@each_way
def test_the_right_secret_opens(wrapped: WrappedKey, secret: str | bytes) -> None:
    assert unwrap(wrapped, secret, person=PERSON) == DATA_KEY


@each_way
def test_for_another_person_it_does_not_open(wrapped: WrappedKey, secret: str | bytes) -> None:
    with pytest.raises(WrongKey):
        unwrap(wrapped, secret, person=uuid4())


@pytest.mark.parametrize(
    ("wrapped", "secret"),
    [
        (WRAPS[0][0], "seven quiet heron"),
        (WRAPS[0][0], "Seven quiet herons"),
        (WRAPS[0][0], ""),
        (WRAPS[0][0], "\ud800"),
        (WRAPS[0][0], DEVICE_KEY),
        (WRAPS[1][0], make_recovery_code()),
        (WRAPS[2][0], make_data_key()),
        (WRAPS[2][0], b"short"),
        (WRAPS[2][0], "text"),
    ],
    # Some are random: named by their place, so that every worker collects the same tests.
    ids=range(9),
)
def test_a_wrong_secret_is_one_plain_sentence(wrapped: WrappedKey, secret: str | bytes) -> None:
    with pytest.raises(WrongKey, match=r"^[A-Z][^\n]+\.$"):
        unwrap(wrapped, secret, person=PERSON)


def test_a_mistyped_code_is_told_from_a_wrong_one() -> None:
    wrapped = WRAPS[1][0]
    mistyped = ("1" if CODE[0] == "0" else "0") + CODE[1:]
    with pytest.raises(MistypedCode):
        unwrap(wrapped, mistyped, person=PERSON)
    with pytest.raises(WrongKey):
        unwrap(wrapped, make_recovery_code(), person=PERSON)


@given(st.text(min_size=1, max_size=40).filter(str.strip))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_can_be_a_passphrase(passphrase: str) -> None:
    wrapped = wrap_with_passphrase(DATA_KEY, passphrase, person=PERSON, params=LIGHT)
    assert unwrap(wrapped, f" {passphrase}\n", person=PERSON) == DATA_KEY


@pytest.mark.parametrize("passphrase", ["", "   ", "\u00a0", "a\udc80b"])
def test_nothing_is_wrapped_with_what_is_no_passphrase(passphrase: str) -> None:
    with pytest.raises(UnusableSecret, match=r"^The passphrase"):
        wrap_with_passphrase(DATA_KEY, passphrase, person=PERSON, params=LIGHT)


@each_way
def test_any_flipped_bit_of_what_is_stored_is_refused(
    wrapped: WrappedKey, secret: str | bytes
) -> None:
    # One bit of each byte: each trial costs a key derivation.
    for place in range(len(wrapped.wrapped)):
        altered = bytearray(wrapped.wrapped)
        altered[place] ^= 1 << place % 8
        with pytest.raises(WrongKey):
            unwrap(replace(wrapped, wrapped=bytes(altered)), secret, person=PERSON)
    for place in range(len(wrapped.salt)):
        salt = bytearray(wrapped.salt)
        salt[place] ^= 1 << place % 8
        with pytest.raises(WrongKey):
            unwrap(replace(wrapped, salt=bytes(salt)), secret, person=PERSON)


@each_way
@pytest.mark.parametrize("length", [0, 1, 12, 60, 91, 93])
def test_a_cut_off_key_is_refused(wrapped: WrappedKey, secret: str | bytes, length: int) -> None:
    with pytest.raises(WrongKey, match="cut off"):
        unwrap(replace(wrapped, wrapped=bytes(length)), secret, person=PERSON)


def test_the_cost_that_is_stored_cannot_be_changed() -> None:
    wrapped = WRAPS[0][0]
    for params in (
        {"memory_kib": 2048, "passes": 1, "lanes": 1},
        {"memory_kib": 1024, "passes": 2, "lanes": 1},
        {"memory_kib": 1024, "passes": 1, "lanes": 1, "extra": 1},
        {"memory_kib": 1024, "passes": 1},
        {"memory_kib": "1024", "passes": 1, "lanes": 1},
        {},
    ):
        with pytest.raises(WrongKey):
            unwrap(replace(wrapped, params=params), PASSPHRASE, person=PERSON)


@pytest.mark.parametrize("memory", [0, -1, 1023, 2**32, True])
def test_a_stored_row_cannot_ask_for_harmful_work(memory: int) -> None:
    stored = {"memory_kib": memory, "passes": 1, "lanes": 1}
    with pytest.raises(WrongKey):
        unwrap(replace(WRAPS[0][0], params=stored), PASSPHRASE, person=PERSON)
    with pytest.raises(ValueError, match="memory_kib"):
        KdfParams(memory_kib=memory, passes=1, lanes=1)


@pytest.mark.parametrize(("method", "version"), [("passphrase", 2), ("passkey", 1)])
def test_a_newer_way_of_wrapping_is_said_to_be_newer(method: Any, version: int) -> None:
    with pytest.raises(UnknownFormat, match="newer version"):
        unwrap(replace(WRAPS[0][0], method=method, version=version), PASSPHRASE, person=PERSON)


def test_one_method_is_not_taken_for_another() -> None:
    recovery, device = WRAPS[1][0], WRAPS[2][0]
    with pytest.raises(VaultError):
        unwrap(replace(recovery, method="device"), DEVICE_KEY, person=PERSON)
    with pytest.raises(VaultError):
        unwrap(replace(device, method="recovery"), CODE, person=PERSON)


def test_wrapping_twice_shares_nothing() -> None:
    again = wrap_with_passphrase(DATA_KEY, PASSPHRASE, person=PERSON, params=LIGHT)
    assert again.salt != WRAPS[0][0].salt
    assert again.wrapped != WRAPS[0][0].wrapped


def test_only_a_whole_data_key_is_wrapped() -> None:
    with pytest.raises(UnusableSecret):
        wrap_with_device_key(b"short", DEVICE_KEY, person=PERSON)
    with pytest.raises(UnusableSecret):
        wrap_with_device_key(DATA_KEY, b"short", person=PERSON)


def test_neither_key_nor_wrapping_is_shown() -> None:
    for wrapped, _ in WRAPS:
        shown = f"{wrapped!r} {wrapped}"
        assert repr(wrapped.wrapped) not in shown
        assert repr(wrapped.salt) not in shown
    with pytest.raises(WrongKey) as refused:
        unwrap(WRAPS[0][0], "a wrong passphrase", person=PERSON)
    assert "wrong passphrase" not in f"{refused.value!r}"
