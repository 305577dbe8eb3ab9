"""Seeing that a backup is whole. No passphrase is needed, and nothing is opened."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from secondvoice.backups.making import README, check_database, digest
from secondvoice.backups.manifest import FORMAT_VERSION, NAME, Manifest, NoManifest, counts, schema
from secondvoice.backups.manifest import describe as describe_database
from secondvoice.site.datafolder import DATABASE, DEVICE_KEY, CannotStart

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST_MOST = 1024 * 1024
DEVICE_KEY_MOST = 1024
_SQLITE = b"SQLite format 3\0"


def check_backup(file: Path) -> Manifest:
    """See that a backup is whole.

    Unpacked, its database has the length, the SHA-256, the changes and the rows that it says, and
    SQLite finds no fault in it. It tells damage and not malice: whoever can change a backup can
    change what it says of itself. A record that was changed does not open.

    Args:
        file: the backup, or a copy of the database as it is made before a change of it.

    Returns:
        What is in it.

    Raises:
        CannotStart: it is not whole, or is no backup; the sentence says what is wrong.
    """
    with tempfile.TemporaryDirectory(prefix="secondvoice-") as folder:
        return unpack(file, Path(folder))


def unpack(file: Path, folder: Path) -> Manifest:
    """Put the database of a backup into ``folder``, and its key file if it has one.

    Raises:
        CannotStart: as :func:`check_backup`.
    """
    with _told(file):
        with file.open("rb") as opened:
            is_copy = opened.read(len(_SQLITE)) == _SQLITE
        database = folder / DATABASE
        if is_copy:
            shutil.copyfile(file, database)
            check_database(database)
            return describe_database(database, sha256=digest(database), device_key=False)
        manifest = _unzip(file, folder)
        if database.stat().st_size != manifest.bytes or digest(database) != manifest.sha256:
            raise CannotStart(
                f"{file} is damaged: its database is not the one that was put in. Use another "
                "backup."
            )
        check_database(database)
        with contextlib.closing(
            sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)
        ) as opened_database:
            found = (schema(opened_database), counts(opened_database))
        if found != (manifest.schema, manifest.counts):
            raise CannotStart(f"{file} does not hold what it says it holds. Use another backup.")
        return manifest


def _unzip(file: Path, folder: Path) -> Manifest:
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        if len(names) != len(set(names)) or not {NAME, DATABASE} <= set(names) <= {
            NAME,
            DATABASE,
            DEVICE_KEY,
            README,
        }:
            raise NoManifest
        manifest = Manifest.from_json(_read(archive, NAME, MANIFEST_MOST).decode("utf-8"))
        if manifest.version > FORMAT_VERSION:
            raise CannotStart(
                f"{file} was made by a newer version of Second Voice. Update the program to use it."
            )
        if archive.getinfo(DATABASE).file_size != manifest.bytes:
            raise zipfile.BadZipFile
        with archive.open(DATABASE) as packed, (folder / DATABASE).open("wb") as out:
            shutil.copyfileobj(packed, out, 1024 * 1024)
        if manifest.device_key:
            (folder / DEVICE_KEY).write_bytes(_read(archive, DEVICE_KEY, DEVICE_KEY_MOST))
        return manifest


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    if archive.getinfo(name).file_size > most:
        raise NoManifest
    return archive.read(name)


@contextlib.contextmanager
def _told(file: Path) -> Iterator[None]:
    """Turn whatever is wrong with a backup into a sentence."""
    try:
        yield
    except (NoManifest, UnicodeDecodeError, KeyError):
        raise CannotStart(f"{file} is no backup of Second Voice.") from None
    except zipfile.BadZipFile:
        raise CannotStart(
            f"{file} is damaged or cut off, or is no backup of Second Voice. Use another backup."
        ) from None
    except (sqlite3.Error, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        if isinstance(error, CannotStart):
            raise
        raise CannotStart(
            f"{file} is damaged: its database is not whole. Use another backup."
        ) from None
    except OSError as error:
        raise CannotStart(f"{file} cannot be read or unpacked ({error.strerror}).") from None
