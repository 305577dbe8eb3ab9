"""A practice that was done without a network comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondvoice.practices.catalogue import UnknownPractice, practice
from secondvoice.practices.record import Practice, is_landed
from secondvoice.practices.views.landing import laid
from secondvoice.practices.views.player import read_done, thing_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import QueryDict

    from secondvoice.records.models import Door


def receive(
    door: Door,
    written: QueryDict,
    *,
    name: str,
    form: str,
    happened_at: datetime,
    zone: str,
) -> str | None:
    """Keep one time of practising, and let the pace follow from it.

    Args:
        door: the person's.
        written: the fields of the player's form, or of the minute's.
        name: the practice's id; ``minute`` for the minute.
        form: the practice's form; empty for the minute.
        happened_at: when it was done, with a zone.
        zone: the person's IANA time zone, or empty.

    Returns:
        The level of care that the words in it ask for. None where there was nothing to keep.

    Raises:
        CannotKeep: the database refused; nothing was changed.
        CannotOpen: what was kept of it half-way is damaged.
        BadId, NotThere: something else has its id.
    """
    if name == "minute":
        landed = written.get("landed", "")
        done = Practice(name, landed if is_landed(landed) else "", zone)
    else:
        try:
            found = practice(name)
            done = read_done(written, found, found.form(form), zone)
        except UnknownPractice:
            return None
    outcome = laid(door, done, thing_of(written), happened_at=happened_at)
    return outcome.care if outcome.kept else None
