"""Figures of a replica in the text format of Prometheus (version 0.0.4), by hand.

Counts and times of routes, and of the process: no address, no person, no word. What is a label is
one of a few names of ours, so that nobody can make up series by asking for addresses.
"""

from __future__ import annotations

import os
import threading
import time
from bisect import bisect_left
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from secondvoice.site.hosted.state import State

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
BOUNDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds, the upper ends of the parts of the histogram. A passphrase takes half a second."""


class Metrics:
    """Counts what one replica answered. Any thread may count and read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: Counter[tuple[str, str, int]] = Counter()
        self._parts = [0] * (len(BOUNDS) + 1)
        self._seconds = 0.0
        self._began = time.time()

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request.

        Args:
            method: of HTTP.
            route: the name of its route.
            status: 100 to 599.
            seconds: how long it took.
        """
        with self._lock:
            self._answers[method, route, status] += 1
            self._parts[bisect_left(BOUNDS, seconds)] += 1
            self._seconds += seconds

    def text(self, state: State) -> str:
        """Everything, as a page for Prometheus."""
        return "".join(f"{line}\n" for line in self._lines(state))

    def _lines(self, state: State) -> Iterator[str]:
        with self._lock:
            answers, parts, seconds = dict(self._answers), list(self._parts), self._seconds
        yield from _head("secondvoice_requests_total", "counter", "Requests answered.")
        for (method, route, status), count in sorted(answers.items()):
            yield (
                f'secondvoice_requests_total{{method="{method}",route="{route}",'
                f'status="{status}"}} {count}'
            )
        yield from _head("secondvoice_request_seconds", "histogram", "Time to an answer.")
        below = 0
        for bound, count in zip((*map(str, BOUNDS), "+Inf"), parts, strict=True):
            below += count
            yield f'secondvoice_request_seconds_bucket{{le="{bound}"}} {below}'
        yield f"secondvoice_request_seconds_sum {seconds!r}"
        yield f"secondvoice_request_seconds_count {below}"
        yield from _gauge("secondvoice_ready", "1 while it may be sent requests.", int(state.ready))
        yield from _gauge(
            "secondvoice_database_up", "1 while the database answers.", int(state.reached)
        )
        yield from _head("secondvoice_info", "gauge", "The version that runs.")
        yield f'secondvoice_info{{version="{version("secondvoice")}"}} 1'
        yield from _process(self._began)


def _process(began: float) -> Iterator[str]:
    """What Prometheus expects of every process, under its usual names."""
    spent = os.times()
    yield from _head("process_cpu_seconds_total", "counter", "Processor time spent.")
    yield f"process_cpu_seconds_total {spent.user + spent.system!r}"
    yield from _gauge("process_start_time_seconds", "When it began, since 1970.", began)
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return
    yield from _gauge(
        "process_resident_memory_bytes", "Memory held.", pages * os.sysconf("SC_PAGE_SIZE")
    )


def _gauge(name: str, says: str, value: float) -> Iterator[str]:
    yield from _head(name, "gauge", says)
    yield f"{name} {value!r}"


def _head(name: str, kind: str, says: str) -> Iterator[str]:
    yield f"# HELP {name} {says}"
    yield f"# TYPE {name} {kind}"
