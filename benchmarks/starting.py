"""What a start takes, against loading the framework with the same settings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from benchmarks.measure import Cost, Rounds
from benchmarks.server import Server, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


def command(arguments: list[str], env: Mapping[str, str]) -> Cost:
    """What this Python takes with ``arguments``, from its start to its end."""
    begun = time.perf_counter()
    child = subprocess.Popen([sys.executable, *arguments], env=env, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"A command that is measured failed with {child.returncode}.")
    return Cost(used.ru_utime + used.ru_stime, wall)


def measure(diary: Path, *, rounds: int) -> Rounds:
    """Measure the second start up to the first page, and ``django.setup()`` alone."""
    data = diary.with_name("starting")
    shutil.copytree(diary, data)
    env = environment(data)

    def start() -> Cost:
        with Server(data, None) as server:
            return server.started()

    works: dict[str, Callable[[], Cost]] = {
        "django.setup()": lambda: command(["-c", "import django; django.setup()"], env),
        "start": start,
        "python": lambda: command(["-c", "pass"], env),
        "reader": lambda: command(["-c", "import secondvoice.reader"], env),
    }
    for work in works.values():
        work()
    return Rounds(works, rounds, seed=rounds)


def export(diary: Path, *, rounds: int) -> Rounds:
    """Measure ``secondvoice export`` of a whole diary."""
    env = environment(diary)
    target = diary.with_name("export.json")

    def once() -> Cost:
        target.unlink(missing_ok=True)
        arguments = ["export", "--data", str(diary), "--format", "json", "--out", str(target)]
        return command(["-m", "secondvoice", *arguments], env)

    return Rounds({"export": once}, rounds, seed=rounds)
