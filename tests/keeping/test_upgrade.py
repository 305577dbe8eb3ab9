"""A data folder of an earlier version becomes one of today's, killed on the way, and loses no word."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.keeping.earlier import BEFORE, Earlier, everything, same
from tests.site.running import PATIENCE, environment, run

pytestmark = pytest.mark.slow

WORDS = "You can ring tomorrow."

# Kills itself for good at the change of the database that is given by its number: within its
# transaction, right after that, or (-1, 0) before and after the copy that is made first.
KILLED = """
import os, pathlib, signal, sys
from secondvoice.site.management import prepare

data, where, at = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
prepare.load()
from django.db.migrations.recorder import MigrationRecorder

note, make, copy, made = (
    MigrationRecorder.record_applied, prepare.WholeMigrations.apply_migration, prepare.back_up, 0
)

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def noted(self, app, name):
    global made
    made += 1
    note(self, app, name)
    if where == "within" and made == at:
        die()

def changed(self, *args, **kwargs):
    state = make(self, *args, **kwargs)
    if where == "after" and made == at:
        die()
    return state

def copied(*args):
    copy(*args)
    if where == "after" and at == 0:
        die()

MigrationRecorder.record_applied = noted
prepare.WholeMigrations.apply_migration = changed
prepare.back_up = copied
prepare.prepare(data)
print(made)
"""


def upgrade(data: Path, where: str = "", at: int = 0) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", KILLED, data, where, str(at)],
        env=environment(
            SECONDVOICE_DATA=str(data), DJANGO_SETTINGS_MODULE="secondvoice.site.settings"
        ),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def export(data: Path, version: Earlier) -> dict[str, str]:
    """What a person with the passphrase takes out: by thing, as text."""
    out = data.parent / f"{data.name}.jsonl"
    out.unlink(missing_ok=True)
    done = run(
        *("export", "--format", "jsonl", "--data", data, "--out", out, "--passphrase-file", "-"),
        stdin=version.passphrase,
    )
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    return {line["thing"]: json.dumps(line, ensure_ascii=False) for line in lines if "kind" in line}


@pytest.mark.parametrize("version", BEFORE, ids=str)
def test_killed_at_any_change_of_the_tables_it_goes_on_at_the_next_start(
    version: Earlier, tmp_path: Path
) -> None:
    whole = version.lay(tmp_path / "whole")
    rows = everything(whole)
    done = upgrade(whole)
    assert done.returncode == 0, done.stderr
    changes = int(done.stdout)
    assert changes == version.changes_to_come
    assert same(rows, everything(whole))
    kills = [("after", 0)]
    kills += [(where, at) for at in range(1, changes + 1) for where in ("within", "after")]
    for where, at in kills:
        data = version.lay(tmp_path / f"{where}-{at}")
        assert upgrade(data, where, at).returncode == -signal.SIGKILL
        assert same(rows, everything(data))
        assert WORDS in "".join(export(data, version).values())
        left = changes - (at if where == "after" else at - 1)
        done = upgrade(data)
        assert (done.returncode, done.stdout.strip()) == (0, str(left)), done.stderr
        assert same(rows, everything(data))
        shutil.rmtree(data)


@pytest.mark.parametrize("version", BEFORE, ids=str)
def test_a_command_that_changes_something_asks_for_a_start_first(
    version: Earlier, tmp_path: Path
) -> None:
    """As after an older backup was put back: what is there can be taken out, and is left alone."""
    data = version.lay(tmp_path / "data")
    rows, out = everything(data), export(data, version)
    for command in (("rekey", "--yes"), ("erase", "--everything", "--yes")):
        done = run(*command, "--data", data, "--passphrase-file", "-", stdin=version.passphrase)
        assert done.returncode == 1, command
        assert b"Start the newest version once" in done.stderr, command
        assert everything(data) == rows, command
    assert export(data, version) == out


@pytest.mark.parametrize("version", BEFORE, ids=str)
def test_what_was_written_opens_and_can_be_sealed_anew(version: Earlier, tmp_path: Path) -> None:
    data = version.lay(tmp_path / "data")
    assert upgrade(data).returncode == 0
    before = export(data, version)
    assert WORDS in "".join(before.values())
    assert not any("This was deleted." in text for text in before.values())
    done = run("rekey", "--yes", "--data", data, "--passphrase-file", "-", stdin=version.passphrase)
    assert done.returncode == 0, done.stderr
    assert version.told["code"] not in done.stdout.decode()
    assert export(data, version) == before
    # The copy from before the change is whole, and opens with what opened it.
    copies = sorted((data / "backups").glob("0*.sqlite3"))
    assert copies, "a copy is made before the tables are changed"
    again = tmp_path / "again"
    again.mkdir(mode=0o700)
    shutil.copy(copies[0], again / "data.sqlite3")
    assert upgrade(again).returncode == 0
    assert export(again, version) == before
