"""The search for leaks finds what is there."""

from __future__ import annotations

import base64
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
from django.core import signing

from tests.keeping.searching import Search

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORD = "zqplantedïword"
KEY = bytes(range(200, 232))
SEARCH = Search({"word": WORD, "key": KEY})

FORMS: dict[str, Callable[[str], bytes]] = {
    "as it is": str.encode,
    "in capitals": lambda text: text.upper().encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16, the other way round": lambda text: text.encode("utf-16-be"),
    "Latin-1": lambda text: text.encode("latin-1"),
    "hexadecimal": lambda text: text.encode().hex().encode(),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64 for addresses": lambda text: base64.urlsafe_b64encode(text.encode()),
    "base64 of UTF-16": lambda text: base64.b64encode(text.encode("utf-16-le")),
    "JSON": lambda text: json.dumps({"voice": text}).encode(),
    "in an address": lambda text: quote(text).encode(),
    "a form": lambda text: urlencode({"voice": f"{text} & more"}).encode(),
}


@pytest.mark.parametrize("before", range(4))
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_planted_word_is_found_in_every_form(form: Callable[[str], bytes], before: int) -> None:
    haystack = form("?" * before + WORD + "~")
    assert {found.what for found in SEARCH.bytes(haystack, "here")} == {"word"}


@pytest.mark.parametrize("before", range(4))
def test_a_planted_key_is_found_in_every_form(before: int) -> None:
    bytes_ = b"\xff" * before + KEY + b"\xfe"
    for haystack in (bytes_, bytes_.hex().encode(), base64.urlsafe_b64encode(bytes_)):
        assert {found.what for found in SEARCH.bytes(haystack, "here")} == {"key"}


def test_what_is_not_there_is_not_found() -> None:
    assert not SEARCH.bytes(bytes(range(200)) * 50 + b"zqplanted word", "here")


def test_it_looks_into_databases_names_and_folders_below(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    with closing(sqlite3.connect(tmp_path / "a" / "b" / "x.sqlite3")) as database, database:
        database.execute("CREATE TABLE t (words)")
        database.execute("INSERT INTO t VALUES (?)", (f"and then {WORD} again",))
    assert len(SEARCH.files([tmp_path])) == 1
    (tmp_path / "a" / WORD).touch()
    assert len(SEARCH.files([tmp_path])) == 2


@pytest.mark.parametrize("much", [1, 200], ids=["short", "compressed"])
def test_it_looks_into_sessions(much: int) -> None:
    stored = signing.dumps({"x": f"{'again ' * much}{WORD}"}, compress=True)
    assert stored.startswith(".") == (much > 1)
    assert SEARCH.session(stored, "a session")
