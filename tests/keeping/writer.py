"""A second program on a data folder: opens it with the passphrase and keeps moments.

Run as ``python -m tests.keeping.writer PASSPHRASE HOW_MANY`` with ``SECONDVOICE_DATA`` set.
"""

from __future__ import annotations

import os
import sys

import django


def write(passphrase: str, how_many: int) -> None:
    from secondvoice.moments.record import Moment
    from secondvoice.people.keys import open_with
    from secondvoice.people.views.access import only_person
    from secondvoice.records.models import Door, person_keys

    person = only_person()
    assert person is not None
    door = Door(person, open_with(person_keys(person), "passphrase", passphrase, person=person))
    print("writing", flush=True)
    for number in range(how_many):
        door.keep(Moment(voice=f"zqother{number:02} I ruin it."))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "secondvoice.site.settings"
    django.setup()
    write(sys.argv[1], int(sys.argv[2]))
