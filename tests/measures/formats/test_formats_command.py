"""``secondvoice measures export``, ``import`` and ``convert``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from secondvoice import measures
from secondvoice.measures import formats
from tests.site.running import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.measures.conftest import Changing


def test_a_measure_goes_out_and_comes_in_as_a_draft(tmp_path: Path) -> None:
    form, draft = tmp_path / "scs-sf.json", tmp_path / "scs-sf"
    done = run("measures", "export", "scs-sf", "--as", "fhir", "--out", form)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == f"scs-sf is in {form}.\n"
    assert form.read_text("utf-8") == formats.exported(measures.instrument("scs-sf"), "fhir")

    done = run("measures", "import", form, "--as", "fhir", "--out", draft)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines() == [
        f"12 questions are in {draft}, unverified.",
        f"'secondvoice measures validate {draft}' says what is still missing.",
    ]
    assert sorted(path.name for path in draft.iterdir()) == ["NOTICE", "instrument.toml"]
    done = run("measures", "validate", draft)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "scs-sf/instrument.toml: checked is missing.",
        "1 problem.",
    ]


@pytest.mark.parametrize("kind", ["reproschema", "csv"])
def test_several_files_go_into_a_new_folder(tmp_path: Path, kind: formats.Kind) -> None:
    out = tmp_path / "out"
    done = run("measures", "export", "gad-7", "--as", kind, "--out", out)
    assert (done.returncode, done.stderr) == (0, b"")
    made = formats.exported(measures.instrument("gad-7"), kind)
    assert isinstance(made, dict)
    found = {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()}
    assert found == made.keys()


def test_answers_are_converted_whole_or_not_at_all(tmp_path: Path) -> None:
    source, target = tmp_path / "answers.csv", tmp_path / "answers.json"
    source.write_text("person,who_5_1\na,3\nb,secret\n", "utf-8")
    command = ("measures", "convert", source, "--of", "who-5", "--from", "csv", "--to", "fhir", "--out", target)  # fmt: skip
    done = run(*command)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == (
        "answers.csv: line 3: who_5_1 is none of the answers. They are: 5, 4, 3, 2, 1, 0, or their "
        "labels.\n"
    )
    assert list(tmp_path.iterdir()) == [source]

    source.write_text("person,who_5_1\na,3\nb,2\n", "utf-8")
    done = run(*command)
    assert done.returncode == 0
    assert done.stdout.decode() == f"2 sheets are in {target}.\n"
    assert done.stderr.decode() == "Whoever has this file can read the answers.\n"
    assert len(json.loads(target.read_text("utf-8"))["entry"]) == 2
    assert target.stat().st_mode & 0o077 == 0

    done = run(*command)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().startswith(f"{target} is there already and was left as it is.")


def test_a_card_and_a_name_that_cannot_be_an_id_are_told(tmp_path: Path) -> None:
    done = run("measures", "export", "brs", "--as", "redcap", "--out", tmp_path / "brs.csv")
    assert done.returncode == 1
    assert done.stderr.decode().startswith("brs is a card")
    done = run("measures", "import", "x.json", "--as", "fhir", "--out", tmp_path / "My Scale")
    assert done.returncode == 1
    assert "Call it in small letters, digits and hyphens" in done.stderr.decode()
    assert list(tmp_path.iterdir()) == []


def test_a_measure_in_a_folder_of_ones_own_can_be_exported(tmp_path: Path, copies: Path) -> None:
    out = tmp_path / "own.csv"
    done = run("measures", "export", copies / "who-5", "--as", "redcap", "--out", out)
    assert (done.returncode, done.stderr) == (0, b"")
    assert out.read_bytes().startswith(b"Variable / Field Name,")


def test_a_draft_that_is_called_like_ours_is_not_taken_for_it(
    copies: Path, changed: Changing, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed("who-5", ("most = 100", "most = 25"))
    monkeypatch.chdir(copies)
    done = run("measures", "export", "who-5", "--as", "fhir", "--out", "ours.json")
    assert (done.returncode, done.stderr) == (0, b"")
    done = run("measures", "export", "./who-5", "--as", "fhir", "--out", "theirs.json")
    assert done.returncode == 1
    assert "least and most have to be 0 and 100" in done.stderr.decode()
