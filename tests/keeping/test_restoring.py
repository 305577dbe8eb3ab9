"""The drill: words are saved while a backup is made; it is put back elsewhere and opened."""

from __future__ import annotations

import shutil
import threading
import zipfile
from typing import TYPE_CHECKING

import pytest

from secondvoice.backups import automatic_backups
from tests.keeping.conftest import VOICES
from tests.keeping.house import house_at, until, write_down

if TYPE_CHECKING:
    from pathlib import Path

    from tests.keeping.browser import Browser
    from tests.keeping.house import House

pytestmark = pytest.mark.slow


class Writer:
    """Somebody who writes one moment after another until told to stop."""

    def __init__(self, browser: Browser) -> None:
        self.answered: list[str] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._write, args=(browser,))
        self._thread.start()

    def _write(self, browser: Browser) -> None:
        while not self._stop.is_set():
            voice = f"zqwhile{len(self.answered):03} I ruin it."
            write_down(browser, voice)
            self.answered.append(voice)

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(60)


def test_a_backup_made_while_saving_holds_all_that_was_answered_before(
    house: House, tmp_path: Path
) -> None:
    server = house.start()
    writer = Writer(house.come_in(server))
    made: list[tuple[Path, int]] = []
    for number in range(3):
        wanted = len(writer.answered) + 3
        assert until(lambda wanted=wanted: len(writer.answered) >= wanted)
        answered = len(writer.answered)
        out = tmp_path / f"{number}.zip"
        done = house.run("backup", "--data", str(house.data), "--out", str(out))
        assert (done.returncode, done.stderr) == (0, "")
        made.append((out, answered))
    writer.stop()
    server.stop()
    with house_at(tmp_path / "elsewhere") as other:
        for out, answered in made:
            done = other.run("restore", str(out), "--data", str(other.data), "--replace")
            assert (done.returncode, done.stderr) == (0, "")
            again = other.start()
            browser = other.come_in(again)
            shown = all_moments(browser)
            for voice in [*VOICES, *writer.answered[:answered]]:
                assert voice in shown
            assert "from here on" in browser.open(write_down(browser, "from here on")).shown
            assert again.stop() == 0
            assert again.complaints == ""


def all_moments(browser: Browser) -> str:
    """Every page of the list."""
    page = browser.open("/moments/")
    shown = [page.shown]
    while True:
        older = [link for link in links(page.text) if "before=" in link]
        if not older:
            return " ".join(shown)
        page = browser.open(older[0])
        shown.append(page.shown)


def links(text: str) -> list[str]:
    return [part.split('"')[0].replace("&amp;", "&") for part in text.split('href="')[1:]]


def test_a_session_does_not_come_back_with_a_backup(house: House, tmp_path: Path) -> None:
    server = house.start()
    browser = house.come_in(server)
    out = tmp_path / "b.zip"
    house.run("backup", "--data", str(house.data), "--out", str(out))
    server.stop()
    house.run("restore", str(out), "--data", str(house.data), "--replace")
    again = house.start()
    page = type(browser)(again.origin, browser.jar).open("/moments/")
    assert "zqkept" not in page.text


def test_one_makes_itself_after_a_start_and_can_be_put_back(house: House) -> None:
    # The first run may have made one before the first moment was there.
    shutil.rmtree(house.data / "backups", ignore_errors=True)
    server = house.start()
    assert until(lambda: automatic_backups(house.data))
    house.come_in(server)
    assert server.stop() == 0
    assert server.complaints == ""
    (one,) = automatic_backups(house.data)
    with zipfile.ZipFile(one.file) as archive:
        assert b"zqkept" not in archive.read("data.sqlite3")
    house.sql("DELETE FROM records_record")
    done = house.run("restore", str(one.file), "--data", str(house.data), "--replace")
    assert (done.returncode, done.stderr) == (0, "")
    shown = house.come_in(house.start()).open("/moments/").shown
    assert [voice for voice in VOICES if voice not in shown] == []


def test_a_second_start_on_the_same_day_makes_no_second_one(house: House) -> None:
    for _ in range(2):
        server = house.start()
        assert until(lambda: automatic_backups(house.data))
        server.stop()
    assert len(automatic_backups(house.data)) == 1
