"""Damaged records, damaged files, newer versions, keys that are gone.

Each gives one clear sentence, loses nothing that was there, and shows the rest.
"""

from __future__ import annotations

import contextlib
import random
import re
import shutil
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from tests.keeping.browser import Browser
from tests.keeping.house import PASSPHRASE, DidNotStart, House, house_at, write_down

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.keeping.browser import Page

pytestmark = pytest.mark.slow

KEPT = [f"zqkept{number}" for number in range(4)]
FAULT = "Something in the program went wrong"


def refused(house: House) -> str:
    """What a start that must not succeed says, made sure of to be for a person."""
    with pytest.raises(DidNotStart) as error:
        house.start()
    said = error.value.said
    assert error.value.status == 1
    assert said.count("\n") == 1, said
    assert "Traceback" not in said
    assert "A fault" not in said, said
    assert not re.search(r"\w+Error\b", said), said
    return said


@pytest.fixture(scope="module")
def at_home(
    lived_in: House, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[House, Browser]]:
    """A running house with the diary open; who damages something mends it again."""
    with lived_in.copy(tmp_path_factory.mktemp("damage") / "house") as house:
        server = house.start()
        yield house, house.come_in(server)
        assert "zqkept" not in server.complaints


@contextlib.contextmanager
def mended(house: House, table: str) -> Iterator[None]:
    """Put a table that no other refers to back as it was."""
    house.sql("DROP TABLE IF EXISTS as_it_was")
    house.sql(f"CREATE TABLE as_it_was AS SELECT * FROM {table}")
    try:
        yield
    finally:
        house.sql(f"DELETE FROM {table}")
        house.sql(f"INSERT INTO {table} SELECT * FROM as_it_was")


def of_moment(number: int) -> str:
    """Which row of a table is the moment that was written down as the ``number``-th."""
    return (
        "(SELECT thing FROM records_head WHERE kind = 'moment' ORDER BY happened_at"
        f" LIMIT 1 OFFSET {number})"
    )


def shows_the_rest(page: Page, lost: int) -> None:
    assert page.status == 200, page.shown
    for number, word in enumerate(KEPT):
        assert (word in page.shown) == (number != lost), f"{word}: {page.shown}"


@pytest.mark.parametrize(
    "damage",
    [
        "sealed = substr(sealed, 1, length(sealed) / 2)",
        "sealed = substr(sealed, 1, 1)",
        "sealed = CAST(sealed || x'00' AS BLOB)",
        "sealed = (SELECT sealed FROM records_record WHERE kind = 'settings' LIMIT 1)",
        "version = version + 1",
        "sealed = CAST(x'7f' || substr(sealed, 2) AS BLOB)",
    ],
)
def test_a_record_that_does_not_open(at_home: tuple[House, Browser], damage: str) -> None:
    house, browser = at_home
    with mended(house, "records_record"):
        house.sql(f"UPDATE records_record SET {damage} WHERE thing = {of_moment(1)}")
        page = browser.open("/moments/")
        shows_the_rest(page, lost=1)
        assert len(re.findall(r"This entry [^.]+\.", page.shown)) == 1
        ((thing,),) = house.sql(f"SELECT {of_moment(1)}")
        assert re.search(r"This entry [^.]+\.", browser.open(f"/moments/{UUID(thing)}/").shown)
        assert browser.open("/").status == 200
        found = browser.submit(page, page.form(has="q"), {"q": "zqkept2"})
        assert "zqkept2" in found.shown
        # Going on writing is not touched by it.
        address = write_down(browser, "from here on")
        assert "from here on" in browser.open(address).shown
        browser.post(f"{address}delete/", browser.token())


def test_a_flipped_bit_anywhere_in_a_sealed_record(at_home: tuple[House, Browser]) -> None:
    house, browser = at_home
    ((sealed,),) = house.sql(f"SELECT sealed FROM records_record WHERE thing = {of_moment(1)}")
    dice = random.Random(1)
    change = f"UPDATE records_record SET sealed = ? WHERE thing = {of_moment(1)}"
    for at in [0, len(sealed) - 1, *dice.sample(range(1, len(sealed) - 1), 10)]:
        flipped = bytearray(sealed)
        flipped[at] ^= 1 << dice.randrange(8)
        house.sql(change, bytes(flipped))
        shows_the_rest(browser.open("/moments/"), lost=1)
    house.sql(change, sealed)
    shows_the_rest(browser.open("/moments/"), lost=-1)


@pytest.mark.parametrize("table", ["records_head", "records_record"])
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("happened_at", "2026-0x-02 10:00:00"),
        ("happened_at", "not a time"),
        ("thing", "zz" * 16),
        ("kind", "momenu"),
    ],
)
def test_a_damaged_column_beside_the_sealed_one(
    at_home: tuple[House, Browser], table: str, column: str, value: str
) -> None:
    house, browser = at_home
    with mended(house, "records_head"), log_mended(house, table):
        damaged_column(house, browser, table, column, value)


@contextlib.contextmanager
def log_mended(house: House, table: str) -> Iterator[None]:
    if table == "records_head":
        yield
        return
    rows = house.sql("SELECT thing, kind, happened_at, rowid FROM records_record")
    try:
        yield
    finally:
        back = "UPDATE records_record SET thing = ?, kind = ?, happened_at = ? WHERE rowid = ?"
        for row in rows:
            house.sql(back, *row)


def damaged_column(house: House, browser: Browser, table: str, column: str, value: str) -> None:
    ((thing,),) = house.sql(f"SELECT {of_moment(1)}")
    house.sql(f"UPDATE {table} SET {column} = ? WHERE thing = ?", value, thing)
    pages = [browser.open(path) for path in ("/", "/moments/", "/moments/deleted/")]
    for page in pages:
        assert FAULT not in page.shown, f"{page.path}: {house.servers[-1].complaints}"
        assert page.status == 200 or "doctor" in page.shown
    if any(page.status != 200 for page in pages):
        # The list of what is there is made from the records, and can be made anew.
        done = house.run("doctor", "--data", str(house.data), "--mend")
        assert "Traceback" not in done.stderr
        assert "A fault" not in done.stderr, done.stderr
    page = browser.open("/moments/")
    assert page.status == 200, page.shown
    assert all(word in page.shown for word in (KEPT[0], KEPT[2], KEPT[3]))


def test_damaged_settings_do_not_lock_anybody_out(house: House) -> None:
    browser = house.come_in(house.start())
    house.sql("UPDATE records_record SET sealed = substr(sealed, 1, 9) WHERE kind = 'settings'")
    shows_the_rest(browser.open("/moments/"), lost=-1)
    browser.post("/lock/", browser.token())
    assert house.unlock(browser).path == "/"
    page = browser.open("/settings/")
    page = browser.submit(page, page.form(has="friend"), {"friend": "Ana"})
    assert page.form(has="friend").value("friend") == "Ana"


@pytest.mark.parametrize("keep", [0.8, 0.3])
def test_a_database_file_that_was_cut_short(house: House, keep: float) -> None:
    whole = house.database.read_bytes()
    cut = whole[: int(len(whole) * keep)]
    house.database.write_bytes(cut)
    with_a_sentence_or_the_rest(house)
    assert house.database.read_bytes()[: len(cut)][100:] == cut[100:], "nothing was written over"
    house.database.write_bytes(whole)
    for name in ("-wal", "-shm"):
        house.database.with_name(house.database.name + name).unlink(missing_ok=True)
    shows_the_rest(house.come_in(house.start()).open("/moments/"), lost=-1)


@pytest.mark.parametrize("seed", range(3))
def test_a_database_file_with_noise_in_it(house: House, seed: int) -> None:
    whole = house.database.read_bytes()
    dice = random.Random(seed)
    noisy = bytearray(whole)
    pages = dice.sample(range(1, len(whole) // 4096), 4)
    for number in pages:
        noisy[number * 4096 : (number + 1) * 4096] = dice.randbytes(4096)
    house.database.write_bytes(noisy)
    with_a_sentence_or_the_rest(house)


def with_a_sentence_or_the_rest(house: House) -> None:
    """Either the start is refused in a sentence, or every page is one or shows what it can."""
    try:
        server = house.start()
    except DidNotStart as error:
        assert error.status == 1
        assert error.said.count("\n") == 1, error.said
        assert "damaged" in error.said
        assert "doctor" in error.said
        return
    browser = Browser(server.origin)
    page = browser.open(server.address)
    if not browser.cookie("sv_door"):
        assert page.status == 503, page.shown
        assert "damaged" in page.shown
        return
    for path in ("/", "/moments/", "/unlock/", "/settings/"):
        page = browser.open(path)
        assert FAULT not in page.shown, f"{path}: {server.complaints}"
        assert page.status in {200, 503}
        if page.status == 503:
            assert "damaged" in page.shown
    assert browser.open("/support/").status == 200
    if browser.open("/unlock/").status == 200:
        page = house.unlock(browser)
        assert FAULT not in page.shown, server.complaints
        for path in ("/", "/moments/"):
            page = browser.open(path)
            assert FAULT not in page.shown, f"{path}: {server.complaints}"
    server.stop()


def test_support_opens_though_a_plan_that_lies_open_cannot_be_read(house: House) -> None:
    with house.start() as server:
        browser = house.visitor(server)
        house.sql("DROP TABLE support_openplan")
        page = browser.open("/support/")
        assert page.status == 200
        assert "If it is too much just now" in page.shown


def test_what_the_doctor_says_of_a_file_cut_short(house: House) -> None:
    whole = house.database.read_bytes()
    house.database.write_bytes(whole[: len(whole) // 2])
    done = house.run("doctor", "--data", str(house.data), "--open", stdin=f"{PASSPHRASE}\n")
    assert done.returncode == 1
    assert "damaged" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("app", ["records", "an_app_to_come"])
def test_a_database_from_a_newer_version(house: House, app: str) -> None:
    house.sql(
        "INSERT INTO django_migrations (app, name, applied) VALUES (?, '0999_to_come', '2030-01-01')",
        app,
    )
    house.empty_the_log()
    before = house.database.read_bytes()
    said = refused(house)
    assert "newer version" in said
    assert "nothing was changed" in said
    assert house.database.read_bytes() == before
    house.sql("DELETE FROM django_migrations WHERE name = '0999_to_come'")
    shows_the_rest(house.come_in(house.start()).open("/moments/"), lost=-1)


def test_a_secret_that_is_gone_is_made_anew(house: House) -> None:
    """It signs cookies and nothing else."""
    (house.data / "secret").unlink()
    shows_the_rest(house.come_in(house.start()).open("/moments/"), lost=-1)


def test_a_secret_that_is_gone_lets_nobody_in_who_was_in_before(house: House) -> None:
    server = house.start()
    browser = house.come_in(server)
    server.stop()
    (house.data / "secret").unlink()
    house.start()
    assert browser.open("/moments/").status == 403


@pytest.mark.parametrize("text", ["", "short", "\0" * 64], ids=["empty", "short", "zeros"])
def test_a_secret_that_was_cut_short(house: House, text: str) -> None:
    (house.data / "secret").write_text(text)
    said = refused(house)
    assert "secret" in said
    assert "nothing that was written is lost" in said


# --- protected by this computer's account -----------------------------------------------------


@pytest.fixture(scope="session")
def _by_account(tmp_path_factory: pytest.TempPathFactory) -> House:
    with house_at(tmp_path_factory.mktemp("account") / "house") as house:
        server = house.start()
        browser = house.visitor(server)
        page = browser.open("/welcome/key/")
        page = browser.submit(page, page.form(has="passphrase"), press=("method", "device"))
        assert page.path == "/welcome/friend/", page.shown
        for word in KEPT:
            write_down(browser, f"I always get it wrong, {word}.")
        server.stop()
        return house


@pytest.fixture
def by_account(_by_account: House, tmp_path: Path) -> Iterator[House]:
    with house_at(tmp_path / "house") as house:
        shutil.copytree(_by_account.data, house.data)
        yield house


def test_the_computers_account_opens_it(by_account: House) -> None:
    browser = by_account.visitor(by_account.start())
    shows_the_rest(browser.open("/moments/"), lost=-1)


@pytest.mark.parametrize("left", [None, b"", bytes(32)], ids=["gone", "empty", "another"])
def test_a_key_file_that_is_gone_or_is_another(by_account: House, left: bytes | None) -> None:
    house = by_account
    path = house.data / "device.key"
    right = path.read_bytes()
    path.unlink()
    if left is not None:
        path.write_bytes(left)
    server = house.start()
    browser = house.visitor(server)
    page = browser.open("/moments/")
    assert FAULT not in page.shown, server.complaints
    if page.forms and any(form.action.endswith("/unlock/") for form in page.forms):
        page = browser.submit(page, page.form(to="/unlock/"))
    assert FAULT not in page.shown, server.complaints
    assert "device.key" in page.shown
    # Nothing was put in the place of the key: who finds the right one can put it there.
    assert (path.read_bytes() if path.exists() else None) == left
    path.write_bytes(right)
    page = browser.open("/moments/")
    shows_the_rest(browser.submit(page, page.form(to="/unlock/")), lost=-1)


def test_a_key_file_left_half_made_does_not_bar_the_first_run(empty_house: House) -> None:
    """The program was killed after the file was made and before the key was in it."""
    house = empty_house
    server = house.start()
    (house.data / "device.key").write_bytes(b"")
    browser = house.visitor(server)
    page = browser.open("/welcome/key/")
    page = browser.submit(page, page.form(has="passphrase"), press=("method", "device"))
    assert page.path == "/welcome/friend/", page.shown
    assert "from here on" in browser.open(write_down(browser, "from here on")).shown
    server.stop()
    browser = house.visitor(house.start())
    assert "from here on" in browser.open("/moments/").shown
