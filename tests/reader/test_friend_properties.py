"""What holds for whatever a person writes, and whatever their friend is called."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from secondvoice.reader.friend import turn

some = settings(max_examples=60, deadline=None)

NAMES = st.sampled_from(
    ["Sam", "O'Neil", "Anne-Marie", "Zoë", "Мария", "小明", "Will", "Dr. Lee", "🌻", "jo", ""]
)
FIRST_PERSON = re.compile(
    r"(?<!\w)(?:i|i['’](?:m|ve|d|ll)|im|ive|me|my|mine|myself|am)(?!\w)", re.IGNORECASE
)

# A small grammar of things that people say to themselves. No word in it is one that stays:
# numerals, oaths and "I think" have their written cases.
LABELS = ["an idiot", "a fraud", "lazy", "a terrible mother", "weak", "so stupid", "the problem"]
DEEDS = ["ruined it", "shouted at him", "forgot her birthday", "missed the bus", "let them down"]
CLAUSES = st.one_of(
    st.builds("I'm {}".format, st.sampled_from(LABELS)),
    st.builds("I am {}".format, st.sampled_from(LABELS)),
    st.builds("I was {}".format, st.sampled_from(LABELS)),
    st.builds("I always was {}".format, st.sampled_from(LABELS)),
    st.builds("im {}".format, st.sampled_from(LABELS)),
    st.builds("I {}".format, st.sampled_from(DEEDS)),
    st.builds("I've {}".format, st.sampled_from(["failed", "lied", "let my sister down"])),
    st.builds("they {} me".format, st.sampled_from(["hate", "pity", "laughed at"])),
    st.sampled_from(
        [
            "it's my fault",
            "the fault is mine",
            "I hate myself",
            "my boss was right about me",
            "nobody wants me and my moods",
            "what was I thinking",
            "why am I like this",
            "I'd be better off alone",
            "I'll never change",
        ]
    ),
)
JOINED = st.lists(CLAUSES, min_size=1, max_size=3).map(" and ".join)
SENTENCES = st.tuples(JOINED, st.sampled_from([".", "!", "…", "?", ""])).map("".join)
PLAIN = st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join)

# Nothing in these is of the first person, and nothing needs to become small after a name.
OTHERS = st.lists(
    st.sampled_from(
        ["he was late", "nobody came", "they laughed", "she said no", "it was raining", "the cat"]
    ),
    min_size=1,
    max_size=4,
).map(". ".join)
QUOTED = st.sampled_from(
    [
        '"I am disappointed in you"',
        "“I’m done. It’s me or her!”",
        "«my patience was gone»",
        "'I told you so'",
        "‘I was wrong about you’",
        '"me? mine?"',
    ]
)
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=120) | st.lists(
    st.sampled_from(
        [
            "I", "I'm", "i", "me", "my", "was", "am", "you", "idiot", "God", '"', "'", "“", "”",
            "‘", "’", "…", ".", ",", "\n", "\n\n", "- ", "\ud800", "\x00", "😭", "İ", "ME", "id",
            "ill", "think", "and", "(", ")", "/", "-", "_", "@", "1.", "\u0301", "\ue000", "Sam",
        ]
    ),
    max_size=25,
).flatmap(lambda parts: st.sampled_from([" ", ""]).map(lambda gap: gap.join(parts)))  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(ANYTHING, NAMES | st.text(st.characters(exclude_categories=()), max_size=12))
def test_any_text_and_any_name_come_through(text: str, friend: str) -> None:
    turned = turn(text, friend)
    assert len(turned) <= 4 * len(text) + len(friend) + 8


@some
@given(PLAIN, NAMES)
def test_no_word_of_the_first_person_is_left(text: str, friend: str) -> None:
    assert not FIRST_PERSON.search(turn(text, friend))


@some
@given(PLAIN, NAMES)
def test_turning_twice_changes_nothing_more(text: str, friend: str) -> None:
    once = turn(text, friend)
    assert turn(once, "") == once
    assume(friend != "Will")
    assert turn(once, friend) == once


@some
@given(PLAIN, NAMES)
def test_only_the_person_changes(text: str, friend: str) -> None:
    kept = re.compile(
        r"(?i)\b(?:i['’]\w+|im|i|me|my|mine|myself|am|was|you['’]\w+|you|yours|yourself|your|are|were)\b"
    )
    turned = turn(text, friend).removeprefix(f"{friend}, ")
    assert kept.sub("_", turned).lower() == kept.sub("_", text).lower()


@some
@given(PLAIN, NAMES)
def test_the_friend_is_named_once_more_at_most(text: str, friend: str) -> None:
    if friend:
        assert turn(text, friend).count(friend) <= text.count(friend) + 1
        assert turn(f"{text} And I miss {friend}.", friend).count(friend) == text.count(friend) + 1


@some
@given(OTHERS, NAMES)
def test_a_text_about_others_is_only_addressed(text: str, friend: str) -> None:
    assert turn(text, friend) == (f"{friend}, {text}" if friend else text)


@some
@given(PLAIN, QUOTED, PLAIN)
def test_what_others_said_stays_to_the_letter(before: str, quoted: str, after: str) -> None:
    turned = turn(f"{before} my boss said {quoted} and {after}")
    assert quoted in turned
    assert not FIRST_PERSON.search(turned.replace(quoted, ""))


@some
@given(PLAIN, st.sampled_from(['"{}"', "“{}”", "«{}»"]))
def test_a_text_that_is_all_in_quotes_is_turned(text: str, quotes: str) -> None:
    assume("'" not in text)
    assert turn(quotes.format(text)) == quotes.format(turn(text))


@some
@given(PLAIN, NAMES)
def test_no_double_space_and_no_double_name_comes_in(text: str, friend: str) -> None:
    turned = turn(text, friend)
    assert "  " not in turned
    if friend:
        assert f"{friend}, {friend}" not in turned


@some
@given(PLAIN)
def test_lower_case_stays_lower_case_and_shouting_stays_shouting(text: str) -> None:
    assert turn(text.lower(), "").islower()
    assert turn(text.upper(), "").isupper()


@some
@given(PLAIN)
def test_curly_apostrophes_stay_curly(text: str) -> None:
    assert "'" not in turn(text.replace("'", "’").replace("im ", "I’m "))


@pytest.mark.parametrize("subject", ["the boss", "my dad", "Priya", "it", "the exam", "nobody"])
@some
@given(st.sampled_from(["I failed", "I'm late", "I was tired", "they hate me", "I hate my job"]))
def test_a_was_that_belongs_to_another_stays(subject: str, clause: str) -> None:
    turned = turn(f"{clause} and {subject} was angry.")
    assert " was angry." in turned
    assert "were angry" not in turned
