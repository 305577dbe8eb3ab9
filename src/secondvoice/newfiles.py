"""A new file that is there whole or not at all, and never over another."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


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
