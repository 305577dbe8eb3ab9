"""The arguments of the commands that keep records safe: backup, restore."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 (it has no other name)
    AddData = Callable[[argparse.ArgumentParser], None]


def add_keeping(commands: Commands, add_data: AddData) -> None:
    """Add the commands.

    Args:
        commands: of the command line.
        add_data: adds the option that names the data folder.
    """
    for add in (_add_backup, _add_restore):
        add_data(add(commands))


def _add_backup(commands: Commands) -> argparse.ArgumentParser:
    backup = commands.add_parser(
        "backup",
        help="copy your records into one file, sealed as they are; also while it runs",
        description="Copy your records into one file, sealed as they are stored. It needs no "
        "passphrase, and can be made while the program runs.",
    )
    what = backup.add_mutually_exclusive_group()
    what.add_argument(
        "--out",
        metavar="PATH",
        default=".",
        help="a new file, or a folder that is there (else the current one)",
    )
    what.add_argument(
        "--verify", metavar="FILE", help="see whether a backup is whole; write nothing"
    )
    backup.add_argument(
        "--with-device-key",
        action="store_true",
        help="put the key file of this computer's account in: whoever has the backup can read it",
    )
    return backup


def _add_restore(commands: Commands) -> argparse.ArgumentParser:
    restore = commands.add_parser(
        "restore",
        help="put a backup back, into a new folder or in the place of what is there",
        description="Put a backup back. It is checked first, and what is there is changed "
        "wholly or not at all.",
    )
    restore.add_argument("file", metavar="FILE", help="the backup, or a copy from 'backups'")
    restore.add_argument(
        "--replace",
        action="store_true",
        help="put it in the place of records that are there; these are kept in 'backups'",
    )
    return restore
