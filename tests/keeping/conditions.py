"""Disks that are full, that fail, that may only be read; real ones wherever the machine allows."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.keeping.house import IMPATIENT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.keeping.house import House, Server

SMALL_DISK = "16m"


def mounted(path: Path, *options: str) -> bool:
    """Mount a disk in memory at ``path``, if we may (it takes root); whether it is there."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    path.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(path)],
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def remount(path: Path, option: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{option}", str(path)], check=True)


def unmount(path: Path) -> None:
    subprocess.run(["umount", "--lazy", str(path)], check=True)


class FullDisk:
    """A small disk that is filled to its last byte."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.filler = house.data / "filler"

    def start(self) -> Server:
        return self.house.start(program=IMPATIENT)

    def fill(self, server: Server) -> Server:
        """From now on nothing more fits. The server that goes on is returned."""
        self.house.empty_the_log()
        with contextlib.suppress(OSError), self.filler.open("ab", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                with contextlib.suppress(OSError):
                    while file.write(b"\0" * size):
                        pass
        return server

    def free(self, server: Server) -> Server:
        """Make room again."""
        self.filler.unlink()
        return server


class FullDatabase:
    """Without a disk of our own: SQLite is told how large its file may get, and says the same."""

    def __init__(self, house: House) -> None:
        self.house = house

    def start(self) -> Server:
        return self.house.start(program=IMPATIENT)

    def fill(self, server: Server) -> Server:
        server.stop()
        ((pages,),) = self.house.sql("PRAGMA page_count")
        return self.house.start(program=IMPATIENT, KEEPING_PAGES=str(pages))

    def free(self, server: Server) -> Server:
        server.stop()
        return self.house.start(program=IMPATIENT)


class FailingDisk:
    """A disk that takes no more writes, as one does that is pulled out or past its quota.

    The system refuses the running program every write to a file beyond its first byte.
    """

    def __init__(self, house: House) -> None:
        self.house = house

    def start(self) -> Server:
        return self.house.start(program=IMPATIENT)

    def fill(self, server: Server) -> Server:
        self.house.empty_the_log()
        return self._limit(server, 1)

    def free(self, server: Server) -> Server:
        return self._limit(server, resource.RLIM_INFINITY)

    def _limit(self, server: Server, most: int) -> Server:
        for pid in server.processes():
            _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, hard))
        return server


Disk = FullDisk | FullDatabase | FailingDisk


@contextlib.contextmanager
def full_disk(house: House) -> Iterator[Disk]:
    """A disk that can be filled at the house's data folder, which must not be there yet."""
    if not mounted(house.data, f"size={SMALL_DISK}", "mode=0700"):
        yield FullDatabase(house)
        return
    try:
        yield FullDisk(house)
    finally:
        house.wreck()
        unmount(house.data)


@dataclass
class ReadOnly:
    """The data folder, made so that nothing in it can be written."""

    house: House
    on_own_disk: bool

    def begin(self) -> None:
        if self.on_own_disk:
            remount(self.house.data, "ro")
        else:
            self._modes(0o400, 0o500)
            assert not os.access(self.house.data, os.W_OK), (
                "This user writes wherever they like and may not mount a disk here. "
                "Run the tests as another user."
            )

    def end(self) -> None:
        if self.on_own_disk:
            remount(self.house.data, "rw")
        else:
            self._modes(0o600, 0o700)

    def _modes(self, file: int, folder: int) -> None:
        for path in (*self.house.data.rglob("*"), self.house.data):
            path.chmod(folder if path.is_dir() else file)


@contextlib.contextmanager
def read_only_folder(house: House) -> Iterator[ReadOnly]:
    """A data folder that can be made read-only; as root on a disk of its own."""
    own = mounted(house.data, "mode=0700")
    folder = ReadOnly(house, own)
    try:
        yield folder
    finally:
        house.wreck()
        if own:
            unmount(house.data)
        else:
            folder.end()
