"""The doctor: what is where, is it whole, can it be opened."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.cli.living import ANSWER, PASSPHRASE, VOICE
from tests.site.running import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Lived

pytestmark = pytest.mark.slow


def doctor(data: Path, *arguments: object, passphrase: str = PASSPHRASE) -> tuple[int, list[str]]:
    done = run("doctor", "--data", data, *arguments, stdin=f"{passphrase}\n".encode())
    assert done.stderr == b""
    return done.returncode, done.stdout.decode().splitlines()


def looks(lines: list[str]) -> list[str]:
    return [line.removeprefix("look  ") for line in lines if line.startswith("look  ")]


def change(lived: Lived, sql: str) -> None:
    with contextlib.closing(sqlite3.connect(lived.data / "data.sqlite3")) as database, database:
        database.execute(sql)


def test_all_is_well(lived: Lived) -> None:
    status, lines = doctor(lived.data)
    assert (status, looks(lines)) == (0, [])
    assert f"well  Everything is in {lived.data}." in lines
    assert any("2 of kind moment, 1 of kind settings; 1 deleted" in line for line in lines)
    assert "well  The records open by: passphrase, recovery." in lines


def test_every_record_is_tried_when_asked(lived: Lived) -> None:
    status, lines = doctor(lived.data, "--open")
    assert (status, lines[-1]) == (0, "well  Every record opens.")


def test_it_shows_no_word_that_was_written(lived: Lived) -> None:
    said = "\n".join(doctor(lived.data, "--open")[1])
    for words in (VOICE, ANSWER, "Sam", PASSPHRASE, lived.code):
        assert words not in said


def test_a_wrong_passphrase_is_a_sentence(lived: Lived) -> None:
    status, lines = doctor(lived.data, "--open", passphrase="wrong words")
    assert status == 1
    assert looks(lines) == [
        "Neither the passphrase nor the recovery code. Nothing was opened; try again."
    ]


def test_a_record_that_does_not_open_is_named(lived: Lived) -> None:
    change(
        lived,
        "UPDATE records_record SET sealed = substr(sealed, 1, 40)"
        " WHERE happened_at LIKE '2026-03-03%'",
    )
    assert doctor(lived.data)[0] == 0
    status, lines = doctor(lived.data, "--open")
    assert status == 1
    (sentence,) = looks(lines)
    assert sentence.startswith("The moment ")
    assert "does not open" in sentence


def test_a_list_that_does_not_fit_the_records_is_found_and_mended(lived: Lived) -> None:
    change(lived, "DELETE FROM records_head")
    status, lines = doctor(lived.data)
    assert status == 1
    assert "--mend" in looks(lines)[0]
    assert doctor(lived.data, "--mend")[0] == 0
    assert doctor(lived.data)[0] == 0


def test_a_folder_open_to_others_is_found(lived: Lived) -> None:
    lived.data.chmod(0o755)
    (lived.data / "secret").chmod(0o644)
    status, lines = doctor(lived.data)
    assert status == 1
    (sentence,) = looks(lines)
    assert "lived, secret" in sentence
    assert f"chmod -R go= '{lived.data}'" in sentence


def test_a_damaged_file_is_one_sentence(lived: Lived) -> None:
    path = lived.data / "data.sqlite3"
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\0" * 8192 + whole[16384:])
    status, lines = doctor(lived.data)
    assert status == 1
    assert len(looks(lines)) == 1
    assert "damaged" in looks(lines)[0]


def test_a_file_that_is_no_database_is_one_sentence(lived: Lived) -> None:
    (lived.data / "data.sqlite3").write_bytes(b"words " * 1000)
    status, lines = doctor(lived.data)
    assert status == 1
    assert len(looks(lines)) == 1


def test_a_database_from_a_newer_version_is_left_alone(lived: Lived) -> None:
    change(
        lived,
        "INSERT INTO django_migrations (app, name, applied)"
        " VALUES ('records', '9999_from_the_future', '2030-01-01')",
    )
    status, lines = doctor(lived.data)
    assert status == 1
    assert "newer version" in looks(lines)[0]


def test_a_folder_with_nothing_in_it_is_a_sentence(tmp_path: Path) -> None:
    done = run("doctor", "--data", tmp_path / "d")
    assert done.returncode == 1
    assert done.stderr.decode().startswith(f"There is nothing in {tmp_path / 'd'} yet.")
