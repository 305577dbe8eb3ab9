"""A copy in one file: made, looked at, put back; never over records without keeping them."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import stat
import uuid
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Lived
from tests.cli.living import PASSPHRASE, VOICE
from tests.site.running import Running, run

pytestmark = pytest.mark.slow


def say(*arguments: object, stdin: str = "") -> tuple[int, str, str]:
    done = run(*arguments, stdin=stdin.encode())
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def backup(lived: Lived, out: Path, *arguments: object) -> tuple[int, str, str]:
    return say("backup", "--data", lived.data, "--out", out, *arguments)


def opens(data: Path) -> bool:
    status, said, _ = say("doctor", "--data", data, "--open", stdin=f"{PASSPHRASE}\n")
    return status == 0 and said.endswith("well  Every record opens.\n")


def words(data: Path, out: Path) -> list[str]:
    """What the first voice said in each moment, newest first."""
    status, _, said = say(
        "export", "--data", data, "--format", "json", "--out", out, stdin=f"{PASSPHRASE}\n"
    )
    assert status == 0, said
    records = json.loads(out.read_text("utf-8"))["records"]
    return [record["value"]["voice"] for record in records if record["kind"] == "moment"]


def repacked(file: Path, **changes: bytes) -> None:
    """The same backup with other contents, and the checks of the zip file made anew."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in (parts | changes).items():
            archive.writestr(name, content)


def test_a_backup_says_what_is_in_it_and_is_its_owners_alone(lived: Lived, tmp_path: Path) -> None:
    out = tmp_path / "b.zip"
    status, said, wrong = backup(lived, out)
    assert (status, wrong) == (0, "")
    assert said.startswith(
        f"The backup is {out}, and it is whole. It holds 4 things in 5 revisions"
    )
    assert said.endswith("They open by: passphrase, recovery.\n")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"b.zip", "lived"}
    with zipfile.ZipFile(out) as archive:
        assert sorted(archive.namelist()) == ["README.txt", "data.sqlite3", "manifest.json"]
        manifest = json.loads(archive.read("manifest.json"))
        sealed = archive.read("data.sqlite3")
    assert manifest["counts"] == {"people": 1, "keys": 2, "revisions": 5, "things": 4}
    assert VOICE.encode() not in sealed


def test_it_is_looked_at_without_a_passphrase(lived: Lived, tmp_path: Path) -> None:
    backup(lived, tmp_path / "b.zip")
    shutil.rmtree(lived.data)
    status, said, _ = say("backup", "--verify", tmp_path / "b.zip")
    assert status == 0
    assert said.startswith(f"{tmp_path / 'b.zip'} is whole. It holds 4 things")


def test_in_a_folder_it_gets_a_name_with_the_time(lived: Lived, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert backup(lived, stick)[0] == 0
    (file,) = stick.iterdir()
    assert file.name.startswith("secondvoice-20")
    assert say("backup", "--verify", file)[0] == 0


def test_what_is_there_is_left_as_it_is(lived: Lived, tmp_path: Path) -> None:
    out = tmp_path / "mine"
    out.write_text("mine")
    sentence = f"{out} is there already and was left as it is. Choose another name.\n"
    assert backup(lived, out) == (1, "", sentence)
    assert out.read_text() == "mine"


def test_it_comes_back_in_a_new_folder_with_the_same_words(lived: Lived, tmp_path: Path) -> None:
    backup(lived, tmp_path / "b.zip")
    new = tmp_path / "new" / "folder"
    status, said, _ = say("restore", tmp_path / "b.zip", "--data", new)
    assert (status, said.startswith(f"The backup is in place in {new}.")) == (0, True)
    assert opens(new)
    assert words(new, tmp_path / "new.json") == words(lived.data, tmp_path / "old.json")
    assert stat.S_IMODE((new / "data.sqlite3").stat().st_mode) == 0o600


def test_over_records_only_when_said_and_these_are_kept(lived: Lived, tmp_path: Path) -> None:
    backup(lived, tmp_path / "b.zip")
    with contextlib.closing(sqlite3.connect(lived.data / "data.sqlite3")) as database, database:
        database.execute("DELETE FROM records_head WHERE kind = 'settings'")
    status, _, said = say("restore", tmp_path / "b.zip", "--data", lived.data)
    assert status == 1
    assert said.startswith(f"There are records in {lived.data} already, and they were left")
    assert not (lived.data / "backups").exists()
    assert say("restore", tmp_path / "b.zip", "--data", lived.data, "--replace")[0] == 0
    assert opens(lived.data)
    (kept,) = (lived.data / "backups").iterdir()
    with zipfile.ZipFile(kept) as archive:
        assert json.loads(archive.read("manifest.json"))["counts"]["things"] == 3


def test_records_that_are_damaged_are_kept_as_they_are(lived: Lived, tmp_path: Path) -> None:
    backup(lived, tmp_path / "b.zip")
    database = lived.data / "data.sqlite3"
    raw = bytearray(database.read_bytes())
    raw[8192:40_000] = bytes(40_000 - 8192)
    database.write_bytes(raw)
    status, _, said = backup(lived, tmp_path / "of the damaged.zip")
    assert (status, "is damaged, so no backup was made of it" in said) == (1, True)
    assert not (tmp_path / "of the damaged.zip").exists()
    assert say("restore", tmp_path / "b.zip", "--data", lived.data, "--replace")[0] == 0
    assert opens(lived.data)
    (kept,) = (lived.data / "backups").iterdir()
    assert (kept / "data.sqlite3").read_bytes() == raw


def test_a_backup_that_was_changed_or_cut_off_changes_nothing(lived: Lived, tmp_path: Path) -> None:
    good = tmp_path / "b.zip"
    backup(lived, good)
    with zipfile.ZipFile(good) as archive:
        database = archive.read("data.sqlite3")
        manifest = json.loads(archive.read("manifest.json"))
    bad = tmp_path / "bad.zip"

    def refused(sentence: str) -> None:
        for arguments in (
            ("backup", "--verify", bad),
            ("restore", bad, "--data", lived.data, "--replace"),
        ):
            status, _, said = say(*arguments)
            assert (status, sentence in said) == (1, True), said

    before = (lived.data / "data.sqlite3").read_bytes()
    bad.write_bytes(good.read_bytes()[:-300])
    refused("is damaged or cut off, or is no backup of Second Voice")
    shutil.copy(good, bad)
    one_bit = bytearray(database)
    one_bit[5000] ^= 1
    repacked(bad, **{"data.sqlite3": bytes(one_bit)})
    refused("its database is not the one that was put in")
    shutil.copy(good, bad)
    fewer = manifest | {"counts": manifest["counts"] | {"revisions": 4}}
    repacked(bad, **{"manifest.json": json.dumps(fewer).encode()})
    refused("does not hold what it says it holds")
    shutil.copy(good, bad)
    repacked(bad, **{"manifest.json": b"[]"})
    refused("is no backup of Second Voice")
    bad.write_text("a letter")
    refused("or is no backup of Second Voice")
    assert (lived.data / "data.sqlite3").read_bytes() == before


def test_a_backup_of_a_newer_version_is_left_alone(lived: Lived, tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(lived.data / "data.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('records', '0999_x', '2030')"
        )
    backup(lived, tmp_path / "b.zip")
    status, _, said = say("restore", tmp_path / "b.zip", "--data", tmp_path / "new")
    assert (status, "was made by a newer version" in said) == (1, True)
    assert not (tmp_path / "new" / "data.sqlite3").exists()


def test_a_folder_in_use_is_left_alone(lived: Lived, tmp_path: Path) -> None:
    backup(lived, tmp_path / "b.zip")
    with Running(lived.data):
        status, _, said = say("restore", tmp_path / "b.zip", "--data", lived.data, "--replace")
        assert (status, said.startswith("Second Voice is running on")) == (1, True)


def test_the_accounts_key_is_left_out_and_that_is_said(
    lived_by_device: Lived, tmp_path: Path
) -> None:
    status, said, _ = backup(lived_by_device, tmp_path / "b.zip")
    assert (status, "alone, the backup opens nothing" in said) == (0, True)
    new = tmp_path / "new"
    _, said, _ = say("restore", tmp_path / "b.zip", "--data", new)
    assert f"Put the device.key of that time into {new}; without it nothing can be opened." in said
    shutil.copy(lived_by_device.data / "device.key", new)
    assert opens(new)


def test_with_the_accounts_key_it_opens_by_itself(lived_by_device: Lived, tmp_path: Path) -> None:
    status, said, _ = backup(lived_by_device, tmp_path / "b.zip", "--with-device-key")
    assert (status, "The key to it is inside. Whoever has this file can read it." in said) == (
        0,
        True,
    )
    _, said, _ = say("restore", tmp_path / "b.zip", "--data", tmp_path / "new")
    assert "device.key" not in said
    assert opens(tmp_path / "new")
    assert stat.S_IMODE((tmp_path / "new" / "device.key").stat().st_mode) == 0o600


def test_another_accounts_key_is_never_replaced(lived_by_device: Lived, tmp_path: Path) -> None:
    backup(lived_by_device, tmp_path / "b.zip", "--with-device-key")
    (lived_by_device.data / "device.key").write_bytes(bytes(32))
    status, _, said = say(
        "restore", tmp_path / "b.zip", "--data", lived_by_device.data, "--replace"
    )
    assert (status, "is for other records, and nothing was changed" in said) == (1, True)
    assert (lived_by_device.data / "device.key").read_bytes() == bytes(32)


def test_a_passphrase_is_no_key_file(lived: Lived, tmp_path: Path) -> None:
    status, _, said = backup(lived, tmp_path / "b.zip", "--with-device-key")
    assert (status, said.startswith("There is no device.key in")) == (1, True)


def test_no_session_and_nothing_deleted_from_the_file_is_in_it(
    lived: Lived, tmp_path: Path
) -> None:
    with contextlib.closing(sqlite3.connect(lived.data / "data.sqlite3")) as database, database:
        database.execute("INSERT INTO django_session VALUES ('zqsession', 'zqhalf', '2030-01-01')")
        database.execute(
            "INSERT INTO people_opening (id, session, person_id)"
            " SELECT 'zqopening', 'zqsession', id FROM records_person"
        )
    backup(lived, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        raw = archive.read("data.sqlite3")
    assert b"zqsession" not in raw
    assert b"zqhalf" not in raw


def test_what_lies_open_of_a_plan_is_not_in_it(lived: Lived, tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(lived.data / "data.sqlite3")) as database, database:
        (person,) = database.execute("SELECT id FROM records_person").fetchone()
        row = (person, uuid.uuid4().hex, '["people"]', '{"people": ["zqheron"]}')
        database.execute(
            "INSERT INTO support_openplan (person_id, id, parts, written) VALUES (?, ?, ?, ?)", row
        )
    backup(lived, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert b"zqheron" not in archive.read("data.sqlite3")


def test_a_copy_from_before_a_change_comes_back_too(lived: Lived, tmp_path: Path) -> None:
    copy = tmp_path / "0001-before-records-0002.sqlite3"
    with contextlib.closing(sqlite3.connect(lived.data / "data.sqlite3")) as database:
        database.execute("VACUUM INTO ?", (str(copy),))
    assert say("restore", copy, "--data", tmp_path / "new")[0] == 0
    assert opens(tmp_path / "new")


def test_a_database_server_has_its_own_tools(lived: Lived, tmp_path: Path) -> None:
    done = run("backup", "--out", tmp_path / "b.zip", DATABASE_URL="postgresql:///nothing")
    assert done.returncode == 1
    assert b"whose own tools back it up (pg_dump)" in done.stderr
