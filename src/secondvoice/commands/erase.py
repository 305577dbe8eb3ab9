"""``secondvoice erase``: one thing, a span of time, or everything, gone from the database."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from secondvoice.backups import FOLDER, automatic_backups, copies_here, take_copies_away
from secondvoice.commands.opening import existing_folder, open_records
from secondvoice.departing.spans import Found, erase_found, in_span
from secondvoice.records.errors import RecordsError
from secondvoice.site.datafolder import CannotStart

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from secondvoice.records.models import Door

SURE = "erase"


def run(chosen: argparse.Namespace) -> int:
    """Ask whether it is meant, then erase.

    Raises:
        CannotStart: nothing or too much was named, or it was not meant; nothing was erased.
    """
    if (chosen.thing is not None) + (chosen.first is not None) + chosen.everything != 1:
        raise CannotStart(
            "Say what to erase: --thing ID, --from DAY with --to DAY, or --everything."
        )
    if (chosen.first is None) != (chosen.last is None):
        raise CannotStart("A span of time has two ends: --from DAY and --to DAY.")
    data = existing_folder()

    from secondvoice.site.management.prepare import load_to_change

    load_to_change()
    try:
        if chosen.everything:
            return _everything(data, yes=chosen.yes, backups_too=chosen.backups_too)
        opened = open_records(data, chosen.passphrase_file)

        from secondvoice.records.models import Door

        door = Door(opened.person, opened.data_key)
        if chosen.thing is not None:
            found = Found(_one(door, chosen.thing))
        else:
            found = in_span(door, _day(chosen.first), _day(chosen.last))
        what = _counted(found.number)
        _make_sure(f"{what} will be erased", yes=chosen.yes)
        erase_found(door, found)
    except RecordsError as error:
        raise CannotStart(str(error)) from None
    print(f"Erased: {what}.")
    _tell_of_copies(data, backups_too=chosen.backups_too)
    return 0


def _counted(number: int) -> str:
    return f"{number} {'thing' if number == 1 else 'things'}"


def _one(door: Door, text: str) -> list[UUID]:
    try:
        thing = UUID(text)
    except ValueError:
        raise CannotStart("That is no id. An export has them, under 'thing'.") from None
    if not door.was_there(thing):
        raise CannotStart("There is nothing with that id. Nothing was erased.")
    return [thing]


def _everything(data: Path, *, yes: bool, backups_too: bool) -> int:
    from secondvoice.people.ending import end_person
    from secondvoice.people.views.access import only_person
    from secondvoice.records.models import leave_no_bytes

    person = only_person()
    if person is None:
        raise CannotStart(f"Nobody has begun to write in {data} yet. There is nothing to erase.")
    _make_sure("Everything will be erased, and the keys to it", yes=yes)
    end_person(person, data)
    leave_no_bytes()
    print(f"Everything in {data} is erased, and the keys to it.")
    _tell_of_copies(data, backups_too=backups_too)
    return 0


def _tell_of_copies(data: Path, *, backups_too: bool) -> None:
    """Say what still holds it, or take the backups of this folder away."""
    folder, number = data / FOLDER, copies_here(data)
    if backups_too:
        take_copies_away(data)
        print(f"{number} {'backup' if number == 1 else 'backups'} in {folder} went, too.")
    elif number:
        own = len(automatic_backups(data))
        print(
            f"{number} backups in {folder} still hold it, sealed: the passphrase and the "
            f"recovery code of their time open them. {own} of them were made by themselves and "
            "go with time. --backups-too takes all of them away."
        )
    print(
        "Backups and exports that you put elsewhere are as they were. What a disk or the system "
        "copied for itself is out of this program's reach."
    )


def _make_sure(what: str, *, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise CannotStart(f"{what}. Nothing was erased yet: say --yes if it is meant.")
    if input(f"{what}, and cannot be brought back. Type '{SURE}' if you mean it: ") != SURE:
        raise CannotStart("Nothing was erased.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CannotStart("A day is written as 2026-03-31. Nothing was erased.") from None
