"""Backups that make themselves: one a day, seven days and four weeks of them, in ``backups/``."""

from __future__ import annotations

import contextlib
import re
import shutil
import sqlite3
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from secondvoice.backups.making import make_backup
from secondvoice.site.datafolder import (
    DATABASE,
    CannotStart,
    open_database,
    running_port,
    write_private,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from threading import Event


FOLDER = "backups"
DAYS, WEEKS = 7, 4
"""How many days, and calendar weeks, the newest backup of each is kept for."""
SHARE = 10
"""Together they take at most one part in so many of the room that would be free without them."""
AGE = timedelta(days=1)
LOOK_EVERY = 600.0
"""Seconds between two looks at whether one is due."""

_NAME = re.compile(r"automatic-(\d{8}T\d{6}Z)\.zip")
_PARTS = ".automatic-"
_README = """\
Backups of the records in the folder above, sealed as they are stored there.
automatic-*.zip made by itself once a day: of the last 7 days and the last 4 weeks the newest each.
before-restore-* what was there before a backup was put back. These are never taken away for you.
*.sqlite3 the database before a newer version of the program changed it.
Put one back: secondvoice restore FILE --replace
This folder is on the same disk as the records. For a disk that fails: secondvoice backup --out
"""


class Automatic(NamedTuple):
    """A backup that was made by itself."""

    made: datetime
    file: Path
    bytes: int


def copies_here(data: Path) -> int:
    """How many backups, of whatever kind, lie in the data folder."""
    return len(_copies(data))


def take_copies_away(data: Path) -> None:
    """Take every backup out of the data folder."""
    for path in _copies(data):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _copies(data: Path) -> list[Path]:
    return [path for path in (data / FOLDER).glob("*") if path.name != "README.txt"]


def automatic_backups(data: Path) -> list[Automatic]:
    """The backups that made themselves, the newest first."""
    found = []
    for file in (data / FOLDER).glob("automatic-*.zip"):
        match = _NAME.fullmatch(file.name)
        if match:
            made = datetime.strptime(match[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            found.append(Automatic(made, file, file.stat().st_size))
    return sorted(found, reverse=True)


def keep_backups(data: Path, stop: Event) -> None:
    """Make a backup whenever the newest is older than a day, until told to stop.

    Waits first until the server is up. What keeps it from making one is said once, on standard
    error, and tried again later; it never raises and never stops the program.

    Args:
        data: the data folder, whose lock the caller holds.
        stop: set when the program stops.
    """
    while running_port(data) is None:
        if stop.wait(0.5):
            return
    said = ""
    while True:
        trouble = _if_due(data)
        if trouble and trouble != said:
            print(trouble, file=sys.stderr, flush=True)
        said = trouble
        if stop.wait(LOOK_EVERY):
            return


def _if_due(data: Path) -> str:
    """Make a backup if it is time; the sentence to say where that is not possible, else empty."""
    try:
        if is_due(automatic_backups(data), datetime.now(UTC)) and _somebody(data):
            make_automatic(data, datetime.now(UTC))
    except CannotStart as error:
        return f"Today's automatic backup was not made. {error}"
    except OSError as error:
        return (
            f"Today's automatic backup was not made: {data / FOLDER} cannot be used "
            f"({error.strerror}). Your records are as they were."
        )
    except sqlite3.Error:
        # Whatever is wrong with the database, the pages say so, and so does the doctor.
        return ""
    return ""


def is_due(kept: list[Automatic], now: datetime) -> bool:
    """Whether the newest is older than a day, or from a future that a wrong clock made up."""
    return not kept or not now - AGE < kept[0].made <= now + AGE


def make_automatic(data: Path, now: datetime) -> None:
    """Make one backup and take away those that are no longer kept.

    Raises:
        CannotStart: there is too little room, or it cannot be made.
        OSError: the folder cannot be used.
    """
    folder = data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    if not (folder / "README.txt").exists():
        write_private(folder / "README.txt", _README)
    for left in folder.glob(f"{_PARTS}*"):
        # Left by a kill; the lock says that nobody else is making one.
        shutil.rmtree(left, ignore_errors=True)
    kept = automatic_backups(data)
    free = shutil.disk_usage(folder).free
    size = sum(
        file.stat().st_size for file in data.glob(f"{DATABASE}*") if not file.name.endswith("-shm")
    )
    room = (free + sum(one.bytes for one in kept)) // SHARE
    # The copy, the room that tidying it takes, and the packed file.
    if size > room or 3 * size > free:
        raise CannotStart(
            f"There is too little room on the disk for it ({free // 1024**2} MB free). Your "
            "records are as they were; make some room."
        )
    with contextlib.suppress(FileExistsError):
        make_backup(data, folder / f"automatic-{now:%Y%m%dT%H%M%SZ}.zip", prefix=_PARTS)
    for one in spent(automatic_backups(data), room):
        one.file.unlink(missing_ok=True)


def spent(kept: Iterable[Automatic], room: int) -> list[Automatic]:
    """Those that are no longer kept.

    Args:
        kept: the newest first.
        room: how many bytes they may take together. The newest stays whatever it takes.
    """
    days: set[object] = set()
    weeks: set[object] = set()
    gone = []
    taken = 0
    for number, one in enumerate(kept):
        day, week = one.made.date(), one.made.isocalendar()[:2]
        wanted = (day not in days and len(days) < DAYS) or (
            week not in weeks and len(weeks) < WEEKS
        )
        if number == 0 or (wanted and taken + one.bytes <= room):
            days.add(day)
            weeks.add(week)
            taken += one.bytes
        else:
            gone.append(one)
    return gone


def _somebody(data: Path) -> bool:
    """Whether there is anybody whose records could be lost."""
    with contextlib.closing(open_database(data / DATABASE)) as database:
        return database.execute("SELECT 1 FROM records_person").fetchone() is not None
