"""Backups that make themselves: when, which are kept, and how much of the disk they may take."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from secondvoice.backups import automatic_backups, check_backup, keep_backups
from secondvoice.backups.rotating import Automatic, is_due, make_automatic, spent
from secondvoice.site.datafolder import CannotStart, note_running
from tests.site.running import until

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
"""A Wednesday."""
MUCH = 10**12


def made(*moments: datetime, size: int = 100) -> list[Automatic]:
    found = [Automatic(moment, Path(f"{moment:%j%H}"), size) for moment in moments]
    return sorted(found, reverse=True)


def left(kept: list[Automatic], room: int = MUCH) -> list[datetime]:
    gone = spent(kept, room)
    return [one.made for one in kept if one not in gone]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with the tables of somebody's records, and no web framework to make them."""
    folder = tmp_path / "d"
    folder.mkdir()
    with contextlib.closing(sqlite3.connect(folder / "data.sqlite3")) as database, database:
        database.execute("PRAGMA journal_mode=WAL")
        for table in ("person", "record", "head"):
            database.execute(f"CREATE TABLE records_{table} (id)")
        database.execute("CREATE TABLE records_keywrap (method)")
        database.execute("CREATE TABLE django_migrations (app, name)")
        database.execute("INSERT INTO records_person VALUES (1)")
    return folder


def test_a_year_of_days_leaves_seven_days_and_four_weeks() -> None:
    kept: list[Automatic] = []
    for day in range(365):
        kept = made(*(one.made for one in kept), NOON + timedelta(days=day))
        kept = [one for one in kept if one not in spent(kept, MUCH)]
        assert len(kept) <= 10
    last = NOON + timedelta(days=364)  # a Wednesday
    days = [last - timedelta(days=number) for number in range(7)]
    # The Sundays that ended the two weeks before those days.
    assert left(kept) == [*days, last - timedelta(days=10), last - timedelta(days=17)]


def test_of_a_day_the_newest_is_kept() -> None:
    assert left(made(NOON, NOON - timedelta(hours=3), NOON - timedelta(days=1))) == [
        NOON,
        NOON - timedelta(days=1),
    ]


def test_after_a_long_absence_the_old_ones_are_still_there() -> None:
    old = [NOON - timedelta(days=400 + number) for number in range(3)]
    assert left(made(NOON, *old)) == [NOON, *old]


def test_with_little_room_the_oldest_go_first_and_the_newest_stays() -> None:
    kept = made(*(NOON - timedelta(days=number) for number in range(5)), size=100)
    assert left(kept, 250) == [NOON, NOON - timedelta(days=1)]
    assert left(kept, 10) == [NOON]


@pytest.mark.parametrize(
    ("ago", "due"),
    [
        (timedelta(hours=23), False),
        (timedelta(hours=25), True),
        (timedelta(hours=-2), False),
        (timedelta(days=-300), True),
    ],
    ids=["not a day yet", "a day", "the clock was put back a little", "a clock that was wrong"],
)
def test_one_a_day_whatever_the_clock_does(ago: timedelta, due: bool) -> None:
    assert is_due(made(NOON - ago), NOON) is due


def test_the_first_is_due_at_once() -> None:
    assert is_due([], NOON)


def test_it_is_made_as_soon_as_the_server_is_up(data: Path) -> None:
    stop = Event()
    keeper = Thread(target=keep_backups, args=(data, stop))
    keeper.start()
    assert automatic_backups(data) == []
    note_running(data, 20_000)
    assert until(lambda: bool(automatic_backups(data)))
    stop.set()
    keeper.join(10)
    (one,) = automatic_backups(data)
    assert check_backup(one.file).counts["people"] == 1
    assert "secondvoice restore FILE" in (data / "backups" / "README.txt").read_text()


def test_with_nobody_there_none_is_made(data: Path) -> None:
    with contextlib.closing(sqlite3.connect(data / "data.sqlite3")) as database, database:
        database.execute("DELETE FROM records_person")
    note_running(data, 20_000)
    stop = Event()
    stop.set()
    keep_backups(data, stop)
    assert not (data / "backups").exists()


def test_what_a_kill_left_is_taken_away(data: Path) -> None:
    parts = data / "backups" / ".automatic-abc"
    parts.mkdir(parents=True)
    (parts / "data.sqlite3").write_text("half")
    make_automatic(data, NOON)
    assert {path.name for path in (data / "backups").iterdir()} == {
        "README.txt",
        "automatic-20260304T120000Z.zip",
    }


def test_a_full_disk_is_said_once_and_stops_nothing(
    data: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    disk = namedtuple("disk", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: disk(10**9, 10**9, 4096))
    with pytest.raises(CannotStart):
        make_automatic(data, NOON)
    note_running(data, 20_000)
    stop = Event()
    stop.set()
    keep_backups(data, stop)
    assert capfd.readouterr().err == (
        "Today's automatic backup was not made. There is too little room on the disk for it "
        "(0 MB free). Your records are as they were; make some room.\n"
    )
    assert automatic_backups(data) == []


def test_a_damaged_database_takes_no_good_backup_away(data: Path) -> None:
    for day in range(3):
        make_automatic(data, NOON + timedelta(days=day))
    raw = bytearray((data / "data.sqlite3").read_bytes())
    raw[100:4000] = bytes(3900)
    (data / "data.sqlite3").write_bytes(raw)
    with pytest.raises(CannotStart):
        make_automatic(data, NOON + timedelta(days=3))
    assert len(automatic_backups(data)) == 3


def test_a_file_in_the_way_is_said(data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (data / "backups").write_text("mine")
    note_running(data, 20_000)
    stop = Event()
    stop.set()
    keep_backups(data, stop)
    assert capfd.readouterr().err.startswith("Today's automatic backup was not made: ")
    assert (data / "backups").read_text() == "mine"
