"""How long it takes to find the moments like this one among 20,000, beside comparing with them all.

``python -m benchmarks.alike`` (``make bench`` runs it, too); it ends with an error where the search
takes longer than was asked for. The record is sealed and opened as in a diary; the database, which
hands over one row, is left out.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from typing import TYPE_CHECKING
from uuid import UUID

from secondvoice.demo import load_year
from secondvoice.moments.index import WORD_INDEX, WORD_INDEX_THING, Index
from secondvoice.moments.similar import most_alike
from secondvoice.records.ids import make_id
from secondvoice.records.kinds import decode, encode
from secondvoice.vault import Header, open_sealed, seal

if TYPE_CHECKING:
    from collections.abc import Callable

MOMENTS = 20_000
ASKED_MS = 100.0
ROUNDS = 15
LINE = "You forgot the form again. Any other mother would have read the letter before Monday."


def texts() -> list[str]:
    """So many moments: each of the words of three lines of the made-up year, mixed by lot."""
    chance = random.Random(20)
    lines = [f"{moment.happened} {moment.voice}".split() for moment in load_year()]
    found = []
    for _ in range(MOMENTS):
        pool = [word for line in chance.sample(lines, 3) for word in line]
        found.append(" ".join(chance.sample(pool, min(len(pool), chance.randint(8, 40)))))
    return found


def main() -> None:
    """Measure, print, and say whether it holds."""
    written = texts()
    begun = time.perf_counter()
    index = Index().with_more((make_id(), text) for text in written)
    building = time.perf_counter() - begun
    key, id_ = bytes(range(32)), make_id()
    header = Header(UUID(int=1), id_, WORD_INDEX, 1, WORD_INDEX_THING, 0)
    sealed = seal(key, encode(index.kept()), header)

    def search() -> list[UUID]:
        kept = decode(WORD_INDEX, 1, open_sealed(key, sealed, header))
        return Index(kept).most_alike(LINE, limit=12)

    took = spread(search)
    beside = spread(lambda: most_alike(LINE, written, limit=12), rounds=3)
    held = took[1] < ASKED_MS
    print(
        f"{MOMENTS:,} moments; the record is {len(sealed) / 1e6:.1f} MB, made in {building:.1f} s"
    )
    print(f"opened, read and searched: {told(took)}; asked: under {ASKED_MS:g} ms: {held}")
    print(f"each compared with the line, opening left out: {told(beside)}")
    print(f"ratio: {took[1] / beside[1]:.3f}")
    sys.exit(0 if held else 1)


def spread(work: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float, float]:
    """The least, the median and the most, in milliseconds of processor time."""
    took = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        took.append(1e3 * (time.process_time() - begun))
    return min(took), statistics.median(took), max(took)


def told(took: tuple[float, float, float]) -> str:
    """The median with the least and the most."""
    return f"{took[1]:.1f} [{took[0]:.1f}–{took[2]:.1f}] ms"


if __name__ == "__main__":
    main()
