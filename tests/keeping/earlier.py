"""The folders of every version that a person could have had, as ``versions/README.md`` tells."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "versions"
MADE_AGAIN = {"word_index"}
"""Kinds that were written out then, and are made from others now wherever these are."""


class Earlier:
    """The data folder of one version, and what that version said was in it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name

    @cached_property
    def told(self) -> dict[str, Any]:
        """``passphrase``, ``code``, ``cookies``, ``form`` and ``export``."""
        told: dict[str, Any] = json.loads((FOLDER / f"{self.name}.json").read_text())
        return told

    @property
    def export(self) -> list[dict[str, Any]]:
        """Of what it wrote out, the lines that are written out today as well."""
        return [line for line in self.told["export"] if line["kind"] not in MADE_AGAIN]

    @property
    def passphrase(self) -> bytes:
        return f"{self.told['passphrase']}\n".encode()

    @property
    def changes_to_come(self) -> int:
        """How many changes of the tables there were since."""
        return len(set(NEWEST.told["form"]["changes"]) - set(self.told["form"]["changes"]))

    def lay(self, at: Path, *, account: bool = False) -> Path:
        """Unpack it; with ``account`` the one that opens without a passphrase.

        Without the port of that time: servers of two copies, started in the same instant, would
        both find it free and share it, and each be given half of the other's requests.
        """
        at.mkdir(mode=0o700, parents=True)
        with zipfile.ZipFile(FOLDER / f"{self.name}{'-account' * account}.zip") as packed:
            packed.extractall(at)
        (at / "port").unlink()
        for file in at.rglob("*"):
            file.chmod(0o700 if file.is_dir() else 0o600)
        return at


VERSIONS = [Earlier(file.stem) for file in sorted(FOLDER.glob("*.json")) if file.stem != "made_up"]
NEWEST = VERSIONS[-1]
BEFORE = [version for version in VERSIONS if version.changes_to_come]
"""Those whose tables have to be changed."""


def everything(data: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the tables that hold what a person wrote, and of their keys."""
    with closing(sqlite3.connect(data / "data.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        there = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        return {
            table: database.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2").fetchall()
            for table, columns in (
                ("records_record", "id, thing, kind, version, happened_at, deleted, sealed"),
                ("records_head", "thing, kind, happened_at, record_id, deleted_at, person_id"),
                ("records_keywrap", "id, method, version, salt, params, wrapped"),
                ("records_person", "id, created_at"),
                ("reminders_schedule", "id, plan, due_at"),
                ("reminders_device", "id, endpoint, public_key, auth"),
                ("support_openplan", "id, parts, written"),
            )
            if table in there
        }


def same(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> bool:
    """Whether every row of ``before`` is there as it was, and none more in its tables."""
    return all(after[table] == rows for table, rows in before.items())
