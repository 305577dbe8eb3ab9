"""Words in a language that the reader does not know: the loop goes on without it, and says so."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from secondvoice.records.ids import make_id
from tests.cast import browser_inside

if TYPE_CHECKING:
    from tests.cast import Someone

GERMAN = "Ich bin so dumm. Ich habe schon wieder alles falsch gemacht."
SPANISH = "Soy tan tonta, todo lo hago mal."
CANT = "I can’t read this language yet"


def written(alice: Someone, voice: str) -> uuid.UUID:
    thing = make_id()
    sent = alice.client.post(f"/moments/{thing}/notice/", {"voice": voice, "happened": ""})
    assert sent.status_code == 302
    return thing


def page(alice: Someone, thing: uuid.UUID, step: str) -> str:
    response = alice.client.get(f"/moments/{thing}/{step}/")
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("words", [GERMAN, SPANISH])
def test_it_says_so_and_marks_nothing(alice: Someone, words: str) -> None:
    thing = written(alice, words)
    shown = page(alice, thing, "words")
    assert CANT in shown
    assert words in shown
    assert 'class="mark' not in shown


def test_it_says_plainly_that_danger_is_heard_in_english_and_support_is_one_touch_away(
    alice: Someone,
) -> None:
    shown = page(alice, written(alice, GERMAN), "words")
    assert "Words of danger are heard in English" in shown
    assert shown.count('href="/support/"') == 2


def test_the_words_are_not_turned_and_the_loop_goes_on_to_its_end(alice: Someone) -> None:
    thing = written(alice, GERMAN)
    heard = page(alice, thing, "hear")
    assert CANT in heard
    assert f'<blockquote class="mirror">{GERMAN}</blockquote>' in heard
    alice.client.post(f"/moments/{thing}/hear/", {"say_it": "no", "why": "Weil es weh tut."})
    answer = {"name_it": "Das tut weh.", "not_alone": "Das geht vielen so.", "kind_words": "Ruhig."}
    sent = alice.client.post(f"/moments/{thing}/answer/", answer)
    # Nothing is said to be missing from an answer that cannot be read.
    assert sent["Location"] == f"/moments/{thing}/right/"
    assert "(not yet)" not in page(alice, thing, "answer")
    alice.client.post(f"/moments/{thing}/right/", {"right": "no"})
    alice.client.post(f"/moments/{thing}/see/", {"after": "3"})
    assert GERMAN in alice.client.get(f"/moments/{thing}/").content.decode()


def test_english_is_read_as_ever(alice: Someone) -> None:
    shown = page(alice, written(alice, "I am such an idiot, I ruin everything."), "words")
    assert CANT not in shown
    assert 'class="mark' in shown


@pytest.mark.parametrize("words", ["Ich will nicht mehr leben.", "No quiero vivir más."])
def test_the_plainest_words_of_danger_lead_to_people_in_german_and_spanish_too(
    alice: Someone, words: str
) -> None:
    thing = make_id()
    sent = alice.client.post(f"/moments/{thing}/notice/", {"voice": words, "happened": ""})
    assert sent["Location"] == f"/moments/{thing}/care/"


def test_the_first_page_says_in_german_what_is_english_yet(db: None) -> None:
    client = browser_inside()
    german = client.get("/welcome/", headers={"Accept-Language": "de"}).content.decode()
    assert "Zwei Dinge können bisher nur Englisch" in german
    english = client.get("/welcome/").content.decode()
    assert "only English so far" not in english
