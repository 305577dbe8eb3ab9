"""A new file that is there whole or not at all, and never over another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def put_new(source: Path, target: Path) -> None:
    """Give the finished file ``source`` the name ``target``, only if nothing has it.

    ``source`` keeps its own name too where the disk has hard links; the caller takes it away.

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
