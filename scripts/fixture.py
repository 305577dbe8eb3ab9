"""Make a data folder of the program's present version, to be opened by every later one.

``python scripts/fixture.py NAME`` (``make fixture ARGS=NAME``) writes
``tests/keeping/versions/NAME.zip`` and ``NAME.json``; that folder's README says when. It runs with
the Python of the version whose folder is made, so that an older one can be made afterwards.

Everything in it is made up: ``made_up.json`` has the contents, at least one of each kind. It is
kept by the program's own door, then the program itself is started, the diary unlocked and one more
moment written through its pages.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "tests" / "keeping" / "versions"
sys.path.insert(0, str(ROOT))

PASSPHRASE = "heron ladder quiet spoon"
PERSON = UUID("6d3f7a0e-0000-4000-8000-000000000001")
THROUGH_THE_PAGES = "This went through the pages."
LEFT_OUT = {"lock", "running"}
"""Files that are there only while the program runs."""


class CannotMakeError(Exception):
    """Why not: a sentence, with what to do."""


def main(arguments: list[str]) -> int:
    """Make the two folders of one version: one a passphrase opens, one the account does."""
    if len(arguments) != 1 or "/" in arguments[0]:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        make(arguments[0])
    except CannotMakeError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def make(name: str) -> None:
    """Write the fixture ``name``."""
    from tests.keeping.house import house_at

    with tempfile.TemporaryDirectory() as temp, house_at(Path(temp)) as house:
        os.environ["SECONDVOICE_DATA"] = str(house.data)
        os.environ["DJANGO_SETTINGS_MODULE"] = "secondvoice.site.settings"
        os.environ.pop("DATABASE_URL", None)
        code = move_in(house.data)
        with house.start() as server:
            from tests.keeping.house import write_down

            browser = house.come_in(server)
            write_down(browser, THROUGH_THE_PAGES)
            cookies = {cookie.name: cookie.value for cookie in browser.jar}
            if server.stop() != 0:
                raise CannotMakeError("The program did not stop as it should.")
        told = {
            "passphrase": PASSPHRASE,
            "code": code,
            "cookies": cookies,
            "form": form(),
            "export": exported(),
        }
        close()
        pack(house.data, FIXTURES / f"{name}.zip")
        shutil.rmtree(house.data / "backups", ignore_errors=True)
        give_to_account(house.data)
        pack(house.data, FIXTURES / f"{name}-account.zip")
        write(FIXTURES / f"{name}.json", told)
    print(f"{name}: {len(told['export'])} things of {len(told['form']['kinds'])} kinds.")


def move_in(data: Path) -> str:
    """Fill the folder ``data`` by the program's own door; the recovery code."""
    from secondvoice.site.datafolder import make_folder
    from secondvoice.site.management.prepare import prepare

    make_folder(data)
    prepare(data)

    from secondvoice.people.keys import first_keys_with_passphrase
    from secondvoice.records.models import create_person
    from secondvoice.vault import KdfParams, make_recovery_code

    code = make_recovery_code()
    # The least work that a passphrase is tried with: the tests open these folders many times.
    data_key, wraps = first_keys_with_passphrase(
        PERSON, PASSPHRASE, code, KdfParams(8 * 1024, 1, 1)
    )
    create_person(PERSON, wraps)
    fill(data_key)
    return code


def give_to_account(data: Path) -> None:
    """Let the diary open by this computer's account and by nothing else."""
    from secondvoice.people.keys import make_device_key, open_with
    from secondvoice.records.models import drop_wrap, person_keys, save_wrap
    from secondvoice.vault.keys import wrap_with_device_key

    data_key = open_with(person_keys(PERSON), "passphrase", PASSPHRASE, person=PERSON)
    save_wrap(PERSON, wrap_with_device_key(data_key, make_device_key(data), person=PERSON))
    for method in ("passphrase", "recovery"):
        drop_wrap(PERSON, method)
    close()


def close() -> None:
    """Let go of the database, so that its file is whole."""
    from django.db import connections

    connections.close_all()


def fill(data_key: bytes) -> None:
    """Keep what is made up, as far as this version knows it."""
    from datetime import datetime

    from secondvoice.records import kinds
    from secondvoice.records.models import Door

    door = Door(PERSON, data_key)
    made_up = json.loads((FIXTURES / "made_up.json").read_text())
    known = kinds.registered()
    unsaid = set(known) - {row["kind"] for row in made_up}
    if unsaid:
        raise CannotMakeError(
            f"Nothing is made up of the kind {', '.join(sorted(unsaid))}. Add a line for it to "
            "tests/keeping/versions/made_up.json."
        )
    last_of: dict[str, Any] = {}
    for row in made_up:
        if row["kind"] not in known:
            continue
        value = kinds.decode(row["kind"], row["version"], json.dumps(row["value"]).encode())
        kept = door.keep(
            value,
            id=UUID(row["id"]),
            thing=UUID(row["thing"]) if "thing" in row else None,
            happened_at=datetime.fromisoformat(row["happened_at"]),
        )
        if row.get("deleted"):
            door.delete(kept.thing, row["kind"])
        last_of[row["kind"]] = kept
    lay_open(last_of)


def lay_open(kept: dict[str, Any]) -> None:
    """Fill the tables of copies that can be read without a key, where this version has them."""
    from datetime import UTC, datetime

    if "reminders" in kept:
        from secondvoice.reminders.endpoints import Browser
        from secondvoice.reminders.models import add_device, follow

        add_device(
            PERSON,
            Browser(
                endpoint="https://push.example.org/made-up",
                public_key=b"\x04" + bytes(range(64)),
                auth=bytes(range(16)),
                opens="http://127.0.0.1:8765",
            ),
        )
        follow(PERSON, kept["reminders"].thing, kept["reminders"].value, datetime.now(UTC))
    if "plan" in kept:
        from secondvoice.support.models import lay_open as lay_plan_open

        lay_plan_open(PERSON, kept["plan"].value, ("people", "lines"))


def exported() -> list[dict[str, Any]]:
    """What this version's own door gives out, in the order of the ids."""
    from secondvoice.people.keys import open_with
    from secondvoice.records.models import Door, person_keys

    data_key = open_with(person_keys(PERSON), "passphrase", PASSPHRASE, person=PERSON)
    return sorted(Door(PERSON, data_key).export(), key=lambda line: str(line["id"]))


def form() -> dict[str, Any]:
    """What the data of this version looks like: if it changes, another fixture is due.

    Returns:
        ``tables``: of each table and index of ours the SQL of SQLite. ``changes``: the migrations
        that led there. ``kinds``: of each kind its version, its fields, and (with those of what is
        within them) a digest of its JSON Schema where this version has one.
    """
    import dataclasses

    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    from secondvoice.records import kinds

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL "
            "AND tbl_name NOT LIKE 'sqlite%' AND tbl_name NOT LIKE 'django%'"
        )
        tables = dict(sorted(cursor.fetchall()))
    applied = MigrationRecorder(connection).applied_migrations()
    found = {}
    for name, kind in sorted(kinds._KINDS.items()):  # noqa: SLF001 (all that the oldest one has)
        fields = [field.name for field in dataclasses.fields(kind.type)]
        found[name] = {"version": kind.version, "fields": fields, "schema": schema_of(name)}
    return {
        "tables": tables,
        "changes": sorted(f"{app}.{change}" for app, change in applied),
        "kinds": found,
    }


def schema_of(name: str) -> str:
    """A digest of the JSON Schema of a kind; empty where this version makes none."""
    try:
        from secondvoice.records.schema import line_schema
    except ImportError:
        return ""
    for line in line_schema()["oneOf"]:
        if line["properties"].get("kind") == {"const": name}:
            text = json.dumps(line["properties"]["value"], sort_keys=True)
            return hashlib.sha256(text.encode()).hexdigest()[:16]
    raise CannotMakeError(f"The schema of an export does not know the kind {name}.")


def pack(folder: Path, target: Path) -> None:
    """Put the files of ``folder`` into a zip file, but those of a running program."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as packed:
        for file in sorted(folder.rglob("*")):
            within = file.relative_to(folder)
            if file.is_file() and within.parts[0] not in LEFT_OUT:
                packed.writestr(zipfile.ZipInfo(str(within)), file.read_bytes(), zipfile.ZIP_LZMA)


def write(target: Path, told: dict[str, Any]) -> None:
    """Write JSON with one line for each thing and each part of the form."""
    target.write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
