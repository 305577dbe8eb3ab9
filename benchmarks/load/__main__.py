"""``python -m benchmarks.load``: a steady load on PostgreSQL with many people, and with few.

In one run, one after the other on the same PostgreSQL: the program with ``--few`` people, with
``--people``, Django alone, and django-diary. Writes its table into docs/performance.md.
"""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import json
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import django
import psycopg

from benchmarks import report
from benchmarks.load import houses
from benchmarks.load.sending import Answers, send
from benchmarks.measure import tree
from benchmarks.server import PROC, ROOT
from tests.postgres import NoPostgresError, cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = ROOT / "docs" / "performance.md"
PLACE = (
    "<!-- load: begin (python -m benchmarks.load writes what stands here) -->",
    "<!-- load: end -->",
)
ASKED_COST = 1.3
BYTES_A_RECORD = 1_500
"""Room for a record on the disk, with where it stands, its indexes, and building them."""

# As a host has it: what was answered is on the disk.
POSTGRES = {
    "fsync": "on",
    "synchronous_commit": "on",
    "listen_addresses": "",
    "max_connections": "40",
    "shared_buffers": "2GB",
    "max_wal_size": "4GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
}


@dataclass(frozen=True, slots=True)
class Load:
    """What one house did: answers, seconds, processor seconds, memory before and after."""

    house: houses.House
    answers: Answers
    seconds: float
    server: float
    database: float
    memory: tuple[int, int]

    @property
    def cost(self) -> float:
        """Processor seconds of a request, of server and database together."""
        return (self.server + self.database) / max(1, self.answers.count())


def main() -> int:
    """Measure, print, and write the page unless told to be quick."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--records", type=int, default=200, help="of each person")
    parser.add_argument("--rate", type=float, default=40, help="requests a second")
    parser.add_argument("--seconds", type=float, default=180, help="of each house")
    parser.add_argument("--lock", type=Path, help="a file to be locked while others must be quiet")
    parser.add_argument("--quick", action="store_true", help="little of all; writes no page")
    parser.add_argument("--print", action="store_true", help="write no page")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.people, chosen.few, chosen.records, chosen.seconds = 400, 100, 30, 5
    room = shutil.disk_usage("/tmp").free
    needed = (chosen.people + chosen.few) * chosen.records * BYTES_A_RECORD
    if needed > room:
        print(
            f"The tables need about {needed / 2**30:.0f} GiB in /tmp, and {room / 2**30:.0f} are "
            "free. Choose fewer with --people or --records.",
            file=sys.stderr,
        )
        return 1
    try:
        loads = list(measure(chosen))
    except NoPostgresError as error:
        print(error, file=sys.stderr)
        return 1
    text = told(chosen, loads)
    print(text)
    if not (chosen.quick or chosen.print):
        report.write(PAGE, text, PLACE)
    return 0


def measure(chosen: argparse.Namespace) -> Iterator[Load]:
    """Fill, then ask one house after the other."""
    with ExitStack() as stack:
        url = stack.enter_context(cluster(POSTGRES))
        data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        postmaster = _postmaster(url)
        filled = [
            (name, database(url, name), people)
            for name, people in (("few", chosen.few), ("many", chosen.people))
        ]
        alone = database(url, "alone")
        with psycopg.connect(alone) as connection:
            connection.execute("CREATE TABLE bench_row (id text PRIMARY KEY, body bytea NOT NULL)")
        waiting = []
        for name, where, people in filled:
            _say(f"Filling {name}")
            visitors = fill(where, data, people, chosen.records, min(chosen.few, people))
            called = f"Second Voice, {people:,} people"
            waiting.append(houses.program(called, where, visitors))
        waiting.append(houses.bare(alone))
        if houses.PEER_PYTHON.exists():
            _say("Filling django-diary")
            waiting.append(houses.peer(database(url, "peer"), chosen.few, chosen.records, data))
        else:
            _say("django-diary is left out: its environment is not there (make bench makes it).")
        if chosen.lock is not None:
            _say("Waiting for quiet")
            fcntl.flock(stack.enter_context(chosen.lock.open("w")), fcntl.LOCK_EX)
        settle(url)
        for house in waiting:
            _say(f"Asking {house.name}")
            # Those beside the program need less time to be told from it.
            seconds = chosen.seconds if house in waiting[:2] else chosen.seconds / 3
            yield ask(house, data, postmaster, chosen.rate * house.share, seconds)


def settle(url: str) -> None:
    """Let what was filled in reach the disk, so that no save waits for it."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    os.sync()


def ask(house: houses.House, data: Path, postmaster: int, rate: float, time_for_it: float) -> Load:
    """Send the load, after a time to become warm."""
    with houses.Running(house, data, free_port()) as running:
        asks = house.asks(running.port)
        warm = islice(asks, int(rate * time_for_it / 6) + 1)
        asyncio.run(send(running.port, warm, rate=rate))
        memory = running.memory()
        before = _look(running, postmaster)
        begun = time.monotonic()
        now = islice(asks, int(rate * time_for_it))
        answers = asyncio.run(send(running.port, now, rate=rate))
        seconds = time.monotonic() - begun
        after = _look(running, postmaster)
        server, base = (houses.spent(a, b) for a, b in zip(before, after, strict=True))
        return Load(house, answers, seconds, server, base, (memory, running.memory()))


def fill(where: str, data: Path, people: int, records: int, active: int) -> list[dict[str, str]]:
    """Fill a database with people, as a process of its own; those whose diary is open."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load.filling", *map(str, (people, records, active))],
        env=houses.environment(houses.bare(where), data)
        | {"DJANGO_SETTINGS_MODULE": "secondvoice.site.settings"},
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    visitors: list[dict[str, str]] = json.loads(done.stdout)
    return visitors


def database(url: str, name: str) -> str:
    """Make a database, and its address."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return url.replace("/postgres?", f"/{name}?")


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def _postmaster(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT pg_backend_pid()").fetchone()
        assert row is not None
        backend = int(row[0])
        return int((PROC / f"{backend}/stat").read_text().rpartition(")")[2].split()[1])


def _look(running: houses.Running, postmaster: int) -> tuple[dict[int, float], dict[int, float]]:
    return houses.clocks(running.processes()), houses.clocks(tree(postmaster, PROC))


def told(chosen: argparse.Namespace, loads: list[Load]) -> str:
    """The tables as Markdown."""
    few, many = loads[0], loads[1]
    ratio = many.cost / few.cost
    held = "yes" if ratio <= ASKED_COST else "**no**"
    errors = sum(many.answers.errors.values()) + sum(few.answers.errors.values())
    grown = many.memory[1] / many.memory[0]
    where = (
        f"Python {platform.python_version()}, Django {django.__version__}, PostgreSQL "
        f"{_version()}, {platform.system()}, {os.cpu_count()} cores for server, database and load. "
        f"{chosen.rate:g} requests a second, half of them saving and half opening, for "
        f"{chosen.seconds:.0f} s after a sixth of that to become warm; for the two others a third "
        f"of it. {chosen.records} records for each person: {chosen.people * chosen.records:,} in "
        f"the larger table. {chosen.few:,} people come, in each."
    )
    answered = many.answers.count() + few.answers.count()
    wrong = "yes" if errors == 0 else "**no**"
    lines = [
        where,
        "",
        "| what | measured | asked | held |",
        "| --- | --- | --- | --- |",
        (
            f"| Processor time of a request, {chosen.people:,} people against {chosen.few:,} "
            f"| {ratio:.2f} times | at most {ASKED_COST} | {held} |"
        ),
        f"| Requests that went wrong, of {answered:,} | {errors} | none | {wrong} |",
        f"| Memory of the server, {chosen.people:,} people | {grown:.3f} times before |  |  |",
        "",
        (
            "Milliseconds from when a request was due to its last byte, of a hundred 50, 95, 99, "
            "99.9, the longest; milliseconds of processor time of a request, server + database."
        ),
        "",
        "| | saving | opening | wrong | processor | MiB before → after | under way at once |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(_row(load) for load in loads),
    ]
    return "\n".join(lines)


def _row(load: Load) -> str:
    answers, count = load.answers, max(1, load.answers.count())
    wrong = ", ".join(f"{what} {often}" for what, often in sorted(answers.errors.items()))
    slower = f", {load.house.share:g} of the rate" if load.house.share != 1 else ""
    before, after = (size / 2**20 for size in load.memory)
    return (
        f"| {load.house.name}{slower} "
        f"| {_spread(answers, 'saving')} | {_spread(answers, 'opening')} | "
        f"{wrong or 'none'} | {load.server / count * 1e3:.2f} + "
        f"{load.database / count * 1e3:.2f} | {before:.0f} → {after:.0f} | "
        f"{answers.most_under_way} |"
    )


def _spread(answers: Answers, name: str) -> str:
    if name not in answers.took:
        return "none"
    shares = (answers.at(name, share) * 1e3 for share in (0.5, 0.95, 0.99, 0.999, 1))
    return " · ".join(f"{share:.1f}" for share in shares)


def _version() -> str:
    from tests.postgres import binaries

    done = subprocess.run(
        [binaries() / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    return done.stdout.split()[2]


def _say(what: str) -> None:
    print(f"{what} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
