"""``secondvoice read --files``: a folder of journals, one reading a file."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from pathlib import Path

from secondvoice.reader import read
from tests.site.running import command, environment, run

HARSH = "I'm such an idiot, everyone else manages."
PLAIN = "Walked to the shop. It rained a little."


def journal(folder: Path) -> Path:
    (folder / "2025").mkdir()
    (folder / "2025" / "b.md").write_text(f"{PLAIN}\n\n{HARSH}\n", "utf-8")
    (folder / "a.txt").write_bytes(b"\xef\xbb\xbf" + PLAIN.encode())
    (folder / "photo.png").write_bytes(b"\x89PNG")
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "c.md").write_text(HARSH, "utf-8")
    return folder


def test_every_text_of_a_folder_is_read_and_nothing_else(tmp_path: Path) -> None:
    done = run("read", "--json", "--files", str(journal(tmp_path)))
    assert (done.returncode, done.stderr) == (0, b"")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(row.pop("file")).name for row in rows] == ["b.md", "a.txt"]
    assert rows == [read(f"{PLAIN}\n\n{HARSH}\n").to_dict(), read(PLAIN).to_dict()]


def test_a_person_is_told_where_something_is_marked(tmp_path: Path) -> None:
    said = run("read", "--files", str(journal(tmp_path))).stdout.decode()
    assert "Something is marked in 1 of 2 paragraphs." in said
    assert "self-judgment: " in said
    assert "isolation: 1, such as 'everyone else manages'" in said
    assert "Nothing in it is marked." in said


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes("schön".encode("latin-1"))
    (tmp_path / "fine.txt").write_text(PLAIN, "utf-8")
    missing = str(tmp_path / "gone.txt")
    done = run("read", "--json", "--files", missing, str(tmp_path))
    assert done.returncode == 1
    assert [Path(json.loads(line)["file"]).name for line in done.stdout.splitlines()] == [
        "fine.txt"
    ]
    told = done.stderr.decode()
    assert "gone.txt: it could not be read" in told
    assert "latin.txt: this is not UTF-8" in told
    assert "sch" not in told


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    done = run("read", "--files", str(tmp_path))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"no file to read" in done.stderr


def test_a_bar_on_the_terminal_says_how_far_it_has_come(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command("read", "--json", "--files", str(journal(tmp_path))),
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=environment(),
    ) as process:
        assert process.stdout is not None
        assert process.stdout.read().count(b"\n") == 2
    os.close(theirs)
    told = os.read(ours, 4096).decode()
    os.close(ours)
    assert "0 of 2" in told
    assert "2 of 2" in told
