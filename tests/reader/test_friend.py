"""A person's own words, turned round and said to a friend: the written cases."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from secondvoice.reader.friend import turn

CASES = tomllib.loads((Path(__file__).parent / "friend_cases.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize(
    ("text", "friend", "expected"),
    [(case["input"], case.get("friend", "Sam"), case["expected"]) for case in CASES],
    ids=[f"{number}: {case['input'][:50]!a}" for number, case in enumerate(CASES, 1)],
)
def test_the_words_come_out_as_one_would_say_them_to_a_friend(
    text: str, friend: str, expected: str
) -> None:
    assert turn(text, friend) == expected


def test_every_case_is_there_once() -> None:
    asked = [(case["input"], case.get("friend", "Sam")) for case in CASES]
    assert len(set(asked)) == len(asked) >= 150


def test_the_friend_is_called_sam_where_no_name_is_given() -> None:
    assert turn("I'm lost.") == "Sam, you're lost."


@pytest.mark.parametrize(
    "unit",
    [
        "I ", "I was ", "and was ", "I, was ", "i am me and my ", "I you ", "you me ", '"a ', "'a ",
        "“", '"', "I (", ", ", " - ", "...", "\n ", "i'i'i'", "i_", "a@me ", "as usual ", "really ",
        "god ", "www.me/my", "my god ", "i i m ", "İ I ", "\ud800I", "\x00I\x00", "😭i ", "I. ",
    ],
)  # fmt: skip
def test_the_work_grows_with_the_length_and_no_faster(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        begun = time.thread_time()
        turn(text)
        return time.thread_time() - begun

    turn(unit)
    short = min(seconds(4_000) for _ in range(3))
    # Eight times the text. Work in the square of the length would take 64 times as long.
    assert min(seconds(32_000) for _ in range(2)) < 24 * short + 0.02
