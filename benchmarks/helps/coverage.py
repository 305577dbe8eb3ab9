"""How often the 80 % intervals hold the truth, and how often something is said that is not so."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from benchmarks.helps.people import NO_EFFECT, SCENARIOS, Life, Person, World, lived
from benchmarks.helps.tally import Rate, mean, table
from secondvoice.growth.helps import Estimate, what_helps
from secondvoice.growth.helps.estimates import LEAST_TIMES, estimates_of
from secondvoice.growth.helps.sums import Sums

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 20_267
USUAL = next(iter(SCENARIOS))


def lives(world: World, people: int, seed: int = SEED) -> Iterator[Life]:
    """So many people, one after the other."""
    for number in range(people):
        yield lived(Person.drawn(world, seed + number))


def coverage(people: int) -> list[str]:
    """Over people with known effects, a row for each scenario; the first has twice the people."""
    rows: list[tuple[object, ...]] = []
    for name, world in SCENARIOS.items():
        overall, by_kind, early = Rate(), Rate(), Rate()
        off, width = [], []
        for life in lives(world, people * (2 if name == USUAL else 1)):
            found = what_helps(life.occasions, now=life.until)
            for rate, chosen in (
                (overall, [e for e in found if not e.kind and e.times >= LEAST_TIMES]),
                (by_kind, [e for e in found if e.kind and e.times >= LEAST_TIMES]),
                (early, [e for e in found if e.times < LEAST_TIMES]),
            ):
                rate.add(sum(_holds(e, life) for e in chosen), len(chosen))
            whole = [e for e in found if not e.kind and e.times >= LEAST_TIMES]
            off += [e.mid - life.truth[e.what, ""] for e in whole]
            width += [e.high - e.low for e in whole]
        bias, wide = mean(off).split(" ")[0], mean(width).split(" ")[0]
        rows.append((name, overall, by_kind, early, bias, wide, f"{overall.of:,}"))
    return table(
        (
            "people",
            "overall",
            "in one kind of moment",
            "done under 5 times",
            "off by, on average",
            "width",
            "estimates",
        ),
        rows,
    )


def said(people: int) -> list[str]:
    """What is said of effects of each size, among those done often enough."""
    bands = ((-9, -1), (-1, -0.25), (-0.25, 0.25), (0.25, 1), (1, 2), (2, 9))
    counts: dict[tuple[float, float], Counter[str]] = {band: Counter() for band in bands}
    for life in lives(SCENARIOS[USUAL], people, SEED + 50_000):
        for e in what_helps(life.occasions, now=life.until):
            if not e.kind and e.times >= LEAST_TIMES:
                truth = life.truth[e.what, ""]
                band = next(each for each in bands if each[0] <= truth < each[1])
                counts[band][e.verdict] += 1
    rows: list[tuple[object, ...]] = []
    for (low, high), counted in counts.items():
        total = max(counted.total(), 1)
        size = (
            f"{low} to {high}"
            if abs(low) < 9 and high < 9
            else (f"below {high}" if high < 9 else f"{low} and more")
        )
        shares = [
            f"{100 * counted[verdict] / total:.0f} %"
            for verdict in ("helps", "none", "heavier", "early")
        ]
        rows.append((size, *shares, counted.total()))
    return table(
        ("truly, in points", "helps", "no difference", "heavier", "too early", "practices"), rows
    )


def no_effect(people: int) -> list[str]:
    """Where nothing does anything: how often it is said that something helps."""
    rows: list[tuple[object, ...]] = []
    for name, world in NO_EFFECT.items():
        helps, heavier, none, anybody = Rate(), Rate(), Rate(), Rate()
        for life in lives(world, people, SEED + 100_000):
            told = [e for e in what_helps(life.occasions, now=life.until) if e.times >= LEAST_TIMES]
            counted = Counter(e.verdict for e in told)
            for rate, verdict in ((helps, "helps"), (heavier, "heavier"), (none, "none")):
                rate.add(counted[verdict], len(told))
            anybody.add(counted["helps"] > 0, bool(told))
        rows.append((name, helps, anybody, heavier, none))
    return table(
        (
            "people, no effect at all",
            "said to help",
            "people told so of anything",
            "said to be heavier",
            "no difference seen",
        ),
        rows,
    )


def ever(people: int) -> list[str]:
    """The same for somebody who looks every week and remembers all that was ever said."""
    rows: list[tuple[object, ...]] = []
    for name, world in NO_EFFECT.items():
        helps, anybody, heavier, weeks = Rate(), Rate(), Rate(), []
        for life in lives(world, people, SEED + 200_000):
            told, looks = told_week_by_week(life)
            rated = set().union(*told.values())
            helps.add(len(told["helps"]), len(rated))
            anybody.add(bool(told["helps"]), bool(rated))
            heavier.add(len(told["heavier"]), len(rated))
            weeks.append(float(looks))
        rows.append((name, helps, anybody, heavier, mean(weeks).split(" ")[0]))
    return table(
        (
            "people, no effect at all",
            "ever said to help",
            "people ever told so of anything",
            "ever said to be heavier",
            "looks",
        ),
        rows,
    )


def told_week_by_week(life: Life) -> tuple[dict[str, set[str]], int]:
    """Of what each verdict was said at any look, over all kinds of moment, and how many looks."""
    ordered = sorted(life.occasions, key=lambda occasion: occasion.when)
    sums, look, place, looks = Sums(life.until), ordered[0].when, 0, 0
    told: dict[str, set[str]] = {name: set() for name in ("helps", "none", "heavier", "early")}
    while place < len(ordered):
        look += timedelta(days=7)
        while place < len(ordered) and ordered[place].when <= look:
            sums.add(ordered[place])
            place += 1
        for e in estimates_of(sums):
            if not e.kind and e.times >= LEAST_TIMES:
                told[e.verdict].add(e.what)
        looks += 1
    return told, looks


def _holds(estimate: Estimate, life: Life) -> bool:
    return estimate.low <= life.truth[estimate.what, estimate.kind] <= estimate.high
