"""What a person has chosen, kept sealed like everything else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from secondvoice.records.kinds import record_kind

LOCK_CHOICES: Final = (5, 15, 30, 60, 240)
"""Minutes without a sign of life after which the diary locks itself."""


@record_kind("settings", version=1, only_one=True)
@dataclass(frozen=True, slots=True)
class Settings:
    """A person's choices.

    ``friend`` is the name of somebody they would never speak harshly to; empty: nobody named.
    ``lock_after`` is in minutes, one of ``LOCK_CHOICES``.
    ``look`` is ``auto`` (as the device), ``light`` or ``dark``.
    ``zone`` is an IANA time zone name; empty: this computer's own.
    """

    friend: str = ""
    lock_after: int = 30
    look: str = "auto"
    zone: str = ""


@record_kind("code_tried", version=1, only_one=True)
@dataclass(frozen=True, slots=True)
class CodeTried:
    """That a person found their recovery code again, and it was the right one.

    ``on`` is the day. ``salt`` is that of the wrapped key it opened, in hexadecimal digits: a newer
    code has another. Nothing of the code is kept.
    """

    on: date
    salt: str
