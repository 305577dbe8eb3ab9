"""What a person would see when they hand the reader their words."""

from __future__ import annotations

import dataclasses
import json

import pytest

import secondvoice
from secondvoice.reader import Reading, Span, read
from secondvoice.reader.reading import ASSUMPTIONS, POLES, TONES

HARSH = (
    "im such an idiot",
    "I'm such an idiot, everyone else manages.",
    "i cant do anything right",
    "typical me",
    "what kind of mother forgets that",
    "I let them all down",
    "I should have it together by now",
    "everyone will see I don’t belong here",
    "there's something wrong with me that I can't just be happy",
    "I fucking hate myself",
    "I'm so stuuupid",
    "I'll never be good enough",
    "why am i like this",
    "im a failiure",
    "I ruin everything",
    "I deserve to suffer",
    "I should of known better",
    "It's all my fault",
    "My boss said I'm lazy and he's right",
    "I can't believe I'm such an idiot",
)
NOT_HARSH = (
    "I'm not a failure",
    "my boss said I'm lazy",
    "he is an idiot",
    "I used to call myself stupid",
    "I used to think I was a failure",
    "I sent the wrong file at 3 pm",
    'The song goes "I\'m a loser, baby"',
    "My friend keeps saying she's a failure",
    "Don't tell yourself \"I'm a failure\"",
    "A lazy Sunday with nothing to do",
    "This traffic is stupid",
    "I hate my job",
    "My grandmother died and I miss her",
    "You are such an idiot",
    "I'm useless without coffee",
    "I was late because the bus broke down",
    "Everybody makes mistakes",
    "I'm worried about the exam tomorrow",
    "That doesn't mean I'm a bad person",
    "I am so proud of my daughter",
)


@pytest.mark.parametrize("text", HARSH)
def test_harsh_words_about_oneself_are_marked(text: str) -> None:
    reading = read(text)
    assert reading.self_critical >= 0.5
    assert reading.about == "self"
    assert reading.kindness < 0
    assert reading.verdict


@pytest.mark.parametrize("text", NOT_HARSH)
def test_other_words_are_not_taken_for_self_criticism(text: str) -> None:
    reading = read(text)
    assert reading.self_critical < 0.5
    hard = {"self_judgment", "isolation", "over_identification"}
    assert not [span for span in reading.spans if span.name in hard]


@pytest.mark.parametrize("text", ["you're so lazy", "you idiot", "Pathetic.", "nobody likes you"])
def test_the_critic_may_say_you(text: str) -> None:
    assert max(read(text, voice="critic").poles.values()) >= 0.5
    assert max(read(text).poles[name] for name in ("self_judgment", "isolation")) <= 0.55


def test_words_told_to_oneself_in_quotes_count_and_those_of_others_do_not() -> None:
    assert read('I keep telling myself "you\'re useless"').self_critical >= 0.5
    assert read('She told me "I am useless at this"').self_critical < 0.5
    assert read('"I am worthless"').self_critical >= 0.5


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("You were tired and you did it anyway.", ("mindfulness", "common_humanity")),
        ("Half the ward has done it.", ("mindfulness", "self_kindness")),
        ("I notice I'm tense.", ("common_humanity", "self_kindness")),
        ("This is hard. Everyone makes mistakes. You did your best.", ()),
        ("At least I'm not as bad as Tom", ("mindfulness", "common_humanity", "self_kindness")),
        ("I deserve better than these idiots", ("mindfulness", "common_humanity", "self_kindness")),
        ("it's fine, whatever", ("mindfulness", "common_humanity", "self_kindness")),
        ("just think positive", ("mindfulness", "common_humanity", "self_kindness")),
    ],
)
def test_an_answer_is_told_which_components_it_lacks(text: str, missing: tuple[str, ...]) -> None:
    reading = read(text, voice="answer")
    assert reading.missing == missing
    assert (reading.kindness > 0.3) == (len(missing) < 3)


def test_nothing_is_missing_from_what_is_no_answer() -> None:
    assert read("I'm an idiot").missing == ()
    assert read("I'm an idiot", voice="critic").missing == ()


@pytest.mark.parametrize(
    ("text", "event", "verdict"),
    [
        (
            "I messed up the report again. I'm such an idiot, everyone else manages.",
            "I messed up the report again.",
            "I'm such an idiot, everyone else manages.",
        ),
        ("I failed the exam, so I'm worthless", "I failed the exam", "so I'm worthless"),
        ("I sent the wrong file at 3 pm", "I sent the wrong file at 3 pm", None),
        ("im such a loser", None, "im such a loser"),
        ("", None, None),
    ],
)
def test_what_happened_is_told_from_what_the_voice_adds(
    text: str, event: str | None, verdict: str | None
) -> None:
    reading = read(text)
    assert (reading.event, reading.verdict) == (event, verdict)


@pytest.mark.parametrize(
    ("text", "why_not"),
    [
        ("", "nothing to read"),
        ("   \n\t ", "nothing to read"),
        ("hm", "too short"),
        ("ich bin so ein Idiot und ich weiss nicht warum", "English"),
        ("je suis nul et je ne vaux rien", "English"),
        ("asdf qwer zxcv lkjh", "words that the reader knows"),
        ("я такой глупый человек", "English"),
        ("am I lazy?", "not enough to be sure"),
    ],
)
def test_the_reader_says_when_it_cannot_tell(text: str, why_not: str) -> None:
    reading = read(text)
    assert not reading.sure
    assert why_not in reading.reason


def test_it_is_told_whom_the_words_are_about() -> None:
    assert read("My boss is an idiot").about == "other"
    assert read("I forgot the milk").about == "self"
    assert read("The train was late today").about == "none"


def test_the_hidden_rule_comes_back_as_a_question_in_the_persons_words() -> None:
    reading = read("I should have it together by now")
    assert reading.questions["should"] == (
        "It sounds as if there's a rule that you should have it together by now. Whose rule is it?"
    )


def test_no_question_or_reason_repeats_a_blow() -> None:
    for text in HARSH:
        for question in read(text).questions.values():
            assert question.endswith("?")
            assert not [s for s in read(question).spans if s.name == "self_judgment"]
            assert not [s for s in read(question, voice="answer").spans if s.name == "harsh"]


def test_a_reading_becomes_json_with_its_fields_in_order() -> None:
    reading = read("I messed up. I'm such an idiot.")
    told = reading.to_dict()
    assert list(told) == [field.name for field in dataclasses.fields(Reading)]
    assert list(told["spans"][0]) == [field.name for field in dataclasses.fields(Span)]
    assert tuple(told["poles"]) == POLES
    assert tuple(told["tone"]) == TONES
    assert tuple(told["assumptions"]) == ASSUMPTIONS
    assert json.loads(json.dumps(told)) == told


def test_a_reading_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        read("hello there").sure = False  # type: ignore[misc]  # that is the point of the test


def test_the_package_hands_the_reader_on() -> None:
    assert secondvoice.read is read
    assert "read" in dir(secondvoice)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = secondvoice.nothing  # type: ignore[attr-defined]  # that is the point of the test


@pytest.mark.parametrize(
    "text",
    [
        "he told the whole ward I was useless, and I just stood there",
        "Dad reckoned I was thick and told the whole pub so",
        "What an idiot, that driver",
        "I'm hopeless at bowling and we laughed all night",
    ],
)
def test_what_others_said_and_what_was_fun_is_marked_as_nobodys_verdict_on_the_writer(
    text: str,
) -> None:
    reading = read(text)
    assert reading.self_critical < 0.5
    hard = ("self_judgment", "isolation", "over_identification")
    assert [span.text for span in reading.spans if span.name in hard] == []


def test_what_the_writer_told_others_of_the_writer_is_still_heard() -> None:
    assert read("I told the whole ward I'm useless because I am").self_critical >= 0.5
