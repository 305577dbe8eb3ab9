"""Front-end files are what their packages published, and the script that fetches them sees it."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import tarfile
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from scripts import vendor

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES = tomllib.loads(vendor.LIST.read_text(encoding="utf-8"))["package"]


def archive(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A project folder of its own, and an npm that always hands out the same archive."""
    content = archive({"dist/a.js": b"a", "LICENSE": b"free"})
    (tmp_path / "archive").write_bytes(content)
    npm = tmp_path / "bin" / "npm"
    npm.parent.mkdir()
    npm.write_text(f'#!/bin/sh\nfor last; do :; done\ncp "{tmp_path}/archive" "$last/a.tgz"\n')
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{npm.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(vendor, "ROOT", tmp_path)
    monkeypatch.setattr(vendor, "LOCK", tmp_path / "vendor.lock")
    monkeypatch.setattr(vendor, "OWNED", (tmp_path / "out",))
    digest = base64.b64encode(hashlib.sha512(content).digest()).decode()
    return {
        "name": "a",
        "version": "1.0.0",
        "integrity": f"sha512-{digest}",
        "files": {"dist/a.js": "out/a.js", "LICENSE": "out/LICENSE-a.txt"},
    }


def test_what_is_committed_is_what_was_pinned() -> None:
    assert vendor.differences(PACKAGES) == []


def test_every_package_comes_with_its_licence() -> None:
    for package in PACKAGES:
        assert "LICENSE" in package["files"], package["name"]


def test_a_package_as_pinned_is_written_and_locked(shop: dict[str, Any], tmp_path: Path) -> None:
    vendor.fetch_all([shop])
    assert (tmp_path / "out/a.js").read_bytes() == b"a"
    assert vendor.differences([shop]) == []


def test_another_package_under_the_same_version_is_refused(
    shop: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "archive").write_bytes(archive({"dist/a.js": b"other", "LICENSE": b""}))
    with pytest.raises(vendor.VendorError, match="not what was pinned"):
        vendor.fetch_all([shop])
    assert not (tmp_path / "out").exists()


def test_a_file_that_the_package_lacks_is_named(shop: dict[str, Any]) -> None:
    shop["files"]["dist/b.js"] = "out/b.js"
    with pytest.raises(vendor.VendorError, match=r"no file dist/b\.js"):
        vendor.fetch_all([shop])


def test_a_changed_a_missing_and_an_unknown_file_are_seen(
    shop: dict[str, Any], tmp_path: Path
) -> None:
    vendor.fetch_all([shop])
    (tmp_path / "out/a.js").write_bytes(b"b")
    (tmp_path / "out/LICENSE-a.txt").unlink()
    (tmp_path / "out/stray.js").write_bytes(b"")
    problems = " ".join(vendor.differences([shop]))
    assert "out/a.js was changed" in problems
    assert "out/LICENSE-a.txt is missing" in problems
    assert "out/stray.js is here" in problems
