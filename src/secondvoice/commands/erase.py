"""``secondvoice erase``: one thing, a span of time, or everything, gone from the database."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from secondvoice.backups import FOLDER, automatic_backups, copies_here, take_copies_away
from secondvoice.commands.opening import existing_folder, open_records
from secondvoice.departing.spans import erase_span, erase_thing, in_span
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
            thing, number = _one(door, chosen.thing), 1
            _make_sure(f"{_counted(number)} will be erased", yes=chosen.yes)
            erase_thing(door, thing)
        else:
            number = _span(door, _day(chosen.first), _day(chosen.last), yes=chosen.yes)
    except RecordsError as error:
        raise CannotStart(str(error)) from None
    print(f"Erased: {_counted(number)}.")
    _tell_of_copies(data, backups_too=chosen.backups_too)
    return 0


def _counted(number: int) -> str:
    return f"{number} {'thing' if number == 1 else 'things'}"


def _span(door: Door, first: date, last: date, *, yes: bool) -> int:
    """Erase what is in a span of days; how many things it was."""
    found = in_span(door, first, last)
    if found.closed:
        print(
            f"Months of check-ins that do not open: {found.closed}. Single days cannot be taken "
            "out of them; a month goes only with a span that holds all of it."
        )
    _make_sure(f"{_counted(found.number)} will be erased", yes=yes)
    now = erase_span(door, first, last, number=found.number)
    if now.number != found.number:
        raise CannotStart(
            f"Meanwhile it has become {_counted(now.number)}. Nothing was erased: begin again."
        )
    return found.number


def _one(door: Door, text: str) -> UUID:
    try:
        thing = UUID(text)
    except ValueError:
        raise CannotStart("That is no id. An export has them, under 'thing'.") from None
    if not door.was_there(thing):
        raise CannotStart("There is nothing with that id. Nothing was erased.")
    return thing


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
