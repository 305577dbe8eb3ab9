"""How long an update and ten years take, beside opening the same records and beside statsmodels."""

from __future__ import annotations

import random
import statistics
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from benchmarks.helps.tally import table
from secondvoice.growth.helps import Occasion, what_helps
from secondvoice.growth.helps.estimates import estimates_of
from secondvoice.growth.helps.sums import Sums
from secondvoice.moments.record import Moment
from secondvoice.records.kinds import decode, encode

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2026, 6, 1, tzinfo=UTC)
DAYS = 3_652
ROUNDS = 15
SENTENCE = "I forgot what I had promised, and the voice said that I always do. "


def ten_years() -> list[Occasion]:
    """Two occasions a day for ten years: 20 practices and answers, four kinds of moment."""
    chance = random.Random(10)
    names = ["", *(f"practice-{number}" for number in range(20))]
    kinds = ["", "self_judgment", "isolation", "over_identification"]
    found = []
    for number in range(2 * DAYS):
        before = chance.randint(4, 10)
        after = max(0, before - chance.randint(0, 4))
        when = NOW - timedelta(hours=12 * number)
        found.append(Occasion(when, chance.choice(names), chance.choice(kinds), before, after))
    return found


def speed() -> list[str]:
    """A table: milliseconds of processor time, asked, and how many times something real."""
    occasions = ten_years()
    sums = Sums.of(occasions, now=NOW)

    def update() -> None:
        sums.add(occasions[0])
        estimates_of(sums)

    written = [
        encode(Moment(voice=SENTENCE, before=each.before, after=each.after, kind_words=SENTENCE))
        for each in occasions
    ]
    works: dict[str, Callable[[], object]] = {
        "update": update,
        "years": lambda: what_helps(occasions, now=NOW),
        "read": lambda: [decode("moment", 1, each) for each in written],
    }
    took: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            begun = time.process_time()
            work()
            took[name].append(1e3 * (time.process_time() - begun))
    rows: list[tuple[object, ...]] = []
    for what, name, most in (
        ("one more occasion, and all estimates anew", "update", 5.0),
        (f"ten years from the start, {len(occasions):,} occasions", "years", 200.0),
    ):
        middle = statistics.median(took[name])
        ratios = [ours / read for ours, read in zip(took[name], took["read"], strict=True)]
        rows.append(
            (
                what,
                f"{middle:.1f} [{min(took[name]):.1f}–{max(took[name]):.1f}]",
                f"{statistics.median(ratios):.3f} [{min(ratios):.3f}–{max(ratios):.3f}]",
                f"under {most:g} ms",
                "yes" if middle < most else "**no**",
            )
        )
    return table(
        ("what", "ms of processor time", "times reading the records", "asked", "held"), rows
    )
