"""Putting a backup back: whole or not at all, and never over records without a copy of them."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from secondvoice.backups.checking import unpack
from secondvoice.backups.making import make_backup
from secondvoice.newfiles import to_disk
from secondvoice.site.datafolder import (
    DATABASE,
    DEVICE_KEY,
    CannotStart,
    RunLock,
    known_changes,
    make_folder,
    tidy_database,
)

if TYPE_CHECKING:
    from secondvoice.backups.manifest import Manifest

STOPPING = 5.0
"""Seconds that a run which is just stopping is given to let go of the folder."""
_BESIDE = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back.

    Attributes:
        manifest: what was in the backup.
        before: where the records are that were there before; None where there were none.
        opens: whether everything is there that opens it, but for what the person remembers.
    """

    manifest: Manifest
    before: Path | None
    opens: bool


def restore(file: Path, data: Path, *, replace: bool = False) -> Restored:
    """Put the records of a backup into a data folder.

    The backup is unpacked beside the database and checked there. Only then does it take its
    place, by one renaming: a power cut leaves the old records or the new ones.

    Args:
        file: the backup.
        data: an empty or new folder, or with ``replace`` one of ours.
        replace: whether records that are there may be replaced; they are kept in ``backups/``.

    Raises:
        CannotStart: the backup is not whole or from a newer version, the program is running on
            the folder, there are records and ``replace`` was not said, or the disk refuses.
            What was in the folder is as it was.
    """
    make_folder(data)
    with RunLock(data) as lock:
        if not _taken(lock):
            raise CannotStart(
                f"Second Voice is running on {data}. Stop it first; nothing was changed."
            )
        database = data / DATABASE
        if database.exists() and not replace:
            raise CannotStart(
                f"There are records in {data} already, and they were left as they are. Restore "
                "into a new folder with --data, or say --replace: they are kept in its folder "
                "'backups' then."
            )
        try:
            with tempfile.TemporaryDirectory(dir=data, prefix=".restore-") as folder:
                parts = Path(folder)
                manifest = unpack(file, parts)
                _refuse(manifest, parts, data, file)
                before = _put_aside(data) if database.exists() else None
                _put_in_place(parts, data)
        except OSError as error:
            raise CannotStart(
                f"{data} cannot be written ({error.strerror}). What was there is as it was."
            ) from None
        opens = not manifest.needs_device_key or (data / DEVICE_KEY).exists()
        return Restored(manifest, before, opens)


def _taken(lock: RunLock) -> bool:
    deadline = time.monotonic() + STOPPING
    while not lock.take():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _refuse(manifest: Manifest, parts: Path, data: Path, file: Path) -> None:
    if not set(manifest.schema) <= known_changes():
        raise CannotStart(
            f"{file} was made by a newer version of Second Voice. Update the program, then "
            "restore; nothing was changed."
        )
    own, other = data / DEVICE_KEY, parts / DEVICE_KEY
    if own.exists() and other.exists() and own.read_bytes() != other.read_bytes():
        raise CannotStart(
            f"The key file in {data} is for other records, and nothing was changed. Restore into "
            "a new folder with --data."
        )


def _put_aside(data: Path) -> Path:
    """Keep what is there; where it is too damaged for a backup, its files as they are."""
    folder = data / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
    target = folder / f"before-restore-{stamp}.zip"
    try:
        make_backup(data, target)
    except CannotStart:
        target = folder / f"before-restore-{stamp}"
        target.mkdir(mode=0o700)
        for name in (DATABASE, *(DATABASE + ending for ending in _BESIDE)):
            if (data / name).exists():
                shutil.copyfile(data / name, target / name)
                to_disk(target / name)
        to_disk(target)
    to_disk(folder)
    return target


def _put_in_place(parts: Path, data: Path) -> None:
    if (parts / DEVICE_KEY).exists() and not (data / DEVICE_KEY).exists():
        (parts / DEVICE_KEY).chmod(0o600)
        to_disk(parts / DEVICE_KEY)
        (parts / DEVICE_KEY).replace(data / DEVICE_KEY)
    new = parts / DATABASE
    new.chmod(0o600)
    with contextlib.closing(sqlite3.connect(new)) as opened:
        opened.execute("PRAGMA journal_mode=WAL")
    to_disk(new)
    # A log that is left beside the database would be taken for the new one's. Folded in first, so
    # that it is empty when it goes and the old database is whole until it is replaced.
    if (data / DATABASE).exists():
        with contextlib.suppress(sqlite3.Error):
            tidy_database(data)
    for ending in _BESIDE:
        (data / (DATABASE + ending)).unlink(missing_ok=True)
    new.replace(data / DATABASE)
    (data / "prepared").unlink(missing_ok=True)
    to_disk(data)
