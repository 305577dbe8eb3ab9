"""``secondvoice import``: what another copy of the program, or another program, wrote out."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import IO, TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from secondvoice.arriving import words_of
from secondvoice.arriving.entry import NO_WORDS, NotReadable
from secondvoice.arriving.own import UNREAD, read_export
from secondvoice.commands.opening import existing_folder, open_records, read_secret
from secondvoice.records.errors import RecordsError
from secondvoice.site.datafolder import CannotStart
from secondvoice.vault import VaultError, is_sealed_file, open_file

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from datetime import tzinfo

    from secondvoice.arriving.reading import Arriving
    from secondvoice.records.incoming import Skipped
    from secondvoice.records.models import Door, Outcome

SHOWN = 20
"""How many things that were skipped are told one by one."""
PEEKED = 64 * 1024
"""Bytes of a file from which an export of this program is known."""


def run(chosen: argparse.Namespace) -> int:
    """Bring a file in, tell what would come in, or undo the last import.

    Returns:
        0, or 1 where something in the file could not be read.
    """
    if chosen.undo == (chosen.file is not None):
        raise CannotStart("Say either a file to bring in, or --undo.")
    data = existing_folder()

    from secondvoice.site.management.prepare import load_to_change

    load_to_change()
    path = None if chosen.file is None else Path(chosen.file).expanduser()
    file = None if path is None or path.is_dir() else _opened(path, chosen)
    opened = open_records(data, chosen.passphrase_file)

    from secondvoice.records.models import Door

    door = Door(opened.person, opened.data_key)
    try:
        if path is None:
            return _undo(door)
        if file is not None and _is_export(file, chosen.source):
            return _bring_export(door, file, dry_run=chosen.dry_run)
        return _bring_entries(door, path, file, chosen)
    except NotReadable as error:
        raise CannotStart(f"{chosen.file} {error} Nothing was brought in.") from None
    except UnicodeDecodeError:
        raise CannotStart(f"{chosen.file} is not UTF-8 text. Nothing was brought in.") from None
    except RecordsError as error:
        raise CannotStart(str(error)) from None


def _bring_export(door: Door, file: IO[bytes], *, dry_run: bool) -> int:
    """An export of this program, read a record at a time."""
    from secondvoice.arriving.lately import Lately
    from secondvoice.records.models import bring_in

    lately = Lately()
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="\n")
    outcome = bring_in(door, lately.noting(read_export(text)), dry_run=dry_run)
    _tell(outcome, dry_run=dry_run)
    if not dry_run and (outcome.new or outcome.changed) and lately.look_after(door) != "none":
        print(words_of("care")["terminal"])
    return int(any(item.reason in UNREAD for item in outcome.skipped))


def _bring_entries(
    door: Door, path: Path, file: IO[bytes] | None, chosen: argparse.Namespace
) -> int:
    from secondvoice.arriving.bringing import bring
    from secondvoice.arriving.choices import Choices
    from secondvoice.arriving.reading import as_text, read_folder, read_text

    choices = Choices(_zone(door, chosen.zone), chosen.dates, _columns(chosen.columns))
    text = ""
    if file is None:
        arriving = read_folder(path, choices, encoding=chosen.encoding)
    else:
        text = as_text(file.read(), chosen.encoding)
        arriving = read_text(text, choices, name=path.name, source=chosen.source)
    brought = bring(door, arriving, text, dry_run=chosen.dry_run)
    _tell(brought.outcome, dry_run=chosen.dry_run, arriving=arriving)
    if brought.care != "none":
        print(words_of("care")["terminal"])
    # What has a kind was read, and is here already.
    return int(any(not item.kind and item.reason != NO_WORDS for item in brought.outcome.skipped))


def _tell(outcome: Outcome, *, dry_run: bool, arriving: Arriving | None = None) -> None:
    if arriving is not None:
        print(f"Read as: {arriving.source}.")
    came, changed = _listed(outcome.new), _listed(outcome.changed)
    if dry_run:
        print(f"Would come in: {came}. Would be changed: {changed}. Nothing was changed yet.")
    else:
        print(f"Came in: {came}. Changed: {changed}.")
        if outcome.new or outcome.changed:
            print("'secondvoice import --undo' takes it back.")
    if not outcome.skipped:
        return
    of = arriving.of if arriving else "line"
    reasons = Counter((item.kind or of, item.reason) for item in outcome.skipped)
    print(f"Passed over: {len(outcome.skipped)}.")
    for (kind, reason), number in reasons.most_common():
        these = [
            item for item in outcome.skipped if (item.kind or of, item.reason) == (kind, reason)
        ]
        places = _places(these, arriving.names if arriving else ())
        more = ", …" if len(these) > SHOWN else ""
        print(f"  {number} of {kind}: {reason} ({of} {', '.join(places)}{more})")


def _places(skipped: Sequence[Skipped], names: Sequence[str]) -> list[str]:
    """Where they stand: the numbers, or the names of the files of a folder."""
    return [names[item.place - 1] if names else str(item.place) for item in skipped[:SHOWN]]


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} of {kind}" for kind, number in sorted(counts.items())) or "nothing"


def _undo(door: Door) -> int:
    from secondvoice.records.models import undo_last_import

    done = undo_last_import(door)
    if done is None:
        raise CannotStart("There is no import to undo.")
    back, left = done
    print(f"The last import is undone: {back} {'thing' if back == 1 else 'things'} taken back.")
    if left:
        print(f"{left} {'was' if left == 1 else 'were'} left, changed since the import.")
    return 0


def _zone(door: Door, name: str | None) -> tzinfo:
    """The zone that was named, else the one of the settings, else this computer's.

    Raises:
        CannotStart: there is no such zone.
    """
    from secondvoice.people.middleware import machine_zone, read_settings

    try:
        name = read_settings(door).zone if name is None else name
        return ZoneInfo(name) if name else machine_zone()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CannotStart(f"There is no time zone {name!r}. Write it like Europe/Lisbon.") from None


def _columns(said: Sequence[str]) -> dict[str, str]:
    """The mapping of ``--map``.

    Raises:
        CannotStart: one is not written as COLUMN=FIELD.
    """
    pairs = [one.rpartition("=") for one in said]
    for column, _, field in pairs:
        if not column or not field:
            raise CannotStart("Write --map as COLUMN=FIELD: --map 'Entry text=happened'.")
    return {column: field for column, _, field in pairs}


def _is_export(file: IO[bytes], source: str) -> bool:
    """Whether it is this program's own, or was said to be."""
    if source:
        return source == "secondvoice"
    head = file.read(PEEKED)
    file.seek(0)
    return b'"secondvoice-export"' in head


def _opened(path: Path, chosen: argparse.Namespace) -> IO[bytes]:
    """The bytes of the file, opened if it is sealed.

    Raises:
        CannotStart: it cannot be read, or does not open.
    """
    try:
        file = path.open("rb")
        sealed = is_sealed_file(file.read(64))
        file.seek(0)
        if not sealed:
            return file
        with file:
            secret = read_secret(chosen.seal_passphrase_file, "The passphrase of the file: ")
            # Opened wholly before a line of it is used, and never in the clear on a disk.
            return io.BytesIO(b"".join(open_file(file, secret)))
    except VaultError as error:
        raise CannotStart(f"{chosen.file} does not open. {error}") from None
    except OSError as error:
        raise CannotStart(f"{chosen.file} cannot be read ({error.strerror}).") from None
