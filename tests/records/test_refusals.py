"""When the database refuses, one sentence says so, and what was there is there."""

from __future__ import annotations

import sqlite3
import threading
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.db import connection, connections

from secondvoice.records import CannotKeep
from secondvoice.records.errors import (
    AlreadyThere,
    DiskFailing,
    DiskFull,
    Erased,
    Locked,
    ReadOnly,
    SchemaNewer,
    StoreDamaged,
    Unreachable,
    from_database,
)
from secondvoice.records.models import Door, examine, newer_database
from tests.records.conftest import new_door
from tests.records.notes import Note

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SAVED = [f"saved {number}" for number in range(5)]


@pytest.fixture
def full_door(file_database: Path) -> Door:
    door = new_door()
    for text in SAVED:
        door.keep(Note(text))
    return door


def texts(door: Door) -> list[str]:
    return sorted(item.value.text for item in door.all("test_note"))


def assert_all_is_there(door: Door) -> None:
    assert texts(door) == SAVED
    report = examine(door.person, door.data_key)
    assert report.heads_ok
    assert report.unopened == []


def run(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()


def test_a_full_disk(full_door: Door) -> None:
    (pages,) = run("PRAGMA page_count")
    run(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull, match="disk is full"):
        full_door.keep(Note("x" * 200_000))
    assert_all_is_there(full_door)
    run(f"PRAGMA max_page_count = {pages + 1000}")
    full_door.keep(Note("saved again after making room"))


def test_a_folder_that_may_only_be_read(
    full_door: Door, file_database: Path, reopen: Callable[..., None]
) -> None:
    options = {"uri": True, "timeout": 1, "transaction_mode": "IMMEDIATE"}
    reopen(NAME=f"file:{file_database}?mode=ro", OPTIONS=options)
    with pytest.raises(ReadOnly, match="only be read"):
        full_door.keep(Note("new"))
    assert_all_is_there(full_door)


def test_a_database_that_another_program_holds(
    full_door: Door, file_database: Path, reopen: Callable[..., None]
) -> None:
    options = connections.settings["default"]["OPTIONS"] | {"timeout": 0.05}
    reopen(OPTIONS=options)
    assert_all_is_there(full_door)
    other = sqlite3.connect(file_database, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        for attempt in (
            lambda: full_door.keep(Note("new")),
            lambda: full_door.delete(next(full_door.all("test_note")).thing, "test_note"),
        ):
            with pytest.raises(Locked, match="Another program"):
                attempt()
        assert texts(full_door) == SAVED, "reading goes on meanwhile"
        other.execute("ROLLBACK")
    finally:
        other.close()
    full_door.keep(Note("saved 5"))


def test_tables_of_another_version(full_door: Door) -> None:
    run("ALTER TABLE records_head RENAME COLUMN kind TO sort")
    with pytest.raises(SchemaNewer, match="another version"):
        full_door.page("test_note")
    with pytest.raises(SchemaNewer):
        full_door.keep(Note("new"))
    run("ALTER TABLE records_head RENAME COLUMN sort TO kind")
    assert_all_is_there(full_door)
    run("ALTER TABLE records_record RENAME TO records_entry")
    with pytest.raises(SchemaNewer):
        full_door.keep(Note("new"))


def test_a_damaged_file(full_door: Door, file_database: Path, reopen: Callable[..., None]) -> None:
    run("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    whole = file_database.read_bytes()
    file_database.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    with pytest.raises(StoreDamaged, match="damaged"):
        texts(full_door)
    connection.close()
    file_database.write_bytes(b"not a database at all, whatever its name" * 200)
    with pytest.raises(StoreDamaged):
        newer_database()
    connection.close()
    file_database.write_bytes(whole)
    reopen()
    assert_all_is_there(full_door)


def test_a_file_that_cannot_be_opened(
    full_door: Door, tmp_path: Path, reopen: Callable[..., None]
) -> None:
    reopen(NAME=str(tmp_path / "nowhere" / "data.sqlite3"))
    with pytest.raises(Unreachable, match="cannot be reached"):
        full_door.keep(Note("new"))


def test_an_unanswered_save_leaves_no_half(full_door: Door, monkeypatch: Any) -> None:
    # The second of the two statements fails: the first must be gone too.
    run(
        "CREATE TRIGGER refuse BEFORE INSERT ON records_head"
        " BEGIN SELECT RAISE(ABORT, 'refused'); END"
    )
    with pytest.raises(CannotKeep) as refused:
        full_door.keep(Note("a private sentence"))
    assert "private" not in str(refused.value)
    run("DROP TRIGGER refuse")
    assert_all_is_there(full_door)


def test_many_tabs_at_once_lose_nothing(file_database: Path) -> None:
    together(new_door())


@pytest.mark.django_db(transaction=True, serialized_rollback=False)
def test_many_replicas_at_once_lose_nothing(request: pytest.FixtureRequest) -> None:
    if connection.vendor == "postgresql":
        together(new_door())
    else:
        # The tests' own SQLite is in memory, where threads cannot wait for each other.
        request.getfixturevalue("file_database")
        together(new_door())


def together(door: Door) -> None:
    """Six writers edit one thing and each adds things of their own."""
    shared = door.keep(Note("shared")).thing
    failed: list[BaseException] = []

    def write(writer: int) -> None:
        try:
            for number in range(8):
                door.keep(Note(f"{writer}/{number}"), thing=shared)
                door.keep(Note(f"{writer}/{number}"))
        except BaseException as error:  # noqa: BLE001 (shown by the assertion below)
            failed.append(error)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    revisions = door.revisions("test_note", shared)
    assert len(revisions) == 1 + 48
    assert revisions[0] == door.get("test_note", shared)
    assert len(list(door.all("test_note"))) == 1 + 48
    assert examine(door.person, door.data_key).heads_ok


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (psycopg.errors.DiskFull, DiskFull),
        (psycopg.errors.ReadOnlySqlTransaction, ReadOnly),
        (psycopg.errors.InsufficientPrivilege, ReadOnly),
        (psycopg.errors.LockNotAvailable, Locked),
        (psycopg.errors.QueryCanceled, Locked),
        (psycopg.errors.DeadlockDetected, Locked),
        (psycopg.errors.SerializationFailure, Locked),
        (psycopg.errors.UndefinedTable, SchemaNewer),
        (psycopg.errors.UndefinedColumn, SchemaNewer),
        (psycopg.errors.DataCorrupted, StoreDamaged),
        (psycopg.errors.IndexCorrupted, StoreDamaged),
        (psycopg.errors.IoError, DiskFailing),
        (psycopg.errors.TooManyConnections, Unreachable),
        (psycopg.errors.AdminShutdown, Unreachable),
        (psycopg.errors.CannotConnectNow, Unreachable),
        (psycopg.errors.ConnectionFailure, Unreachable),
        (psycopg.errors.UniqueViolation, AlreadyThere),
        (psycopg.errors.ForeignKeyViolation, Erased),
        (psycopg.errors.SyntaxError, CannotKeep),
        (psycopg.OperationalError, Unreachable),
    ],
)
def test_what_postgresql_says_is_put_into_a_sentence(
    error: type[psycopg.Error], expected: type[CannotKeep]
) -> None:
    wrapped = RuntimeError("as the framework wraps it")
    wrapped.__cause__ = error("DETAIL: Failing row contains (a private sentence).")
    for raised in (wrapped, wrapped.__cause__):
        translated = from_database(raised)
        assert type(translated) is expected
        assert "private" not in str(translated)
