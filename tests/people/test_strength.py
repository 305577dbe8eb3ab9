"""A new passphrase: how easily it is guessed is said in words, and asked about once."""

from __future__ import annotations

import re
import sys
from typing import Any

import pytest

from secondvoice.people.strength import LONGEST_LOOKED_AT, strength
from secondvoice.people.views.words import words_of
from secondvoice.records.models import Person
from secondvoice.vault import make_recovery_code
from tests.cast import PASSPHRASE, Someone, browser_inside

WORDS = words_of("strength")


@pytest.mark.parametrize(
    ("passphrase", "level"),
    [
        ("password", "common"),
        ("12345678", "common"),
        ("qwertyuiop", "common"),
        ("secondvoice", "common"),
        ("14031986", "common"),
        ("a" * 500, "common"),
        ("Summer2024!", "easy"),
        ("heron ladder", "fair"),
        (PASSPHRASE, "hard"),
        ("correct horse battery staple", "hard"),
        (" Ｐassword ", "common"),
    ],
)
def test_what_is_tried_first_is_told_from_what_is_hard_to_guess(
    passphrase: str, level: str
) -> None:
    assert strength(passphrase) == level


def test_no_kind_of_character_is_asked_for() -> None:
    """Four plain words are fine; a short one with everything in it is not better for it."""
    assert strength("heron ladder quiet spoon") == "hard"
    assert strength("Passw0rd!") in {"common", "easy"}


def test_a_long_one_is_looked_at_as_far_as_is_needed() -> None:
    assert strength((PASSPHRASE + " ") * 100) == "hard"
    assert len(PASSPHRASE) < LONGEST_LOOKED_AT
    assert strength("") is None
    assert strength("   ") is None


def first_time(**changed: str) -> Any:
    sent = {
        "method": "passphrase",
        "passphrase": "password123",
        "again": "password123",
        "code": make_recovery_code(),
        "kept": "on",
    }
    return browser_inside().post("/welcome/key/", sent | changed)


@pytest.mark.django_db
def test_without_scripts_it_is_said_and_asked_about_once() -> None:
    page = first_time().content.decode()
    assert WORDS["common"] in page
    assert WORDS["anyway"] in page
    assert "password123" not in page
    assert not Person.objects.exists()
    assert first_time(anyway="on")["Location"] == "/welcome/friend/"


@pytest.mark.django_db
def test_nothing_is_asked_about_one_that_is_hard_to_guess() -> None:
    assert 'name="anyway"' not in browser_inside().get("/welcome/key/").content.decode()
    assert first_time(passphrase=PASSPHRASE, again=PASSPHRASE).status_code == 302


def test_a_change_of_the_passphrase_asks_too(alice: Someone) -> None:
    sent = {"old-passphrase": PASSPHRASE, "passphrase": "Summer2024!", "again": "Summer2024!"}
    page = alice.client.post("/settings/passphrase/", sent).content.decode()
    assert WORDS["easy"] in page
    assert alice.client.post("/settings/passphrase/", sent | {"anyway": "on"}).status_code == 302


@pytest.mark.django_db
def test_while_it_is_chosen_it_is_said_and_never_shown_again() -> None:
    browser = browser_inside()
    for passphrase, level in (("password123", "common"), (PASSPHRASE, "hard")):
        response = browser.post("/passphrase/strength/", {"passphrase": passphrase})
        page = response.content.decode()
        assert WORDS[level] in page
        assert passphrase not in page
        assert response["Cache-Control"] == "no-store"
        assert ('name="anyway"' in page) == (level == "common")
    assert browser.post("/passphrase/strength/", {}).content.decode().strip() == ""
    assert browser.get("/passphrase/strength/").status_code == 405


def test_the_words_blame_nobody_and_count_nothing() -> None:
    for sentence in WORDS.values():
        assert not re.search(r"\b(weak|bad|poor|strong enough|score|\d+ ?%)\b", sentence)


@pytest.mark.django_db
def test_without_the_extra_nothing_is_said_and_all_else_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "zxcvbn", None)
    assert strength("password") is None
    assert first_time().status_code == 302
