"""The rules of the house that no tool keeps by itself."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"

WEB = {"allauth", "django", "django_htmx", "django_scopes", "csp", "whitenoise"}
WEB_NAMES = {
    "models", "views", "urls", "forms", "apps", "admin", "templatetags", "management",
    "migrations", "middleware", "sessions", "context_processors", "settings", "wsgi", "checks",
    # The accounts' library calls so what a site does otherwise than it.
    "adapter",
}  # fmt: skip
"""Django's own names: a module, or a package round it, that is called so may import Django."""

LONGEST_FILE = 600
MOST_DEPENDENCIES = 15

# What a lock file, an error message or a slip of copy and paste would carry in.
INDEX_ADDRESSES = re.compile(
    r"https?://[^\s\"'`)>]*(?:/simple\b|pypi\.|pythonhosted|npmjs|/artifactory|/nexus|devpi)"
    r"|(?:--(?:extra-)?index-url|--find-links|registry)[ =:]+\S*://",
    re.IGNORECASE,
)
# Somebody's own folder, or wherever this very checkout lies.
OTHER_MACHINES = re.compile(rf"/(?:home|Users)/\w+/|{re.escape(str(ROOT))}\b|/ro[o]t/")
GENERATED = {"LICENSE"}


@cache
def committed() -> tuple[Path, ...]:
    """Every file that is or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.fail("These checks look at what git knows of; run them in a clone.")
    names = listed.stdout.decode().split("\0")[:-1]
    return tuple(path for name in sorted(names) if (path := ROOT / name).is_file())


@cache
def texts() -> dict[str, str]:
    """The committed files that are text, by their name."""
    found = {}
    for path in committed():
        raw = path.read_bytes()
        if b"\0" not in raw[:8192]:
            found[path.relative_to(ROOT).as_posix()] = raw.decode("utf-8")
    return found


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    """The first part of the name of everything that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(str(node.module).split(".")[0])
    return found


def test_only_modules_with_djangos_own_names_import_django() -> None:
    others = [
        path.relative_to(SOURCE).as_posix()
        for path in modules()
        if not WEB_NAMES & {*path.relative_to(SOURCE).with_suffix("").parts}
        and WEB & imported(path)
    ]
    assert others == []


def test_the_pure_parts_load_without_the_web_framework() -> None:
    code = (
        "import sys, secondvoice.reader, secondvoice.vault, secondvoice.records,"
        "secondvoice.moments.record, secondvoice.people.keys, secondvoice.site.serve;"
        f"print(sorted({WEB!r} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_every_module_has_a_sentence_about_it() -> None:
    silent = [
        path.relative_to(SOURCE).as_posix()
        for path in modules()
        if "migrations" not in path.parts
        and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_no_file_of_code_is_too_long_to_read() -> None:
    long = {
        name: lines
        for name, text in texts().items()
        if name.endswith((".py", ".js", ".css", ".html", ".sh"))
        and "/vendor/" not in name
        and (lines := text.count("\n")) >= LONGEST_FILE
    }
    assert long == {}


def test_no_file_names_a_package_index_or_a_machine() -> None:
    here = Path(__file__).relative_to(ROOT).as_posix()
    found = {
        name: match.group()
        for name, text in texts().items()
        if name != here and "/vendor/" not in name
        for pattern in (INDEX_ADDRESSES, OTHER_MACHINES)
        if (match := pattern.search(text))
    }
    assert found == {}


def test_every_locked_package_has_its_hashes() -> None:
    for name in ("run", "dev"):
        lock = (ROOT / "requirements" / f"{name}.txt").read_text()
        entries = re.split(r"\n(?=\S)", lock.strip())
        assert len(entries) > 10
        for entry in entries:
            assert re.match(r"[a-z0-9.-]+==\S+( ;.*)? \\\n", entry), entry.splitlines()[0]
            assert "--hash=sha256:" in entry


def test_the_tests_need_what_the_program_needs_and_more() -> None:
    """One install of ``dev.txt`` serves ``make run`` too.

    On which systems a package is needed may differ: the tests may need it on one more.
    """
    locked = {
        name: set(
            re.split(r"\n(?=\S)", (ROOT / "requirements" / f"{name}.txt").read_text().strip())
        )
        for name in ("run", "dev")
    }
    run, dev = (
        {re.sub(r"( ;.*)? \\\n", "\n", each) for each in locked[name]} for name in ("run", "dev")
    )
    assert run <= dev


def test_few_direct_dependencies() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert len(project["dependencies"]) <= MOST_DEPENDENCIES


def test_no_page_carries_script_or_style_in_itself() -> None:
    """The content security policy refuses them, so one that is there does nothing."""
    inline = re.compile(
        r"<style\b|<script(?![^>]*\bsrc=)[^>]*>|\sstyle=[\"']|\son[a-z]+=[\"']|javascript:",
        re.IGNORECASE,
    )
    found = {
        name: match.group()
        for name, text in texts().items()
        if name.startswith("src/") and name.endswith(".html") and (match := inline.search(text))
    }
    assert found == {}


def test_nothing_a_person_wrote_is_put_in_the_browsers_storage() -> None:
    stores = re.compile(r"\b(?:localStorage|sessionStorage|indexedDB|document\.cookie)\b")
    found = {
        name: match.group()
        for name, text in texts().items()
        if name.startswith("src/") and name.endswith((".js", ".html"))
        if (match := stores.search(text))
    }
    # How it should sound, and where in a practice one is. tests/browser/test_player.py looks into it.
    assert found == {
        "src/secondvoice/site/static/js/player.js": "sessionStorage",
        "src/secondvoice/site/static/js/sound.js": "localStorage",
        # Sealed; tests/browser/test_pocket_sealed.py looks through the browser's profile.
        "src/secondvoice/site/static/js/waiting.js": "indexedDB",
        # Two letters of a country, by one touch (0022). tests/browser/test_country.py looks at them.
        "src/secondvoice/site/static/js/country.js": "document.cookie",
    }


def test_no_page_asks_another_origin_for_anything() -> None:
    asks = re.compile(
        r"\b(?:src|action|srcset|poster)=[\"']?(?:https?:)?//|@import|url\(['\"]?(?:https?:)?//"
    )
    found = {
        name: match.group()
        for name, text in texts().items()
        if name.startswith("src/")
        and name.endswith((".html", ".css"))
        and (match := asks.search(text))
    }
    assert found == {}
