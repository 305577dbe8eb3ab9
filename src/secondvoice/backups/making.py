"""Making a backup of a data folder, also while the program runs on it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from secondvoice.backups.manifest import NAME, describe
from secondvoice.newfiles import put_new
from secondvoice.site.datafolder import DATABASE, DEVICE_KEY, CannotStart, open_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from secondvoice.backups.manifest import Manifest

README = "README.txt"

_README = """\
A backup of Second Voice, a private diary for learning self-compassion.

manifest.json   what is in here, with the SHA-256 of the database
data.sqlite3    the records, sealed as they were stored: the passphrase or the recovery code of
                that time opens them, and nothing else does
device.key      only if it was asked for: it opens records that have no passphrase

Check it:       secondvoice backup --verify FILE
Put it back:    secondvoice restore FILE
"""


def make_backup(
    data: Path, target: Path, *, device_key: bool = False, prefix: str = ".secondvoice-"
) -> Manifest:
    """Write the records of a data folder into the new file ``target``, whole or not at all.

    It is all as it was at one moment, whatever is saved meanwhile, and no save waits for it
    (SQLite's online backup, https://www.sqlite.org/backup.html; the file is in WAL mode).
    Sessions are left out: they belong to the browsers of this computer.

    Args:
        data: the data folder.
        target: a name that is free, in a folder that is there.
        device_key: whether the key file of this computer's account goes in, too.
        prefix: what the folder is called in which the parts are made, beside ``target``.

    Raises:
        CannotStart: the database is damaged or cannot be read, there is no key file where one was
            asked for, or the file cannot be written.
        FileExistsError: something is called ``target`` already.
    """
    try:
        with _private_folder(target.parent, prefix) as parts:
            copy = parts / DATABASE
            _copy(data, copy)
            found = describe(copy, sha256=digest(copy), device_key=device_key)
            packed = parts / "backup.zip"
            _pack(packed, copy, found, data / DEVICE_KEY if device_key else None)
            put_new(packed, target)
            return found
    except sqlite3.Error as error:
        raise CannotStart(_sentence(data, error)) from None
    except FileExistsError:
        raise
    except OSError as error:
        raise CannotStart(
            f"The backup {target} cannot be written ({error.strerror}). Nothing was changed. "
            "Choose another place with --out, or make some room."
        ) from None


def digest(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def check_database(file: Path) -> None:
    """See that a database file is whole by itself.

    Raises:
        sqlite3.DatabaseError: it is not.
    """
    with contextlib.closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as opened:
        verdict = opened.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != ("ok",) or opened.execute("PRAGMA foreign_key_check").fetchone():
            raise sqlite3.DatabaseError("damaged")


@contextlib.contextmanager
def _private_folder(where: Path, prefix: str) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(dir=where, prefix=prefix))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(data: Path, copy: Path) -> None:
    with (
        contextlib.closing(_source(data)) as live,
        contextlib.closing(sqlite3.connect(copy)) as own,
    ):
        # In one step, so in one read transaction: nothing that is saved meanwhile is half in it.
        live.backup(own)
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as own:
        # No file beside it, and no waiting for the disk: what is kept is the packed file.
        own.execute("PRAGMA journal_mode=DELETE")
        own.execute("PRAGMA synchronous=OFF")
    # Before anything is changed, so that a damaged database is told and never packed.
    check_database(copy)
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as own:
        own.execute("PRAGMA synchronous=OFF")
        # Half of each session's key is in its row. VACUUM leaves nothing of them behind.
        names = {row[0] for row in own.execute("SELECT name FROM sqlite_master")}
        if "django_session" in names:
            own.execute("DELETE FROM django_session")
        if "people_opening" in names:
            own.execute("DELETE FROM people_opening")
        own.execute("VACUUM")


def _source(data: Path) -> sqlite3.Connection:
    file = data / DATABASE
    if os.access(data, os.W_OK):
        return open_database(file)
    # Nothing can change here, so it can be read without the files that WAL needs beside it.
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _pack(packed: Path, copy: Path, found: Manifest, key: Path | None) -> None:
    with packed.open("wb") as file:
        with zipfile.ZipFile(
            file, "w", zipfile.ZIP_DEFLATED, compresslevel=1, strict_timestamps=False
        ) as archive:
            archive.writestr(README, _README)
            archive.writestr(NAME, found.to_json())
            archive.write(copy, DATABASE)
            if key is not None:
                archive.write(key, DEVICE_KEY)
        file.flush()
        os.fsync(file.fileno())
    packed.chmod(0o600)


def _sentence(data: Path, error: sqlite3.Error) -> str:
    from secondvoice.records.errors import from_database

    if isinstance(error, sqlite3.DatabaseError) and str(error) == "damaged":
        return (
            f"The database in {data} is damaged, so no backup was made of it. Earlier backups are "
            "as they were. 'secondvoice doctor' tells more."
        )
    return f"No backup was made. {from_database(error)} The data folder is {data}."
