"""What a person would notice of care: who is met with a gentle line, and who is left in peace.

Every text here is met or left by the patterns alone, so that it holds whatever the model learned.
"""

from __future__ import annotations

import pytest

from secondvoice.reader import read, scoring
from secondvoice.reader.deciding import danger
from secondvoice.reader.hits import find
from secondvoice.reader.words import level


def called(text: str) -> str:
    return scoring.care(find(level(text), None).hits)[0]


@pytest.mark.parametrize(
    "text",
    [
        "i wanna die",
        "i wnat to kil myself",
        "feeling su1cidal",
        "dont want to be here nemore",
        "please let me not wake up",
        "Take me, Lord",
        "I pray every night that God will let me die",
        "sometimes i wish i'd never existed",
        "I want to die right now and I can't stop crying",
        "can i just be dead already",
    ],
)
def test_the_wish_to_die_is_heard_misspelt_prayed_and_sideways(text: str) -> None:
    assert called(text) == "now"


@pytest.mark.parametrize(
    "text",
    [
        "what's even the point of going on",
        "there is nothing left for me",
        "I've had enough of life",
        "cant do this no more",
        "I can't see any future with me in it",
        "if i disappeared tomorrow nobody would notice",
        "My family would have an easier life without me",
        "goodbye everyone and sorry for everything",
        "I've given most of my things away",
        "i'll see you soon grandma",
        "the bad thoughts are back",
        "I don't deserve to live",
        "I haven't let myself eat since Sunday",
    ],
)
def test_what_is_only_hinted_at_is_met(text: str) -> None:
    assert called(text) != "none"


@pytest.mark.parametrize(
    ("outright", "softened"),
    [
        ("I want to die", "I don't want to die"),
        ("I want to kill myself", "As a teenager I wanted to kill myself"),
        ("I want to kill myself", "I would never kill myself"),
    ],
)
def test_a_denial_and_the_past_lower_the_level_and_never_silence_it(
    outright: str, softened: str
) -> None:
    assert called(outright) == "now"
    assert called(softened) == "offer"


@pytest.mark.parametrize(
    "text",
    [
        "I'm afraid I'll really hurt him",
        "I don't trust myself in the house tonight",
        "I shook him and I'm scared I'll do it again",
    ],
)
def test_fear_of_hurting_somebody_comes_first(text: str) -> None:
    assert called(text) == "now"


@pytest.mark.parametrize(
    "text",
    [
        "He gripped my arm again last night",
        "he put his hands on my neck",
        "I hide in the bathroom with the door locked until he has calmed down",
        "They said if I tell the police I'm dead",
        "My first husband used to hit me",
        "I know what sets him off",
        "he checks my mileage",
        "I said no and he didn't stop",
        "I'm too scared to leave him",
    ],
)
def test_being_hurt_watched_or_afraid_of_somebody_is_met(text: str) -> None:
    assert called(text) != "none"


@pytest.mark.parametrize(
    "text",
    [
        "My brother did it himself",
        "Our kid says he's sick of breathing",
        "she told me she hurt herself before, not now",
        "The voices told him he is no use to us",
        "my mate said nobody would notice if he was gone",
    ],
)
def test_somebody_close_in_danger_is_met(text: str) -> None:
    assert called(text) != "none"


@pytest.mark.parametrize(
    "text",
    [
        "The documentary says the poet died by suicide at thirty",
        "My dissertation is about attitudes to suicide in Victorian newspapers.",
        "Suicide prevention training moved to Thursday",
        "the printer wants to die",
        "I've decided to end it with Mark after the holidays.",
        "flu, day four. i feel like death",
        "this exam will be the death of me",
        "miss is going to kill me",
        "Mrs Oduya passed at four, with the window open as she wanted it",
        "Dad died in March, his heart, with the snooker on",
        "Grandad's funeral was on Friday and I still go to ring him",
        "He checks my homework",
        "I can't go on Tuesday",
        "Goodbye party at six",
        "She has my umbrella",
        "well done, go and lie down",
        "My daughter drove me home after the clinic",
        "i walked past the shop twice",
        "They've put me down as shallow",
    ],
)
def test_stories_sayings_natural_deaths_and_plain_days_are_left_in_peace(text: str) -> None:
    assert called(text) == "none"


@pytest.mark.parametrize(
    "text",
    [
        "cant trust meself 2nite",
        "dont fel like livin",
        "I should like very much not to exist",
        "Lord, take me home tonight",
        "I gave in to the urge",
        "me and my sister sleep in shifts",
        "he doesnt stop when i say",
        "world wouldnt skip a beat",
        "I only stay because it's a sin to go",
        "Another vet from our year has ended things",
    ],
)
def test_words_that_no_leaflet_would_use_are_met(text: str) -> None:
    assert called(text) != "none"


def test_a_long_text_and_a_fragment_need_clearer_words_of_danger() -> None:
    assert danger(0.5, 12) == danger(0.5, 20) == 0.5
    assert danger(0.5, 40) == danger(0.5, 6) == pytest.approx(1 / 3)
    assert danger(1.0, 1) == danger(1.0, 0) == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "cant think",
        "leave the lamp out of it",
        "when her headphones come off",
        "I hurt my sister's feelings and she cried",
        "I hurt him by accident",
    ],
)
def test_a_plain_fragment_gets_no_line_about_danger(text: str) -> None:
    assert read(text).care == "none"


def test_one_sentence_in_a_long_plain_day_is_met() -> None:
    day = "Up at six, rain again. The bus was late and the soup was good. " * 12
    assert read(day + "I don't want to be alive any more. " + day).care == "now"


def test_words_in_another_language_are_met_though_the_rest_is_declined() -> None:
    for text in ("je veux juste mourir", "ich kann nicht mehr", "me pegó otra vez"):
        reading = read(text)
        assert reading.care == "now"
        assert not reading.sure
