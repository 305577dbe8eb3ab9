"""``secondvoice erase``: one thing, a span of time, or everything, gone from the database."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from secondvoice.backups import FOLDER, automatic_backups
from secondvoice.commands.opening import existing_folder, open_records
from secondvoice.records.errors import RecordsError
from secondvoice.site.datafolder import DEVICE_KEY, CannotStart

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

    from secondvoice.site.management.prepare import load

    load()
    try:
        if chosen.everything:
            return _everything(data, yes=chosen.yes, backups_too=chosen.backups_too)
        opened = open_records(data, chosen.passphrase_file)

        from secondvoice.records.models import Door

        door = Door(opened.person, opened.data_key)
        months: list[tuple[UUID, object]] = []
        if chosen.thing is not None:
            things = _one(door, chosen.thing)
        else:
            things, months = _span(door, _day(chosen.first), _day(chosen.last))
        what = _counted(len(things) + len(months))
        _make_sure(f"{what} will be erased", yes=chosen.yes)
        _erase(door, things, months)
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


def _span(door: Door, first: date, last: date) -> tuple[list[UUID], list[tuple[UUID, object]]]:
    """What happened in a span of days of this computer's time zone.

    Returns:
        The things to erase, and those of which days outside the span remain, with what remains.
    """
    from secondvoice.records.kept import Kept
    from secondvoice.records.kinds import is_only_one
    from secondvoice.records.models import things_between

    begin = datetime.combine(first, time()).astimezone().astimezone(UTC)
    end = datetime.combine(last + timedelta(days=1), time()).astimezone().astimezone(UTC)
    things = [
        thing
        for thing, kind in things_between(door.person, begin, end)
        if not is_only_one(kind) and kind != "check_ins"
    ]
    remaining: list[tuple[UUID, object]] = []
    # A month of check-ins is one record, and a span may take some days of it.
    for item in door.all("check_ins"):
        if not isinstance(item, Kept):
            continue
        rest = item.value.without(first, last)
        if rest is None:
            things.append(item.thing)
        elif rest != item.value:
            remaining.append((item.thing, rest))
    return things, remaining


def _erase(door: Door, things: list[UUID], remaining: list[tuple[UUID, object]]) -> None:
    from secondvoice.moments.kept import look_back_thing
    from secondvoice.records.models import erase_things, leave_no_bytes, one_transaction
    from secondvoice.support.models import open_plan

    with one_transaction():
        # When to look back at a moment goes with it; there is none for what is no moment.
        erase_things(door.person, [*things, *map(look_back_thing, things)])
        # What lay open of a plan goes with it, too.
        open_plan(door.person)
        for thing, rest in remaining:
            door.keep(rest, thing=thing, history=False)
    leave_no_bytes()


def _everything(data: Path, *, yes: bool, backups_too: bool) -> int:
    from secondvoice.people.sessions import end_all_sessions
    from secondvoice.people.views.access import only_person
    from secondvoice.records.models import erase_person, leave_no_bytes

    person = only_person()
    if person is None:
        raise CannotStart(f"Nobody has begun to write in {data} yet. There is nothing to erase.")
    _make_sure("Everything will be erased, and the keys to it", yes=yes)
    erase_person(person)
    end_all_sessions()
    leave_no_bytes()
    (data / DEVICE_KEY).unlink(missing_ok=True)
    print(f"Everything in {data} is erased, and the keys to it.")
    _tell_of_copies(data, backups_too=backups_too)
    return 0


def _tell_of_copies(data: Path, *, backups_too: bool) -> None:
    """Say what still holds it, or take the backups of this folder away."""
    folder = data / FOLDER
    copies = [path for path in folder.glob("*") if path.name != "README.txt"]
    if backups_too:
        for path in copies:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        print(f"{len(copies)} {'backup' if len(copies) == 1 else 'backups'} in {folder} went, too.")
    elif copies:
        number = len(automatic_backups(data))
        print(
            f"{len(copies)} backups in {folder} still hold it, sealed: the passphrase and the "
            f"recovery code of their time open them. {number} of them were made by themselves and "
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
