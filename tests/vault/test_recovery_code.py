"""A recovery code can be written down, read out and typed in; a slip is noticed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondvoice.vault import MistypedCode, make_recovery_code, parse_recovery_code
from secondvoice.vault.recovery import format_recovery_code

codes = st.binary(min_size=20, max_size=20)
KNOWN = format_recovery_code(bytes(range(20)))
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(codes)
def test_a_code_reads_as_it_was_written(code: bytes) -> None:
    text = format_recovery_code(code)
    assert re.fullmatch(rf"([{LETTERS}]{{4}}-){{8}}[{LETTERS}]{{4}}", text)
    assert parse_recovery_code(text) == code


def test_a_new_code_is_new_and_has_160_bits() -> None:
    made = {make_recovery_code() for _ in range(100)}
    assert len(made) == 100
    assert all(len(parse_recovery_code(code)) == 20 for code in made)


@given(codes, st.data())
def test_spelling_is_forgiven(code: bytes, data: st.DataObject) -> None:
    loose = {"0": "0oO", "1": "1iIlL", "-": ["-", " ", "", " - ", "\u2013", "\n", "\u00a0"]}
    text = "".join(
        data.draw(st.sampled_from(loose.get(letter, [letter, letter.lower()])))
        for letter in format_recovery_code(code)
    )
    assert parse_recovery_code(f"  {text} ") == code


def test_any_one_wrong_letter_is_noticed() -> None:
    letters = KNOWN.replace("-", "")
    for place, right in enumerate(letters):
        for wrong in LETTERS.replace(right, ""):
            with pytest.raises(MistypedCode, match="group by group"):
                parse_recovery_code(letters[:place] + wrong + letters[place + 1 :])


def test_any_two_swapped_neighbours_are_noticed() -> None:
    letters = KNOWN.replace("-", "")
    for place in range(35):
        pair = letters[place : place + 2]
        if pair[0] != pair[1]:
            with pytest.raises(MistypedCode):
                parse_recovery_code(letters[:place] + pair[::-1] + letters[place + 2 :])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "this has 0"),
        ("ABCD", "this has 4"),
        ("A" * 37, "this has 37"),
        ("U" + "A" * 35, "One sign is"),
        ("UU" + "A" * 34, "2 signs are"),
        ("ä" * 36, "36 signs are"),
    ],
)
def test_what_is_off_is_said_without_repeating_the_code(text: str, says: str) -> None:
    with pytest.raises(MistypedCode) as refused:
        parse_recovery_code(text)
    assert says in str(refused.value)
    assert not text or text not in str(refused.value)


@given(st.text(max_size=60))
def test_any_other_text_is_refused_calmly(text: str) -> None:
    with pytest.raises(MistypedCode):
        parse_recovery_code(text)


def test_only_twenty_bytes_are_a_code() -> None:
    with pytest.raises(ValueError, match="20 bytes"):
        format_recovery_code(b"too short")
