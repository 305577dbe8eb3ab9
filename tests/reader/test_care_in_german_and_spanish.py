"""Words of danger said outright in the languages in which the pages are."""

from __future__ import annotations

import pytest

from secondvoice.reader import read

OUTRIGHT = [
    "Ich bringe mich um.",
    "ich will nicht mehr leben",
    "Am liebsten wäre ich tot.",
    "Ich habe wieder Suizidgedanken.",
    "Ich will mir etwas antun.",
    "Ich mache Schluss mit meinem Leben.",
    "Me voy a matar.",
    "Quiero suicidarme.",
    "no quiero vivir mas",
    "Quiero quitarme la vida.",
    "Preferiría estar muerta.",
    "Ojalá no despertara.",
]
IMPLIED = [
    "Ohne mich wären alle besser dran.",
    "Ich ritze mich wieder.",
    "Er hat mich wieder geschlagen.",
    "Todos estarían mejor sin mí.",
    "Soy una carga para todos.",
    "Me corto otra vez.",
]
ORDINARY = [
    "Ich bin so dumm. Ich habe schon wieder alles falsch gemacht.",
    "Das bringt mich um den Schlaf.",
    "Ich könnte mich totlachen.",
    "Ich schneide mich beim Kochen.",
    "Ich sterbe vor Scham.",
    "Soy tan tonta, todo lo hago mal.",
    "Me muero de hambre.",
    "Me corto el pelo.",
    "Quiero acabar con las dudas.",
]


@pytest.mark.parametrize("words", OUTRIGHT)
def test_said_outright_it_is_danger_now(words: str) -> None:
    assert read(words).care == "now"


@pytest.mark.parametrize("words", IMPLIED)
def test_implied_people_are_offered(words: str) -> None:
    assert read(words).care == "offer"


@pytest.mark.parametrize("words", ORDINARY)
def test_a_bad_day_and_a_figure_of_speech_are_neither(words: str) -> None:
    assert read(words).care == "none"
