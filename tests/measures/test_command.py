"""``secondvoice measures``: what is here, line by line, and whether it holds."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from secondvoice import measures
from secondvoice.measures.page import render
from tests.site.running import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.measures.conftest import Changing


def test_the_list_has_a_line_for_each() -> None:
    done = run("measures", "list")
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().splitlines()
    assert [line.split()[0] for line in lines] == list(measures.instruments())
    (scs,) = (line for line in lines if line.startswith("scs "))
    assert "26 questions" in scs
    assert "37 unverified" in scs


def test_one_is_shown_with_its_questions() -> None:
    done = run("measures", "show", "who-5", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == render(measures.instrument("who-5"))


def test_a_name_that_is_not_there_is_told() -> None:
    done = run("measures", "show", "scs-26")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().startswith("There is no measure called scs-26. There are: brs, ")


def test_what_is_here_is_sound() -> None:
    done = run("measures", "validate")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == f"{len(measures.instruments())} instruments are sound.\n"


def test_a_folder_of_ones_own_is_validated(copies: Path, changed: Changing) -> None:
    assert run("measures", "validate", copies / "scs").stdout == b"1 instrument is sound.\n"
    changed("scs", ("may_miss = 1", "may_miss = 7"))
    done = run("measures", "validate", copies)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().splitlines() == [
        "scs/instrument.toml: scores[self_kindness].may_miss has to be from 0 to 4.",
        "1 problem.",
    ]


def test_a_folder_that_is_not_there_or_empty_is_told(tmp_path: Path) -> None:
    for folder, said in ((tmp_path / "no", "there is no such folder"), (tmp_path, "no instrument")):
        done = run("measures", "validate", folder)
        assert done.returncode == 1
        assert said in done.stderr.decode()


def test_measures_load_without_the_web_framework() -> None:
    code = (
        "import sys, secondvoice.measures, secondvoice.measures.page, secondvoice.commands.measures;"
        "secondvoice.measures.instruments();"
        "print([m for m in sys.modules if m.split('.')[0] in {'django', 'csp', 'cryptography'}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")
