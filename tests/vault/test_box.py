"""A box opens with the one key it was sealed to, whole and in its place, and for ever."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondvoice.vault import Damaged, UnknownFormat, make_box_keys, open_box, seal_to

PRIVATE, PUBLIC = make_box_keys()
PLACE = b"\x01" * 16


@given(st.binary(max_size=300))
def test_what_was_sealed_opens(content: bytes) -> None:
    box = seal_to(PUBLIC, content, bound_to=PLACE)
    assert open_box(PRIVATE, box, bound_to=PLACE) == content
    assert (len(box) - 1 - 65 - 16) % 64 == 0


def test_the_same_words_never_give_the_same_box() -> None:
    assert len({seal_to(PUBLIC, b"so", bound_to=PLACE) for _ in range(3)}) == 3


@pytest.mark.parametrize("at", [0, 1, 30, 66, 100, -1])
def test_one_changed_byte_is_told(at: int) -> None:
    box = bytearray(seal_to(PUBLIC, b"so", bound_to=PLACE))
    box[at] ^= 1
    with pytest.raises(Damaged):
        open_box(PRIVATE, bytes(box), bound_to=PLACE)


def test_a_box_belongs_to_its_key_and_its_place() -> None:
    other, _ = make_box_keys()
    box = seal_to(PUBLIC, b"so", bound_to=PLACE)
    for private, place in ((other, PLACE), (PRIVATE, b"\x02" * 16)):
        with pytest.raises(Damaged):
            open_box(private, box, bound_to=place)
    for cut in (b"", box[:40], box[:-1]):
        with pytest.raises(Damaged):
            open_box(PRIVATE, cut, bound_to=PLACE)


def test_a_newer_way_of_sealing_is_left_alone() -> None:
    with pytest.raises(UnknownFormat):
        open_box(PRIVATE, b"\x02" + bytes(200), bound_to=PLACE)


def test_no_box_is_sealed_to_what_is_no_key() -> None:
    with pytest.raises(Damaged):
        seal_to(b"\x04" + bytes(64), b"so", bound_to=PLACE)


def test_a_box_of_the_first_version_opens_for_ever() -> None:
    private = bytes.fromhex(VECTOR_PRIVATE)
    assert open_box(private, bytes.fromhex(VECTOR_BOX), bound_to=bytes(range(16))) == b"heron"


VECTOR_PRIVATE = "cd738ee2224d19b2bbb39d7ba2df5164145ec11de37fc18560466e7c9528d534"
VECTOR_BOX = (
    "0104e9b292adb0e4239b911cf432056de09f8f8e64e3e39d8af832fbcbbc8089f764b1a50ec81030"
    "32c68a01154ef666b97c2209dc18390fcb8cc5ad9f702c70daaaba3621b60874fff23cf3693a1ac0"
    "9bbdd513cb5fd03b925ae3e3423173cfb2c34bdd8ac73b52caa2badfe919a54494c7e5a2d580252c"
    "674fdead668fd73285d7dde9df330c5873d7d9ca9f9a5a2ba78b"
)
