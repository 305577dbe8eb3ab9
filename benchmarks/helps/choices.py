"""What is lost by choosing: Thompson sampling beside chance and beside the best guess."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from benchmarks.helps.people import START, Person, World, whole
from benchmarks.helps.tally import mean, table
from secondvoice.growth.helps import Occasion, suggest
from secondvoice.growth.helps.estimates import estimates_of
from secondvoice.growth.helps.suggestion import expected
from secondvoice.growth.helps.sums import Sums

if TYPE_CHECKING:
    from typing import Protocol

    from secondvoice.growth.helps import Estimate

    class Choice(Protocol):
        """A way to choose one of what is offered in a kind of moment."""

        def __call__(
            self, estimates: tuple[Estimate, ...], offered: list[str], kind: str, seed: int
        ) -> str:
            """The id of what is chosen."""
            ...


SEED = 41_421
"""Others than those on whom the boldness of suggestions was chosen."""

LOOKS = (20, 60, 120, 240)


def regret(people: int) -> list[str]:
    """Points of ten lost so far, against the best practice for each moment."""
    ways: dict[str, Choice] = {"Thompson": _thompson, "the best guess": _greedy, "chance": _chance}
    lost: dict[str, list[list[float]]] = {
        name: [_lost(Person.drawn(World(), SEED + n), way, n) for n in range(people)]
        for name, way in ways.items()
    }
    rows: list[tuple[object, ...]] = [
        (name, *(mean([each[look - 1] for each in of]) for look in LOOKS))
        for name, of in lost.items()
    ]
    for name in ("the best guess", "chance"):
        pairs = list(zip(lost[name], lost["Thompson"], strict=True))
        spared = [mean([a[look - 1] - b[look - 1] for a, b in pairs]) for look in LOOKS]
        rows.append((f"spared by Thompson, against {name}", *spared))
    return table(("chosen by", *(f"after {look} times" for look in LOOKS)), rows)


def _lost(person: Person, way: Choice, number: int) -> list[float]:
    """One person who does what is suggested, once a day; every tenth time nothing is done."""
    chance, offered = random.Random(number), list(person.fond)
    sums, total, found = Sums(START + timedelta(days=LOOKS[-1])), 0.0, []
    for day in range(LOOKS[-1]):
        kind = chance.choice(["self_judgment", "isolation", "over_identification"])
        estimates = () if way is _chance else estimates_of(sums)
        what = way(estimates, offered, kind, 1_000 * number + day)
        best = max(person.helps[name, kind] for name in offered)
        total += best - person.helps[what, kind]
        found.append(total)
        for done in (what, "") if day % 10 == 9 else (what,):
            hard = person.hard_moment(day)
            before = whole(hard + chance.gauss(0, 0.5))
            felt = person.felt_after(day, hard, done, kind)
            after = whole(felt + chance.gauss(0, person.noise))
            sums.add(Occasion(START + timedelta(days=day), done, kind, before, after))
    return found


def _thompson(estimates: tuple[Estimate, ...], offered: list[str], kind: str, seed: int) -> str:
    found = suggest(estimates, offered, seed=seed, kind=kind)
    # All that is left made things heavier: then nothing is suggested, and they choose themselves.
    return found.what if found else random.Random(seed).choice(offered)


def _greedy(estimates: tuple[Estimate, ...], offered: list[str], kind: str, seed: int) -> str:
    believed = expected(estimates, offered, kind=kind)
    order = random.Random(seed).sample(offered, len(offered))
    return max(order, key=lambda what: believed[what])


def _chance(estimates: tuple[Estimate, ...], offered: list[str], kind: str, seed: int) -> str:
    del estimates, kind
    return random.Random(seed).choice(offered)
