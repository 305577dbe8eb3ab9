"""``secondvoice restore``: a backup put back, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from secondvoice.backups import restore
from secondvoice.commands.backup import told
from secondvoice.site.config import data_folder
from secondvoice.site.datafolder import DEVICE_KEY, CannotStart

if TYPE_CHECKING:
    import argparse


def run(chosen: argparse.Namespace) -> int:
    """Check the backup, keep what is there, and put the backup in its place."""
    if os.environ.get("DATABASE_URL"):
        raise CannotStart(
            "DATABASE_URL names a database server, and a backup goes into a data folder. "
            "Unset it; nothing was changed."
        )
    data = data_folder()
    done = restore(Path(chosen.file).expanduser().absolute(), data, replace=chosen.replace)
    print(f"The backup is in place in {data}. {told(done.manifest)}")
    if done.before is not None:
        print(f"What was there before is kept in {done.before}.")
    if not done.opens:
        print(
            f"These records open by a key file only, and it was not in the backup. Put the "
            f"{DEVICE_KEY} of that time into {data}; without it nothing can be opened."
        )
    return 0
