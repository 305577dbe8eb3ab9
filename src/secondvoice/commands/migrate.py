"""``secondvoice migrate``: the one command that changes the tables of a host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondvoice.site.management.migrating import left_to_do, migrate

if TYPE_CHECKING:
    import argparse


def run(chosen: argparse.Namespace) -> int:
    """Make the changes that are left to do, or tell how many there are.

    Returns:
        0; with ``--check`` 1 where something is left to do.

    Raises:
        CannotStart: the database is not reached, is newer, or could not be changed.
    """
    if chosen.check:
        left = left_to_do()
        print(_said("would be made", left))
        return int(bool(left))
    print(_said("made", migrate(lambda sentence: print(sentence, flush=True))))
    return 0


def _said(what: str, changes: list[str]) -> str:
    if not changes:
        return "The database is as this version needs it."
    changes_are = "change was" if len(changes) == 1 else "changes were"
    if what != "made":
        changes_are = "change" if len(changes) == 1 else "changes"
    return f"{len(changes)} {changes_are} {what}: {', '.join(changes)}."
