"""The threat model: nobody is left out, and every test that it names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
WHO = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
EXPECTED = [
    *("A thief of the disk", "A thief of a backup", "A thief of the database"),
    *("A curious host", "A malicious host", "The network", "Another user of the machine"),
    *("A partner with the phone", "A stolen session", "A leaked log", "A compelled host"),
]


def functions(path: str) -> set[str]:
    """The tests in a file."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_nobody_is_left_out() -> None:
    assert list(WHO) == EXPECTED


@pytest.mark.parametrize("who", EXPECTED)
def test_for_each_it_says_what_holds_what_does_not_and_what_shows_it(who: str) -> None:
    part = WHO[who]
    for heading in ("**Holds.**", "**Does not hold.**", "**Shown by**"):
        assert part.count(heading) == 1, heading
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", part.split("**Shown by**")[1])
    assert named
    for path, function in named:
        assert function in functions(path), f"{path}::{function} is not there."


def test_nothing_in_it_is_only_planned() -> None:
    assert not re.search(r"\b(to do|todo|planned|will be)\b", PAGE, re.IGNORECASE)


ASVS = (ROOT / "docs" / "asvs.md").read_text("utf-8")
LINES = re.findall(r"^\| (\d+\.\d+\.\d+) \| (.+?) \| (.*?) \| (.*) \|$", ASVS, re.MULTILINE)


def test_the_checklist_says_which_version_and_that_its_numbers_are_from_memory() -> None:
    assert "Version 4.0.3" in ASVS
    assert "from memory" in ASVS
    numbers = [number for number, *_ in LINES]
    assert len(numbers) == len(set(numbers)) > 70
    assert numbers == sorted(numbers, key=lambda number: [int(n) for n in number.split(".")])


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
def test_each_line_is_judged_and_what_it_names_is_there(line: tuple[str, ...]) -> None:
    _, _, judged, how = line
    assert judged in {"yes", "partly", "no"}
    assert how
    for path, function in re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", how):
        assert function in functions(path), f"{path}::{function} is not there."
    paths = re.findall(r"`((?:src/|tests/|pyproject)[\w/.]*)(?:::\w+)?`", how)
    paths += [f"docs/{path}" for path in re.findall(r"\]\(([\w/.-]+)", how)]
    for path in paths:
        assert (ROOT / path).is_file(), path
    assert paths or judged == "no", "Nothing shows it."


RELIABILITY = (ROOT / "docs" / "reliability.md").read_text("utf-8")
SHOWN = RELIABILITY.split("## Shown by")[1]
ROWS = re.findall(r"^\| (.+?) \| (`.+`) \|$", SHOWN, re.MULTILINE)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_what_shows_that_nothing_is_lost_is_there(row: tuple[str, str]) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`", row[1])
    assert named, row[0]
    for path, function in named:
        assert (ROOT / path).is_file(), path
        assert not function or function in functions(path), f"{path}::{function} is not there."


def test_every_row_of_that_table_is_looked_at() -> None:
    assert len(ROWS) == SHOWN.count("\n| ") - 2 > 12
