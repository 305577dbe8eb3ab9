"""The documentation: its examples run, its links lead somewhere, its command help is current."""

from __future__ import annotations

import doctest
import re
import shutil
from pathlib import Path

import pytest

from tests.site.running import run

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)(#[^)]*)?\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_examples_give_what_they_show(page: Path) -> None:
    failed, _ = doctest.testfile(
        str(page),
        module_relative=False,
        optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE,
    )
    assert failed == 0


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    text = CODE.sub("", page.read_text("utf-8"))
    missing = [link for link, _ in LINK.findall(text) if not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize(
    "command",
    [
        *(
            "",
            "read",
            "export",
            "backup",
            "restore",
            "import",
            "erase",
            "rekey",
            "doctor",
            "score",
            "group",
            "serve",
            "migrate",
        ),
        *("measures export", "measures import", "measures convert"),
    ],
)
def test_the_command_line_page_names_every_option(command: str) -> None:
    help_text = run(*command.split(), "--help", COLUMNS="88", NO_COLOR="1").stdout.decode()
    page = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    for option in re.findall(r"^  (-[-\w]+|[a-z]+)\b", help_text, re.MULTILINE):
        if option not in {"-h", "COMMAND"}:
            assert f"`{option}" in page, f"{option} of 'secondvoice {command}' is not on the page"


def test_every_setting_of_the_environment_is_on_the_page() -> None:
    page = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    used = set(re.findall(r"[\"'](SECONDVOICE_[A-Z_]+|DATABASE_URL)[\"']", source))
    assert {name for name in used if f"`{name}`" not in page} == set()


def test_every_decision_is_in_the_list() -> None:
    decisions = ROOT / "docs" / "decisions"
    listed = (decisions / "README.md").read_text("utf-8")
    there = {path.name for path in decisions.glob("[0-9]*.md")}
    assert {name for name in there if f"({name})" not in listed} == set()


def test_every_make_target_that_is_named_exists() -> None:
    make = shutil.which("make")
    assert make is not None
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"`make ([a-z-]+)", page.read_text("utf-8")))
        assert named <= targets, page.name
