"""A program that keeps, changes, deletes and brings back moments, and says of each that it is done.

Run as ``python -m tests.keeping.acknowledging PASSPHRASE HOW_MANY SEED [SYNCHRONOUS]`` with
``SECONDVOICE_DATA`` set; the last is SQLite's setting, the program's own where it is left out. After each step one line has the thing, whether it is there, and the revision that was made
(``-`` where deleting or bringing back made it).
"""

from __future__ import annotations

import os
import random
import sys
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from uuid import UUID

PAGES_OF_LOG = 30
"""The log is folded into the database this often, so that a short run does it many times."""


def work(passphrase: str, how_many: int, seed: int, synchronous: str = "") -> None:
    from django.db import connection

    from secondvoice.moments.record import Moment
    from secondvoice.people.keys import open_with
    from secondvoice.people.views.access import only_person
    from secondvoice.records.models import Door, person_keys

    person = only_person()
    assert person is not None
    door = Door(person, open_with(person_keys(person), "passphrase", passphrase, person=person))
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA wal_autocheckpoint={PAGES_OF_LOG}")
        if synchronous:
            cursor.execute(f"PRAGMA synchronous={synchronous}")
    dice = random.Random(seed)
    there: list[UUID] = []
    gone: list[UUID] = []
    for number in range(how_many):
        what = dice.choice(("keep", "keep", "keep", "change", "delete", "restore"))
        moment = Moment(voice=f"I ruin it, {number}. {'x' * dice.choice((0, 30, 3_000, 20_000))}")
        if what == "delete" and there:
            thing, made = there.pop(dice.randrange(len(there))), "-"
            door.delete(thing, "moment")
            gone.append(thing)
        elif what == "restore" and gone:
            thing, made = gone.pop(), "-"
            door.restore(thing, "moment")
            there.append(thing)
        elif what == "change" and there:
            thing = dice.choice(there)
            made = str(door.keep(moment, thing=thing).id)
        else:
            kept = door.keep(moment)
            thing, made = kept.thing, str(kept.id)
            there.append(thing)
        os.write(1, f"{thing} {'there' if thing in there else 'gone'} {made}\n".encode())


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "secondvoice.site.settings"
    django.setup()
    work(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
