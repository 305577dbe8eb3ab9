"""``secondvoice invite``, in processes of its own; and what the commands for one person say here."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import uuid
from typing import TYPE_CHECKING

import pytest

from tests.site.running import run

if TYPE_CHECKING:
    from pathlib import Path

INVITED = {"SECONDVOICE_ACCOUNTS": "invited"}
ALONE = {"SECONDVOICE_ACCOUNTS": ""}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("shared") / "folder"
    data.mkdir(mode=0o700)
    done = run("--data", data, "manage", "migrate", "--verbosity", "0", **INVITED)
    assert done.returncode == 0, done.stderr
    return data


def test_a_code_is_printed_and_kept_nowhere(folder: Path) -> None:
    done = run("--data", folder, "invite", "--days", "3", **INVITED)
    assert done.returncode == 0, done.stderr
    code, said = done.stdout.decode().splitlines()
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}", code)
    assert "one account" in said
    kept = b"".join(file.read_bytes() for file in folder.glob("data.sqlite3*"))
    assert code.encode() not in kept
    assert code.replace("-", "").encode() not in kept


@pytest.mark.parametrize(
    ("arguments", "changes", "says"),
    [
        ((), {"SECONDVOICE_ACCOUNTS": "closed"}, b"Nobody is invited here"),
        (("--days", "0"), INVITED, b"from 1 to 365"),
        ((), {"SECONDVOICE_ACCOUNTS": "everybody"}, b"write open, invited or closed"),
    ],
)
def test_what_cannot_be_is_said(
    folder: Path, arguments: tuple[str, ...], changes: dict[str, str], says: bytes
) -> None:
    done = run("--data", folder, "invite", *arguments, **changes)
    assert (done.returncode, says in done.stderr) == (1, True), done.stderr


def test_a_command_for_one_person_touches_nobody_here(folder: Path) -> None:
    for command in (["erase", "--everything", "--yes"], ["rekey", "--yes"]):
        done = run("--data", folder, *command, **INVITED)
        assert done.returncode == 1, command
        assert b"Many people share this house" in done.stderr, done.stderr


def test_a_house_of_one_does_not_open_what_many_keep(folder: Path) -> None:
    done = run("--data", folder, "--no-browser", **ALONE)
    assert done.returncode == 1
    assert b"Set SECONDVOICE_ACCOUNTS as it was" in done.stderr, done.stderr


def account(folder: Path, *arguments: str) -> tuple[int, str]:
    done = run("--data", folder, "account", *arguments, **INVITED)
    return done.returncode, (done.stdout + done.stderr).decode()


def test_a_host_puts_an_account_aside_and_ends_it(folder: Path) -> None:
    database = folder / "data.sqlite3"

    def there(column: str) -> list[tuple[object, ...]]:
        with contextlib.closing(sqlite3.connect(database)) as opened:
            asked = f"SELECT {column} FROM accounts_account WHERE email = 'alice@example.org'"
            return opened.execute(asked).fetchall()

    with contextlib.closing(sqlite3.connect(database)) as opened, opened:
        opened.execute(
            "INSERT INTO accounts_account (id, password, email, is_active)"
            " VALUES (?, '!', 'alice@example.org', 1)",
            (uuid.uuid4().hex,),
        )
    assert account(folder, "alice@example.org", "--rest") == (
        0,
        "It rests: nobody signs in to it.\n",
    )
    assert there("is_active") == [(0,)]
    assert account(folder, "Alice@Example.org", "--wake")[0] == 0
    assert there("is_active") == [(1,)]
    status, said = account(folder, "alice@example.org", "--end")
    assert (status, "Nothing was done yet" in said) == (1, True)
    assert there("is_active") == [(1,)]
    status, said = account(folder, "alice@example.org", "--end", "--yes")
    assert (status, "Backups of this database hold it" in said) == (0, True), said
    assert there("id") == []
    status, said = account(folder, "alice@example.org", "--end", "--yes")
    assert (status, "There is no account with that address." in said) == (1, True)
    assert account(folder, "alice@example.org")[0] == 1
