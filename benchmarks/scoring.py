"""What scoring a file of a million rows costs, beside reading it and beside a row-wise way.

``python -m benchmarks.scoring`` measures this alone and writes its place in docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from benchmarks.measure import Cost, Rounds, Spread
from benchmarks.report import Asked, write
from secondvoice import measures
from secondvoice.measures.table.files import score_file

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
PLACE = (
    "<!-- scoring: begin (python -m benchmarks.scoring writes what stands here) -->",
    "<!-- scoring: end -->",
)
MANY, MORE = 1_000_000, 4_000_000
BY_ROW = 2_000
"""Rows that the row-wise way is given; it takes the same time for each."""
SCS = measures.instrument("scs")


def main() -> int:
    """Measure, print, and write the page unless told to be quick."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scoring", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two rounds; writes no page")
    parser.add_argument("--peak", type=Path, nargs=2, metavar="FILE", help=argparse.SUPPRESS)
    parser.add_argument("--go", nargs=2, metavar=("WORK", "FOLDER"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.go:
        name, folder = chosen.go
        work = works(Path(folder))[name]
        # The first go fetches memory from the system, or does not, by the luck of the allocator.
        work()
        print(*_cost(work))
        return 0
    if chosen.peak:
        print(peak(*chosen.peak))
        return 0
    text = measure(rounds=2 if chosen.quick else 5)
    print(text)
    if not chosen.quick:
        write(PAGE, text, PLACE)
    return 0


def answers(rows: int) -> pa.Table:
    """Made-up answers to the SCS: an id and 26 whole numbers in each row."""
    chance = np.random.default_rng(26)
    columns = {item.id: chance.integers(1, 6, rows) for item in SCS.items}
    return pa.table({"person": [f"p{n:07}" for n in range(rows)]} | columns)


def measure(*, rounds: int) -> str:
    """Everything that is told about scoring, as Markdown."""
    with tempfile.TemporaryDirectory(prefix="secondvoice-bench-") as name:
        folder = Path(name)
        for rows in (MANY, MORE):
            pq.write_table(answers(rows), folder / f"{rows}.parquet", row_group_size=131_072)
        text = folder / "answers.csv"
        pyarrow.csv.write_csv(pq.read_table(folder / f"{MANY}.parquet"), text)
        goes = {name: _own_process(name, folder) for name in works(folder)}
        costs = Rounds(goes, rounds, seed=9)
        peaks = [
            _peak_of(folder / f"{rows}.parquet", folder / "o.parquet") for rows in (MANY, MORE)
        ]
    return _told(costs, peaks, rounds)


def works(folder: Path) -> dict[str, Callable[[], object]]:
    """What is compared, by name; each of them can be done again and again.

    Each is measured in a process of its own: one after the other in one process, they take memory
    from each other, and reading came out between one and nine times as dear.
    """
    file, text = folder / f"{MANY}.parquet", folder / "answers.csv"
    table = pq.read_table(file)
    some = table.slice(0, BY_ROW).drop_columns(["person"]).to_pandas()
    return {
        "read": lambda: pq.read_table(file),
        "read and score": lambda: measures.score_table(SCS, pq.read_table(file)),
        "score": lambda: measures.score_table(SCS, table),
        "file to file": lambda: score_file(SCS, file, folder / "o.parquet", force=True),
        "copy": lambda: pq.write_table(pq.read_table(file), folder / "o.parquet"),
        "row by row": lambda: some.apply(by_row, axis=1),
        "read CSV": lambda: pyarrow.csv.read_csv(text),
        "CSV to CSV": lambda: score_file(SCS, text, folder / "o.csv", force=True),
    }


def by_row(row: pd.Series) -> pd.Series:
    """The usual way by hand: for each row, the means of the subscales, turned and joined."""
    means = {}
    for rule in SCS.scores[:6]:
        means[rule.id] = row[list(rule.of)].mean()
    kind = ("self_kindness", "common_humanity", "mindfulness")
    hard = ("self_judgment", "isolation", "over_identification")
    means["compassionate"] = sum(means[name] for name in kind) / 3
    means["uncompassionate"] = sum(means[name] for name in hard) / 3
    means["total"] = (means["compassionate"] + 6 - means["uncompassionate"]) / 2
    return pd.Series(means)


def peak(file: Path, out: Path) -> int:
    """Score a file; the most memory that this process had, in bytes (Linux's own count)."""
    score_file(SCS, file, out, force=True)
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise LookupError("This system does not tell how much memory was used.")


def _peak_of(file: Path, out: Path) -> int:
    command = [sys.executable, "-m", "benchmarks.scoring", "--peak", str(file), str(out)]
    done = subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=os.environ)
    return int(done.stdout)


def _own_process(name: str, folder: Path) -> Callable[[], Cost]:
    command = [sys.executable, "-m", "benchmarks.scoring", "--go", name, str(folder)]

    def cost() -> Cost:
        done = subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=os.environ)
        cpu, wall = done.stdout.split()
        return Cost(float(cpu), float(wall))

    return cost


def _cost(work: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def _told(costs: Rounds, peaks: list[int], rounds: int) -> str:
    # The row-wise way is measured on fewer rows and told for as many.
    whole = MANY / BY_ROW
    asked = [
        Asked(
            "Row by row in pandas, a million rows",
            "`score_table`",
            costs.ratio("row by row", "score").scaled(whole),
            least=10,
        ),
        Asked(
            "Row by row in pandas, without reading or writing",
            "from file to file",
            costs.ratio("row by row", "file to file").scaled(whole),
            least=10,
        ),
        Asked(
            "Reading and scoring", "reading alone", costs.ratio("read and score", "read"), most=3
        ),
        Asked(
            "Reading and scoring, by the clock",
            "reading alone",
            costs.ratio("read and score", "read", wall=True),
        ),
        Asked("From file to file", "reading alone", costs.ratio("file to file", "read")),
        Asked("From file to file", "a copy by pyarrow", costs.ratio("file to file", "copy")),
        Asked("From CSV to CSV", "reading the CSV alone", costs.ratio("CSV to CSV", "read CSV")),
        Asked(
            "Most memory, four million rows",
            "a million",
            Spread.of([peaks[1] / peaks[0]]),
            most=1.2,
        ),
    ]
    least, most = (each / 2**20 for each in peaks)
    seconds = ", ".join(
        f"{what} {costs.cpu(name).middle:.2f} ({costs.wall(name).middle:.2f})"
        for what, name in (
            ("reading", "read"),
            ("reading and scoring", "read and score"),
            ("from Parquet to Parquet", "file to file"),
            ("from CSV to CSV", "CSV to CSV"),
        )
    )
    return "\n".join(
        [
            (
                f"Python {platform.python_version()}, pyarrow {pa.__version__}, numpy "
                f"{np.__version__}, pandas {pd.__version__}; {rounds} rounds, each work in a "
                "process of its own, by processor time."
            ),
            "",
            "| what | against | times | asked | held |",
            "| --- | --- | --- | --- | --- |",
            *(one.row for one in asked),
            "",
            (
                f"Seconds of processor time (of the clock) for a million rows: {seconds}. Memory "
                f"at most: {least:.0f} MiB for a million rows, {most:.0f} for four."
            ),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
