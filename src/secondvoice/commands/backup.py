"""``secondvoice backup``: the sealed records in one file, also while the program runs."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from secondvoice.backups import check_backup, make_backup
from secondvoice.commands.opening import existing_folder
from secondvoice.commands.writing import in_the_way, refuse_what_is_there
from secondvoice.site.datafolder import DEVICE_KEY, CannotStart

if TYPE_CHECKING:
    import argparse

    from secondvoice.backups import Manifest

WITHOUT_A_KEY = (
    "These records open by this computer's account only, and its key is not in the backup: alone, "
    f"the backup opens nothing. Keep a copy of {DEVICE_KEY} apart from it, or choose a passphrase "
    "in Settings and make another. With --with-device-key the key goes in, and whoever has the "
    "file can read everything."
)


def run(chosen: argparse.Namespace) -> int:
    """Make a backup, or look at one.

    Returns:
        0; a backup that is not whole raises.
    """
    if chosen.verify is not None:
        manifest = check_backup(Path(chosen.verify).expanduser())
        print(f"{chosen.verify} is whole. {told(manifest)}")
        return 0
    if os.environ.get("DATABASE_URL"):
        raise CannotStart(
            "The records are on a database server, whose own tools back it up (pg_dump). "
            "Nothing was written."
        )
    data = existing_folder()
    target = _target(Path(chosen.out).expanduser().absolute())
    refuse_what_is_there(target)
    if chosen.with_device_key and not (data / DEVICE_KEY).is_file():
        raise CannotStart(
            f"There is no {DEVICE_KEY} in {data}: a passphrase protects these records. Leave out "
            "--with-device-key."
        )
    try:
        manifest = make_backup(data, target, device_key=chosen.with_device_key)
    except FileExistsError:
        raise in_the_way(target) from None
    # Read back from the disk: what cannot be put back is no backup.
    check_backup(target)
    print(f"The backup is {target}, and it is whole. {told(manifest)}")
    if manifest.device_key:
        print("The key to it is inside. Whoever has this file can read it.")
    elif manifest.needs_device_key:
        print(WITHOUT_A_KEY)
    return 0


def told(manifest: Manifest) -> str:
    """What is in a backup, in a sentence or two."""
    things, revisions = manifest.counts["things"], manifest.counts["revisions"]
    opens = ", ".join(manifest.opens_by) or "nothing, since nobody lives there yet"
    return (
        f"It holds {things} {'thing' if things == 1 else 'things'} in {revisions} "
        f"{'revision' if revisions == 1 else 'revisions'} as of {manifest.made_at}, sealed as they "
        f"are stored. They open by: {opens}."
    )


def _target(out: Path) -> Path:
    """The file to write; in a folder, a name with the time."""
    if out.is_dir():
        return out / f"secondvoice-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.zip"
    return out
