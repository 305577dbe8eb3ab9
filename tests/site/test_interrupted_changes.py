"""A database that was being made when the program was stopped is made on at the next start."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.site.running import PATIENCE, environment

if TYPE_CHECKING:
    from pathlib import Path

# Lets one change through and stops at the moment in which the next one would be noted as made:
# with Django's own way of noting, its tables are there by then.
STOPPED_AT_EVERY_CHANGE = """
import pathlib, sys
from django.db.migrations.recorder import MigrationRecorder
from secondvoice.site.management import prepare

data = pathlib.Path(sys.argv[1])
prepare.load()
note, through, starts = MigrationRecorder.record_applied, 0, 0

def stopped(self, app, name):
    global through
    through += 1
    if through > 1:
        raise KeyboardInterrupt
    note(self, app, name)

MigrationRecorder.record_applied = stopped
while True:
    through, starts = 0, starts + 1
    try:
        prepare.prepare(data)
        break
    except KeyboardInterrupt:
        pass
print(starts)
"""


def test_a_start_that_is_stopped_at_any_change_of_the_database_goes_on_next_time(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STOPPED_AT_EVERY_CHANGE, tmp_path],
        env=environment()
        | {
            "SECONDVOICE_DATA": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "secondvoice.site.settings",
        },
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 1
