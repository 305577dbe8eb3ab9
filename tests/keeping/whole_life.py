"""Somebody's whole use of the program, with a word of its own at every place that takes words."""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus
from uuid import UUID

from secondvoice.vault import WrappedKey, is_sealed_file, open_file
from secondvoice.vault.keys import unwrap
from tests.keeping.browser import CUT_OFF, Browser
from tests.keeping.changing_keys import new_keys, remember_code, sealed_anew

if TYPE_CHECKING:
    from tests.keeping.house import House, Server

PASSPHRASE = "zqpässphrase of heron ladder"
TOO_LONG = 1_000_001
"""Characters: one more than a field takes."""


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


def live(house: House) -> Life:
    """From the first run to a hard kill, which leaves the write-ahead log and the run files lying."""
    house.passphrase = PASSPHRASE
    server = house.start()
    life = Life(house, Said(), house.visitor(server), server)
    first_run(life)
    address = the_loop(life)
    drafts_and_edits(life, address)
    the_rest(life, address)
    life.look_around()
    errors(life)
    taken_out_and_in(life)
    locked(life)
    new_keys(life)
    life.look_around()
    sealed_anew(life)
    life.look_around()
    a_fault(life)
    server.kill()
    return life


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


def taken_out_and_in(life: Life) -> None:
    """Everything as a sealed file, which is brought in again up to the look at it; a day erased."""
    browser, said, token = life.browser, life.said, life.browser.token()
    own = said.word("passphrase of the file")
    asked = {"form": "jsonl", "file_passphrase": own, "file_again": own}
    wrong = asked | {"old-passphrase": said.word("passphrase to take out")}
    assert browser.post("/settings/take-out/", token | wrong).form(has="file_passphrase")
    taken = browser.post("/settings/take-out/", token | asked | {"old-passphrase": PASSPHRASE})
    assert is_sealed_file(taken.body[:64])
    assert said.word("edited voice").encode() in b"".join(open_file(io.BytesIO(taken.body), own))
    for secret in (said.word("wrong passphrase of the file"), own):
        fields = token | {"file_passphrase": secret}
        parts = [
            f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        parts.append('--b\r\nContent-Disposition: form-data; name="file"; filename="e"\r\n\r\n')
        body = "".join(parts).encode() + taken.body + b"\r\n--b--\r\n"
        kind = "multipart/form-data; boundary=b"
        page = browser.send("/settings/import/", body, Content_Type=kind)
    assert page.path == "/settings/import/look/", page.shown
    days = {"first": "1999-12-01", "last": "1999-12-31", "old-passphrase": PASSPHRASE}
    browser.post("/settings/erase/days/", token | days | {"last": said.word("no day")})
    page = browser.post(
        "/settings/erase/days/",
        token | days | {"first": "1998-01-01", "last": "1998-01-02", "sure": "1"},
    )
    assert "There is nothing from these days." in page.shown


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
