"""Words go in through every page and every error; outside the sealed bytes not one is left.

What is searched: every byte of the data folder (database, log, copies, tokens, run files), the
home and temporary folders that the program was given, everything it printed, session rows, and
every address it was asked for or sent a browser to.
"""

from __future__ import annotations

import base64
import contextlib
import json
import re
import shutil
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus
from uuid import UUID

import pytest

from secondvoice.vault import WrappedKey
from secondvoice.vault.keys import unwrap
from tests.keeping.browser import CUT_OFF, Browser, Page
from tests.keeping.changing_keys import (
    new_keys,
    remember_code,
    sealed_anew,
)
from tests.keeping.house import House, house_at
from tests.keeping.searching import Search, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.keeping.browser import Exchange
    from tests.keeping.house import Server

PASSPHRASE = "zqpässphrase of heron ladder"
TOO_LONG = 1_000_001
"""Characters: one more than a field takes."""

pytestmark = pytest.mark.slow


@dataclass
class Said:
    """Every word that was given to the program, each one of a kind."""

    words: dict[str, str] = field(default_factory=dict)

    def word(self, where: str) -> str:
        """A word that is nowhere else, to be typed at ``where``."""
        return self.words.setdefault(where, f"zq{where.replace(' ', '')}ïx{len(self.words):02}")

    def sentence(self, where: str) -> str:
        """A sentence with marks in it for the reader to find, and the word of ``where``."""
        return f"I'm such an idiot, {self.word(where)}, I always ruin everything."


@dataclass
class Life:
    """One pass through the whole program, and what was seen on the way."""

    house: House
    said: Said
    browser: Browser
    server: Server
    secrets: dict[str, str | bytes] = field(default_factory=dict)
    sessions: list[str] = field(default_factory=list)
    snapshots: int = 0

    def look_around(self) -> None:
        """Keep a copy of the folder and the sessions as they are now, for the search."""
        cookie = self.browser.cookie("sv_key")
        if cookie:
            self.secrets[f"cookie key {len(self.secrets)}"] = base64.urlsafe_b64decode(cookie)
        self.sessions += [
            row[0] for row in self.house.sql("SELECT session_data FROM django_session")
        ]
        self.snapshots += 1
        shutil.copytree(self.house.data, self.house.root / f"snapshot{self.snapshots}")

    def data_key(self, passphrase: str) -> bytes:
        (row,) = self.house.sql(
            "SELECT person_id, version, salt, params, wrapped FROM records_keywrap"
            " WHERE method = 'passphrase'"
        )
        person, version, salt, params, wrapped = row
        wrap = WrappedKey("passphrase", version, salt, json.loads(params), wrapped)
        return unwrap(wrap, passphrase, person=UUID(person))


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """Somebody's whole use of the program, from the first run to a hard kill."""
    with house_at(tmp_path_factory.mktemp("leaks") / "house") as house:
        house.passphrase = PASSPHRASE
        server = house.start()
        life = Life(house, Said(), house.visitor(server), server)
        first_run(life)
        address = the_loop(life)
        drafts_and_edits(life, address)
        the_rest(life, address)
        life.look_around()
        errors(life)
        locked(life)
        new_keys(life)
        life.look_around()
        sealed_anew(life)
        life.look_around()
        a_fault(life)
        # A hard kill leaves the write-ahead log and the run files lying.
        server.kill()
        yield life


def first_run(life: Life) -> None:
    browser = life.browser
    page = browser.open("/welcome/key/")
    form = page.form(has="passphrase")
    wrong = {"passphrase": life.said.word("mistyped passphrase"), "again": "something else"}
    page = browser.submit(page, form, wrong, press=("method", "passphrase"))
    assert "not the same" in page.shown
    life.house.move_in(browser, friend=life.said.word("friend"))
    life.secrets["passphrase"] = PASSPHRASE
    remember_code(life, "recovery code", life.house.code)


def the_loop(life: Life) -> str:
    """One moment from notice to done; its address."""
    browser, said = life.browser, life.said
    page = browser.open("/")
    words = {"voice": said.sentence("voice"), "happened": said.sentence("happened"), "before": "7"}
    page = browser.submit(page, page.form(has="voice"), words)
    assert page.path.endswith("/words/"), page.shown
    address = page.path.removesuffix("words/")
    assert said.word("voice") in page.text
    mark = page.form(to="/not-it/")
    page = browser.submit(page, mark)
    token = browser.token()
    aside = {"kind": "pole", "name": "self_judgment", "text": said.word("set aside")}
    browser.post(f"{address}not-it/", token | aside)
    browser.post(f"{address}not-it/", token | aside, HX_Request="true")
    page = browser.open(f"{address}words/")
    page = browser.submit(page, page.form(to="/words/"))
    assert page.path.endswith("/hear/"), page.shown
    page = browser.submit(page, page.form(has="why"), {"say_it": "no", "why": said.sentence("why")})
    assert page.path.endswith("/answer/"), page.shown
    answer = {name: said.sentence(name) for name in ("name_it", "not_alone", "kind_words")}
    browser.post(f"{address}parts/", token | answer, HX_Request="true")
    page = browser.submit(page, page.form(has="name_it"), answer)
    if page.path.endswith("/answer/"):  # it asks about a missing part, once
        page = browser.submit(page, page.form(has="name_it"))
    assert page.path.endswith("/right/"), page.shown
    day = str(datetime.now(UTC).date() + timedelta(days=7))
    step = {"right": "yes", "right_if": said.sentence("if"), "right_then": said.sentence("then")}
    page = browser.submit(page, page.form(has="right"), step | {"look_back_on": day})
    assert page.path.endswith("/see/"), page.shown
    page = browser.submit(page, page.form(has="after"), {"after": "4"})
    assert page.path == address, page.shown
    for where in ("voice", "happened", "why", "name_it", "not_alone", "kind_words", "if", "then"):
        assert said.word(where) in page.shown, where
    return address


def drafts_and_edits(life: Life, address: str) -> None:
    browser, said, token = life.browser, life.said, life.browser.token()
    new = browser.open("/moments/new/").form(has="voice").action.removesuffix("notice/")
    for step, fields in {
        "notice": ("voice", "happened"),
        "hear": ("why",),
        "answer": ("name_it", "not_alone", "kind_words"),
        "right": ("right_if", "right_then"),
    }.items():
        written = {name: said.sentence(f"draft {name}") for name in fields}
        page = browser.post(f"{new}draft/{step}/", token | written, X_Draft="1")
        assert page.status == 204
    assert said.word("draft why") in browser.open(f"{new}hear/").text
    browser.post(f"{new}delete/", token)
    page = browser.open(f"{address}notice/")
    browser.submit(page, page.form(has="voice"), {"voice": said.sentence("edited voice")})
    assert said.word("edited voice") in browser.open(address).shown


def the_rest(life: Life, address: str) -> None:
    browser, said, token = life.browser, life.said, life.browser.token()
    page = browser.open("/moments/")
    found = browser.submit(page, page.form(has="q"), {"q": said.word("edited voice")})
    assert said.word("edited voice") in found.text
    browser.submit(page, page.form(has="q"), {"q": said.word("search")})
    browser.submit(page, page.form(has="q"), {"q": "", "pole": "self_judgment"})
    browser.post(f"{address}when/", token | {"when": "1999-12-31T23:59"})
    browser.post(f"{address}when/", token | {"when": said.word("when")})
    browser.post(f"{address}look-back/", token | {"outcome": "not_yet"})
    browser.post(f"{address}look-back/", token | {"outcome": said.word("outcome")})
    browser.post(f"{address}delete/", token)
    assert said.word("edited voice") in browser.open("/moments/deleted/").text
    browser.post(f"{address}restore/", token)
    page = browser.open("/settings/")
    browser.submit(page, page.form(has="friend"), {"friend": said.word("new friend")})
    browser.submit(page, page.form(has="friend"), {"zone": said.word("zone"), "friend": "Sam"})
    assert browser.post("/minute/landed/", {"landed": "hard"}).status == 200
    browser.post("/minute/landed/", {"landed": said.word("landed")})
    plan_and_experiment(life)
    danger = token | {"voice": f"{said.word('danger')}, I want to kill myself"}
    new = browser.open("/moments/new/").form(has="voice").action
    assert browser.post(new, danger).path.endswith("/care/")


def plan_and_experiment(life: Life) -> None:
    """A plan, of which nothing lies open, and something out of Learn that is tried."""
    browser, said, token = life.browser, life.said, life.browser.token()
    for step in ("signs", "people"):
        written = {"words": said.word(f"draft of {step}")}
        assert browser.post(f"/support/plan/{step}/draft/", token | written).status == 204
        browser.post(f"/support/plan/{step}/", token | {"words": said.word(f"plan {step}")})
        assert said.word(f"plan {step}") in browser.open("/support/plan/").shown
        assert said.word(f"plan {step}") in browser.open("/support/").shown
    browser.post("/support/country/", token | {"in": said.word("country")})
    guess = {"expects": said.sentence("expects"), "on": "1"}
    browser.post("/experiments/new/myth-weak/", token | guess)
    page = browser.open("/experiments/")
    (address,) = set(re.findall(r"/experiments/[0-9a-f-]{36}/", page.text))
    browser.post(address, token | {"outcome": said.word("odd answer"), "saw": "x"})
    browser.post(address, token | {"outcome": "helped", "saw": said.sentence("saw")})
    page = browser.open("/experiments/")
    assert said.word("expects") in page.shown
    assert said.word("saw") in page.shown


def errors(life: Life) -> None:
    """Everything that goes wrong, with words in it."""
    said, token = life.said, life.browser.token()
    # Nobody's words belong into an address; somebody may type them there all the same.
    typed = life.browser.tab()
    for where in ("path", "query"):
        word = unquote_plus(said.word(f"typed {where}")).encode().hex()
        said.words[f"typed {where} as sent"] = word
        typed.open(f"/{word}/" if where == "path" else f"/moments/?before={word}&q={word}")
    odd = life.browser.tab()
    new = odd.open("/moments/new/").form(has="voice").action
    sent = {
        "no token": {"voice": said.sentence("no token")},
        "too long": token | {"voice": said.word("too long").ljust(TOO_LONG, ".")},
        "bad number": token | {"voice": said.sentence("bad number"), "before": said.word("number")},
        "bad step": token | {"why": said.sentence("bad step")},
        "zero": token | {"voice": said.word("zero byte") + "\0"},
        "half a character": token | {"voice": said.word("half") + "\ud800"},
        "many": token | {f"f{n}": said.word("many") for n in range(300)},
        "large": token | {"voice": said.word("large") * 400_000},
    }
    answers = {name: odd.post(new, fields) for name, fields in sent.items()}
    assert answers["no token"].status == 403
    assert "Nothing is lost: it is still here." in answers["too long"].shown
    assert said.word("too long") in answers["too long"].text
    assert answers["many"].status == 400
    assert answers["large"].status in {CUT_OFF, 200, 400}
    assert odd.post(f"{new}draft/{said.word('step name').encode().hex()}/", token).status == 404
    odd.post("/moments/not-a-number/when/", token | {"when": said.word("nowhere")})
    head = f'--b\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token["csrfmiddlewaretoken"]}\r\n'
    part = f'--b\r\nContent-Disposition: form-data; name="voice"\r\n\r\n{said.sentence("multipart")}\r\n--b--\r\n'
    odd.send(new, (head + part).encode(), Content_Type="multipart/form-data; boundary=b")
    odd.send(new, said.sentence("broken parts").encode(), Content_Type="multipart/form-data")
    odd.send(new, said.sentence("json").encode(), Content_Type="application/json")
    odd.send(new, said.sentence("header").encode(), X_Words=said.word("in a header").encode().hex())
    stranger = Browser(life.browser.origin)
    assert stranger.post(new, {"voice": said.sentence("stranger")}).status == 403


def locked(life: Life) -> None:
    """A form that meets a locked diary goes through the unlock page, also past a wrong try."""
    browser, said = life.browser, life.said
    page = browser.open("/moments/new/")
    browser.post("/lock/", browser.token())
    page = browser.submit(page, page.form(has="voice"), {"voice": said.sentence("carried")})
    assert page.form(has="passphrase").value("carried_value")
    wrong = {"passphrase": said.word("wrong passphrase")}
    page = browser.submit(page, page.form(has="passphrase"), wrong)
    right = {"passphrase": PASSPHRASE}
    page = browser.submit(page, page.form(has="passphrase"), right)
    assert page.path.endswith("/words/"), page.shown
    assert said.word("carried") in page.text
    life.secrets["data key"] = life.data_key(PASSPHRASE)


def a_fault(life: Life) -> None:
    """Tables that went missing under the running program make every page fail."""
    browser, said, token = life.browser, life.said, life.browser.token()
    new = browser.open("/moments/new/").form(has="voice").action
    life.house.sql("ALTER TABLE records_head RENAME TO elsewhere")
    browser.post(new, token | {"voice": said.sentence("refused")})
    life.house.sql("ALTER TABLE django_session RENAME TO elsewhere2")
    page = browser.post(new, token | {"voice": said.sentence("fault")})
    assert page.status >= 500


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
