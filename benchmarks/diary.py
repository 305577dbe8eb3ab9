"""Diaries to measure on: ``python -m benchmarks.diary FOLDER COUNT`` lays one out.

A process of its own, because the framework can be set up for one folder only.
"""

from __future__ import annotations

import os
import random
import sys
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from secondvoice.moments.record import Moment

SEED = 20_261
DAYS = 3_650
WITH_MEASURES = 400
"""The diary of so many moments has ten years of measures and check-ins, too."""


def moments(count: int) -> Iterator[tuple[Moment, datetime]]:
    """``count`` moments with the words of the made-up year, no two alike, over ten years."""
    from secondvoice.demo import FRIEND, load_year
    from secondvoice.moments.loop import with_marks
    from secondvoice.moments.record import Moment, Step

    chance = random.Random(SEED)
    year = load_year()
    now = datetime.now(UTC)
    for number in range(count):
        told, answered = chance.choice(year), chance.choice(year)
        moment = Moment(
            step=Step.DONE,
            happened=f"{told.happened} That was the {number}th time.",
            voice=told.voice,
            before=chance.randint(0, 10),
            friend=FRIEND,
            say_it="no",
            name_it=answered.name_it,
            not_alone=answered.not_alone,
            kind_words=answered.kind_words,
            asked=True,
            after=chance.randint(0, 10),
        )
        ago = timedelta(minutes=5 + DAYS * 1440 * (count - number) // count)
        yield with_marks(moment), now - ago


def lay_out(folder: Path, count: int) -> None:
    """Make ``folder`` a data folder with one person, opened by its key file, and their moments."""
    from secondvoice.site.datafolder import make_folder
    from secondvoice.site.management.prepare import prepare

    make_folder(folder)
    prepare(folder)
    from django.db import connection, transaction

    from benchmarks.floor.views import TABLE
    from benchmarks.measured import ten_years
    from secondvoice.demo import FRIEND
    from secondvoice.people.keys import first_keys_with_device
    from secondvoice.people.record import Settings
    from secondvoice.records.models import Door, create_person

    person = uuid.uuid4()
    data_key, wraps = first_keys_with_device(person, folder)
    create_person(person, wraps)
    door = Door(person, data_key)
    with transaction.atomic():
        door.keep(Settings(friend=FRIEND, lock_after=240))
        for moment, when in moments(count):
            door.keep(moment, happened_at=when)
        if count == WITH_MEASURES:
            ten_years(door)
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "secondvoice.site.settings",
        "SECONDVOICE_DATA": str(target),
    }
    lay_out(target, int(sys.argv[2]))
