"""Tokens: each lets in once, and tells nobody anything."""

from __future__ import annotations

import stat
import subprocess
import sys
from typing import TYPE_CHECKING

from secondvoice.site.frontdoor import address, forget_tokens, make_token, use_token

if TYPE_CHECKING:
    from pathlib import Path


def test_a_token_works_once(tmp_path: Path) -> None:
    token = make_token(tmp_path)
    assert use_token(tmp_path, token)
    assert not use_token(tmp_path, token)


def test_a_token_works_once_however_many_ask(tmp_path: Path) -> None:
    token = make_token(tmp_path)
    code = (
        "import sys, pathlib; from secondvoice.site.frontdoor import use_token;"
        "sys.stdin.readline(); print(use_token(pathlib.Path(sys.argv[1]), sys.argv[2]))"
    )
    asking = [
        subprocess.Popen(
            [sys.executable, "-c", code, tmp_path, token],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    answers = [process.communicate("go\n")[0].strip() for process in asking]
    assert sorted(answers) == ["False", "False", "False", "True"]


def test_what_was_never_a_token_lets_nobody_in(tmp_path: Path) -> None:
    token = make_token(tmp_path)
    for wrong in ("", token[:-1], token + "x", "../tokens", "\ud800", "x" * 100_000):
        assert not use_token(tmp_path, wrong)
    assert use_token(tmp_path, token)


def test_tokens_end_with_the_run(tmp_path: Path) -> None:
    token = make_token(tmp_path)
    forget_tokens(tmp_path)
    assert not use_token(tmp_path, token)
    forget_tokens(tmp_path)


def test_the_folder_does_not_hold_the_token(tmp_path: Path) -> None:
    token = make_token(tmp_path)
    (kept,) = (tmp_path / "tokens").iterdir()
    assert token not in kept.name
    assert kept.read_bytes() == b""
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_the_address_is_on_the_loopback(tmp_path: Path) -> None:
    token = make_token(tmp_path)
    assert address(8123, token) == f"http://127.0.0.1:8123/enter/?key={token}"
    assert len(token) == 43
