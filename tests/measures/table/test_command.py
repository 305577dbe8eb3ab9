"""``secondvoice score`` as it is called: what is said, the status, and what is left behind."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.measures.table.conftest import HEAD, Desk
from tests.site.running import PATIENCE, command, environment, run, until

ROWS = "a,1,2,3,0,\nb,1,4,3,0,\n"


def test_bad_rows_are_told_and_give_status_1(desk: Desk) -> None:
    file, out = desk.put(HEAD + ROWS), desk.folder / "scores.csv"
    done = run("score", "phq-4", file, "--out", out, "--report", desk.folder / "report.csv")
    assert done.returncode == 1
    assert done.stdout.decode() == f"1 row scored, in {out}.\n"
    assert done.stderr.decode().splitlines() == [
        "line 3, column phq_4_2: a number off the scale where a whole number from 0 to 3 belongs",
        (
            f"1 row could not be scored; {out} has it without scores, with the reason beside it. "
            "Put it right and score the file again with --force."
        ),
    ]
    assert len(desk.lines("report.csv")) == 2


def test_a_sound_file_gives_status_0_with_a_mapping_and_a_code(desk: Desk) -> None:
    file = desk.put(HEAD.replace("phq_4_1", "Q1") + "a,1,2,3,0,\nb,1,-9,3,0,\n")
    desk.put("item,column\nphq_4_1,Q1\n", "map.csv")
    options = ("--map", desk.folder / "map.csv", "--missing", "-9", "--answers")
    done = run("score", "phq-4", file, "--out", desk.folder / "scores.csv", *options)
    assert (done.returncode, done.stderr) == (0, b"")
    assert desk.lines()[0].startswith('"id","Q1","phq_4_2",')
    again = run("score", "phq-4", file, "--out", desk.folder / "scores.csv", *options)
    assert again.returncode == 1
    assert again.stderr.decode().rstrip().endswith("Choose another name, or say --force.")
    assert run("score", "phq-4", file, "--out", desk.folder / "scores.csv", *options,
               "--force").returncode == 0  # fmt: skip


def test_only_the_first_slips_are_told_where_there_are_many(desk: Desk) -> None:
    file = desk.put(HEAD + "a,9,2,3,0,\n" * 30)
    done = run("score", "phq-4", file, "--out", desk.folder / "scores.csv")
    said = done.stderr.decode().splitlines()
    assert len(said) == 22
    assert said[20] == "And 10 more, all of them in the column of problems."


def test_somebody_who_is_there_twice_is_told_where_nobody_may_be(desk: Desk) -> None:
    file, out = desk.put(HEAD + ROWS.replace("b,1,4", "b,1,2") + "a,0,0,0,0,\n"), "scores.csv"
    done = run("score", "phq-4", file, "--out", desk.folder / out, "--person", "id")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == (
        f"{file}: line 4, column id: the same person as in line 2. Nothing was written. Keep one "
        "row for each, or leave out --person where people answered more than once.\n"
    )
    assert desk.names() == {"answers.csv"}
    assert run("score", "phq-4", file, "--out", desk.folder / out).returncode == 0


def test_an_unknown_measure_is_told(desk: Desk) -> None:
    done = run("score", "phq-10", desk.put(HEAD), "--out", desk.folder / "scores.csv")
    assert done.returncode == 1
    assert done.stderr.decode().startswith("There is no measure called phq-10.")


def test_without_the_extra_one_sentence_says_what_to_install(desk: Desk) -> None:
    """Everything that numpy and pyarrow were installed into is out of sight."""
    code = (
        "import sys; sys.path = [p for p in sys.path if 'site-packages' not in p];"
        f"sys.path.insert(0, {str(Path(__file__).parents[3] / 'src')!r});"
        "from secondvoice.commands import score; from argparse import Namespace;"
        "sys.exit(score.run(Namespace(id='scs', file='a.csv', out='b.csv', map=None, missing=[],"
        "answers=False, force=False, report=None)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.decode() == (
        "Scoring tables needs numpy and pyarrow: pip install 'secondvoice[research]'.\n"
    )


def test_nothing_of_the_extra_is_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, secondvoice.cli, secondvoice.commands.score, secondvoice.measures.table;"
        "print({'numpy', 'pyarrow', 'pandas'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (b"set()\n", b"")


def test_a_terminal_shows_how_far_it_is(desk: Desk) -> None:
    ours, its = pty.openpty()
    arguments = ("score", "phq-4", desk.put(HEAD + ROWS), "--out", desk.folder / "scores.csv")
    with subprocess.Popen(
        command(*arguments), stderr=its, stdout=subprocess.DEVNULL, env=environment()
    ) as process:
        os.close(its)
        shown = b""
        try:
            while more := os.read(ours, 4096):
                shown += more
        except OSError:
            pass  # how Linux says that the other end is closed
    os.close(ours)
    assert process.returncode == 1
    assert f"\r{'█' * 24} 100%  2 rows\r".encode() in shown


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_interrupted_it_leaves_no_output(desk: Desk, how: signal.Signals) -> None:
    """It is stopped once it has begun to write, long before it is through."""
    file = desk.put(HEAD + "a,1,2,3,0,\n" * 3_000_000)
    # A shell's job in the background has Ctrl-C ignored, and hands that on; at a terminal it is not.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(
            command("score", "phq-4", file, "--out", desk.folder / "scores.csv"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )
    finally:
        signal.signal(signal.SIGINT, before)
    assert until(lambda: written_to(process.pid, desk.folder))
    process.send_signal(how)
    process.communicate(timeout=PATIENCE)
    assert process.returncode in {130, -signal.SIGKILL}
    assert desk.names() == {"answers.csv"}


def written_to(process: int, folder: Path) -> bool:
    """Whether a process has written to a file in the folder that has no name yet."""
    for handle in Path(f"/proc/{process}/fd").iterdir():
        with suppress(FileNotFoundError):
            if str(handle.readlink()).startswith(f"{folder}/#") and handle.stat().st_size:
                return True
    return False
