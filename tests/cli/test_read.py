"""``secondvoice read``: readings for programs and for people, without the web framework."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from secondvoice.reader import read
from tests.site.running import command, environment, run

HARSH = "I messed up the report again. I'm such an idiot, everyone else manages."


def test_json_is_the_reading_itself() -> None:
    done = run("read", "--json", "-", stdin=f"{HARSH}\n".encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == read(HARSH).to_dict()
    assert done.stdout.count(b"\n") == 1


def test_the_text_may_stand_in_the_arguments() -> None:
    assert run("read", "--json", HARSH).stdout == run("read", "--json", stdin=HARSH.encode()).stdout


def test_what_was_asked_for_reaches_the_reader() -> None:
    done = run("read", "--json", "--voice", "answer", "--friend", "Ana", HARSH)
    assert json.loads(done.stdout) == read(HARSH, voice="answer", friend="Ana").to_dict()


def test_only_the_line_break_at_the_end_is_not_part_of_the_words() -> None:
    for given, text in (("a\n", "a"), ("a\n\n", "a\n"), ("a\r\n", "a"), (" a", " a"), ("", "")):
        done = run("read", "--json", stdin=given.encode())
        assert json.loads(done.stdout)["text"] == text


def test_one_reading_a_line() -> None:
    given = "I'm an idiot.\r\n\nJe ne sais pas.\u2028x\n愚か 🙈"
    done = run("read", "--json", "--lines", stdin=given.encode())
    readings = [json.loads(line) for line in done.stdout.decode().split("\n")[:-1]]
    assert [reading["text"] for reading in readings] == [
        "I'm an idiot.", "", "Je ne sais pas.\u2028x", "愚か 🙈",
    ]  # fmt: skip


def test_lines_are_answered_as_they_come() -> None:
    with subprocess.Popen(
        command("read", "--json", "--lines"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for text in ("one", "two"):
            process.stdin.write(f"{text}\n".encode())
            process.stdin.flush()
            # Standard input is still open: an answer now is an answer to this line.
            assert json.loads(process.stdout.readline())["text"] == text
        process.stdin.close()
        assert process.wait(20) == 0


def test_a_summary_for_people() -> None:
    said = run("read", HARSH).stdout.decode()
    assert said.startswith(f"> {HARSH}\n")
    assert "Said to a friend:\n" in said
    assert "Sam" in said
    assert "{" not in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--json"], "The text is not UTF-8. Convert it first.\n"),
        (["--json", "--lines"], "The text is not UTF-8 in line 2. Convert it first.\n"),
    ],
)
def test_bytes_that_are_no_text_are_one_sentence(arguments: list[str], said: str) -> None:
    done = run("read", *arguments, stdin=b"fine\n\xff\xfe\n")
    assert (done.returncode, done.stderr.decode()) == (2, said)
    assert done.stdout.count(b"\n") == (1 if "--lines" in arguments else 0)


def test_a_reader_that_goes_away_is_no_fault() -> None:
    with subprocess.Popen(
        command("read", "--json", "--lines"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stdin is not None
        process.stdin.write(b"one\ntwo\n")
        process.stdin.close()
        assert process.wait(20) == 141
        assert process.stderr is not None
        assert process.stderr.read() == b""


def test_reading_needs_no_web_framework() -> None:
    code = (
        "import sys; from secondvoice.cli import main; main(['read', '--json', 'I am fine.']);"
        "heavy = {'django', 'granian', 'cryptography'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment()
    )
    assert (done.returncode, done.stderr) == (0, "")
