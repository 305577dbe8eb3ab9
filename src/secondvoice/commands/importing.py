"""``secondvoice import``: what another copy of the program wrote out, brought in here."""

from __future__ import annotations

import contextlib
import io
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING

from secondvoice.commands.exported import UNREAD, NotAnExport, read_export
from secondvoice.commands.opening import existing_folder, open_records, read_secret
from secondvoice.records.errors import RecordsError
from secondvoice.site.datafolder import CannotStart
from secondvoice.vault import VaultError, is_sealed_file, open_file

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from secondvoice.records.models import Door, Incoming, Outcome, Skipped

LATELY = timedelta(days=14)
"""How far back what comes in is read for words of danger. Ours: an old page is no sign of today,
and reading a whole life would take minutes."""
SHOWN = 20
"""How many things that were skipped are told one by one."""


def run(chosen: argparse.Namespace) -> int:
    """Bring a file in, tell what would come in, or undo the last import.

    Returns:
        0, or 1 where something in the file could not be read.
    """
    if chosen.undo == (chosen.file is not None):
        raise CannotStart("Say either a file to bring in, or --undo.")
    data = existing_folder()

    from secondvoice.site.management.prepare import load

    load()
    with _readable(chosen) as text:
        opened = open_records(data, chosen.passphrase_file)

        from secondvoice.records.models import Door

        door = Door(opened.person, opened.data_key)
        try:
            if text is None:
                return _undo(door)
            return _bring(door, text, dry_run=chosen.dry_run)
        except NotAnExport as error:
            raise CannotStart(f"{chosen.file} {error} Nothing was brought in.") from None
        except RecordsError as error:
            raise CannotStart(str(error)) from None


def _bring(door: Door, text: IO[str], *, dry_run: bool) -> int:
    from secondvoice.records.models import bring_in

    lately = _Lately()
    outcome = bring_in(door, lately.noting(read_export(text)), dry_run=dry_run)
    _tell(outcome, dry_run=dry_run)
    if not dry_run and (outcome.new or outcome.changed):
        _look_after(door, lately)
    return int(any(item.reason in UNREAD for item in outcome.skipped))


class _Lately:
    """What the file holds of the last days, by thing: its words, to be read once they are in."""

    def __init__(self) -> None:
        self.words: dict[UUID, list[str]] = {}

    def noting(self, items: Iterable[Incoming | Skipped]) -> Iterator[Incoming | Skipped]:
        """The same items; on their way the words of the newest are noted."""
        from secondvoice.records.models import Skipped

        since = datetime.now(UTC) - LATELY
        for item in items:
            if not isinstance(item, Skipped) and item.happened_at > since:
                self.words[item.thing] = list(_texts_in(item.value))
            yield item


def _texts_in(value: object) -> Iterator[str]:
    """Everything in plain values that may be somebody's sentence."""
    if isinstance(value, str):
        if " " in value.strip():
            yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(item)


def _look_after(door: Door, lately: _Lately) -> None:
    """Words of danger of the last days lead to people, from whichever copy they came."""
    from secondvoice.practices import heard_danger
    from secondvoice.reader import read
    from secondvoice.records.imports import IMPORT
    from secondvoice.support import CARE

    made = door.latest(IMPORT)
    things = [thing for thing, _ in made.value.revisions] if made is not None else []
    levels = {read(text).care for thing in things for text in lately.words.get(thing, ())}
    if "now" in levels:
        heard_danger(door)
    if levels & {"now", "offer"}:
        print(CARE["care_offer"])
        print("They are under Support, which opens without unlocking.")


def _tell(outcome: Outcome, *, dry_run: bool) -> None:
    came, changed = _listed(outcome.new), _listed(outcome.changed)
    if dry_run:
        print(f"Would come in: {came}. Would be changed: {changed}. Nothing was changed yet.")
    else:
        print(f"Came in: {came}. Changed: {changed}.")
        if outcome.new or outcome.changed:
            print("'secondvoice import --undo' takes it back.")
    if not outcome.skipped:
        return
    reasons = Counter((item.kind or "line", item.reason) for item in outcome.skipped)
    print(f"Passed over: {len(outcome.skipped)}.")
    for (kind, reason), number in reasons.most_common():
        places = [
            str(item.place)
            for item in outcome.skipped
            if (item.kind or "line", item.reason) == (kind, reason)
        ]
        more = ", …" if len(places) > SHOWN else ""
        print(f"  {number} of {kind}: {reason} (line {', '.join(places[:SHOWN])}{more})")


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


@contextlib.contextmanager
def _readable(chosen: argparse.Namespace) -> Iterator[IO[str] | None]:
    """The text of the file, opened if it is sealed; None where there is none to read.

    Raises:
        CannotStart: it cannot be read, or does not open.
    """
    if chosen.file is None:
        yield None
        return
    try:
        with Path(chosen.file).expanduser().open("rb") as file:
            source: IO[bytes] = file
            sealed = is_sealed_file(file.read(64))
            file.seek(0)
            if sealed:
                secret = read_secret(chosen.seal_passphrase_file, "The passphrase of the file: ")
                # Opened wholly before a line of it is used, and never in the clear on a disk.
                source = io.BytesIO(b"".join(open_file(file, secret)))
            yield io.TextIOWrapper(source, encoding="utf-8-sig", newline="\n")
    except VaultError as error:
        raise CannotStart(f"{chosen.file} does not open. {error}") from None
    except OSError as error:
        raise CannotStart(f"{chosen.file} cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise CannotStart(f"{chosen.file} is not UTF-8 text. Nothing was brought in.") from None
