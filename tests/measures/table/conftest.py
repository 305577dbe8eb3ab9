"""Files of answers to the PHQ-4, and what scoring them says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from secondvoice import measures
from secondvoice.measures.table.files import Counts, score_file

HEAD = "id,phq_4_1,phq_4_2,phq_4_3,phq_4_4,note\n"


class Desk:
    """A folder in which a file is scored."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.slips: list[str] = []

    def put(self, content: str | bytes, name: str = "answers.csv") -> Path:
        """Write a file."""
        file = self.folder / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def score(self, file: Path, out: str = "scores.csv", **options: Any) -> Counts:
        """Score it, and hear of every slip."""
        return score_file(
            measures.instrument("phq-4"),
            file,
            self.folder / out,
            tell=lambda slip: self.slips.append(str(slip)),
            **options,
        )

    def lines(self, name: str = "scores.csv") -> list[str]:
        """The lines of what was written."""
        return (self.folder / name).read_text("utf-8").splitlines()

    def names(self) -> set[str]:
        """Every file that is there, hidden ones too."""
        return {path.name for path in self.folder.iterdir()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty folder."""
    return Desk(tmp_path)
