"""Erasing: the rows are gone, and their bytes are in none of the files of the folder."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Lived
from tests.cli.living import PASSPHRASE, VOICE
from tests.site.running import run

pytestmark = pytest.mark.slow

LOCAL = {"TZ": "Europe/Lisbon"}


def say(*arguments: object) -> tuple[int, str, str]:
    done = run(*arguments, stdin=f"{PASSPHRASE}\n".encode(), **LOCAL)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def erase(lived: Lived, *arguments: object) -> tuple[int, str, str]:
    return say("erase", "--data", lived.data, *arguments)


def sealed(lived: Lived) -> dict[str, bytes]:
    """The sealed bytes of every revision, by when it happened."""
    with contextlib.closing(sqlite3.connect(lived.data / "data.sqlite3")) as database:
        rows = database.execute("SELECT happened_at, sealed FROM records_record ORDER BY id")
        return {when[:10]: bytes(raw) for when, raw in rows if raw}


def on_disk(lived: Lived, raw: bytes) -> list[str]:
    """The files that hold any part of some sealed bytes, cut as SQLite's pages would cut them."""
    parts = [raw[at : at + 24] for at in range(0, len(raw) - 24, 24)]
    return [
        path.name
        for path in sorted(lived.data.rglob("*"))
        if path.is_file()
        and any(part in content for content in [path.read_bytes()] for part in parts)
    ]


def voices(lived: Lived, out: Path) -> list[str]:
    say("export", "--data", lived.data, "--format", "json", "--out", out)
    told = json.loads(out.read_text("utf-8"))["records"]
    return [record["value"]["voice"] for record in told if record["kind"] == "moment"]


def test_one_thing_leaves_no_row_and_no_byte(lived: Lived, tmp_path: Path) -> None:
    raw = sealed(lived)["2026-03-02"]
    assert on_disk(lived, raw) == ["data.sqlite3"]
    out = tmp_path / "e"
    say("export", "--data", lived.data, "--format", "json", "--out", out)
    records = json.loads(out.read_text("utf-8"))["records"]
    thing = next(one["thing"] for one in records if one["value"].get("voice") == VOICE)
    status, said, wrong = erase(lived, "--thing", thing, "--yes")
    assert (status, wrong) == (0, "")
    assert said.startswith("Erased: 1 thing.\n")
    assert on_disk(lived, raw) == []
    assert voices(lived, tmp_path / "after") == ["Naïve. 愚か 🙈"]
    assert say("doctor", "--data", lived.data, "--open")[0] == 0


def test_a_span_of_days_takes_both_of_its_ends(lived: Lived, tmp_path: Path) -> None:
    raw = sealed(lived)
    assert erase(lived, "--from", "2026-03-03", "--to", "2026-03-03", "--yes")[0] == 0
    assert on_disk(lived, raw["2026-03-03"]) == []
    assert on_disk(lived, raw["2026-03-02"]) == ["data.sqlite3"]
    assert voices(lived, tmp_path / "e") == [VOICE]


def test_what_was_deleted_is_erased_too_and_choices_stay(lived: Lived, tmp_path: Path) -> None:
    assert erase(lived, "--from", "2020-01-01", "--to", "2099-12-31", "--yes")[0] == 0
    with contextlib.closing(sqlite3.connect(lived.data / "data.sqlite3")) as database:
        assert database.execute("SELECT kind FROM records_record").fetchall() == [("settings",)]
        assert database.execute("SELECT kind FROM records_head").fetchall() == [("settings",)]
    assert voices(lived, tmp_path / "e") == []


def test_everything_goes_with_the_keys(lived_by_device: Lived) -> None:
    lived = lived_by_device
    raw = list(sealed(lived).values())
    with contextlib.closing(sqlite3.connect(lived.data / "data.sqlite3")) as database:
        (wrapped,) = database.execute("SELECT wrapped FROM records_keywrap").fetchone()
    status, said, _ = erase(lived, "--everything", "--yes")
    assert (status, said.startswith(f"Everything in {lived.data} is erased")) == (0, True)
    assert [on_disk(lived, one) for one in (*raw, bytes(wrapped))] == [[]] * (len(raw) + 1)
    assert not (lived.data / "device.key").exists()
    with contextlib.closing(sqlite3.connect(lived.data / "data.sqlite3")) as database:
        for table in ("person", "keywrap", "record", "head"):
            assert database.execute(f"SELECT count(*) FROM records_{table}").fetchone() == (0,)


def test_what_backups_still_hold_is_said_and_they_go_when_asked(lived: Lived) -> None:
    folder = lived.data / "backups"
    folder.mkdir()
    say("backup", "--data", lived.data, "--out", folder / "automatic-20260304T120000Z.zip")
    span = ("--from", "2026-03-02", "--to", "2026-03-02", "--yes")
    _, said, _ = erase(lived, *span)
    assert f"1 backups in {folder} still hold it, sealed" in said
    assert "Backups and exports that you put elsewhere are as they were." in said
    _, said, _ = erase(lived, *span, "--backups-too")
    assert f"1 backup in {folder} went, too." in said
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Say what to erase: "),
        (("--everything", "--from", "2026-03-01", "--to", "2026-03-02"), "Say what to erase: "),
        (("--from", "2026-03-01"), "A span of time has two ends"),
        (("--from", "1 March", "--to", "2026-03-02"), "A day is written as 2026-03-31."),
        (("--thing", "x"), "That is no id."),
        (("--thing", "01a21bc9-c98f-7761-b6cd-f83a034c4887"), "There is nothing with that id."),
        (("--everything",), "Everything will be erased, and the keys to it. Nothing was erased"),
        (("--from", "2026-03-01", "--to", "2026-03-02"), "1 thing will be erased. Nothing was"),
    ],
)
def test_nothing_is_erased_that_was_not_meant(
    lived: Lived, arguments: tuple[str, ...], sentence: str
) -> None:
    before = sealed(lived)
    status, said, wrong = erase(lived, *arguments)
    assert (status, said, wrong.startswith(sentence)) == (1, "", True), wrong
    assert sealed(lived) == before


def test_a_wrong_passphrase_erases_nothing(lived: Lived) -> None:
    before = sealed(lived)
    done = run(
        "erase", "--data", lived.data, "--from", "2026-03-01", "--to", "2026-03-09", "--yes",
        stdin=b"wrong words\n",
    )  # fmt: skip
    assert done.returncode == 1
    assert sealed(lived) == before
