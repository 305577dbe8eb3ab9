"""What a disk may hold after the power went, worked out from what a program really did.

The program runs as it is under ``strace``, which writes down each call that changes a file, with its
bytes. From that the state of the disk can be worked out for a power cut after any call. What was
followed by an ``fsync`` is there. Of what was not, anything may be: nothing, all, some of the writes,
or some of their sectors (512 bytes). A name is there for certain once its folder was synchronised;
of the changes to names after that a disk has kept the first few, in their order, as a file system with
a journal does. Pillai et al., "All file systems are not created equal", OSDI 2014, look at programs
in this way.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping, Sequence

SECTOR = 512
CALLS = (
    "openat,creat,lseek,write,writev,pwrite64,pwritev,ftruncate,fallocate,sendfile,"
    "copy_file_range,mmap,fsync,fdatasync,sync,sync_file_range,rename,renameat,renameat2,link,linkat,"
    "unlink,unlinkat"
)
NOT_KEPT = "-shm"
"""SQLite's index of its log: shared memory, made anew when the database is opened after a cut."""

_LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+|\?)")
_UNFINISHED = re.compile(r"^(\d+) +(\w+\(.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>(.*)$")
_OPENED = re.compile(r"= \d+<([^>]*)>(?:\(deleted\))?$")
_FD = re.compile(r"^(\d+)<([^>]*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


class NotUnderstoodError(Exception):
    """The program changed a file in a way that is not followed here."""


Way = Literal["nothing", "everything", "writes", "sectors"]


@dataclass(slots=True)
class File:
    """One file: what is certainly on the disk, and what was written since."""

    durable: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def settle(self) -> None:
        """All that was written is on the disk."""
        self.durable, self.pending = self.now(), []

    def now(self) -> bytes:
        """What the program sees."""
        return _applied(self.durable, self.pending)

    def after(self, way: Way, dice: random.Random) -> bytes:
        """What may be on the disk after a power cut."""
        if way == "nothing":
            return self.durable
        if way == "everything":
            return self.now()
        if way == "writes":
            return _applied(self.durable, [one for one in self.pending if dice.random() < 0.5])
        return _applied(self.durable, list(_torn(self.pending, dice)))


def _applied(content: bytes, changes: Sequence[tuple[int, bytes | None]]) -> bytes:
    """``None`` in the place of bytes: the file ends there."""
    made = bytearray(content)
    for at, data in changes:
        if len(made) < at:
            made.extend(bytes(at - len(made)))
        if data is None:
            del made[at:]
        else:
            made[at : at + len(data)] = data
    return bytes(made)


def _torn(
    changes: Sequence[tuple[int, bytes | None]], dice: random.Random
) -> Iterator[tuple[int, bytes | None]]:
    for at, data in changes:
        if data is None:
            if dice.random() < 0.5:
                yield at, None
            continue
        start = 0
        while start < len(data):
            end = start + SECTOR - (at + start) % SECTOR
            if dice.random() < 0.5:
                yield at + start, data[start:end]
            start = end


Names = dict[str, File]
NameChange = tuple[str, str, File | None]  # the folder it is in, the path, what it names now


class Disk:
    """A folder on a disk, followed call by call."""

    def __init__(self, folder: Path) -> None:
        """As the folder is now, all of it on the disk."""
        self.folder = str(folder)
        self._certain: Names = {
            str(path): File(path.read_bytes())
            for path in folder.rglob("*")
            if path.is_file() and not path.name.endswith(NOT_KEPT)
        }
        self._changes: list[NameChange] = []
        self._names: Names = dict(self._certain)
        self._places: dict[int, int] = {}  # of descriptors in their files
        self._nameless: dict[str, str] = {}  # files that have no name yet, by how they are linked
        self.told = b""

    def image(self, way: Way, dice: random.Random) -> dict[str, bytes]:
        """What may be there after a power cut now: the bytes of each file by its path."""
        kept = {"nothing": 0, "everything": len(self._changes)}.get(
            way, dice.randint(0, len(self._changes))
        )
        names = _named(self._certain, self._changes[:kept])
        return {path: file.after(way, dice) for path, file in names.items()}

    def follow(self, call: Call) -> bool:
        """Take note of a call; whether it changed anything here."""
        handle = getattr(self, f"_{call.name}", None)
        if handle is None:
            raise NotUnderstoodError(f"The call {call.name} is not followed.")
        if call.result < 0:
            return False
        return bool(handle(call))

    # --- names ------------------------------------------------------------------------------

    def _name(self, path: str, file: File | None) -> None:
        self._changes.append((str(Path(path).parent), path, file))
        if file is None:
            self._names.pop(path, None)
        else:
            self._names[path] = file

    def _openat(self, call: Call) -> bool:
        path = call.opened
        if not self._is_ours(path):
            return False
        self._places[call.result] = 0
        if "O_TMPFILE" in call.rest:
            # Without a name, so nothing of it is there after a cut until it is linked.
            self._names[path] = File()
            self._nameless[f"/proc/self/fd/{call.result}"] = path
            return False
        if path not in self._names:
            if "O_CREAT" not in call.rest:
                return False
            self._name(path, File())
            return True
        if "O_TRUNC" in call.rest:
            self._names[path].pending.append((0, None))
            return True
        if "O_APPEND" in call.rest:
            self._places[call.result] = len(self._names[path].now())
        return False

    def _rename(self, call: Call) -> bool:
        source, target = call.paths(self.folder)
        if not self._is_ours(source):
            return False
        file = self._names[source]
        # One step: a disk has both or neither.
        self._changes.append((str(Path(target).parent), f"{source}\0{target}", file))
        self._names[target] = self._names.pop(source)
        return True

    _renameat = _renameat2 = _rename

    def _linkat(self, call: Call) -> bool:
        source, target = call.paths(self.folder)
        source = self._nameless.get(source, source)
        if not self._is_ours(source):
            return False
        self._name(target, self._names[source])
        return True

    _link = _linkat

    def _unlink(self, call: Call) -> bool:
        (path,) = call.paths(self.folder)
        if path not in self._names:
            return False
        self._name(path, None)
        return True

    _unlinkat = _unlink

    # --- contents ---------------------------------------------------------------------------

    def _file(self, call: Call) -> File | None:
        return self._names.get(call.path) if self._is_ours(call.path) else None

    def _pwrite64(self, call: Call) -> bool:
        return self._put(call, int(call.rest.rpartition(",")[2]))

    def _write(self, call: Call) -> bool:
        if call.number == 1:
            self.told += call.data
        at = self._places.get(call.number, 0)
        changed = self._put(call, at)
        if changed:
            self._places[call.number] = at + call.result
        return changed

    def _put(self, call: Call, at: int) -> bool:
        file = self._file(call)
        if file is None:
            return False
        file.pending.append((at, call.data[: call.result]))
        return True

    def _ftruncate(self, call: Call) -> bool:
        file = self._file(call)
        if file is None:
            return False
        at = int(call.rest.rpartition(",")[2])
        file.pending.append((at, None))
        return True

    def _lseek(self, call: Call) -> bool:
        if call.number in self._places:
            self._places[call.number] = call.result
        return False

    def _mmap(self, call: Call) -> bool:
        shared = "MAP_SHARED" in call.rest and "PROT_WRITE" in call.rest
        if shared and any(path in call.rest for path in self._names):
            raise NotUnderstoodError("A file is written to through memory.")
        return False

    def _sendfile(self, call: Call) -> bool:
        if call.result and self._is_ours(call.path):
            raise NotUnderstoodError("A file is copied by the system.")
        return False

    _copy_file_range = _writev = _pwritev = _fallocate = _creat = _sendfile

    # --- what makes it last -----------------------------------------------------------------

    def _fsync(self, call: Call) -> bool:
        if not self._is_ours(call.path) and call.path != self.folder:
            return False
        file = self._names.get(call.path)
        if file is not None:
            file.settle()
            return True
        mine = [one for one in self._changes if one[0] == call.path]
        self._certain = _named(self._certain, mine)
        self._changes = [one for one in self._changes if one[0] != call.path]
        return True

    _fdatasync = _fsync

    def _sync(self, _call: Call) -> bool:
        for file in self._names.values():
            file.settle()
        nameless = self._nameless.values()
        self._certain = {path: file for path, file in self._names.items() if path not in nameless}
        self._changes = []
        return True

    def _sync_file_range(self, _call: Call) -> bool:
        return False

    def _is_ours(self, path: str) -> bool:
        return path.startswith(f"{self.folder}/") and not path.endswith(NOT_KEPT)


def _named(names: Names, changes: Sequence[NameChange]) -> Names:
    made = dict(names)
    for _folder, path, file in changes:
        source, moved, target = path.partition("\0")
        if moved:
            made.pop(source, None)
        if file is None:
            made.pop(path, None)
        else:
            made[target or source] = file
    return made


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the program to the system."""

    name: str
    rest: str
    result: int
    opened: str = ""

    @property
    def number(self) -> int:
        """The descriptor it is about; -1 for none."""
        found = _FD.match(self.rest)
        return int(found[1]) if found else -1

    @property
    def path(self) -> str:
        """What that descriptor is open on."""
        found = _FD.match(self.rest)
        return _plain(found[2]) if found else ""

    @property
    def data(self) -> bytes:
        """The first text of it."""
        found = _TEXT.search(self.rest)
        return _bytes(found[1]) if found else b""

    def paths(self, folder: str) -> list[str]:
        """The paths in it, whole."""
        texts = [_bytes(text).decode() for text in _TEXT.findall(self.rest)]
        return [str(Path(folder, text)) for text in texts]


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _plain(path: str) -> str:
    return _bytes(path).decode() if path.startswith("\\x") else path


def traced(
    command: Sequence[str], trace: Path, env: Mapping[str, str], cwd: Path, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, and write down its calls in ``trace``."""
    strace = [
        *("strace", "-f", "-qq", "-y", "-xx", "-s", "4000000", "-e", f"trace={CALLS}"),
        *("-e", "signal=none", "-o", str(trace)),
    ]
    ensure_strace()
    return subprocess.run(
        [*strace, *command], env=env, cwd=cwd, input=stdin, capture_output=True, text=True,
        check=False, timeout=300,
    )  # fmt: skip


def calls(trace: Path) -> Iterator[Call]:
    """The calls of a trace, in their order."""
    begun: dict[str, str] = {}
    with trace.open() as lines:
        for line in lines:
            whole = line.rstrip("\n")
            if unfinished := _UNFINISHED.match(whole):
                begun[unfinished[1]] = unfinished[2]
                continue
            if resumed := _RESUMED.match(whole):
                whole = f"{resumed[1]} {begun.pop(resumed[1])}{resumed[2]}"
            found = _LINE.match(whole)
            if found is None:
                continue
            result = -1 if found[3] == "?" else int(found[3])
            opened = _OPENED.search(whole) if found[1] == "openat" else None
            yield Call(found[1], found[2], result, _plain(opened[1]) if opened else "")


def ensure_strace() -> None:
    """See that ``strace`` is here; on a machine of root's own it is installed.

    Raises:
        FileNotFoundError: it is not, and cannot be.
    """
    if shutil.which("strace"):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "strace"]
        for command in (install, ["apt-get", "update", "-q"], install):
            subprocess.run(command, capture_output=True, check=False)
            if shutil.which("strace"):
                return
    raise FileNotFoundError("strace is not installed. On Debian: apt-get install strace.")
