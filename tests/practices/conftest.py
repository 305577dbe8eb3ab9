"""Whoever has a day of their own to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import time_machine

from secondvoice.people.record import Settings
from tests.practices.chosen_day import NOON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cast import Someone


@pytest.fixture
def someone(alice: Someone) -> Iterator[Someone]:
    """Alice in London, at noon on a Wednesday."""
    with time_machine.travel(NOON, tick=False):
        alice.door.keep(Settings(zone="Europe/London"))
        alice.unlock()
        yield alice
