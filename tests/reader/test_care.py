"""Words of danger are met, figures of speech mostly are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from secondvoice.reader import read

if TYPE_CHECKING:
    from secondvoice.reader.reading import Voice


@pytest.mark.parametrize(
    "text",
    [
        "I want to die",
        "i want to kill myself",
        "kms",
        "I want to end my life",
        "I wish I was never born",
        "i wish i wasnt alive",
        "I'm suicidal",
        "Life isn't worth living",
        "I don't want to be here anymore",
        "There's no reason to live",
        "I cut myself again last night",
        "I took all my pills",
        "I'd be better off dead",
        "He hit me again last night",
        "my husband choked me",
        "I’m going to hang myself",
    ],
)
def test_what_is_said_outright_comes_first(text: str) -> None:
    reading = read(text)
    assert reading.care == "now"
    assert [span for span in reading.spans if span.kind == "care"]


@pytest.mark.parametrize(
    "text",
    [
        "they'd be better off without me",
        "I just want it to stop",
        "tomorrow won't be my problem",
        "I can't go on",
        "I'm tired of living",
        "there's no way out",
        "I'm afraid to go home",
        "he won't let me leave",
        "My brother killed himself last year",
        "my friend says she wants to die",
        "I don't want to die",
        "I used to want to die",
        "nobody would miss me",
    ],
)
def test_what_is_implied_told_or_denied_is_met_with_an_offer(text: str) -> None:
    assert read(text).care == "offer"


@pytest.mark.parametrize(
    "text",
    [
        "I'm dying to see the new film",
        "she killed it on stage",
        "this traffic is killing me",
        "I'd kill for a coffee",
        "I cut myself some slack",
        "The battery died",
        "My grandmother died last spring",
        "She beat me at chess",
        "The fog will vanish by noon",
        "I'm such an idiot",
        "",
    ],
)
def test_figures_of_speech_need_no_care(text: str) -> None:
    assert read(text).care == "none"


def test_the_critics_you_is_met_too_and_so_is_a_text_in_mixed_languages() -> None:
    for voice in ("critic", None):
        told: Voice | None = "critic" if voice else None
        assert read("you should kill yourself", voice=told).care == "now"
    assert read("ich kann nicht mehr und ich bin allein, i want to die").care == "now"
