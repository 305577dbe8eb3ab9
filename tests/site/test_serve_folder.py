"""The data folder: what a start refuses, and what it leaves as it was."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from secondvoice.site.datafolder import CannotStart, RunLock, is_prepared, make_folder
from secondvoice.site.management.prepare import BACKUPS_KEPT, back_up
from tests.site.running import Running, command, environment, run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def start(data: Path) -> tuple[int, str]:
    """Start on a folder that should be refused; the status and what it said."""
    done = run("--data", data, "--no-browser")
    assert done.stdout == b""
    return done.returncode, done.stderr.decode()


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that was used once, to copy from."""
    data = tmp_path_factory.mktemp("used") / "d"
    with Running(data):
        pass
    return data


@pytest.fixture
def folder(used: Path, tmp_path: Path) -> Path:
    return shutil.copytree(used, tmp_path / "d")


def change(folder: Path, sql: str) -> None:
    with contextlib.closing(sqlite3.connect(folder / "data.sqlite3")) as database, database:
        database.execute(sql)


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes"
    path.write_text("mine")
    assert start(path) == (1, f"{path} is a file, not a folder. Choose a folder with --data.\n")
    assert path.read_text() == "mine"


def test_a_folder_with_other_things_in_it_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "home"
    path.mkdir(mode=0o755)
    (path / "letter.txt").write_text("mine")
    status, said = start(path)
    assert (status, said) == (
        1,
        f"The folder {path} holds other things. Choose an empty or a new one with --data.\n",
    )
    assert path.stat().st_mode & 0o777 == 0o755
    assert [entry.name for entry in path.iterdir()] == ["letter.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel to treat root as anybody")
def test_a_read_only_folder_is_refused_in_one_sentence(folder: Path) -> None:
    # A parent that cannot be written, so that the folder cannot be made or opened up again.
    locked = folder.parent / "locked"
    locked.mkdir(mode=0o500)
    prefix = (
        ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
        if os.geteuid() == 0
        else []
    )
    done = subprocess.run(
        [*prefix, *command("--data", locked / "d", "--no-browser")],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"The data folder {locked / 'd'} cannot be used (Permission denied). "
        "Choose another with --data, or make it writable.\n"
    )


def test_a_database_from_a_newer_version_is_refused_and_left_alone(folder: Path) -> None:
    change(
        folder,
        "INSERT INTO django_migrations (app, name, applied)"
        " VALUES ('sessions', '9999_from_the_future', '2030-01-01')",
    )
    before = (folder / "data.sqlite3").read_bytes()
    status, said = start(folder)
    assert status == 1
    assert "newer version" in said
    assert said.count("\n") == 1
    assert (folder / "data.sqlite3").read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_alone(folder: Path) -> None:
    (folder / "data.sqlite3").write_bytes(b"not a database" * 100)
    status, said = start(folder)
    assert status == 1
    assert "damaged" in said
    assert str(folder) in said
    assert said.count("\n") == 1
    assert (folder / "data.sqlite3").read_bytes() == b"not a database" * 100


def test_a_secret_cut_short_is_one_sentence(folder: Path) -> None:
    (folder / "secret").write_text("")
    (folder / "prepared").unlink()
    status, said = start(folder)
    assert status == 1
    assert "holds no whole secret" in said
    assert "Traceback" not in said


def test_a_secret_cut_short_is_one_sentence_from_the_worker_too(folder: Path) -> None:
    (folder / "secret").write_text("")
    assert is_prepared(folder)
    status, said = start(folder)
    assert status == 1
    assert "holds no whole secret" in said
    assert "Traceback" not in said


def test_a_copy_is_made_before_the_database_is_changed(folder: Path) -> None:
    assert (
        run("manage", "migrate", "sessions", "zero", "-v0", SECONDVOICE_DATA=str(folder)).returncode
        == 0
    )
    change(folder, "CREATE TABLE kept (words)")
    change(folder, "INSERT INTO kept VALUES ('as it was')")
    with Running(folder):
        pass
    (copy,) = (folder / "backups").iterdir()
    assert copy.name == "0001-before-sessions-0001_initial.sqlite3"
    with contextlib.closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT * FROM kept").fetchall() == [("as it was",)]
        tables = database.execute("SELECT name FROM sqlite_master").fetchall()
        assert ("django_session",) not in tables
    with contextlib.closing(sqlite3.connect(folder / "data.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM django_session").fetchone() == (0,)


def test_only_the_newest_copies_are_kept(folder: Path) -> None:
    for _ in range(BACKUPS_KEPT + 2):
        back_up(folder, "before-x")
    assert sorted(path.name for path in (folder / "backups").iterdir()) == [
        f"{number:04}-before-x.sqlite3" for number in range(3, BACKUPS_KEPT + 3)
    ]


def test_a_copy_before_a_change_has_nothing_that_lies_open_on_this_computer(folder: Path) -> None:
    change(
        folder,
        "INSERT INTO records_person (id, created_at) VALUES (hex(zeroblob(16)), '2026-01-01')",
    )
    change(
        folder,
        "INSERT INTO support_openplan (person_id, id, parts, written)"
        " VALUES (hex(zeroblob(16)), hex(zeroblob(16)), '[]', '[\"zqheron\"]')",
    )
    back_up(folder, "before-x")
    assert b"zqheron" not in (folder / "backups" / "0001-before-x.sqlite3").read_bytes()


def test_without_a_copy_nothing_is_changed(folder: Path) -> None:
    (folder / "backups").write_text("a file in the way")
    with pytest.raises(CannotStart, match="Nothing was changed"):
        back_up(folder, "before-x")


def test_a_database_put_back_from_a_copy_is_looked_at_again(folder: Path) -> None:
    assert is_prepared(folder)
    change(folder, "DELETE FROM django_migrations WHERE app = 'sessions'")
    assert not is_prepared(folder)
    (folder / "data.sqlite3").unlink()
    assert not is_prepared(folder)


def test_one_run_at_a_time_holds_a_folder(tmp_path: Path) -> None:
    make_folder(tmp_path)
    with RunLock(tmp_path) as first, RunLock(tmp_path) as second:
        assert first.take()
        assert not second.take()
        first.release()
        assert second.take()


def test_a_lock_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    (tmp_path / "lock").symlink_to(target)
    with RunLock(tmp_path) as lock, pytest.raises(CannotStart):
        lock.take()
    assert not target.exists()
