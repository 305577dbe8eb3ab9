"""Whether a replica is ready, and why not: what its threads tell each other."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final

from secondvoice.site.hosted.schema import Stand

if TYPE_CHECKING:
    from collections.abc import Callable

EVERY: Final = 2.0
"""Seconds between two looks at the database."""
STALE: Final = 15.0
"""Seconds after which the last look says nothing any more: the database lets us wait."""

READY = "ready"
STARTING = "the database was not looked at yet"
STOPPING = "stopping"
UNREACHED = "the database cannot be reached"


class State:
    """What is known of one replica. Any thread may ask and tell.

    Args:
        clock: seconds, of which only differences are looked at.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._looked: tuple[float, Stand | None] | None = None
        self._fits: Stand | None = None
        self.stopping = threading.Event()

    def looked(self, found: Stand | None) -> None:
        """Note one look at the database.

        Args:
            found: how its tables stand; None where it was not reached.
        """
        with self._lock:
            self._looked = (self._clock(), found)
            if found is not None:
                self._fits = found

    @property
    def says(self) -> str:
        """``READY``, or in a few words why it is not."""
        if self.stopping.is_set():
            return STOPPING
        with self._lock:
            looked = self._looked
        if looked is None:
            return STARTING
        when, found = looked
        if found is None or self._clock() - when > STALE:
            return UNREACHED
        return READY if found is Stand.FITS else found.value

    @property
    def ready(self) -> bool:
        """Whether it may be sent requests."""
        return self.says == READY

    @property
    def reached(self) -> bool:
        """Whether the last look found the database, and is not stale."""
        with self._lock:
            looked = self._looked
        return looked is not None and looked[1] is not None and self._clock() - looked[0] <= STALE

    @property
    def may_serve(self) -> bool:
        """Whether the tables are those that the pages need, as far as was seen.

        Not the same as ready: a database that cannot be reached now is told by the pages
        themselves, which give back what was written; and whoever is stopping still answers.
        """
        with self._lock:
            return self._fits is Stand.FITS
