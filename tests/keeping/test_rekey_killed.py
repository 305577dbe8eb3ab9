"""The data key is changed and the program killed in the middle: all is as before, or all is done."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.keeping.browser import CUT_OFF, Browser
from tests.keeping.house import PASSPHRASE, PATIENCE, ROOT, until
from tests.keeping.test_killed import door_cookie_of, post_and_kill

if TYPE_CHECKING:
    from pathlib import Path

    from tests.keeping.house import House

pytestmark = pytest.mark.slow

MOMENTS = 1500
KILLS = 10


@pytest.fixture(scope="module")
def full_house(lived_in: House, tmp_path_factory: pytest.TempPathFactory) -> House:
    """So much in it that to seal it anew takes a while."""
    with lived_in.copy(tmp_path_factory.mktemp("full") / "house") as house:
        subprocess.run(
            [sys.executable, "-m", "tests.keeping.writer", PASSPHRASE, str(MOMENTS)],
            env=house.environment(SECONDVOICE_DATA=str(house.data)),
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        return house


class Rekeying:
    """One run of ``secondvoice rekey``, up to the moment at which it begins to change anything."""

    def __init__(self, house: House) -> None:
        house.logs.mkdir(parents=True, exist_ok=True)
        self.out = house.logs / "rekey.out"
        with self.out.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "secondvoice", "rekey", "--yes", "--data", str(house.data)],
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=out,
                env=house.environment(),
                cwd=ROOT,
                start_new_session=True,
            )
        assert self.process.stdin is not None
        self.process.stdin.write(f"{house.passphrase}\n".encode())
        self.process.stdin.close()
        until(lambda: b"Sealing" in self.out.read_bytes() or self.process.poll() is not None)
        self.began = time.monotonic()

    @property
    def said(self) -> str:
        return self.out.read_text()

    @property
    def code(self) -> str:
        """The recovery code that it showed."""
        return self.said.splitlines()[0].rpartition(" ")[2]

    def kill(self) -> int:
        """SIGKILL; how it ended."""
        os.killpg(self.process.pid, signal.SIGKILL)
        return self.process.wait(PATIENCE)


def opens(house: House, secret: str) -> bool:
    """Whether a secret opens every record, none of them damaged."""
    done = house.run("doctor", "--data", str(house.data), "--open", stdin=f"{secret}\n")
    return done.returncode == 0


def test_killed_at_any_instant_nothing_is_lost(full_house: House, tmp_path: Path) -> None:
    with full_house.copy(tmp_path / "first") as house:
        whole = Rekeying(house)
        until(lambda: "Sealed anew" in whole.said)
        took = time.monotonic() - whole.began
        assert whole.process.wait(PATIENCE) == 0, whole.said
        assert opens(house, PASSPHRASE)
        assert opens(house, whole.code)
        assert not opens(house, house.code)
    dice = random.Random(20261127)
    done = undone = 0
    for turn in range(KILLS):
        with full_house.copy(tmp_path / f"house{turn}") as house:
            run = Rekeying(house)
            # Also about its end, where the transaction is. Copies of the house differ in speed.
            share = dice.uniform(0, 1) if turn % 2 else dice.uniform(0.8, 2)
            instant = run.began + took * share
            while time.monotonic() < instant:
                pass
            run.kill()
            assert house.is_whole()
            assert house.sql("SELECT count(*) FROM records_record")[0][0] >= MOMENTS + 4
            assert opens(house, PASSPHRASE), f"turn {turn}"
            new, old = opens(house, run.code), opens(house, house.code)
            assert new != old, f"turn {turn}: one of the two codes, and not both"
            done, undone = done + new, undone + old
            assert new or "Sealed anew" not in run.said
            if turn == 0:
                again = Rekeying(house)
                assert again.process.wait(PATIENCE) == 0, again.said
                assert opens(house, PASSPHRASE)
                assert opens(house, again.code)
    print(f"{KILLS} kills: {undone} as before, {done} done; a whole run takes {took:.2f} s")
    assert undone >= KILLS // 3, "the kills came too late to show anything"


@pytest.mark.parametrize("seed", range(3))
def test_killed_while_it_is_done_from_the_settings(house: House, seed: int) -> None:
    server = house.start()
    browser = house.come_in(server)
    page = browser.open("/settings/data-key/")
    form = page.form(has="code")
    code = form.value("code")
    fields = form.filled({"old-passphrase": PASSPHRASE, "kept": "on"}, None)
    status = post_and_kill(server, browser, "/settings/data-key/", fields, seed)
    again = Browser(house.start().origin, door_cookie_of(browser))
    assert house.unlock(again).path == "/"
    shown = again.open("/moments/").shown
    for word in ("zqkept0", "zqkept1", "zqkept2", "zqkept3"):
        assert word in shown
    again.post("/lock/", again.token())
    opened = [each for each in (house.code, code) if recovers(house, again, each)]
    assert len(opened) == 1
    assert opened == [code] or status == CUT_OFF


def recovers(house: House, browser: Browser, code: str) -> bool:
    page = browser.open("/unlock/recovery/")
    page = browser.submit(page, page.form(has="code"), {"code": code})
    if page.path != "/settings/passphrase/":
        return False
    browser.post("/lock/", browser.token())
    return True
