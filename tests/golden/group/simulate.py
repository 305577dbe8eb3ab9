"""Make the answers that R and our own code are held against.

``python -m tests.golden.group.simulate`` writes them anew; the same come out each time. Made-up
people: a general disposition, one of each pole, and each item's own part, cut into five answers.
The SCS for 400 people; the SCS-SF for 350 on two occasions, some of them once only, some with gaps.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from secondvoice import measures
from secondvoice.measures.group.keys import columns, key

HERE = Path(__file__).resolve().parent
CUTS = np.array([-1.4, -0.5, 0.45, 1.35])


def answers(
    instrument: str, people: int, seed: int, occasions: int = 1
) -> list[NDArray[np.float64]]:
    """Answers (people, items) on each occasion."""
    chance = np.random.default_rng(seed)
    known = measures.instrument(instrument)
    names = columns(known)
    pole_of = {item.id: str(item.pole) for item in known.items}
    poles = sorted(set(pole_of.values()))
    at = [poles.index(pole_of[name]) for name in names]
    signs = np.sign(key(known, "total").over(names))
    general = 0.45 + 0.25 * chance.random(len(names))
    own = 0.3 + 0.25 * chance.random(len(names))
    rest = np.sqrt(1 - general**2 - own**2)
    lasting = chance.standard_normal((people, 1 + len(poles)))
    made = []
    for _ in range(occasions):
        # Most of a disposition is still there two weeks later, some is of the day.
        now = np.sqrt(0.85) * lasting + np.sqrt(0.15) * chance.standard_normal(lasting.shape)
        behind = general * now[:, :1] + own * now[:, 1:][:, at]
        noise = rest * chance.standard_normal(behind.shape)
        made.append(1.0 + np.digitize(signs * behind + noise, CUTS))
    return made


def write(name: str, instrument: str, table: NDArray[np.float64]) -> None:
    """A column for each item and one for the person; nothing where an answer is missing."""
    lines = [",".join(["person", *columns(measures.instrument(instrument))])]
    for person, row in enumerate(table, start=1):
        cells = ("" if np.isnan(value) else f"{value:.0f}" for value in row)
        if not np.isnan(row).all():
            lines.append(",".join([f"p{person:03d}", *cells]))
    (HERE / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Write the three files."""
    write("scs.csv", "scs", answers("scs", 400, seed=2003)[0])
    first, second = answers("scs-sf", 350, seed=2011, occasions=2)
    chance = np.random.default_rng(7)
    first[chance.random(first.shape) < 0.003] = np.nan
    second[chance.random(len(second)) < 0.4] = np.nan
    write("scs-sf.csv", "scs-sf", first)
    write("scs-sf-later.csv", "scs-sf", second)


if __name__ == "__main__":
    main()
