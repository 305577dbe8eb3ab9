"""Tables are changed while people write: by one at a time, in nobody's way, and never by halves."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.keeping.house import ROOT, until, write_down
from tests.serving.host import ENOUGH
from tests.serving.load import Load
from tests.serving.test_replicas import all_there

if TYPE_CHECKING:
    from pathlib import Path

    from tests.serving.host import Host

pytestmark = pytest.mark.slow

CHANGE = """from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "{before}")]
    operations = [migrations.{operation}]
"""
MIGRATIONS = ROOT / "src" / "secondvoice" / "records" / "migrations"
LAST = max(path.stem for path in MIGRATIONS.glob("[0-9]*.py"))
EXPAND = (
    "9001_expand_colour",
    'AddField("record", "colour", models.CharField(max_length=9, null=True))',
)
CONTRACT = ("9002_contract_after_9001_colour", 'RemoveField("record", "colour")')


def newer(folder: Path, *changes: tuple[str, str]) -> Path:
    """The program with changes that this one does not know; the folder it is imported from."""
    shutil.copytree(
        ROOT / "src" / "secondvoice",
        folder / "secondvoice",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    before = LAST
    for name, operation in changes:
        file = folder / "secondvoice" / "records" / "migrations" / f"{name}.py"
        file.write_text(CHANGE.format(before=before, operation=operation))
        before = name
    return folder


def test_from_one_version_to_the_next_and_the_one_after_while_people_write(
    host: Host, tmp_path: Path
) -> None:
    next_one = newer(tmp_path / "next", EXPAND)
    one_after = newer(tmp_path / "after", EXPAND, CONTRACT)
    (old,) = host.start("old")
    visitor = host.move_in()
    with Load(visitor, writers=3) as load:
        load.go_on()
        # The next version waits for its tables, and answers nobody until they are there.
        new = host.begin("new", next_one)
        new.wait("the tables are older than this version: run 'secondvoice migrate'")
        assert new.ask("/support/", Host="localhost")[0] == 503
        assert new.ask("/health/")[0] == 200
        assert host.migrate(next_one, "--check")[0] == 1
        status, out, error = host.migrate(next_one)
        assert (status, error) == (0, "")
        assert "1 change was made: records.9001_expand_colour." in out
        assert host.migrate(next_one, "--check")[0] == 0
        new.wait()
        load.go_on()
        assert old.says() == "ready", "what was added is in nobody's way"
        host.proxy.serve_from(old.port, new.port)
        load.go_on()
        assert old.stop() == 0
        load.go_on()
        # The one after takes away what the next one had moved away from: that goes on, too.
        assert host.migrate(one_after)[0] == 0
        load.go_on()
        assert new.says() == "ready"
        assert load.refused() == [], "nobody noticed anything"
    # A replica of the old version, which needs what is gone, takes no requests.
    late = host.begin("late")
    late.wait("the tables are newer than this version can use: run the newer one")
    assert late.ask("/support/", Host="localhost")[0] == 503
    host.proxy.serve_from(new.port)
    all_there(host, visitor, load)


def test_of_two_who_migrate_at_once_one_waits(empty_host: Host) -> None:
    begun = [empty_host.migrating() for _ in range(3)]
    said = [each.communicate(timeout=ENOUGH) for each in begun]
    assert [each.returncode for each in begun] == [0, 0, 0], said
    made = [out for out, _ in said if "were made" in out]
    assert len(made) == 1
    assert "records.0001_initial" in made[0]
    assert sum("as this version needs it" in out for out, _ in said) == 2


def test_a_change_that_waits_for_a_table_lets_others_pass(host: Host, tmp_path: Path) -> None:
    next_one = newer(tmp_path / "next", EXPAND)
    host.start("old")
    visitor = host.move_in()
    write_down(visitor, "zqbefore")
    with psycopg.connect(host.url) as other:
        # Somebody looks at the table and does not end, as a slow report or a backup does.
        other.execute("SELECT count(*) FROM records_record")
        begun = host.migrating(next_one)
        assert begun.stdout is not None
        assert begun.stdout.readline().startswith("A table is in use.")
        write_down(visitor, "zqmeanwhile")
        # Killed while it waits, it leaves nothing behind.
        begun.kill()
        begun.communicate(timeout=ENOUGH)
        again = host.migrating(next_one)
        assert again.stdout is not None
        assert again.stdout.readline().startswith("A table is in use.")
    out, error = again.communicate(timeout=ENOUGH)
    assert (again.returncode, error) == (0, "")
    assert "1 change was made" in out
    write_down(visitor, "zqafter")


def test_an_older_program_leaves_newer_tables_alone(host: Host, tmp_path: Path) -> None:
    next_one = newer(tmp_path / "next", EXPAND)
    assert host.migrate(next_one)[0] == 0
    status, out, _ = host.migrate()
    assert (status, out) == (0, "The database is as this version needs it.\n")
    assert ("colour",) in host.sql(
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'records_record'"
    )


def test_a_database_that_is_not_there_is_said(host: Host) -> None:
    with host.database_away():
        began = time.monotonic()
        status, out, error = host.migrate()
    assert (status, out) == (1, "")
    assert error.startswith("The database cannot be reached")
    assert error.count("\n") == 1
    assert time.monotonic() - began < ENOUGH
    assert until(lambda: host.migrate()[0] == 0, seconds=ENOUGH)
