"""``python -m benchmarks.group``: the statistics of a group beside other software, and by size.

Beside ours, in the same run on the same answers (a million people, 26 items): R's psych, if
``Rscript`` is here; pingouin and factor_analyzer, if ``--python`` names a Python that has them.
They run in processes of their own and are no part of the project. Then the pass over a Parquet file
on DuckDB, from ten thousand people to ten million. Writes its part of docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import ibis
import numpy as np

from benchmarks.server import ROOT
from secondvoice import measures
from secondvoice.measures import group
from secondvoice.measures.group.tables import file_moments, open_file, table_moments

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

PAGE = ROOT / "docs" / "performance.md"
BEGIN = "<!-- group: begin (python -m benchmarks.group writes what stands here) -->"
END = "<!-- group: end -->"
PEOPLE = 1_000_000
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
SCS = measures.instrument("scs")

IN_R = """
x <- as.data.frame(matrix(readBin("{file}", "double", {people} * 26), ncol = 26))
suppressMessages(library(psych))
for (i in 1:{rounds}) {{
  t <- proc.time(); a <- psych::alpha(x); used <- proc.time() - t
  cat("psych::alpha", used[["elapsed"]], used[["user.self"]] + used[["sys.self"]],
    a$total$raw_alpha, "\\n")
  t <- proc.time(); r <- cor(x); used <- proc.time() - t
  o <- proc.time()
  w <- suppressMessages(psych::omega(r, nfactors = 1, fm = "ml", plot = FALSE, flip = FALSE))
  more <- proc.time() - o
  cat("cor+psych::omega", used[["elapsed"]] + more[["elapsed"]],
    used[["user.self"]] + used[["sys.self"]] + more[["user.self"]] + more[["sys.self"]],
    w$omega.tot, "\\n")
}}
"""
IN_PYTHON = """
import time, warnings
import numpy as np, pandas as pd
warnings.simplefilter("ignore")
x = pd.DataFrame(np.fromfile("{file}").reshape(26, {people}).T.copy())
def took(name, work):
    t, c = time.perf_counter(), time.process_time()
    value = work()
    print(name, time.perf_counter() - t, time.process_time() - c, value, flush=True)
import pingouin
def factors():
    from factor_analyzer import FactorAnalyzer
    made = FactorAnalyzer(n_factors=1, method="ml", rotation=None).fit(x)
    loadings = np.abs(made.loadings_[:, 0])
    return loadings.sum() ** 2 / (loadings.sum() ** 2 + made.get_uniquenesses().sum())
for _ in range({rounds}):
    took("pingouin.cronbach_alpha", lambda: pingouin.cronbach_alpha(x)[0])
    try:
        took("factor_analyzer", factors)
    except TypeError:
        pass
"""


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.group", description=__doc__)
    parser.add_argument("--python", help="a Python with pingouin and factor_analyzer")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured (3)")
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="people in the largest file")
    parser.add_argument("--quick", action="store_true", help="a tenth of the people; no page")
    chosen = parser.parse_args()
    people = PEOPLE // 10 if chosen.quick else PEOPLE
    with tempfile.TemporaryDirectory(prefix="secondvoice-bench-") as name:
        folder = Path(name)
        lines = [
            (
                f"Python {platform.python_version()}, NumPy {np.__version__}, {os.cpu_count()} "
                f"processors; {people:,} × 26 answers, the middle of {chosen.rounds} "
                f"{'round' if chosen.rounds == 1 else 'rounds'}."
            ),
            "",
            *_beside(folder, people, chosen.rounds, chosen.python),
            "",
            *_by_size(folder, [size for size in SIZES if size <= chosen.largest]),
        ]
    text = "\n".join(lines)
    print(text)
    if not chosen.quick:
        before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", "utf-8")


def _beside(folder: Path, people: int, rounds: int, python: str | None) -> list[str]:
    answers = _answers(people)
    costs: dict[str, list[tuple[float, float, float]]] = {}
    for _ in range(rounds):
        for name, work in (("alpha", _alpha), ("alpha and omega", _alpha_and_omega)):
            costs.setdefault(name, []).append(_took(work, answers))
    # All items point one way here, so that no other software has to turn them first.
    file = folder / "answers"
    np.asfortranarray(answers).T.tofile(file)
    fill = {"file": file, "people": people, "rounds": rounds}
    commands = []
    if shutil.which("Rscript"):
        commands.append(["Rscript", "-e", IN_R.format(**fill)])
    if python:
        commands.append([python, "-c", IN_PYTHON.format(**fill)])
    for command in commands:
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        for line in said.splitlines():
            name, wall, cpu, value = line.split()
            costs.setdefault(name, []).append((float(wall), float(cpu), float(value)))
    ours = {"wall": 0, "cpu": 1}
    middle = {
        name: {kind: statistics.median(c[at] for c in found) for kind, at in ours.items()}
        for name, found in costs.items()
    }
    rows = [
        "| what | seconds | processor seconds | times ours | by processor | value |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    # What ours does in one go, theirs does in two.
    for both in (
        ("psych::alpha", "cor+psych::omega"),
        ("pingouin.cronbach_alpha", "factor_analyzer"),
    ):
        if all(name in middle for name in both):
            told = {kind: sum(middle[name][kind] for name in both) for kind in ours}
            middle[" and ".join(both)] = told
            costs[" and ".join(both)] = costs[both[1]]
    for name, found in middle.items():
        base = middle["alpha" if "alpha" in name and "omega" not in name else "alpha and omega"]
        rows.append(
            f"| {name} | {found['wall']:.2f} | {found['cpu']:.2f} | "
            f"{found['wall'] / base['wall']:.1f} | {found['cpu'] / base['cpu']:.1f} | "
            f"{costs[name][0][2]:.6f} |"
        )
    return rows


def _by_size(folder: Path, sizes: list[int]) -> list[str]:
    rows = [
        "| people | file in pieces, s | µs each | on DuckDB, s | µs each beyond the plan |",
        "| --- | --- | --- | --- | --- |",
    ]
    database = ibis.duckdb.connect()
    plan = 0.0
    for size in sizes:
        file = folder / f"{size}.parquet"
        answers = ", ".join(
            f"(1 + hash(i * 26 + {at}) % 5)::TINYINT AS {name}"
            for at, name in enumerate(group.columns(SCS))
        )
        database.raw_sql(f"COPY (SELECT {answers} FROM range({size}) t(i)) TO '{file}'")
        pieces = _wall(lambda file=file: file_moments(SCS, open_file(file)))
        table = database.read_parquet(file)
        inside = _wall(lambda table=table: table_moments(SCS, table))
        if not plan:
            plan = inside
        beyond = f"{max(inside - plan, 0) / size * 1e6:.2f}" if size > sizes[0] else ""
        rows.append(
            f"| {size:,} | {pieces:.2f} | {pieces / size * 1e6:.2f} | {inside:.2f} | {beyond} |"
        )
    return rows


def _answers(people: int) -> NDArray[np.float64]:
    chance = np.random.default_rng(2003)
    behind = 0.6 * chance.standard_normal((people, 1)) + 0.8 * chance.standard_normal((people, 26))
    return 1.0 + np.digitize(behind, [-1.4, -0.5, 0.45, 1.35])


def _alpha(answers: NDArray[np.float64]) -> float:
    found = group.moments(SCS, answers)
    return group.alpha(found.covariance, found.n).value


def _alpha_and_omega(answers: NDArray[np.float64]) -> float:
    found = group.moments(SCS, answers)
    group.alpha(found.covariance, found.n)
    key = group.key(SCS, "total")
    fitted = group.fit(group.one_factor(key), found.covariance_of(key.items), found.n)
    return group.omega(fitted, np.ones(len(key.items))).total.value


def _took(
    work: Callable[[NDArray[np.float64]], float], answers: NDArray[np.float64]
) -> tuple[float, float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    value = work(answers)
    return time.perf_counter() - wall, time.process_time() - cpu, value


def _wall(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
