"""Folders in which somebody lives, for the commands that look into them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.site.running import environment

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Lived:
    """A data folder with somebody's records, and their recovery code."""

    data: Path
    code: str

    def copy(self, to: Path) -> Lived:
        return Lived(Path(shutil.copytree(self.data, to)), self.code)


def move_in(data: Path, *arguments: str) -> Lived:
    done = subprocess.run(
        [sys.executable, "-m", "tests.cli.living", *arguments],
        cwd=ROOT,
        env=environment(SECONDVOICE_DATA=str(data)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Lived(data, done.stdout.strip())


@pytest.fixture(scope="session")
def _lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    return move_in(tmp_path_factory.mktemp("lived") / "d")


@pytest.fixture(scope="session")
def _lived_by_device(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    return move_in(tmp_path_factory.mktemp("lived") / "d", "device")


@pytest.fixture
def lived(_lived: Lived, tmp_path: Path) -> Lived:
    return _lived.copy(tmp_path / "lived")


@pytest.fixture
def lived_by_device(_lived_by_device: Lived, tmp_path: Path) -> Lived:
    return _lived_by_device.copy(tmp_path / "lived")
