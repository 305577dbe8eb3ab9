"""What is kept unsealed so that reminders are on time, and only while a way is on."""

from __future__ import annotations

from secondvoice.reminders.models.copying import (
    add_device,
    calendar_of,
    devices_of,
    digest,
    follow,
    language_of,
    lose_device,
    remove_device,
    speak_to,
)
from secondvoice.reminders.models.tables import Device, Schedule

__all__ = [
    "Device",
    "Schedule",
    "add_device",
    "calendar_of",
    "devices_of",
    "digest",
    "follow",
    "language_of",
    "lose_device",
    "remove_device",
    "speak_to",
]
