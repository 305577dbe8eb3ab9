"""Writing what a command makes: whole or not at all, and never over something that is there."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from secondvoice.newfiles import HIDDEN, new_file, to_disk
from secondvoice.site.datafolder import CannotStart

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def refuse_what_is_there(target: Path) -> None:
    """See that the name is free.

    Raises:
        CannotStart: there is something called that already.
    """
    if target.exists() or target.is_symlink():
        raise in_the_way(target)


def write_new(target: Path, parts: Iterable[str]) -> None:
    """Write ``parts`` into the new file ``target``: whole or not at all, for its owner only.

    Raises:
        CannotStart: there is something called that already, or it cannot be written.
    """
    write_new_bytes(target, (part.encode("utf-8", "replace") for part in parts))


def write_new_bytes(target: Path, parts: Iterable[bytes]) -> None:
    """The same for bytes."""
    try:
        with new_file(target) as path, path.open("wb") as file:
            file.writelines(parts)
    except FileExistsError:
        raise in_the_way(target) from None
    except OSError as error:
        raise _unwritable(target, error) from None


def write_new_folder(target: Path, files: Mapping[str, str]) -> None:
    """Write files into the new folder ``target``: all of them or none, for its owner only.

    Args:
        target: the folder.
        files: the text of each by its path in it.

    Raises:
        CannotStart: there is something called that already, or it cannot be written.
    """
    refuse_what_is_there(target)
    try:
        made = Path(tempfile.mkdtemp(dir=target.parent, prefix=HIDDEN))
        try:
            for name, text in files.items():
                path = made / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8", newline="\n")
            # One wait for all of them: there may be thousands.
            if hasattr(os, "sync"):
                os.sync()
            made.rename(target)
            to_disk(target.parent)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        raise _unwritable(target, error) from None


def in_the_way(target: Path) -> CannotStart:
    """What is said where a name is taken."""
    return CannotStart(f"{target} is there already and was left as it is. Choose another name.")


def _unwritable(target: Path, error: OSError) -> CannotStart:
    return CannotStart(
        f"{target} cannot be written ({error.strerror}). Choose another place with --out."
    )
