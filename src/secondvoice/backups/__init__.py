"""A data folder's records in one file: made while the program runs, checked, put back.

What is sealed stays sealed, so no passphrase is needed for any of it. Plain SQLite and zip files:
a backup can be unpacked with what every computer has. docs/reliability.md tells what is in one.
"""

from __future__ import annotations

from secondvoice.backups.checking import check_backup
from secondvoice.backups.making import make_backup
from secondvoice.backups.manifest import Manifest
from secondvoice.backups.restoring import Restored, restore
from secondvoice.backups.rotating import (
    FOLDER,
    automatic_backups,
    copies_here,
    keep_backups,
    take_copies_away,
)

__all__ = [
    "FOLDER",
    "Manifest",
    "Restored",
    "automatic_backups",
    "check_backup",
    "copies_here",
    "keep_backups",
    "make_backup",
    "restore",
    "take_copies_away",
]
