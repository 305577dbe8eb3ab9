"""The made-up year holds together, and its loader refuses what is not a moment."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import json
import re
import subprocess
import sys
from collections import Counter

import pytest

from secondvoice.demo import FRIEND, DemoMoment, DemoYearError, load_year, read_moment

YEAR = load_year()
WORDS = (
    "happened",
    "voice",
    "why",
    "name_it",
    "not_alone",
    "kind_words",
    "right_if",
    "right_then",
)
STEP_DAY = {
    "days_ago": 10,
    "time": "08:05",
    "happened": "Spilt the milk.",
    "voice": "Clumsy.",
    "before": 4,
    "say_it": "no",
    "why": "",
    "name_it": "milk on the floor",
    "not_alone": "",
    "kind_words": "it wipes up",
    "right": True,
    "right_if": "when the shop opens",
    "right_then": "buy milk",
    "look_back_days": 1,
    "looked_back": "tried",
    "after": 2,
    "stopped_at": "done",
}


def read(**changes: object) -> DemoMoment:
    return read_moment(json.dumps(STEP_DAY | changes), where="line 7")


def test_the_year_is_about_a_hundred_and_ten_moments_long_and_oldest_first() -> None:
    assert 100 <= len(YEAR) <= 125
    order = [(-moment.days_ago, moment.time) for moment in YEAR]
    assert order == sorted(order)
    assert YEAR[0].days_ago == 365
    assert YEAR[-1].days_ago == 1


def test_it_is_uneven_with_a_gap_of_five_weeks_and_days_with_two_or_three() -> None:
    days = sorted({moment.days_ago for moment in YEAR})
    gaps = [later - earlier for earlier, later in itertools.pairwise(days)]
    assert 35 <= max(gaps) <= 38
    assert sorted(gaps)[-2] < 10
    a_day = Counter(moment.days_ago for moment in YEAR)
    assert 3 in a_day.values()
    assert sum(count == 2 for count in a_day.values()) >= 4


def test_no_day_names_a_season_or_a_weekday_that_could_be_wrong() -> None:
    wrong = re.compile(
        r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b|\bweekend\b|\bchristmas\b|\beaster\b"
        r"|\b(spring|summer|autumn|winter|january|february|april|june|july|august)\b",
        re.IGNORECASE,
    )
    for moment in YEAR:
        for name in WORDS:
            assert not wrong.search(getattr(moment, name)), (moment.days_ago, name)


def test_nobody_says_the_same_sentence_twice() -> None:
    said: Counter[str] = Counter()
    for moment in YEAR:
        for name in WORDS:
            for sentence in re.split(r"(?<=[.?!;])\s+", getattr(moment, name)):
                plain = re.sub(r"\W+", " ", sentence).strip().casefold()
                said.update([plain] if plain else [])
    assert [sentence for sentence, times in said.items() if times > 1] == []


def test_moments_are_left_half_way_at_every_step() -> None:
    left = Counter(moment.stopped_at for moment in YEAR)
    assert set(left) == {"notice", "words", "hear", "answer", "right", "see", "done"}
    assert 0.7 <= left["done"] / len(YEAR) <= 0.85


def test_it_gets_a_little_lighter_mostly_sometimes_not_and_rarely_heavier() -> None:
    changes = [
        moment.before - moment.after
        for moment in YEAR
        if moment.before is not None and moment.after is not None
    ]
    small = sum(change in (1, 2) for change in changes) / len(changes)
    assert small > 0.6
    assert sum(change == 0 for change in changes) >= 8
    assert 1 <= sum(change < 0 for change in changes) <= 4
    assert max(changes) <= 4


def test_the_second_voice_grows_but_the_last_weeks_are_not_a_miracle() -> None:
    first = [moment for moment in YEAR if moment.days_ago > 300]
    last = [moment for moment in YEAR if moment.days_ago <= 60]

    def share_with_kindness(moments: list[DemoMoment]) -> float:
        return sum(bool(moment.kind_words) for moment in moments) / len(moments)

    assert share_with_kindness(last) > share_with_kindness(first) + 0.2
    assert max(moment.before or 0 for moment in last) >= 8
    assert any(moment.stopped_at != "done" for moment in last)


def test_every_value_that_a_person_could_choose_is_there_to_look_at() -> None:
    assert {moment.say_it for moment in YEAR} == {"yes", "no", "unsure", ""}
    assert {moment.right for moment in YEAR} == {True, False, None}
    assert {"tried", "not_yet", ""} <= {moment.looked_back for moment in YEAR}
    assert any(moment.voice == "" for moment in YEAR)
    assert any(moment.happened == "" for moment in YEAR)
    assert any(moment.before is None for moment in YEAR)
    assert any(moment.stopped_at == "done" and moment.after is None for moment in YEAR)


def test_the_friend_is_somebody_in_the_year() -> None:
    assert any(FRIEND in moment.why for moment in YEAR)


def test_a_whole_moment_is_read_as_typed_values() -> None:
    moment = read()
    assert dataclasses.asdict(moment)["time"] == dt.time(8, 5)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(moment, "days_ago", 3)  # noqa: B010 - a plain assignment is a type error


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"days_ago": 0}, "days_ago"),
        ({"days_ago": 366}, "days_ago"),
        ({"days_ago": True}, "days_ago"),
        ({"time": "25:00"}, "time"),
        ({"time": None}, "time"),
        ({"before": 11}, "before"),
        ({"before": 4.5}, "before"),
        ({"after": -1}, "after"),
        ({"say_it": "maybe"}, "say_it"),
        ({"looked_back": "later"}, "looked_back"),
        ({"stopped_at": "end"}, "stopped_at"),
        ({"voice": None}, "voice"),
        ({"voice": "", "happened": ""}, "voice"),
        ({"right": "yes"}, "right"),
        ({"right": False}, "right_then"),
        ({"right_if": ""}, "right_then"),
        ({"look_back_days": None}, "looked_back"),
        ({"look_back_days": 10}, "look_back_days"),
        ({"right_if": "", "right_then": ""}, "look_back_days"),
        ({"stopped_at": "see"}, "after"),
        ({"stopped_at": "hear", "after": None}, "name_it"),
    ],
)
def test_what_is_not_a_moment_is_refused_by_name(changes: dict[str, object], field: str) -> None:
    with pytest.raises(DemoYearError, match=f"line 7: {field}"):
        read(**changes)


@pytest.mark.parametrize("line", ["", "not json", "[]", "{}", '{"days_ago": 3}'])
def test_a_line_that_is_no_moment_at_all_is_refused(line: str) -> None:
    with pytest.raises(DemoYearError, match="line 7"):
        read_moment(line, where="line 7")


def test_an_error_does_not_repeat_the_words() -> None:
    with pytest.raises(DemoYearError) as error:
        read(before=12)
    assert "milk" not in str(error.value).casefold()


def test_the_loader_needs_no_web_framework() -> None:
    script = "import sys, secondvoice.demo as d; d.load_year(); print('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
