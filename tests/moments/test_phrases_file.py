"""The words of the loop, the minute, support and first run keep to the product's voice."""

from __future__ import annotations

import re
import string
import tomllib
from datetime import date
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest

from secondvoice.poles import COMPASSIONATE

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = (
    "moments/phrases.toml",
    "practices/minute.toml",
    "support/support.toml",
    "people/texts.toml",
)
KNOWN_PLACEHOLDERS = {
    "date",
    "days",
    "friend",
    "least",
    "minutes",
    "most",
    "seconds",
    "step",
    "steps",
}
# A sentence or two at most on any screen; phrases are picked at a glance.
LONGEST_TEXT = 200
LONGEST_PHRASE = 100
LONGEST_PROMPT = 90
UNWELCOME = re.compile(
    r"\b(journey|you've got this|you got this|streak broken|don't forget|well done|great job"
    r"|commit(?:ted)? suicide|must|should|failed|hurry up|practice makes perfect)\b",
    re.IGNORECASE,
)
AMERICAN = re.compile(
    r"\b(color|favorite|behavior|realiz\w+|recogniz\w+|practicing|center|judgemental|judgement)\b",
    re.IGNORECASE,
)
EMOJI = re.compile(r"[\u2600-\u27bf\U0001f000-\U0001faff]")


def load(name: str) -> dict[str, Any]:
    text = resources.files("secondvoice").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)


def strings(value: object, at: str = "") -> Iterator[tuple[str, str]]:
    """Every string of a file with its place in it."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, f"{at}.{key}" if at else key)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from strings(inner, f"{at}[{index}]")


def tables(value: object, at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        yield at, value
        for key, inner in value.items():
            yield from tables(inner, f"{at}.{key}" if at else key)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from tables(inner, f"{at}[{index}]")


def lists(value: object, at: str = "") -> Iterator[tuple[str, list[Any]]]:
    for place, table in tables(value, at):
        for key, inner in table.items():
            if isinstance(inner, list):
                yield f"{place}.{key}", inner


def placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def phrase_lists() -> list[tuple[str, list[dict[str, str]], int, int]]:
    """Each list of phrases with the fewest and the most it may hold."""
    answer = load("moments/phrases.toml")["answer"]
    found = [(f"answer {name}", answer[name]["phrases"], 12, 16) for name in answer]
    steps = load("practices/minute.toml")["minute"]["steps"]
    return found + [(f"minute {step['id']}", step["phrases"], 5, 7) for step in steps]


@pytest.mark.parametrize("name", FILES)
def test_no_text_shouts_or_gushes_or_orders(name: str) -> None:
    for place, text in strings(load(name)):
        assert text.strip() == text, place
        assert text, f"{place} is empty"
        assert "!" not in text, place
        assert not EMOJI.search(text), place
        assert not UNWELCOME.search(text), f"{place}: {text}"
        assert not AMERICAN.search(text), f"{place}: {text}"


@pytest.mark.parametrize("name", FILES)
def test_no_text_is_longer_than_a_tired_person_reads(name: str) -> None:
    for place, text in strings(load(name)):
        assert len(text) <= LONGEST_TEXT, f"{place} has {len(text)} characters"


@pytest.mark.parametrize("name", FILES)
def test_every_placeholder_is_one_that_the_pages_fill(name: str) -> None:
    for place, text in strings(load(name)):
        assert placeholders(text) <= KNOWN_PLACEHOLDERS, place


@pytest.mark.parametrize("name", FILES)
def test_a_person_who_named_no_friend_gets_whole_sentences(name: str) -> None:
    for place, table in tables(load(name)):
        for key, text in table.items():
            if isinstance(text, str) and "{friend}" in text:
                twin = table.get(f"{key}_unnamed")
                assert twin, f"{place}.{key} has no _unnamed twin"
                assert "{friend}" not in twin, place


@pytest.mark.parametrize("name", FILES)
def test_lists_are_neither_empty_nor_repeat_themselves(name: str) -> None:
    for place, items in lists(load(name)):
        assert items, f"{place} is empty"
        said = [str(item).casefold() for item in items]
        assert len(set(said)) == len(said), f"{place} says something twice"


def test_phrases_are_enough_to_choose_from_short_and_all_different() -> None:
    everything = phrase_lists()
    assert len(everything) == 6
    for place, phrases, fewest, most in everything:
        assert fewest <= len(phrases) <= most, place
        for phrase in phrases:
            assert len(phrase["text"]) <= LONGEST_PHRASE, phrase["id"]
            assert phrase["text"][-1] in ".?", phrase["id"]
    ids = [phrase["id"] for _, phrases, _, _ in everything for phrase in phrases]
    texts = [phrase["text"].casefold() for _, phrases, _, _ in everything for phrase in phrases]
    assert len(set(ids)) == len(ids)
    assert len(set(texts)) == len(texts)


def test_phrases_come_in_several_registers_and_in_both_persons() -> None:
    for name, step in load("moments/phrases.toml")["answer"].items():
        registers = {phrase["register"] for phrase in step["phrases"]}
        assert registers == {"dry", "warm", "matter-of-fact"}, name
    said = " ".join(p["text"] for _, phrases, _, _ in phrase_lists() for p in phrases)
    assert re.search(r"\bI\b", said)
    assert re.search(r"\bYou\b", said)


def test_the_answer_and_the_minute_follow_the_three_components_in_order() -> None:
    components = [str(pole) for pole in COMPASSIONATE]
    assert list(load("moments/phrases.toml")["answer"]) == components
    assert [step["id"] for step in load("practices/minute.toml")["minute"]["steps"]] == components


def test_each_answer_step_asks_one_short_question_and_one_gentle_one() -> None:
    for name, step in load("moments/phrases.toml")["answer"].items():
        for key in ("prompt", "prompt_unnamed"):
            assert step[key].count("?") == 1, name
            assert len(step[key]) <= LONGEST_PROMPT, name
        assert "{friend}" in step["prompt"], name
        assert step["ask_once"].count("?") == 1, name
        assert step["hint"], name


def test_the_minute_can_be_done_without_touch_and_grounding_without_feet() -> None:
    minute = load("practices/minute.toml")
    assert "hand" not in minute["gesture"]["without_touch"]
    soles, hands = minute["grounding"]["soles"], minute["grounding"]["hands"]
    assert len(soles["steps"]) == len(hands["steps"])
    assert not re.search(r"\b(feet|foot|sole|soles|floor|heel)\b", " ".join(hands["steps"]))


def test_something_hard_leads_to_the_floor_and_to_people() -> None:
    minute = load("practices/minute.toml")
    options = {option["id"]: option for option in minute["landed"]["options"]}
    assert list(options) == ["lighter", "same", "hard"]
    assert options["hard"]["to"] == "grounding"
    assert minute["grounding"]["support_link"]


def test_no_telephone_number_claims_to_be_checked_without_a_day() -> None:
    support = load("support/support.toml")
    entries = [
        *support["danger"]["numbers"],
        *support["numbers"]["lines"],
        *support["abuse"]["lines"],
        support["directory"],
    ]
    for entry in entries:
        assert entry["source"]
        if entry["verified"]:
            assert date.fromisoformat(entry["checked"])
        else:
            assert entry["checked"] == "not checked"


def test_every_line_can_be_reached_and_has_a_name_of_its_own() -> None:
    support = load("support/support.toml")
    lines = [*support["numbers"]["lines"], *support["abuse"]["lines"]]
    for line in lines:
        assert {"call", "text", "url"} & set(line), line["id"]
        assert line["where"], line["id"]
        assert line["name"], line["id"]
    ids = [entry["id"] for entry in [*lines, *support["danger"]["numbers"]]]
    assert len(set(ids)) == len(ids)


def test_support_says_that_nobody_is_watching() -> None:
    said = " ".join(load("support/support.toml")["not_this"]["sentences"])
    assert "does not watch" in said
    assert "cannot ring anyone" in said


def test_coming_back_after_a_month_is_met_gladly() -> None:
    back = load("people/texts.toml")["return"]
    assert all(line.startswith("Good to see you") for line in back["lines"])
