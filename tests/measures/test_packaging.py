"""A packager leaves out what is not free with one option, and the program works without it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = "secondvoice/measures/instruments"


def build(where: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(where)],
        cwd=ROOT,
        env=os.environ | changes,
        capture_output=True,
        text=True,
        check=False,
    )


def wheel(where: Path, **changes: str) -> zipfile.ZipFile:
    done = build(where, **changes)
    assert done.returncode == 0, done.stderr
    (built,) = where.glob("*.whl")
    return zipfile.ZipFile(built)


def test_every_instrument_is_in_the_package_once(tmp_path: Path) -> None:
    with wheel(tmp_path) as built:
        names = sorted(name for name in built.namelist() if name.startswith(FOLDER))
    source = ROOT / "src" / FOLDER
    there = sorted(
        path.relative_to(ROOT / "src").as_posix() for path in source.rglob("*") if path.is_file()
    )
    assert names == there


def test_one_option_leaves_who_5_out_and_the_rest_works(tmp_path: Path) -> None:
    with wheel(tmp_path, SECONDVOICE_WITHOUT="who-5") as built:
        assert not [name for name in built.namelist() if "who-5" in name]
        assert f"{FOLDER}/scs/instrument.toml" in built.namelist()
        built.extractall(tmp_path / "installed")
    done = subprocess.run(
        [sys.executable, "-m", "secondvoice", "measures", "list"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "who-5" not in done.stdout
    assert "scs-sf" in done.stdout


@pytest.mark.parametrize("option", ["who5", "who-5, nothing"])
def test_a_slip_in_the_option_stops_the_build(tmp_path: Path, option: str) -> None:
    done = build(tmp_path, SECONDVOICE_WITHOUT=option)
    assert done.returncode != 0
    assert "SECONDVOICE_WITHOUT names what is not there" in done.stderr
    assert list(tmp_path.glob("*.whl")) == []
