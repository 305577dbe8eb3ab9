"""``python -m benchmarks``: measure everything that docs/performance.md tells, in one run."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import pages, reading, report, starting
from benchmarks.server import PROC, ROOT

PAGE = ROOT / "docs" / "performance.md"
COUNTS = (10, 400, 10_000)


def main() -> int:
    """Measure, print, and write the page unless told to be quick."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--quick",
        action="store_true",
        help="a few requests in each of two rounds, to see that everything runs; writes no page",
    )
    quick = parser.parse_args().quick
    if not (PROC / "self" / "smaps_rollup").exists():
        print(
            "The benchmarks read processor time and memory of the server from /proc, which is not "
            "here. Run them on Linux.",
            file=sys.stderr,
        )
        return 1
    # The key is made by the key file: no derivation, whose cost is chosen and not measured.
    os.umask(0o077)
    with tempfile.TemporaryDirectory(prefix="secondvoice-bench-") as folder:
        text = _measure(Path(folder), rounds=2 if quick else 7, effort=0.05 if quick else 1).text()
    print(text)
    if not quick:
        report.write(PAGE, text)
    return 0


def _measure(folder: Path, *, rounds: int, effort: float) -> report.Figures:
    diaries = {count: folder / f"diary-{count}" for count in COUNTS}
    for count, diary in diaries.items():
        _say(f"Writing a diary of {count:,} moments")
        command = [sys.executable, "-m", "benchmarks.diary", str(diary), str(count)]
        subprocess.run(command, check=True, cwd=ROOT)
    _say("Reading")
    read = reading.measure(effort=effort)
    _say("Starting")
    starts = starting.measure(diaries[10], rounds=rounds)
    _say("Pages and saves")
    asked = pages.measure(diaries, rounds=rounds, effort=effort)
    _say("Memory")
    memory = pages.memory(diaries[400], counts=(100, 1_000))
    _say("Export")
    export = starting.export(diaries[10_000], rounds=min(rounds, 3))
    return report.Figures(asked, starts, export, memory, read, rounds)


def _say(what: str) -> None:
    print(f"{what} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
