"""Folders of instruments that a test may change."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from pathlib import Path


class Changing(Protocol):
    """Copies an instrument and changes its file: each piece of text for another."""

    def __call__(self, name: str, *changes: tuple[str, str]) -> Path: ...


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """A copy of all the instruments."""
    with as_file(files("secondvoice.measures").joinpath("instruments")) as source:
        return shutil.copytree(source, tmp_path / "instruments")


@pytest.fixture
def changed(copies: Path) -> Changing:
    """``changed("scs", ("old", "new"))``: the folder of a copy that differs in that."""

    def change(name: str, *changes: tuple[str, str]) -> Path:
        path = copies / name / "instrument.toml"
        text = path.read_text("utf-8")
        for old, new in changes:
            assert old in text, f"{old!r} is not in the file any more"
            text = text.replace(old, new, 1)
        path.write_text(text, "utf-8")
        return copies / name

    return change
