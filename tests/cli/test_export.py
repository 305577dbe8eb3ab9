"""Taking everything out: asked for the passphrase, never over another file, whole or not at all."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import stat
from typing import TYPE_CHECKING

import pytest

from tests.cli.living import ANSWER, PASSPHRASE, VOICE
from tests.site.running import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Lived

pytestmark = pytest.mark.slow


def export(
    lived: Lived, out: Path, *arguments: object, passphrase: str = PASSPHRASE, kind: str = "json"
) -> tuple[int, str, str]:
    done = run(
        "export", "--data", lived.data, "--format", kind, "--out", out, *arguments,
        stdin=f"{passphrase}\n".encode(),
    )  # fmt: skip
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_json_holds_everything_that_is_there(lived: Lived, tmp_path: Path) -> None:
    out = tmp_path / "all.json"
    assert export(lived, out) == (
        0,
        f"Everything that opens is in {out}. Whoever has this file can read it.\n",
        "",
    )
    told = json.loads(out.read_text("utf-8"))
    assert (told["format"], told["version"]) == ("secondvoice-export", 1)
    kinds = [record["kind"] for record in told["records"]]
    assert kinds == ["moment", "moment", "settings"]
    assert told["records"][0]["value"]["voice"] == "Naïve. 愚か 🙈"
    first = told["records"][1]
    assert first["happened_at"] == "2026-03-02T14:05:00+00:00"
    assert first["value"]["voice"] == VOICE
    assert first["value"]["name_it"] == ANSWER
    assert first["value"]["look_back_on"] == "2026-03-09"
    assert "deleted words" not in out.read_text("utf-8")


def test_only_its_owner_can_read_the_file(lived: Lived, tmp_path: Path) -> None:
    export(lived, tmp_path / "all.json")
    assert stat.S_IMODE((tmp_path / "all.json").stat().st_mode) == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"all.json", "lived"}


def test_markdown_shows_both_voices_and_when(lived: Lived, tmp_path: Path) -> None:
    out = tmp_path / "all.md"
    assert export(lived, out, kind="markdown")[0] == 0
    text = out.read_text("utf-8")
    head, _, rest = text.partition("\n---\n\n")
    assert head.startswith("---\ntitle: Second Voice\nexported_at: 20")
    assert "\nmoments: 2" in head
    # Lisbon in winter keeps UTC; the oldest comes first.
    assert rest.index("## Monday 2 March 2026, 14:05\n") < rest.index("愚か")
    assert f"**The first voice**\n\n> {VOICE}  \n" in rest
    assert f"**The second voice**\n\n> {ANSWER}  \n>\n> Others miss a day, too.  \n" in rest
    assert "> Go home  \n> # and sleep.  \n" in rest
    assert "How hard: 7 of 10 before, 4 of 10 after." in rest
    assert "**Would I say this to Sam?** No" in rest
    assert "deleted words" not in text


def test_a_file_that_is_there_is_left_as_it_is(lived: Lived, tmp_path: Path) -> None:
    out = tmp_path / "mine"
    out.write_text("mine")
    status, _, said = export(lived, out)
    assert (status, said) == (
        1,
        f"{out} is there already and was left as it is. Choose another name.\n",
    )
    assert out.read_text() == "mine"


def test_a_link_that_leads_nowhere_is_not_followed(lived: Lived, tmp_path: Path) -> None:
    out = tmp_path / "link"
    out.symlink_to(tmp_path / "elsewhere")
    assert export(lived, out)[0] == 1
    assert not (tmp_path / "elsewhere").exists()


def test_a_wrong_passphrase_writes_nothing(lived: Lived, tmp_path: Path) -> None:
    status, out, said = export(lived, tmp_path / "all.json", passphrase="wrong words")
    assert (status, out) == (1, "")
    assert said == "Neither the passphrase nor the recovery code. Nothing was opened; try again.\n"
    assert not (tmp_path / "all.json").exists()


def test_the_recovery_code_opens_too(lived: Lived, tmp_path: Path) -> None:
    assert export(lived, tmp_path / "all.json", passphrase=lived.code)[0] == 0


def test_the_passphrase_can_stand_in_a_file(lived: Lived, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{PASSPHRASE}\nand a note\n")
    status, _, _ = export(
        lived, tmp_path / "all.json", "--passphrase-file", secret, passphrase="not this"
    )
    assert status == 0


def test_records_protected_by_the_account_need_no_passphrase(
    lived_by_device: Lived, tmp_path: Path
) -> None:
    assert export(lived_by_device, tmp_path / "all.json", passphrase="")[0] == 0


def test_a_damaged_record_is_told_of_and_the_rest_is_written(lived: Lived, tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(lived.data / "data.sqlite3")) as database, database:
        database.execute(
            "UPDATE records_record SET sealed = substr(sealed, 1, 40)"
            " WHERE happened_at LIKE '2026-03-03%'"
        )
    status, _, said = export(lived, tmp_path / "all.json")
    assert status == 1
    assert said == (
        "1 record did not open and could not be written. 'secondvoice doctor --open' tells which.\n"
    )
    told = json.loads((tmp_path / "all.json").read_text("utf-8"))
    assert [record["value"].get("voice") for record in told["records"]] == [VOICE, None]


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    done = run("export", "--data", missing, "--format", "json", "--out", tmp_path / "x")
    assert done.returncode == 1
    assert done.stderr.decode().startswith(f"There is nothing in {missing} yet.")
    assert not missing.exists()


def test_a_place_that_cannot_be_written_is_one_sentence(lived: Lived, tmp_path: Path) -> None:
    out = tmp_path / "no" / "such" / "folder.json"
    status, _, said = export(lived, out)
    assert (status, said) == (
        1,
        f"{out} cannot be written (No such file or directory). Choose another place with --out.\n",
    )


@pytest.mark.parametrize("kind", ["json", "markdown"])
def test_exporting_needs_a_format_that_is_known_and_a_name(lived: Lived, kind: str) -> None:
    assert run("export", "--data", lived.data, "--format", kind).returncode == 2
    assert run("export", "--data", lived.data, "--out", "x", "--format", "pdf").returncode == 2
