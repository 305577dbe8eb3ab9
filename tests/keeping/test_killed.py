"""The program is killed without a warning at any instant; whatever it had answered is there.

Every instant comes from a seed that a failed test prints, so a round can be had again.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import sqlite3
import threading
import time
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING

import pytest

from tests.keeping.browser import CUT_OFF, Browser
from tests.keeping.house import PASSPHRASE, until, write_down

if TYPE_CHECKING:
    from pathlib import Path

    from tests.keeping.house import House, Server

pytestmark = pytest.mark.slow

OTHER = "another heron entirely"


@dataclass
class Log:
    """What a writer sent, and what of it was answered."""

    sent: dict[str, list[str]] = field(default_factory=dict)
    answered: dict[str, int] = field(default_factory=dict)

    def saves(self) -> int:
        return sum(self.answered.values())

    def acceptable(self, address: str) -> list[str | None]:
        """The texts with which a thing may be found: the last one answered, or one sent after."""
        sent, answered = self.sent[address], self.answered.get(address, 0)
        return [sent[answered - 1] if answered else None, *sent[answered:]]


def keep_writing(browser: Browser, dice: random.Random, log: Log, name: str) -> None:
    """Save one moment after another, some several times, until the server is gone."""
    page = browser.open("/moments/new/")
    token = {"csrfmiddlewaretoken": page.form(has="voice").value("csrfmiddlewaretoken")}
    number = 0
    while True:
        # An id of the program's own making, as a page would have it.
        page = browser.open("/moments/new/")
        if page.status == CUT_OFF:
            return
        address = page.form(has="voice").action
        for _ in range(dice.choice((1, 1, 4))):
            number += 1
            text = f"{name}, number {number}, {'x' * dice.choice((0, 10, 5000))}"
            log.sent.setdefault(address, []).append(text)
            way = address if dice.random() < 0.5 else address.replace("/notice/", "/draft/notice/")
            status = browser.post(way, token | {"voice": text, "happened": ""}).status
            if status == CUT_OFF:
                return
            assert status in {200, 204}
            log.answered[address] = len(log.sent[address])


def found(house: House, export: Path) -> dict[str, str]:
    """What everything that opens says, by the address it was sent to."""
    done = house.run(
        "export", "--data", str(house.data), "--format", "json", "--out", str(export),
        stdin=f"{house.passphrase}\n",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return {
        f"/moments/{record['thing']}/notice/": record["value"]["voice"]
        for record in json.loads(export.read_text())["records"]
        if record["kind"] == "moment"
    }


def killed_again_and_again(house: House, tmp_path: Path, seed: int, rounds: int) -> int:
    """Write, kill, start again, ``rounds`` times; how many saves had been answered."""
    dice = random.Random(seed)
    logs: list[Log] = []
    server = house.start()
    browser = house.come_in(server)
    for turn in range(rounds):
        tabs = [browser.tab(), browser.tab()]
        own = [Log() for _ in tabs]
        logs += own
        writers = [
            threading.Thread(
                target=keep_writing,
                args=(tab, random.Random(dice.random()), log, f"round {turn} tab {number}"),
            )
            for number, (tab, log) in enumerate(zip(tabs, own, strict=True))
        ]
        for writer in writers:
            writer.start()
        wanted = dice.randint(1, 12)
        assert until(lambda own=own, wanted=wanted: sum(map(Log.saves, own)) >= wanted)
        kill_soon(server, dice, within=0.03)
        for writer in writers:
            writer.join(60)
        server = house.start()
        assert house.is_whole(), f"seed {seed}, round {turn}"
        # The newest ones, as the person would look for them.
        browser = house.come_back(server, browser)
        for log in own:
            for address in list(log.answered)[-1:]:
                shown = browser.open(address).shown
                assert any(text and text in shown for text in log.acceptable(address))
    server.stop()
    there = found(house, tmp_path / "export.json")
    for log in logs:
        for address in log.sent:
            assert there.get(address) in log.acceptable(address), f"seed {seed}: {address}"
    done = house.run("doctor", "--data", str(house.data), "--open", stdin=f"{PASSPHRASE}\n")
    assert done.returncode == 0, done.stdout
    return sum(map(Log.saves, logs))


def kill_soon(server: Server, dice: random.Random, *, within: float) -> None:
    """Kill at an instant that the dice choose."""
    instant = time.monotonic() + dice.uniform(0, within)
    while time.monotonic() < instant:
        pass  # a sleep would only end at the instants that the system's clock ticks
    server.kill()


def test_every_save_that_was_answered_is_there(house: House, tmp_path: Path) -> None:
    seed = int(os.environ.get("KEEPING_SEED", "20260302"))
    rounds = int(os.environ.get("KEEPING_ROUNDS", "12"))
    answered = killed_again_and_again(house, tmp_path, seed, rounds)
    print(f"{answered} answered saves in {rounds} kills")
    assert answered >= 5 * rounds


def test_what_was_there_before_is_there(house: House) -> None:
    server = house.start()
    browser = house.come_in(server)
    address = write_down(browser, "just now")
    server.kill()
    browser = house.come_back(house.start(), browser)
    shown = browser.open("/moments/").shown
    for word in ("zqkept0", "zqkept1", "zqkept2", "zqkept3", "just now"):
        assert word in shown
    assert "just now" in browser.open(address).shown


@pytest.mark.parametrize("seed", range(3))
def test_killed_while_the_first_key_is_made(empty_house: House, seed: int) -> None:
    """Either nobody lives here yet, or somebody with a passphrase and a code that both open."""
    house = empty_house
    server = house.start()
    browser = house.visitor(server)
    form = browser.open("/welcome/key/").form(has="passphrase")
    house.code = form.value("code")
    secret = {"passphrase": PASSPHRASE, "again": PASSPHRASE, "kept": "on"}
    fields = form.filled(secret, ("method", "passphrase"))
    status = post_and_kill(server, browser, "/welcome/key/", fields, seed)
    browser = Browser(house.start().origin, door_cookie_of(browser))
    page = browser.open("/")
    if page.path == "/welcome/":
        assert status == CUT_OFF
        house.move_in(browser)
    else:
        assert page.form(has="passphrase")
        assert house.unlock(browser).path == "/"
        browser.post("/lock/", browser.token())
        assert house.recover(browser).path == "/settings/passphrase/"
    assert "from here on" in browser.open(write_down(browser, "from here on")).shown


@pytest.mark.parametrize("seed", range(3))
def test_killed_while_the_passphrase_is_changed(house: House, seed: int) -> None:
    """One of the two opens it, the new one if that was answered; and all is there."""
    server = house.start()
    browser = house.come_in(server)
    page = browser.open("/settings/passphrase/")
    changes = {"old-passphrase": PASSPHRASE, "passphrase": OTHER, "again": OTHER}
    fields = page.form(has="again").filled(changes, None)
    status = post_and_kill(server, browser, "/settings/passphrase/", fields, seed)
    browser = Browser(house.start().origin, door_cookie_of(browser))
    opened = []
    for passphrase in (PASSPHRASE, OTHER):
        if house.unlock(browser, passphrase).path == "/":
            opened.append(passphrase)
            assert "zqkept0" in browser.open("/moments/").shown
            browser.post("/lock/", browser.token())
    assert len(opened) == 1
    assert opened == [OTHER] or status == CUT_OFF
    assert house.recover(browser).path == "/settings/passphrase/"


def door_cookie_of(browser: Browser) -> CookieJar:
    """What is left of a browser's cookies when its diary was locked."""
    jar = CookieJar()
    for cookie in browser.jar:
        if cookie.name.startswith("sv_door"):
            jar.set_cookie(cookie)
    return jar


def post_and_kill(
    server: Server, browser: Browser, path: str, fields: list[tuple[str, str]], seed: int
) -> int:
    """Send a form and kill the server somewhere on the way; the status, if any came."""
    statuses: list[int] = []
    sender = threading.Thread(
        target=lambda: statuses.append(browser.post(path, fields).status), daemon=True
    )
    sender.start()
    kill_soon(server, random.Random(seed), within=0.06)
    sender.join(60)
    return statuses[0]


@pytest.mark.parametrize("seed", range(3))
def test_killed_while_the_first_database_is_made(empty_house: House, seed: int) -> None:
    house = empty_house
    server = house.begin()
    until(lambda: house.database.exists() or server.process.poll() is not None)
    kill_soon(server, random.Random(seed), within=0.12)
    browser = house.visitor(house.start())
    house.move_in(browser)
    assert "from here on" in browser.open(write_down(browser, "from here on")).shown


@pytest.fixture
def old_house(house: House) -> House:
    """A database from before a change, large enough for its copy to take a while."""
    done = house.run(
        "manage", "migrate", "sessions", "zero", "-v0", SECONDVOICE_DATA=str(house.data)
    )
    assert done.returncode == 0, done.stderr
    house.sql("CREATE TABLE ballast (b)")
    house.sql(
        "INSERT INTO ballast WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n"
        " WHERE i < 30) SELECT randomblob(1000000) FROM n"
    )
    house.empty_the_log()
    return house


@pytest.mark.parametrize("seed", range(3))
def test_killed_while_the_database_is_brought_up_to_date(old_house: House, seed: int) -> None:
    """The change is made or not made, every copy is whole, and all is there."""
    house = old_house
    server = house.begin()
    copies = house.data / "backups"
    until(lambda: any(copies.glob("*")) or server.process.poll() is not None)
    kill_soon(server, random.Random(seed), within=0.2 * seed)
    assert house.is_whole()
    browser = house.come_in(house.start())
    assert "zqkept0" in browser.open("/moments/").shown
    assert house.is_whole()
    named = sorted(copies.glob("[0-9]*.sqlite3"))
    assert named
    for copy in named:
        with contextlib.closing(sqlite3.connect(copy)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)], copy.name
            assert database.execute("SELECT count(*) FROM ballast").fetchone() == (30,), copy.name
