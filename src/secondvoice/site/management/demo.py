"""A made-up person in a throwaway folder, with a year behind them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connections

from secondvoice.demo import FRIEND
from secondvoice.measures import demo as measures_demo
from secondvoice.moments import demo
from secondvoice.people.keys import first_keys_with_device
from secondvoice.people.record import Settings
from secondvoice.practices import demo as practices_demo
from secondvoice.records.models import Door, create_person

if TYPE_CHECKING:
    from pathlib import Path


def fill(data: Path) -> None:
    """Put the made-up year into the prepared folder ``data``.

    It opens without a passphrase, by a key file that goes with the folder.
    """
    person = uuid.uuid4()
    data_key, wraps = first_keys_with_device(person, data)
    try:
        create_person(person, wraps)
        door = Door(person, data_key)
        door.keep(Settings(friend=FRIEND))
        today = datetime.now().astimezone().date()
        demo.fill(door, today)
        measures_demo.fill(door, today)
        practices_demo.fill(door, today)
    finally:
        connections.close_all()
