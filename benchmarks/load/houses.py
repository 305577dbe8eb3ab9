"""Who is asked: the program, the bare framework, and a diary from PyPI, each on PostgreSQL."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import uuid4

from benchmarks.load.sending import Ask, request
from benchmarks.measure import cpu_seconds, resident, tree
from benchmarks.server import PROC, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

WORKERS = 2
START_SECONDS = 60
PEER_PYTHON = ROOT / ".venv-peer" / "bin" / "python"

PEER_SHARE = 0.1
"""At the whole rate its answers would wait for one another, for longer and longer."""

GRANIAN = (
    f"-m granian --interface wsgi --no-ws --no-log --workers {WORKERS} --blocking-threads 1 "
    "--host 127.0.0.1 --port {port}"
)
# How the program is started for a host: this one line.
PROGRAM = f"{GRANIAN} secondvoice.site.wsgi:application"
FRAMEWORK = f"{GRANIAN} secondvoice.site.wsgi:application"
PEER = f"{GRANIAN} benchmarks.load.peer.wsgi:application"


@dataclass(frozen=True, slots=True)
class House:
    """What is asked, and how it is started.

    ``database`` is an address of PostgreSQL, ``command`` what Python is given. ``share``: of the
    rate, for a house that could not bear all of it.
    """

    name: str
    database: str
    command: str
    settings: str
    asks: Callable[[int], Iterator[Ask]]
    python: Path = Path(sys.executable)
    share: float = 1


class Running:
    """A house with its doors open."""

    def __init__(self, house: House, data: Path, port: int) -> None:
        self.port = port
        self._process = subprocess.Popen(
            [house.python, *house.command.format(port=port).split()],
            env=environment(house, data),
            cwd=ROOT,
        )
        self._wait_until_it_answers(next(house.asks(port)))

    def processes(self) -> list[int]:
        """The whole tree."""
        return tree(self._process.pid, PROC)

    def memory(self) -> int:
        """Bytes of memory of the tree."""
        return resident(self.processes(), PROC)

    def _wait_until_it_answers(self, ask: Ask) -> None:
        import asyncio

        from benchmarks.load.sending import send

        limit = time.monotonic() + START_SECONDS
        errors: object = "nothing"
        while time.monotonic() < limit and self._process.poll() is None:
            answers = asyncio.run(send(self.port, [ask], rate=1))
            if not answers.errors:
                return
            errors = dict(answers.errors)
            time.sleep(0.2)
        self._process.terminate()
        raise RuntimeError(f"The server does not answer as it should: {errors}.")

    def __enter__(self) -> Running:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait(timeout=60)


def environment(house: House, data: Path) -> dict[str, str]:
    """Ours, with what a host sets."""
    return os.environ | {
        "DATABASE_URL": house.database,
        "DJANGO_SETTINGS_MODULE": house.settings,
        "SECONDVOICE_DATA": str(data),
        "SECONDVOICE_FRONT_DOOR": "False",
        "PYTHONPATH": str(ROOT),
    }


def program(name: str, database: str, visitors: list[dict[str, str]]) -> House:
    """Second Voice: half of the requests save a new moment, half open Moments."""

    def asks(port: int) -> Iterator[Ask]:
        from benchmarks.pages import WORDS
        from secondvoice.records.ids import make_id

        chance = random.Random(len(visitors))
        for number in count():
            visitor = chance.choice(visitors)
            if number % 2:
                happened, voice = chance.choice(WORDS)
                fields = {
                    "csrfmiddlewaretoken": visitor["token"],
                    "happened": happened,
                    "voice": voice,
                    "before": "7",
                }
                yield Ask(
                    "saving",
                    request(
                        *("POST", f"/moments/{make_id()}/notice/", port),
                        cookie=visitor["cookie"],
                        body=urlencode(fields).encode(),
                    ),
                    302,
                )
            else:
                opening = request("GET", "/moments/", port, cookie=visitor["cookie"])
                yield Ask("opening", opening, 200)

    return House(name, database, PROGRAM, "secondvoice.site.settings", asks)


def bare(database: str) -> House:
    """Django with one view that writes a row and one that says a word."""

    def asks(port: int) -> Iterator[Ask]:
        for number in count():
            if number % 2:
                yield Ask("saving", request("POST", "/bench/insert/", port, body=b""), 302)
            else:
                yield Ask("opening", request("GET", "/bench/hello/", port), 200)

    return House("Django alone", database, FRAMEWORK, "benchmarks.bare", asks)


def peer(database: str, people: int, records: int, data: Path) -> House:
    """django-diary: half of the requests save an entry, half open all of somebody's entries."""
    house = House(
        "django-diary",
        database,
        PEER,
        "benchmarks.load.peer.settings",
        iter,  # type: ignore[arg-type]  # not asked before it is filled
        python=PEER_PYTHON,
    )
    done = subprocess.run(
        [house.python, "-m", "benchmarks.load.peer.filling", str(people), str(records)],
        env=environment(house, data),
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    visitors = json.loads(done.stdout)

    def asks(port: int) -> Iterator[Ask]:
        from benchmarks.pages import WORDS

        chance, today = random.Random(people), datetime.now(UTC).date()
        for number in count():
            visitor = chance.choice(visitors)
            if number % 2:
                happened, voice = chance.choice(WORDS)
                # It refuses a second entry of somebody at the same time.
                day = (today + timedelta(days=1 + number)).isoformat()
                fields = {
                    "csrfmiddlewaretoken": visitor["token"],
                    "date": day,
                    "notes": f"{happened}\n{voice}\n{uuid4()}",
                    **visitor["fields"],
                }
                body = urlencode(fields).encode()
                saving = request(
                    *("POST", f"/diary/entry/{day}_12-00/", port),
                    cookie=visitor["cookie"],
                    body=body,
                )
                yield Ask("saving", saving, 302)
            else:
                path = f"/diary/history/{visitor['person']}/"
                yield Ask("opening", request("GET", path, port, cookie=visitor["cookie"]), 200)

    return House(
        *(house.name, database, house.command, house.settings, asks),
        python=PEER_PYTHON,
        share=PEER_SHARE,
    )


def spent(before: dict[int, float], after: dict[int, float]) -> float:
    """Processor seconds between two looks; of a process that is new, all that it spent."""
    return sum(seconds - before.get(pid, 0.0) for pid, seconds in after.items())


def clocks(pids: list[int]) -> dict[int, float]:
    """The processor seconds of each process so far; one that is gone is left out."""
    found = {}
    for pid in pids:
        try:
            found[pid] = cpu_seconds([pid])
        except OSError:
            continue
    return found
