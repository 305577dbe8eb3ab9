"""A running server, and what it costs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from benchmarks.browser import Browser, drive
from benchmarks.measure import Cost, cpu_seconds, resident, tree

if TYPE_CHECKING:
    from types import TracebackType

PROC = Path("/proc")
ROOT = Path(__file__).parent.parent
PROGRAM = "benchmarks.settings"
BARE = "benchmarks.bare"


def environment(data: Path, settings: str = "secondvoice.site.settings") -> dict[str, str]:
    """Ours, on the folder ``data``, with SQLite and no screen."""
    env = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    env.pop("DATABASE_URL", None)
    return env | {"SECONDVOICE_DATA": str(data), "DJANGO_SETTINGS_MODULE": settings}


class Server:
    """The program on a data folder, from the line that it prints to its end."""

    def __init__(self, data: Path, settings: str | None = PROGRAM) -> None:
        own = ["secondvoice", "--data", str(data), "--no-browser"]
        command = own if settings is None else ["benchmarks.serve", settings, str(data)]
        self._begun = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-m", *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            env=environment(data),
            cwd=ROOT,
            text=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("The server did not start; its own words stand above.")
        self.address = line.split()[-1]
        self.port = urlsplit(self.address).port or 0

    def started(self) -> Cost:
        """What it took from nothing to the first page, opened by the printed address."""
        Browser(self.port).enter(self.address)
        wall = time.perf_counter() - self._begun
        return Cost(cpu_seconds(self.processes()), wall)

    def processes(self) -> list[int]:
        """The whole tree."""
        return tree(self._process.pid, PROC)

    def burst(self, requests: list[bytes], expect: int) -> Cost:
        """What one of ``requests`` costs when all are sent."""
        pids = self.processes()
        before = cpu_seconds(pids)
        wall = drive(self.port, requests, expect=expect)
        return Cost((cpu_seconds(pids) - before) / len(requests), wall / len(requests))

    def memory(self) -> int:
        """Bytes of memory of the tree."""
        return resident(self.processes(), PROC)

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.communicate(timeout=60)
