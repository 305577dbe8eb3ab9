"""Bringing what was read into a person's diary."""

from __future__ import annotations

import io
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from secondvoice.arriving.entry import Heard, incoming
from secondvoice.arriving.own import read_export
from secondvoice.arriving.reading import OWN
from secondvoice.arriving.record import ID_SECRET, ImportSecret

if TYPE_CHECKING:
    from secondvoice.arriving.reading import Arriving
    from secondvoice.records.models import Door, Outcome


@dataclass(frozen=True, slots=True)
class Brought:
    """What came in or would; ``care`` is the heaviest that was read in it: none, offer or now."""

    outcome: Outcome
    care: str


def bring(door: Door, arriving: Arriving, text: str, *, dry_run: bool) -> Brought:
    """Bring everything in, all or nothing.

    Args:
        door: of the person, unlocked.
        arriving: from :mod:`.reading`.
        text: the file, for an export of this program itself; else it is not looked at.
        dry_run: whether to change nothing, read no words and only tell.

    Raises:
        NotReadable: the file is not whole; nothing was changed.
        CannotKeep: the database refused; nothing was changed.
    """
    from secondvoice.arriving.lately import Lately
    from secondvoice.records.models import bring_in

    lately = Lately()
    if arriving.source == OWN:
        own = bring_in(door, lately.noting(read_export(io.StringIO(text))), dry_run=dry_run)
        came = not dry_run and (own.new or own.changed)
        return Brought(own, lately.look_after(door) if came else "none")
    heard = None if dry_run else Heard()
    made = incoming(
        arriving.source, arriving.entries, secret=_secret(door, dry_run=dry_run), heard=heard
    )
    outcome = bring_in(door, lately.noting(made), dry_run=dry_run)
    if heard is None or not (outcome.new or outcome.changed):
        # What was here already has been read before.
        return Brought(outcome, "none")
    lately.look_after(door)
    return Brought(outcome, heard.care)


def _secret(door: Door, *, dry_run: bool) -> bytes:
    """The person's, made at the first import and kept through an undo."""
    kept = door.latest(ID_SECRET)
    if kept is not None:
        return bytes.fromhex(kept.value.secret)
    made = secrets.token_bytes(32)
    if not dry_run:
        door.keep(ImportSecret(made.hex()))
    return made
