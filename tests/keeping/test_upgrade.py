"""A data folder of an earlier version becomes one of today's, and no word is lost on the way.

``earlier/`` has a folder's database for each form that the tables had, as SQL: made by the program of
that time, for somebody with the passphrase and the recovery code below. The letter, the moment in
two revisions, the one that was deleted and the week of the course are what they wrote.

- ``before-openings``: before the list of devices and the change of the data key (November 2026). The
  diary was open in one browser; there was a plan for reminders, and a browser that shows them.
"""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.site.running import PATIENCE, environment, run

pytestmark = pytest.mark.slow

EARLIER = Path(__file__).parent / "earlier"
FORMS = sorted(file.stem for file in EARLIER.glob("*.sql"))
PASSPHRASE = b"heron ladder quiet spoon\n"
CODE = "8JJ0-3T96-E3G6-XHA9-4XPE-ZSF1-12W7-H5QD-YBG3"
WORDS = {
    "settings": "Ottilie",
    "moment": "You can ring tomorrow.",
    "letter": "Dear me, it was a long day.",
    "course_page": "What I noticed this week.",
}

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


def folder_of(form: str, at: Path) -> Path:
    at.mkdir(mode=0o700)
    with closing(sqlite3.connect(at / "data.sqlite3")) as database:
        database.executescript((EARLIER / f"{form}.sql").read_text())
        database.execute("PRAGMA journal_mode=WAL")
    (at / "data.sqlite3").chmod(0o600)
    return at


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


def everything(data: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the tables that hold what a person wrote, and of their keys."""
    with closing(sqlite3.connect(data / "data.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {
            table: database.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2").fetchall()
            for table, columns in (
                ("records_record", "id, thing, kind, version, happened_at, deleted, sealed"),
                ("records_head", "thing, kind, happened_at, record_id, deleted_at, person_id"),
                ("records_keywrap", "id, method, version, salt, params, wrapped"),
                ("records_person", "id, created_at"),
                ("reminders_schedule", "id, plan, due_at"),
                ("reminders_device", "id, endpoint, public_key, auth"),
            )
        }


def export(data: Path) -> dict[str, str]:
    """What a person with the passphrase takes out: by kind, as text."""
    out = data.parent / f"{data.name}.jsonl"
    out.unlink(missing_ok=True)
    done = run(
        *("export", "--format", "jsonl", "--data", data, "--out", out, "--passphrase-file", "-"),
        stdin=PASSPHRASE,
    )
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    return {line["kind"]: json.dumps(line["value"]) for line in lines if "kind" in line}


def test_the_folders_of_every_form_that_the_tables_had_are_here() -> None:
    assert FORMS == ["before-openings"]


@pytest.mark.parametrize("form", FORMS)
def test_killed_at_any_change_of_the_tables_it_goes_on_at_the_next_start(
    form: str, tmp_path: Path
) -> None:
    whole = folder_of(form, tmp_path / "whole")
    rows = everything(whole)
    done = upgrade(whole)
    assert done.returncode == 0, done.stderr
    changes = int(done.stdout)
    assert changes >= 2
    assert everything(whole) == rows
    kills = [("after", 0)]
    kills += [(where, at) for at in range(1, changes + 1) for where in ("within", "after")]
    for where, at in kills:
        data = folder_of(form, tmp_path / f"{where}-{at}")
        assert upgrade(data, where, at).returncode == -signal.SIGKILL
        assert everything(data) == rows
        assert export(data).keys() >= WORDS.keys()
        left = changes - (at if where == "after" else at - 1)
        done = upgrade(data)
        assert (done.returncode, done.stdout.strip()) == (0, str(left)), done.stderr
        assert everything(data) == rows
        shutil.rmtree(data)


@pytest.mark.parametrize("form", FORMS)
def test_a_command_that_changes_something_asks_for_a_start_first(form: str, tmp_path: Path) -> None:
    """As after an older backup was put back: what is there can be taken out, and is left alone."""
    data = folder_of(form, tmp_path / "data")
    rows, out = everything(data), export(data)
    for command in (("rekey", "--yes"), ("erase", "--everything", "--yes")):
        done = run(*command, "--data", data, "--passphrase-file", "-", stdin=PASSPHRASE)
        assert done.returncode == 1, command
        assert b"Start the newest version once" in done.stderr, command
        assert everything(data) == rows, command
    assert export(data) == out


@pytest.mark.parametrize("form", FORMS)
def test_what_was_written_opens_and_can_be_sealed_anew(form: str, tmp_path: Path) -> None:
    data = folder_of(form, tmp_path / "data")
    assert upgrade(data).returncode == 0
    before = export(data)
    for kind, words in WORDS.items():
        assert words in before[kind]
    assert not any("This was deleted." in text for text in before.values())
    done = run("rekey", "--yes", "--data", data, "--passphrase-file", "-", stdin=PASSPHRASE)
    assert done.returncode == 0, done.stderr
    assert CODE not in done.stdout.decode()
    assert export(data) == before
    # The copy from before the change is whole, and opens with what opened it.
    copies = sorted((data / "backups").glob("0*.sqlite3"))
    assert copies, "a copy is made before the tables are changed"
    again = tmp_path / "again"
    again.mkdir(mode=0o700)
    shutil.copy(copies[0], again / "data.sqlite3")
    assert upgrade(again).returncode == 0
    assert export(again) == before
