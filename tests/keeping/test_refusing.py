"""A full disk, a failing disk, a read-only folder, a locked database.

Each gives one clear sentence, loses nothing that was there, and shows the rest. What was being
written comes back in the page.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.keeping.browser import Browser
from tests.keeping.conditions import FailingDisk, full_disk, read_only_folder
from tests.keeping.house import IMPATIENT, PASSPHRASE, DidNotStart, House, house_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.keeping.browser import Form, Page
    from tests.keeping.conditions import Disk

pytestmark = pytest.mark.slow

LONG = "and then " * 20_000
FALSE_ALARM = "damaged"


@pytest.fixture(params=["full", "failing"])
def disk(request: pytest.FixtureRequest, lived_in: House, tmp_path: Path) -> Iterator[Disk]:
    """A disk that can be filled, with a house on it in which somebody lives."""
    with house_at(tmp_path / "house") as house:
        if request.param == "failing":
            settle(house, lived_in)
            yield FailingDisk(house)
        else:
            with full_disk(house) as disk:
                settle(house, lived_in)
                yield disk


def settle(house: House, lived_in: House) -> None:
    shutil.copytree(lived_in.data, house.data, dirs_exist_ok=True)
    house.code = lived_in.code


def fails_kindly(page: Page, *words: str) -> None:
    """One sentence says what is the matter, and what was written is there to be seen."""
    assert page.status == 503, page.shown[:2000]
    for word in words:
        assert word in page.shown, "the words come back"
    assert "Traceback" not in page.text
    assert page.headers["Cache-Control"] == "no-store"


def all_is_shown(browser: Browser) -> None:
    page = browser.open("/moments/")
    assert page.status == 200, page.shown
    for number in range(3):
        assert f"zqkept{number}" in page.shown


def try_again(browser: Browser, page: Page, field: str) -> Page:
    form: Form = page.form(has=field)
    return browser.submit(page, form)


def name_in(page: Page, field: str) -> bool:
    return any(form.has(field) for form in page.forms)


def test_a_save_that_finds_no_room_gives_the_words_back(disk: Disk) -> None:
    server = disk.start()
    browser = disk.house.come_in(server)
    page = browser.open("/moments/new/")
    form = page.form(has="voice")
    server = disk.fill(server)
    browser = Browser(server.origin, browser.jar)
    page = browser.submit(page, form, {"voice": f"zqnew {LONG}", "happened": "zqsingle"})
    fails_kindly(page, "zqnew", "zqsingle")
    assert FALSE_ALARM not in page.shown, "the file is whole; it is the disk"
    if not isinstance(disk, FailingDisk):
        assert "disk is full" in page.shown
    all_is_shown(browser)
    assert disk.house.is_whole()
    server = disk.free(server)
    browser = Browser(server.origin, browser.jar)
    page = try_again(browser, page, "voice")
    assert page.status == 200, page.shown
    assert "zqnew" in browser.open("/moments/").shown
    all_is_shown(browser)
    assert "zqnew" not in server.complaints


def test_one_word_comes_back_too(disk: Disk) -> None:
    server = disk.start()
    browser = disk.house.come_in(server)
    page = browser.open("/moments/new/")
    form = page.form(has="voice")
    server = disk.fill(server)
    browser = Browser(server.origin, browser.jar)
    page = browser.submit(page, form, {"voice": "zq" * 80_000})
    fails_kindly(page, "zqzq")


def test_pages_are_shown_on_a_full_disk_right_after_unlocking(disk: Disk) -> None:
    """The first page after unlocking notes something in the session; that it can't is no matter."""
    server = disk.start()
    browser = disk.house.come_in(server)
    browser.post("/lock/", browser.token())
    page = browser.open("/unlock/")
    token = page.form(has="passphrase").filled({"passphrase": PASSPHRASE}, None)
    # Sent without going on to the first page, as a browser does that is closed at that instant.
    stay = browser.once("POST", "/unlock/", token)
    assert stay.status == 302
    server = disk.fill(server)
    browser = Browser(server.origin, browser.jar)
    page = browser.open("/")
    assert page.status == 200, page.shown
    all_is_shown(browser)


def test_unlocking_on_a_full_disk_shows_what_is_there_or_says_why_not(disk: Disk) -> None:
    server = disk.start()
    browser = disk.house.come_in(server)
    page = browser.open("/moments/new/")
    form = page.form(has="voice")
    browser.post("/lock/", browser.token())
    page = browser.submit(page, form, {"voice": f"zqcarried {LONG}", "happened": "zqalso this"})
    server = disk.fill(server)
    browser = Browser(server.origin, browser.jar)
    page = browser.submit(page, page.form(has="passphrase"), {"passphrase": PASSPHRASE})
    assert page.status == 503, page.shown[:2000]
    for word in ("zqcarried", "zqalso this"):
        assert word in page.text, "what was carried through the lock goes on being carried"
    assert PASSPHRASE not in page.text, "a passphrase is never shown"
    server = disk.free(server)
    browser = Browser(server.origin, browser.jar)
    if not name_in(page, "passphrase"):
        held = next(name for name in ("carried_value", "voice") if name_in(page, name))
        page = try_again(browser, page, held)
    if name_in(page, "passphrase"):
        page = browser.submit(page, page.form(has="passphrase"), {"passphrase": PASSPHRASE})
    assert page.path.endswith("/words/"), page.shown
    assert "zqcarried" in page.text
    all_is_shown(browser)


def test_leaving_works_on_a_full_disk(disk: Disk) -> None:
    server = disk.start()
    browser = disk.house.come_in(server)
    server = disk.fill(server)
    browser = Browser(server.origin, browser.jar)
    page = browser.post("/leave/", browser.token())
    assert (page.status, page.path) == (200, "/blank/"), page.shown
    assert browser.cookie("sv_key") is None
    assert "zqkept" not in browser.open("/moments/").text


def test_a_passphrase_that_could_not_be_changed_is_not_shown(disk: Disk) -> None:
    server = disk.start()
    browser = disk.house.come_in(server)
    page = browser.open("/settings/passphrase/")
    form = page.form(has="again")
    server = disk.fill(server)
    browser = Browser(server.origin, browser.jar)
    other = "zqother spoon of long words"
    changes = {"old-passphrase": PASSPHRASE, "passphrase": other, "again": other}
    page = browser.submit(page, form, changes)
    if page.status == 200:  # without a disk of our own the database may find room in itself
        return
    assert page.status == 503
    assert other not in page.text
    assert PASSPHRASE not in page.text
    server = disk.free(server)
    browser = Browser(server.origin, browser.jar)
    browser.post("/lock/", browser.token())
    assert disk.house.unlock(browser).path == "/"


def test_nothing_is_put_into_the_temporary_folder(house: House) -> None:
    """No form takes a file. One that is sent all the same is not written down anywhere."""
    disk = FailingDisk(house)  # which would make a temporary file a fault
    server = disk.start()
    browser = house.come_in(server)
    form = browser.open("/moments/new/").form(has="voice")
    disk.fill(server)
    parts = [*form.fields, ('file"; filename="x.txt', f"zqfile {LONG * 20}")]
    body = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts
    )
    kind = "multipart/form-data; boundary=b"
    page = browser.send(form.action, f"{body}--b--\r\n".encode(), Content_Type=kind)
    assert page.status == 200, server.complaints
    assert "A few words in either field are enough" in page.shown


def test_help_is_open_on_a_full_disk(disk: Disk) -> None:
    server = disk.start()
    browser = disk.house.come_in(server)
    server = disk.fill(server)
    browser = Browser(server.origin, browser.jar)
    for path in ("/support/", "/support/grounding/", "/minute/", "/blank/"):
        assert browser.open(path).status == 200
    page = browser.post("/minute/landed/", {"landed": "hard"})
    assert page.status == 200
    assert FALSE_ALARM not in page.shown


def one_sentence(refused: DidNotStart) -> str:
    """What a start that was refused said, made sure of to be for a person."""
    assert refused.status == 1
    said = refused.said
    assert said.count("\n") == 1, said
    assert "Traceback" not in said
    assert "A fault" not in said, said
    assert not re.search(r"\w+Error\b", said), said
    return said


def test_starting_on_a_full_disk_is_one_sentence(lived_in: House, tmp_path: Path) -> None:
    with house_at(tmp_path / "house") as house, full_disk(house) as disk:
        settle(house, lived_in)
        server = disk.start()
        server = disk.fill(server)
        server.stop()
        try:
            server = disk.start()
        except DidNotStart as refused:
            assert "full" in one_sentence(refused) or "No space" in refused.said
            assert FALSE_ALARM not in refused.said
        else:
            disk.free(server)
            server.stop()
        if hasattr(disk, "filler"):
            disk.filler.unlink(missing_ok=True)
        all_is_shown(house.come_in(house.start()))


def test_a_first_start_on_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    with house_at(tmp_path / "house") as house, full_disk(house) as disk:
        if not hasattr(disk, "filler"):
            return  # there is no full disk to be had here, and no database yet to be limited
        with contextlib.suppress(OSError), disk.filler.open("wb", buffering=0) as file:
            while file.write(b"\0" * (1 << 16)):
                pass
        disk.filler.rename(house.data / "lock")  # a file of ours, so that the folder is taken
        with pytest.raises(DidNotStart) as refused:
            house.start()
        said = one_sentence(refused.value)
        assert "full" in said or "No space" in said


def test_a_folder_that_may_only_be_read(lived_in: House, tmp_path: Path) -> None:
    with house_at(tmp_path / "house") as house, read_only_folder(house) as folder:
        settle(house, lived_in)
        before = house.database.read_bytes()
        folder.begin()
        with pytest.raises(DidNotStart) as refused:
            house.start()
        assert "writable" in one_sentence(refused.value)
        # The rest can be taken out all the same.
        out = tmp_path / "out.json"
        done = house.run(
            "export", "--data", str(house.data), "--format", "json", "--out", str(out),
            stdin=f"{PASSPHRASE}\n",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "zqkept2" in out.read_text()
        folder.end()
        assert house.database.read_bytes() == before
        all_is_shown(house.come_in(house.start()))


@pytest.fixture
def held(house: House) -> Iterator[tuple[House, sqlite3.Connection]]:
    """A house whose database another program can hold."""
    with contextlib.closing(
        sqlite3.connect(house.database, isolation_level=None, timeout=30)
    ) as other:
        yield house, other


def test_a_database_that_another_program_holds(held: tuple[House, sqlite3.Connection]) -> None:
    house, other = held
    server = house.start(program=IMPATIENT)
    browser = house.come_in(server)
    page = browser.open("/moments/new/")
    form = page.form(has="voice")
    stale = browser.tab()
    other.execute("BEGIN IMMEDIATE")
    page = browser.submit(page, form, {"voice": "zqnew words", "happened": "zqsingle"})
    fails_kindly(page, "zqnew words", "zqsingle")
    assert "Another program is using" in page.shown
    all_is_shown(browser)
    assert (
        stale.post(
            f"{form.action.replace('/notice/', '/draft/notice/')}",
            stale.token() | {"voice": "zqdraft"},
        ).status
        == 503
    )
    other.execute("ROLLBACK")
    page = try_again(browser, page, "voice")
    assert page.path.endswith("/words/"), page.shown
    all_is_shown(browser)
    assert "zqnew" not in server.complaints


def test_reading_goes_on_while_another_program_holds_it(
    held: tuple[House, sqlite3.Connection],
) -> None:
    """Also where a page would note something: the first one after unlocking, a message shown."""
    house, other = held
    server = house.start(program=IMPATIENT)
    browser = house.visitor(server)
    page = browser.open("/unlock/")
    form = page.form(has="passphrase")
    browser.once("POST", "/unlock/", form.filled({"passphrase": PASSPHRASE}, None))
    other.execute("BEGIN IMMEDIATE")
    assert browser.open("/").status == 200
    all_is_shown(browser)
    other.execute("ROLLBACK")
    page = browser.open("/settings/")
    fields = page.form(has="friend").filled({"friend": "Ana"}, None)
    browser.once("POST", "/settings/", fields)
    other.execute("BEGIN IMMEDIATE")
    assert browser.open("/settings/").status == 200
    other.execute("ROLLBACK")


def test_unlocking_while_another_program_holds_it(held: tuple[House, sqlite3.Connection]) -> None:
    house, other = held
    server = house.start(program=IMPATIENT)
    browser = house.visitor(server)
    page = browser.open("/moments/new/")  # locked: asks for the passphrase
    other.execute("BEGIN IMMEDIATE")
    page = browser.submit(page, page.form(has="passphrase"), {"passphrase": PASSPHRASE})
    assert page.status == 503, page.shown
    assert "Another program is using" in page.shown
    assert PASSPHRASE not in page.text
    other.execute("ROLLBACK")
    assert house.unlock(browser).path == "/"


def test_leaving_while_another_program_holds_it(held: tuple[House, sqlite3.Connection]) -> None:
    house, other = held
    server = house.start(program=IMPATIENT)
    browser = house.come_in(server)
    other.execute("BEGIN IMMEDIATE")
    page = browser.post("/leave/", browser.token())
    assert (page.status, page.path) == (200, "/blank/"), page.shown
    assert browser.cookie("sv_key") is None
    assert "zqkept" not in browser.open("/moments/").text
    other.execute("ROLLBACK")


def test_starting_while_another_program_holds_it(held: tuple[House, sqlite3.Connection]) -> None:
    house, other = held
    other.execute("BEGIN IMMEDIATE")
    server = house.start(program=IMPATIENT)
    assert house.visitor(server).open("/unlock/").form(has="passphrase")
    other.execute("ROLLBACK")
