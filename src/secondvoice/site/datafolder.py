"""The data folder: making it safe to use, one run at a time, and what a run leaves in it.

data.sqlite3   the sealed records          backups/   made by themselves, and before a change
secret         signs cookies, no more      tokens/    front-door tokens not used yet
device.key     only if chosen at first run  port       the port of last time: bookmarks keep working
lock           held while running          running    the port, while the server is up
prepared       the fingerprint of a database that needs nothing done at the next start
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import shutil
import socket
import sqlite3
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from secondvoice.newfiles import to_disk

if TYPE_CHECKING:
    from types import TracebackType

DATABASE = "data.sqlite3"
DEVICE_KEY = "device.key"
DEMO_PREFIX = "secondvoice-demo-"
DEMO_MARK = "made-up"
OURS = ("secret", DATABASE, "lock", DEMO_MARK)
LOOPBACK = "127.0.0.1"
# Below the range that systems hand out for outgoing connections (Linux from 32768, others from
# 49152), so that the port of last time is seldom taken by accident.
PORTS = range(20_000, 32_000)


class CannotStart(RuntimeError):
    """Why the program cannot do what was asked: one sentence or two, with what to do."""


def make_folder(path: Path) -> None:
    """Make ``path`` a folder that only its owner can open, or accept one that we made before.

    Raises:
        CannotStart: it cannot be made or written, or it holds other things than ours.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not any((path / name).exists() for name in OURS) and any(path.iterdir()):
            raise CannotStart(
                f"The folder {path} holds other things. Choose an empty or a new one with --data."
            )
        # A disk without permissions (a memory stick) refuses or ignores this; doctor tells of it.
        with contextlib.suppress(PermissionError):
            path.chmod(0o700)
        with tempfile.TemporaryFile(dir=path):
            pass
    except FileExistsError:
        raise CannotStart(f"{path} is a file, not a folder. Choose a folder with --data.") from None
    except OSError as error:
        raise CannotStart(
            f"The data folder {path} cannot be used ({error.strerror}). "
            "Choose another with --data, or make it writable."
        ) from None


def write_private(path: Path, text: str) -> None:
    """Put ``text`` into ``path`` whole or not at all, in a file that only its owner can read."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
        to_disk(path.parent)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


class RunLock:
    """Held by the one run that uses a data folder; the system lets go of it whatever happens."""

    def __init__(self, data: Path) -> None:
        self._path = data / "lock"
        self._handle: int | None = None

    def take(self) -> bool:
        """Take the lock; False if another run holds it.

        Raises:
            CannotStart: the disk cannot lock files, so SQLite would not be safe on it either.
        """
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        try:
            handle = os.open(self._path, flags, 0o600)
            try:
                _lock(handle)
            except BlockingIOError:
                os.close(handle)
                return False
        except PermissionError:
            raise CannotStart(
                f"The data folder {self._path.parent} may only be read. "
                "Make it writable, or choose another with --data."
            ) from None
        except OSError as error:
            raise CannotStart(
                f"The folder {self._path.parent} is on a disk that cannot lock files "
                f"({error.strerror}). Choose a folder on this computer with --data."
            ) from None
        self._handle = handle
        return True

    def release(self) -> None:
        """Let the next run begin."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> RunLock:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def _lock(handle: int) -> None:
    """Lock an open file without waiting; ``BlockingIOError`` if another process has it."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError from error
    else:
        import fcntl

        # flock, not lockf: it is shared with the worker process, so that a run counts as over
        # only when the process that writes to the database has ended too.
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def choose_port(data: Path, wanted: int | None) -> int:
    """The port to listen on: ``wanted``, else that of last time if free, else any free one.

    Bookmarks and the pages that a browser keeps for offline use belong to the port, so it is
    remembered.

    Raises:
        CannotStart: ``wanted`` is taken or not allowed.
    """
    if wanted is not None:
        if not port_is_free(wanted):
            raise CannotStart(
                f"Port {wanted} is taken or not allowed. Choose another with --port, "
                "or leave it out and a free one is found."
            )
        port = wanted
    else:
        port = _remembered_port(data) or _free_port()
    # A disk with no room for five letters is told by what needs the room.
    with contextlib.suppress(OSError):
        write_private(data / "port", f"{port}\n")
    return port


def _remembered_port(data: Path) -> int | None:
    try:
        port = int((data / "port").read_text())
    except (OSError, ValueError):
        return None
    return port if 0 < port < 65_536 and port_is_free(port) else None


def _free_port() -> int:
    for port in random.sample(PORTS, 50):
        if port_is_free(port):
            return port
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def port_is_free(port: int) -> bool:
    """Whether a server could listen on ``port`` of the loopback now."""
    with socket.socket() as probe:
        if sys.platform != "win32":
            # The port of a server that has just stopped is free (TIME_WAIT does not count).
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except (OSError, OverflowError):
            return False
        return True


def note_running(data: Path, port: int) -> None:
    """Say in the folder that a server listens on ``port``."""
    write_private(data / "running", f"{port}\n")


def running_port(data: Path) -> int | None:
    """The port of the server that runs on this folder, or None while there is none yet."""
    try:
        return int((data / "running").read_text())
    except (OSError, ValueError):
        return None


def fingerprint(data: Path) -> str | None:
    """What the code's migrations and the database's own list of them look like together.

    Equal to the one noted when a start found nothing left to do, so that a start need not load
    the web framework to ask. None where the database cannot be read: then it is asked.
    """
    known = [
        str(path)
        for root in _migration_roots()
        for path in sorted(root.glob("*/migrations/[0-9]*.py"))
    ]
    # A house of many has more tables, and a house of one leaves its records alone.
    known += ["accounts"] if os.environ.get("SECONDVOICE_ACCOUNTS") else []
    try:
        with contextlib.closing(open_database(data / DATABASE)) as database:
            applied = database.execute(
                "SELECT app, name FROM django_migrations ORDER BY app, name"
            ).fetchall()
    except sqlite3.Error:
        return None
    return hashlib.sha256(json.dumps([known, applied]).encode()).hexdigest()


def known_changes() -> set[str]:
    """The changes of the database that this version knows, as ``app.name``."""
    return {
        f"{path.parent.parent.name}.{path.stem}"
        for root in _migration_roots()
        for path in root.glob("*/migrations/[0-9]*.py")
    }


def open_database(path: Path) -> sqlite3.Connection:
    """Open an existing database file; never makes one.

    Raises:
        sqlite3.Error: there is none, or it cannot be opened.
    """
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=5)


def leave_out(copy: sqlite3.Connection) -> None:
    """Take out of a copy of the database what belongs to this computer only, and leave no bytes.

    That is half of each session's key with the list of whose they are, and what of a plan may be
    read without unlocking: a choice that was taken back must not come back with a copy.

    Raises:
        sqlite3.Error: it cannot be changed.
    """
    for table in ("django_session", "people_opening", "support_openplan"):
        if copy.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
            copy.execute(f"DELETE FROM {table}")  # noqa: S608  # one of the three above
    copy.execute("VACUUM")


def _migration_roots() -> list[Path]:
    django = find_spec("django")
    roots = [Path(__file__).parent.parent]
    if django is not None and django.origin is not None:
        roots.append(Path(django.origin).parent / "contrib")
    return roots


def is_prepared(data: Path) -> bool:
    """Whether the database is as the last start left it, for the same code."""
    try:
        noted = (data / "prepared").read_text().strip()
    except OSError:
        return False
    return bool(noted) and noted == fingerprint(data)


def note_prepared(data: Path) -> None:
    """Remember that nothing is left to do for this code and this database."""
    current = fingerprint(data)
    if current is not None:
        write_private(data / "prepared", f"{current}\n")


def tidy_database(data: Path) -> None:
    """Fold the write-ahead log into the database file, so that one file holds everything.

    A courtesy to whoever copies the file; nothing depends on it.
    """
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(open_database(data / DATABASE)) as database,
    ):
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def make_demo_folder() -> Path:
    """A throwaway folder, marked, so that one left behind by a crash is known and removed."""
    folder = Path(tempfile.mkdtemp(prefix=DEMO_PREFIX))
    write_private(folder / DEMO_MARK, "A made-up year. This folder may be removed.\n")
    return folder


def remove_stale_demos() -> None:
    """Remove the demo folders of ours that no run holds any more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{DEMO_PREFIX}*"):
        if not (folder / DEMO_MARK).is_file() or not (folder / "lock").is_file():
            continue
        if hasattr(os, "getuid") and folder.lstat().st_uid != os.getuid():
            continue
        with contextlib.suppress(CannotStart), RunLock(folder) as lock:
            if lock.take():
                shutil.rmtree(folder, ignore_errors=True)
