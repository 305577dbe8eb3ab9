"""A finished file gets its name once, on any disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondvoice.newfiles import HIDDEN, new_file, put_new


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


@pytest.mark.parametrize("nameless", [True, False], ids=["Linux", "a network disk"])
def test_a_file_in_the_making_is_seen_by_nobody_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nameless: bool
) -> None:
    if not nameless:
        monkeypatch.setattr("secondvoice.newfiles._nameless", lambda _folder: None)
    target = tmp_path / "scores.csv"
    with new_file(target) as path:
        path.write_bytes(b"whole")
        names = [one.name for one in tmp_path.iterdir()]
        assert not names if nameless else names[0].startswith(HIDDEN)
    assert target.read_bytes() == b"whole"
    assert target.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError), new_file(target) as path:
        path.write_bytes(b"another")
    assert target.read_bytes() == b"whole"
    with new_file(target, over=True) as path:
        path.write_bytes(b"another")
    assert target.read_bytes() == b"another"
    with pytest.raises(ZeroDivisionError), new_file(target, over=True) as path:
        path.write_bytes(b"half" * (1 // 0))
    assert target.read_bytes() == b"another"
    assert [one.name for one in tmp_path.iterdir()] == ["scores.csv"]
