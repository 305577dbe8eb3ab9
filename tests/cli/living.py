"""Puts a person with a few moments into the data folder ``SECONDVOICE_DATA``, as a process.

A process of its own, because the settings know one data folder for as long as they live.
"""

from __future__ import annotations

import os
import sys
import uuid
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from secondvoice.cli import SETTINGS
from secondvoice.site.config import data_folder
from secondvoice.site.datafolder import make_folder
from secondvoice.site.management.prepare import prepare

if TYPE_CHECKING:
    from pathlib import Path

PASSPHRASE = "heron ladder quiet spoon"
VOICE = "I'm such an idiot, everyone else manages."
ANSWER = "That was hard, and I stayed."


def move_in(data: Path, *, device: bool) -> str:
    """Fill the folder; the person's recovery code."""
    make_folder(data)
    prepare(data)

    from secondvoice.moments.record import Moment, Step
    from secondvoice.people.keys import first_keys_with_device, first_keys_with_passphrase
    from secondvoice.people.record import Settings
    from secondvoice.records.models import Door, create_person
    from secondvoice.vault import KdfParams, make_recovery_code

    person = uuid.UUID("6d3f7a0e-0000-4000-8000-000000000001")
    code = make_recovery_code()
    if device:
        data_key, wraps = first_keys_with_device(person, data)
    else:
        data_key, wraps = first_keys_with_passphrase(
            person, PASSPHRASE, code, KdfParams(8 * 1024, 1, 1)
        )
    create_person(person, wraps)
    door = Door(person, data_key)
    door.keep(Settings(friend="Sam"))
    first = Moment(
        step=Step.DONE,
        happened="The report was late.",
        voice=VOICE,
        before=7,
        friend="Sam",
        say_it="no",
        why="She would cry.",
        name_it=ANSWER,
        not_alone="Others miss a day, too.",
        kind_words="Go home\n# and sleep.",
        right=True,
        right_if="it is nine o'clock",
        right_then="I write to Ana",
        look_back_on=date(2026, 3, 9),
        after=4,
        zone="Europe/Lisbon",
    )
    door.keep(first, happened_at=datetime(2026, 3, 2, 14, 5, tzinfo=UTC))
    door.keep(Moment(voice="Naïve. 愚か 🙈"), happened_at=datetime(2026, 3, 3, 9, 0, tzinfo=UTC))
    gone = door.keep(Moment(voice="deleted words"))
    door.delete(gone.thing, "moment")
    return code


if __name__ == "__main__":
    # As the command does: the tests' own settings are for tests without a process.
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    os.umask(0o077)
    print(move_in(data_folder(), device=sys.argv[1:] == ["device"]))
