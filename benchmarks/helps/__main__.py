"""``make simulate``: remake the figures of docs/what-helps.md.

``--python`` names a Python that has statsmodels, for the reference; without one its place in the
page stays as it is. ``--quick`` takes a tenth of the people and writes nothing.
"""

from __future__ import annotations

import argparse
import platform
import time

from benchmarks.helps import choices, coverage, quick, reference, trials
from benchmarks.report import write
from benchmarks.server import ROOT

PAGE = ROOT / "docs" / "what-helps.md"
PEOPLE = 400


def main() -> None:
    """Simulate, print, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.helps", description=__doc__)
    parser.add_argument("--python", help="a Python that has statsmodels")
    parser.add_argument("--people", type=int, default=PEOPLE, help=f"in a scenario ({PEOPLE})")
    parser.add_argument("--quick", action="store_true", help="a tenth of the people; no page")
    chosen = parser.parse_args()
    people = max(2, chosen.people // (10 if chosen.quick else 1))
    parts = {
        "coverage": lambda: coverage.coverage(people),
        "said": lambda: coverage.said(people),
        "no effect": lambda: coverage.no_effect(people),
        "every week": lambda: coverage.ever(max(2, people // 2)),
        "choices": lambda: choices.regret(max(2, people // 5)),
        "experiments": lambda: trials.trials(people),
        "speed": quick.speed,
    }
    if chosen.python:
        parts["reference"] = lambda: reference.beside(chosen.python, max(3, people // 8))
    for name, part in parts.items():
        begun = time.perf_counter()
        text = "\n".join(part())
        print(f"== {name}, {time.perf_counter() - begun:.0f} s\n{text}\n", flush=True)
        if not chosen.quick:
            write(PAGE, text, place(name))
    told = f"{people} people in a scenario, twice as many in the first; Python"
    told = f"{told} {platform.python_version()}. After ± stands one Monte Carlo standard error."
    if not chosen.quick:
        write(PAGE, told, place("about"))
    print(told)


def place(name: str) -> tuple[str, str]:
    """Where the page keeps a part, between two marks."""
    return (
        f"<!-- {name}: begin (make simulate writes what stands here) -->",
        f"<!-- {name}: end -->",
    )


if __name__ == "__main__":
    main()
