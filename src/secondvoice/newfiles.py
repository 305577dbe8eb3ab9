"""A new file that is there whole or not at all, and never over another."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def new_file(target: Path, *, over: bool = False) -> Iterator[Path]:
    """A file that gets the name ``target`` once it is whole, and is on the disk then.

    On Linux it has no name before that, so nothing is left of it however the program ends. Where
    there is no such thing, it is hidden beside ``target`` meanwhile.

    Args:
        target: what it will be called.
        over: in the place of a file that is there.

    Yields:
        Where to write, for its owner only. It is gone if anything is raised.

    Raises:
        FileExistsError: something is called ``target`` already; it is left as it is.
        OSError: the disk refuses.
    """
    nameless = _nameless(target.parent)
    if nameless is None:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=HIDDEN)
        os.close(handle)
        hidden = Path(name)
        try:
            yield hidden
            to_disk(hidden)
            _called(hidden, target, over=over)
        finally:
            hidden.unlink(missing_ok=True)
        return
    try:
        path = Path(f"/proc/self/fd/{nameless}")
        yield path
        os.fsync(nameless)
        if not over:
            _linked(nameless, target)
            to_disk(target.parent)
            return
        hidden = target.with_name(HIDDEN + secrets.token_hex(8))
        _linked(nameless, hidden)
        _called(hidden, target, over=True)
    finally:
        os.close(nameless)


HIDDEN = ".secondvoice-"
"""How the name of a file begins that is not whole yet."""


def _nameless(folder: Path) -> int | None:
    """An open file without a name on the disk of ``folder``; None where there is no such thing."""
    flag = getattr(os, "O_TMPFILE", None)
    if flag is None:
        return None
    try:
        handle = os.open(folder, flag | os.O_RDWR, 0o600)
    except FileNotFoundError:
        raise
    except OSError:
        # Network disks and memory sticks; what else is wrong, a named one meets as well.
        return None
    if Path(f"/proc/self/fd/{handle}").exists():
        return handle
    os.close(handle)
    return None


def _linked(nameless: int, target: Path) -> None:
    # With a folder's descriptor, which an absolute path does not need, Python follows the link.
    os.link(f"/proc/self/fd/{nameless}", target, src_dir_fd=nameless, follow_symlinks=True)


def _called(hidden: Path, target: Path, *, over: bool) -> None:
    if over:
        hidden.replace(target)
        to_disk(target.parent)
    else:
        put_new(hidden, target)


def put_new(source: Path, target: Path) -> None:
    """Give the finished file ``source`` the name ``target``, only if nothing has it.

    When this returns, the name is on the disk, too. ``source`` keeps its own name as well where the
    disk has hard links; the caller takes it away.

    Raises:
        FileExistsError: something is called ``target`` already; it is left as it is.
        OSError: the disk refuses.
    """
    try:
        target.hardlink_to(source)
    except FileExistsError:
        raise
    except OSError:
        # A disk without hard links (a memory stick): the same but for an instant in between.
        if target.exists():
            raise FileExistsError from None
        source.rename(target)
    to_disk(target.parent)


def to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk.

    A file whose bytes are there is still lost by a power cut if its name is not.
    """
    if os.name == "nt" and path.is_dir():
        # Windows has no such thing for folders.
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
