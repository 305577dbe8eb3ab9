"""What a backup says of itself, so that it can be checked without opening a record."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = "secondvoice-backup"
FORMAT_VERSION = 1
"""Raised when something that reads a backup would have to change."""
NAME = "manifest.json"

_TABLES = {
    "people": "records_person",
    "keys": "records_keywrap",
    "revisions": "records_record",
    "things": "records_head",
}


class NoManifest(Exception):
    """This is not what a backup says of itself."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup.

    Attributes:
        program: the version of the program that made it.
        made_at: when, in UTC (ISO 8601).
        schema: the database changes that had been made, as ``app.name``, sorted.
        counts: rows of people, their keys, revisions and things.
        opens_by: by which methods the records open: passphrase, recovery, device.
        device_key: whether the key file of this computer's account is in the backup, too.
        bytes: the length of the database file.
        sha256: its SHA-256, in hexadecimal digits.
        format: what this is.
        version: the version of the form of backups.
    """

    program: str
    made_at: str
    schema: tuple[str, ...]
    counts: dict[str, int]
    opens_by: tuple[str, ...]
    device_key: bool
    bytes: int
    sha256: str
    format: str = FORMAT
    version: int = FORMAT_VERSION

    @property
    def needs_device_key(self) -> bool:
        """Whether nothing but the key file of the computer's account opens the records."""
        return self.opens_by == ("device",)

    def to_json(self) -> str:
        """The text of ``manifest.json``."""
        return json.dumps(asdict(self), indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Read it back; fields of a later version are passed over.

        Raises:
            NoManifest: it is none.
        """
        try:
            told: dict[str, Any] = json.loads(text)
            known = {name: told[name] for name in cls.__dataclass_fields__}
            manifest = cls(
                **known
                | {name: tuple(map(str, told[name])) for name in ("schema", "opens_by")}
                | {"counts": {str(name): int(count) for name, count in told["counts"].items()}}
            )
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            raise NoManifest from None
        if manifest.format != FORMAT or not isinstance(manifest.version, int):
            raise NoManifest
        return manifest


def describe(database: Path, *, sha256: str, device_key: bool) -> Manifest:
    """The manifest of a database file that nothing writes to.

    Raises:
        sqlite3.Error: it is not a database of this program, or is damaged.
    """
    with contextlib.closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as opened:
        return Manifest(
            program=version("secondvoice"),
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            schema=schema(opened),
            counts=counts(opened),
            opens_by=tuple(
                row[0]
                for row in opened.execute(
                    "SELECT DISTINCT method FROM records_keywrap ORDER BY method"
                )
            ),
            device_key=device_key,
            bytes=database.stat().st_size,
            sha256=sha256,
        )


def schema(opened: sqlite3.Connection) -> tuple[str, ...]:
    """The changes that were made to a database, as ``app.name``, sorted."""
    return tuple(
        f"{app}.{name}"
        for app, name in opened.execute(
            "SELECT app, name FROM django_migrations ORDER BY app, name"
        )
    )


def counts(opened: sqlite3.Connection) -> dict[str, int]:
    """How many rows of each sort a database has."""
    return {
        what: int(opened.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 (our own names)
        for what, table in _TABLES.items()
    }
