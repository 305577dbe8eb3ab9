"""Words go in through every page and every error; outside the sealed bytes not one is left.

What is searched: every byte of the data folder (database, log, copies, tokens, run files), the
home and temporary folders that the program was given, everything it printed, session rows, and
every address it was asked for or sent a browser to.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import sqlite3
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

import pytest

from tests.keeping.browser import Page
from tests.keeping.house import house_at
from tests.keeping.searching import Search, unpacked
from tests.keeping.whole_life import Life, live

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.keeping.browser import Exchange

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """Somebody's whole use of the program."""
    with house_at(tmp_path_factory.mktemp("leaks") / "house") as house:
        yield live(house)


def everything(life: Life) -> Search:
    return Search(life.secrets | life.said.words)


def test_nothing_that_was_written_is_left_lying(life: Life) -> None:
    search = everything(life)
    assert {"passphrase", "recovery code", "data key", "cookie key 4"} - {*life.secrets} <= {
        "cookie key 4"
    }
    assert any(name.startswith("cookie key") for name in life.secrets)
    assert search.files([life.house.root]) == set()


def test_the_files_that_were_searched_are_those_that_hold_everything(life: Life) -> None:
    there = {path.name for path in life.house.root.rglob("*") if path.is_file()}
    assert {"data.sqlite3", "data.sqlite3-wal", "data.sqlite3-shm", "secret", "running"} <= there
    assert any(path.stat().st_size for path in life.house.root.rglob("*-wal"))
    assert any(path.stat().st_size for path in life.house.logs.iterdir())


def test_a_word_that_is_left_lying_is_found(life: Life) -> None:
    """The same search finds each secret once it is really there."""
    search = everything(life)
    planted = life.house.root / "planted"
    planted.mkdir()
    try:
        with contextlib.closing(sqlite3.connect(planted / "x.sqlite3")) as database, database:
            database.execute("CREATE TABLE t (a)")
            for secret in (life.secrets | life.said.words).values():
                database.execute("INSERT INTO t VALUES (?)", (secret,))
        assert {found.what for found in search.files([planted])} == {
            *life.secrets,
            *life.said.words,
        }
    finally:
        shutil.rmtree(planted)


def test_session_rows_hold_no_words_and_half_a_key_only(life: Life) -> None:
    search = everything(life)
    assert life.sessions
    allowed = {
        "person", "sealed", "began", "seen", "lock_after", "zone", "greet", "just_deleted",
        "recovered", "_messages", "browser",
    }  # fmt: skip
    for stored in life.sessions:
        assert search.session(stored, "a session row") == set()
        assert {*json.loads(unpacked(stored))} <= allowed


def test_what_is_not_sealed_are_ids_kinds_and_times(life: Life) -> None:
    """No column beside the sealed one can hold a word, nor a number that a person gave."""
    shapes = {
        "person_id": r"[0-9a-f]{32}", "id": r"[0-9a-f]{32}", "thing": r"[0-9a-f]{32}",
        "record_id": r"[0-9a-f]{32}", "kind": r"moment|look_back|settings|practice|pace|plan|experiment",
        "version": r"[0-9]", "deleted": r"[01]", "happened_at": r"[-0-9: .]+",
        "deleted_at": r"[-0-9: .]+|None", "key_check": r"None", "created_at": r"[-0-9: .]+",
    }  # fmt: skip
    database = life.house.root / "snapshot1" / "data.sqlite3"
    with contextlib.closing(sqlite3.connect(database)) as snapshot:
        snapshot.row_factory = sqlite3.Row
        for table in ("records_person", "records_record", "records_head"):
            rows = snapshot.execute(f"SELECT * FROM {table}").fetchall()
            assert rows, table
            for row in rows:
                for name in row.keys():  # noqa: SIM118 (iterating a row gives its values)
                    if name != "sealed":
                        assert re.fullmatch(shapes[name], str(row[name])), (table, name)


def test_no_address_holds_a_word(life: Life) -> None:
    search = everything(life)
    assert len(life.browser.exchanges) > 80
    for exchange in life.browser.exchanges:
        for address in (exchange.url, exchange.headers.get("Location", "")):
            readable = f"{address} {unquote_plus(address)}"
            assert search.bytes(readable.encode(), "an address") == set()


def test_no_form_sends_words_by_their_address(life: Life) -> None:
    for exchange in life.browser.exchanges:
        if exchange.headers.get_content_type() == "text/html":
            page = _page(exchange)
            assert {form.method for form in page.forms} <= {"post"}, exchange.url


def test_every_page_with_words_is_stored_nowhere(life: Life) -> None:
    search = everything(life)
    with_words = 0
    for exchange in life.browser.exchanges:
        if search.bytes(exchange.body, exchange.url):
            with_words += 1
            assert exchange.headers["Cache-Control"] == "no-store", exchange.url
            assert exchange.headers["ETag"] is None
    assert with_words > 20
    for exchange in life.browser.exchanges:
        told = str(exchange.headers)
        held = {found.what for found in search.bytes(told.encode(), exchange.url)}
        assert {what for what in held if not what.startswith("cookie key")} == set()


def _page(exchange: Exchange) -> Page:
    return Page(exchange.status, exchange.url, exchange.body, exchange.headers)
