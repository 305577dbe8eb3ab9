"""A database server that was filled by an earlier version is brought up to date, and loses no row.

The rows are those of the folders of every version; each goes into a PostgreSQL whose tables are
made only as far as they were then.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.keeping.earlier import BEFORE, Earlier
from tests.postgres import cluster
from tests.site.running import PATIENCE, environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

TABLES = ("records_person", "records_keywrap", "records_record", "records_head")
LATER = ("reminders_schedule", "reminders_device", "support_openplan")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with cluster() as url:
        yield url


def manage(url: str, data: Path, *arguments: str, stdin: bytes = b"") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "secondvoice", *arguments],
        input=stdin,
        env=environment(SECONDVOICE_DATA=str(data), DATABASE_URL=url),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def as_it_is_there(kind: str, value: Any) -> Any:
    """A value of SQLite as PostgreSQL has it."""
    if value is None or kind == "bytea":
        return value
    if kind == "timestamp with time zone":
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return bool(value) if kind == "boolean" else value


def copy_rows(folder: Path, url: str) -> dict[str, int]:
    """The rows of a folder into the server; how many of each table."""
    counts = {}
    with (
        closing(sqlite3.connect(folder / "data.sqlite3")) as source,
        psycopg.connect(url) as target,
    ):
        there = {name for (name,) in source.execute("SELECT name FROM sqlite_master")}
        for table in (*TABLES, *(name for name in LATER if name in there)):
            kinds = dict(
                target.execute(
                    "SELECT column_name, data_type FROM information_schema.columns "
                    "WHERE table_name = %s",
                    (table,),
                ).fetchall()
            )
            found = source.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in found.description]
            rows = found.fetchall()
            places = ", ".join("%s" for _ in names)
            for row in rows:
                target.execute(
                    f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})",
                    [as_it_is_there(kinds[n], v) for n, v in zip(names, row, strict=True)],
                )
            counts[table] = len(rows)
    return counts


@pytest.mark.parametrize("version", BEFORE, ids=str)
def test_a_server_of_then_is_brought_up_to_date(
    version: Earlier, server: str, tmp_path: Path
) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{version.name}"')
    url = server.replace("/postgres?", f"/{version.name}?")
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    for change in version.told["form"]["changes"]:
        manage(url, data, "manage", "migrate", *change.split(".", 1), "--verbosity", "0")
    counts = copy_rows(version.lay(tmp_path / "folder"), url)
    manage(url, data, "manage", "migrate", "--verbosity", "0")
    with psycopg.connect(url) as connection:
        for table, count in counts.items():
            row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert row == (count,), table
    out = tmp_path / "out.jsonl"
    manage(
        *(url, data, "export", "--format", "jsonl", "--out", str(out), "--passphrase-file", "-"),
        stdin=version.passphrase,
    )
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    after = {line["thing"]: line for line in lines if "kind" in line}
    assert after.keys() == {line["thing"] for line in version.export}
    for line in version.export:
        assert line["value"].items() <= after[line["thing"]]["value"].items()
