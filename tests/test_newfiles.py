"""A finished file gets its name once, on any disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondvoice.newfiles import put_new


@pytest.mark.parametrize("links", [True, False], ids=["hard links", "a memory stick"])
def test_a_finished_file_gets_its_name_and_never_anothers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:

        def refused(_self: Path, _target: Path) -> None:
            raise PermissionError

        monkeypatch.setattr(Path, "hardlink_to", refused)
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_text("whole", "utf-8")
    put_new(source, target)
    assert target.read_text("utf-8") == "whole"
    source = tmp_path / "another"
    source.write_text("another", "utf-8")
    with pytest.raises(FileExistsError):
        put_new(source, target)
    assert target.read_text("utf-8") == "whole"
