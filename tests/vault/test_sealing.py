"""A sealed record opens as it was, under its own header and key, or not at all."""

from __future__ import annotations

from dataclasses import fields, replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondvoice.vault import Damaged, Header, UnknownFormat, make_data_key, open_sealed, seal
from secondvoice.vault.sealing import BLOCK

KEY = make_data_key()
HEADER = Header(
    person=UUID("8d0cbd71-7c43-4a38-a6c8-6f2c2f5a3f51"),
    id=UUID("01a20b4d-6cd2-7b90-a9c1-a7c372320dad"),
    kind="moment",
    version=1,
    thing=UUID("01a20b4d-6cd2-7b90-a9c1-a7c372320dae"),
    happened_at_us=1_764_000_000_000_000,
)
OVERHEAD = 1 + 12 + 48 + 16

headers = st.builds(
    Header,
    person=st.uuids(),
    id=st.uuids(),
    kind=st.text(max_size=40),
    version=st.integers(0, 2**32 - 1),
    thing=st.uuids(),
    happened_at_us=st.integers(-(2**63), 2**63 - 1),
)


@given(st.binary(max_size=300), headers)
def test_what_was_sealed_opens_as_it_was(plaintext: bytes, header: Header) -> None:
    assert open_sealed(KEY, seal(KEY, plaintext, header), header) == plaintext


@given(st.binary(max_size=1000))
def test_the_length_shows_only_in_steps(plaintext: bytes) -> None:
    length = len(seal(KEY, plaintext, HEADER)) - OVERHEAD
    assert length % BLOCK == 0
    assert 0 < length - len(plaintext) <= BLOCK


def test_the_same_words_are_never_sealed_alike() -> None:
    sealed = {seal(KEY, b"the same words", HEADER) for _ in range(200)}
    assert len(sealed) == 200
    assert len({one[13:61] for one in sealed}) == 200, "each record has a key of its own"


def test_any_single_flipped_bit_is_refused() -> None:
    sealed = seal(KEY, b"You did what you could.", HEADER)
    for bit in range(len(sealed) * 8):
        altered = bytearray(sealed)
        altered[bit // 8] ^= 1 << bit % 8
        with pytest.raises((Damaged, UnknownFormat)):
            open_sealed(KEY, bytes(altered), HEADER)


def test_any_cut_off_end_is_refused() -> None:
    sealed = seal(KEY, b"x" * 70, HEADER)
    for length in range(len(sealed)):
        with pytest.raises(Damaged):
            open_sealed(KEY, sealed[:length], HEADER)
    with pytest.raises(Damaged):
        open_sealed(KEY, sealed + b"\x00", HEADER)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("person", uuid4()),
        ("id", uuid4()),
        ("kind", "letter"),
        ("version", 2),
        ("thing", HEADER.id),
        ("happened_at_us", HEADER.happened_at_us + 1),
    ],
)
def test_any_changed_part_of_the_header_is_refused(name: str, value: object) -> None:
    sealed = seal(KEY, b"mine", HEADER)
    with pytest.raises(Damaged):
        open_sealed(KEY, sealed, replace(HEADER, **{name: value}))


def test_every_part_of_the_header_is_tried_above() -> None:
    assert {field.name for field in fields(Header)} == {
        "person", "id", "kind", "version", "thing", "happened_at_us",
    }  # fmt: skip


@given(headers, headers)
def test_no_two_headers_are_taken_for_each_other(one: Header, other: Header) -> None:
    sealed = seal(KEY, b"mine", one)
    if one == other:
        assert open_sealed(KEY, sealed, other) == b"mine"
    else:
        with pytest.raises(Damaged):
            open_sealed(KEY, sealed, other)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(Damaged):
        open_sealed(make_data_key(), seal(KEY, b"mine", HEADER), HEADER)


def test_parts_of_two_records_cannot_be_put_together() -> None:
    one, other = seal(KEY, b"one", HEADER), seal(KEY, b"two", HEADER)
    with pytest.raises(Damaged):
        open_sealed(KEY, one[:61] + other[61:], HEADER)


def test_a_newer_format_is_said_to_be_newer() -> None:
    sealed = seal(KEY, b"mine", HEADER)
    with pytest.raises(UnknownFormat, match="newer version"):
        open_sealed(KEY, b"\x02" + sealed[1:], HEADER)


def test_a_refusal_shows_neither_words_nor_key() -> None:
    sealed = bytearray(seal(KEY, b"my private words", HEADER))
    sealed[-1] ^= 1
    with pytest.raises(Damaged) as refused:
        open_sealed(KEY, bytes(sealed), HEADER)
    shown = f"{refused.value!r} {refused.value}"
    assert "private" not in shown
    assert KEY.hex() not in shown
