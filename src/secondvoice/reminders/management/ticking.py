"""Looking again and again for what is due: a thread in the program of one's own machine."""

from __future__ import annotations

import logging
import threading

from django.db import connections
from django.utils import timezone

from secondvoice.records.errors import RecordsError
from secondvoice.reminders.management.sending import send_due
from secondvoice.site.logs import describe

EVERY = 20
"""Seconds. Times are whole minutes, and one statement that finds nothing costs next to nothing."""

log = logging.getLogger(__name__)


def go_on(stop: threading.Event | None = None) -> None:
    """Send what is due, and again every ``EVERY`` seconds, until ``stop``.

    What was missed while the computer slept or the program was off is looked at first, and what of
    it is stale is dropped. A database that refuses is asked again the next time.
    """
    stop = stop or threading.Event()
    told = ""
    while True:
        try:
            send_due(timezone.now())
            told = ""
        except RecordsError as error:
            # Once, and not every time for as long as a disk is full.
            if str(error) != told:
                log.warning("Reminders wait: %s", error)
            told = str(error)
        except Exception as error:  # noqa: BLE001 (a thread that ends would end them silently)
            log.error("Reminders could not be sent: %s", describe(error))  # noqa: TRY400 (no words)
        finally:
            connections.close_all()
        if stop.wait(EVERY):
            return
