"""The catalogues: whole where a room is said to be, and nothing in them that would break a page."""

from __future__ import annotations

import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import messages  # noqa: E402

COMPLETE: dict[str, tuple[str, ...]] = dict.fromkeys(messages.rooms(), ("de", "es"))
"""Rooms, and the languages in which everything in them is said: all of them."""


def test_they_hold_what_the_rooms_say_now_and_nothing_that_breaks_a_page() -> None:
    assert messages.complaints() == []


def test_a_room_that_is_complete_leaves_nothing_in_english() -> None:
    left = {
        (room, language): missing
        for room, languages in COMPLETE.items()
        for language in languages
        if (missing := messages.missing(room, language))
    }
    assert left == {}


def test_a_browser_is_answered_unasked_only_in_a_language_that_is_whole() -> None:
    everywhere = set.intersection(*(set(languages) for languages in COMPLETE.values()))
    assert set(settings.WHOLE_LANGUAGES) - {settings.LANGUAGE_CODE} <= everywhere


def test_what_is_said_alike_in_two_rooms_is_translated_alike() -> None:
    # The site reads all catalogues as one: of two translations one would be shown in both rooms.
    apart = []
    for language in messages.LANGUAGES:
        said: dict[str, tuple[str, list[str]]] = {}
        for room in messages.rooms():
            path = messages.catalogue(room, language)
            for entry in polib.pofile(str(path)) if path.exists() else ():
                words = messages.translations(entry)
                if entry.obsolete or not all(words):
                    continue
                where, first = said.setdefault(entry.msgid, (room, words))
                if first != words:
                    apart.append(f"{language} {entry.msgid!r}: {where} {first}, {room} {words}")
    assert apart == []


@pytest.mark.parametrize(
    ("english", "said", "wrong"),
    [
        ("{count} days", "{count} Tage", ""),
        ("{count} days", "Tage", "has [] and not ['{count}']"),
        ("%(at)s of %(of)s", "%(of)s von %(at)s", ""),
        ("<b>Made up:</b> a year", "Erfunden: ein Jahr", "has [] and not ['</b', '<b']"),
        ("Well done", "Gut gemacht!", "has an exclamation mark"),
        ("Well done", "", ""),
    ],
)
def test_a_translation_that_would_break_a_page_is_named(
    english: str, said: str, wrong: str
) -> None:
    assert messages.wrong_in(polib.POEntry(msgid=english, msgstr=said)) == wrong


def test_one_of_something_need_not_say_its_number() -> None:
    entry = polib.POEntry(
        msgid="%(n)s day",
        msgid_plural="%(n)s days",
        msgstr_plural={0: "ein Tag", 1: "%(n)s Tage"},
    )
    assert messages.wrong_in(entry) == ""
    entry.msgstr_plural[1] = "Tage"
    assert messages.wrong_in(entry) == "has [] and not ['%(n)s']"
