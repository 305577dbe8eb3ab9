"""Logs tell where something went wrong, never with whose words."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from secondvoice.site.logs import Wordless, describe
from tests.site.running import Running, run

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "I am such an idiot"


def caught(words: str) -> Exception:
    try:
        raise ValueError(words)
    except ValueError as error:
        return error


def record(name: str, message: str, *args: object, error: Exception | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error is not None else None
    return Wordless().format(
        logging.LogRecord(name, logging.ERROR, __file__, 1, message, args, info)
    )


def test_an_error_is_told_by_its_kind_and_its_line() -> None:
    line = record("secondvoice.records", "A record was not kept", error=caught(WORDS))
    assert line.startswith(
        "ERROR secondvoice.records: A record was not kept: ValueError at site/test_logs.py:"
    )
    assert WORDS not in line


def test_a_message_of_another_library_is_left_out() -> None:
    assert record("django.request", f"Not Found: /{WORDS}") == "ERROR django.request"
    assert record("django.request", "Not Found: %s", WORDS) == "ERROR django.request: Not Found: %s"


def test_an_error_without_a_traceback_can_be_told() -> None:
    assert describe(ValueError(WORDS)) == "ValueError at an unknown place"


@pytest.mark.parametrize("where", ["in the code", "in a library"])
def test_the_place_is_in_our_own_code_where_there_is_any(where: str) -> None:
    from secondvoice.site.config import env_int

    code = env_int if where == "in the code" else int
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECONDVOICE_NUMBER", WORDS)
        with pytest.raises((ValueError, RuntimeError)) as failed:
            code("SECONDVOICE_NUMBER", default=1) if code is env_int else int(WORDS)
    told = describe(failed.value)
    assert WORDS not in told
    assert ("site/config.py:" in told) == (where == "in the code")


def test_a_fault_in_the_command_line_is_told_without_its_words() -> None:
    done = run("manage", "loaddata", WORDS, SECONDVOICE_DATA="/dev/null/nowhere")
    assert done.returncode == 1
    assert WORDS.encode() not in done.stderr


def test_a_page_that_is_not_there_leaves_no_trace_of_what_was_asked(tmp_path: Path) -> None:
    from tests.site.running import Visitor

    with Running(tmp_path / "d") as running:
        visitor = Visitor()
        visitor.get(running.address)
        asked = WORDS.replace(" ", "-")
        visitor.get(f"{running.origin}/nothing/{asked}/?q={asked}")
        visitor.get(f"{running.origin}/", Host=asked)
        _, out, error = running.stop()
    assert asked not in out + error
