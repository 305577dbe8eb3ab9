"""A simulated person: a life of ups and downs, in which something is done now and then.

How hard it is swings round a level of the person's own, and the level moves over the year. They
come to the program when it is hard, the likelier the harder (worst-moment entry); what they do
depends on how hard it is, too; the rating afterwards is sometimes left out, and at some time they
stop. None of the numbers below is the prior of the model: effects are drawn from other
distributions, ratings are whole and end at 0 and 10, and the before is felt with an error.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from statistics import NormalDist

from secondvoice.growth.helps import NOTHING, Occasion

START = datetime(2026, 1, 1, tzinfo=UTC)
COMES, WHIM = 7.0, 1.0
"""Half of those for whom it is as hard as this come; by a whim of this SD, sooner or later."""

KINDS = ("self_judgment", "isolation", "over_identification")
NAMES = tuple(f"practice-{number}" for number in range(1, 13))


@dataclass(frozen=True, slots=True)
class World:
    """What holds for everybody in a scenario.

    ``effects``: how far effects are stretched; 0: nothing does anything. ``nothing``: the largest
    share of moments on which nothing is done. ``hides``: ratings are left out after it went badly.
    ``grows``: what is harder is helped further. ``hangs``: SD that a day's ratings have in common.
    ``step``: the level moves at once and not bit by bit. ``days``: as long as anybody stays.
    """

    effects: float = 1.0
    nothing: float = 0.3
    hides: bool = False
    grows: bool = False
    hangs: float = 0.0
    step: bool = False
    days: tuple[int, int] = (30, 730)


@dataclass(slots=True)
class Person:
    """One of them: what is true of them, drawn once."""

    world: World
    chance: random.Random
    level: float = 0.0
    drift: float = 0.0
    swing: float = 0.0
    pull: float = 0.0
    noise: float = 0.0
    fond: dict[str, float] = field(default_factory=dict)
    when_hard: dict[str, float] = field(default_factory=dict)
    idle: float = 0.0
    helps: dict[tuple[str, str], float] = field(default_factory=dict)
    days: int = 0
    rate: float = 0.0

    @classmethod
    def drawn(cls, world: World, seed: int) -> Person:
        """A person by their number."""
        chance = random.Random(seed)
        person = cls(world, chance)
        person.level = chance.gauss(4.5, 1)
        person.drift = chance.uniform(-1.5, 0.5)
        person.swing = chance.uniform(1.2, 2.2)
        person.pull = chance.uniform(0, 0.6)
        person.noise = chance.uniform(0.8, 2)
        names = NAMES[: chance.randint(3, len(NAMES))]
        person.fond = {name: chance.expovariate(1) + 0.1 for name in names}
        person.when_hard = {name: chance.gauss(0, 0.3) for name in names}
        person.idle = chance.uniform(0, world.nothing)
        general = chance.uniform(-0.5, 1.7)
        apart, kinds = chance.uniform(0.2, 1), chance.uniform(0.1, 0.8)
        for name in names:
            own = chance.gauss(0, apart)
            for kind in KINDS:
                effect = general + own + chance.gauss(0, kinds * apart)
                person.helps[name, kind] = world.effects * effect
        stays = chance.expovariate(1 / 300)
        person.days = round(min(max(stays, world.days[0]), world.days[1]))
        person.rate = chance.uniform(0.3, 1.5)
        return person

    def level_on(self, day: float) -> float:
        """Their level on a day, as it moved from the first."""
        if self.world.step:
            return self.level + (self.drift if day > self.days / 2 else 0)
        return self.level + self.drift * day / 365

    def hard_moment(self, day: float) -> float:
        """How hard it is when they come: the harder, the likelier it is that they do.

        They come where hard plus a whim passes a bound. Drawn at once: first the sum, above the
        bound, and then how much of it was how hard it is.
        """
        level = self.level_on(day)
        share = self.swing**2 / (self.swing**2 + WHIM**2)
        sums = NormalDist(level, math.hypot(self.swing, WHIM))
        below = sums.cdf(COMES)
        passed = sums.inv_cdf(below + (1 - below) * self.chance.uniform(1e-9, 1 - 1e-9))
        return self.chance.gauss(level + share * (passed - level), math.sqrt(share) * WHIM)

    def felt_after(self, day: float, hard: float, what: str, kind: str) -> float:
        """How hard it is expected to be afterwards, before rounding and without noise."""
        level = self.level_on(day)
        effect = self.helps.get((what, kind), 0.0)
        if self.world.grows:
            effect *= max(0.2, 1 + 0.25 * (hard - 7))
        return level + (1 - self.pull) * (hard - level) - effect

    def chooses(self, hard: float) -> str:
        """What they do about it, which depends on how hard it is."""
        if self.chance.random() < self.idle:
            return NOTHING
        names = list(self.fond)
        weights = [self.fond[name] * math.exp(self.when_hard[name] * (hard - 6)) for name in names]
        return self.chance.choices(names, weights)[0]

    def leaves_out(self, before: int, after: int) -> bool:
        """Whether the rating afterwards is left out: the likelier, the harder it was."""
        odds = -1.5 + 0.2 * (before - 7)
        if self.world.hides and after >= before:
            odds += 2
        return self.chance.random() < 1 / (1 + math.exp(-odds))


@dataclass(frozen=True, slots=True)
class Life:
    """What a person kept, and by how much each thing truly helped them, by (what, kind)."""

    occasions: list[Occasion]
    truth: dict[tuple[str, str], float]
    until: datetime


def lived(person: Person) -> Life:
    """All that a person keeps, with the truth of it.

    The truth of a practice is the mean, over the occasions on which it was done and rated, of what
    the rating afterwards would be expected to be with nothing done, less what it is expected to be
    with the practice; in whole ratings from 0 to 10, as they are given.
    """
    chance = person.chance
    occasions: list[Occasion] = []
    sums: dict[tuple[str, str], list[float]] = {}
    for day in range(person.days):
        shared = chance.gauss(0, person.world.hangs)
        for _ in range(_poisson(chance, person.rate)):
            hard = person.hard_moment(day)
            kind = chance.choices(KINDS, (5, 3, 2))[0]
            what = person.chooses(hard)
            before = whole(hard + chance.gauss(0, 0.5))
            felt = person.felt_after(day, hard, what, kind) + shared
            after: int | None = whole(felt + chance.gauss(0, person.noise))
            if person.leaves_out(before, after):
                after = None
            when = START + timedelta(days=day, minutes=chance.randrange(1_440))
            occasions.append(Occasion(when, what, kind, before, after))
            if what != NOTHING and after is not None:
                without = person.felt_after(day, hard, NOTHING, kind) + shared
                gained = rated(without, person.noise) - rated(felt, person.noise)
                for key in ((what, ""), (what, kind)):
                    total = sums.setdefault(key, [0, 0.0])
                    total[0] += 1
                    total[1] += gained
    truth = {key: total / count for key, (count, total) in sums.items()}
    return Life(occasions, truth, START + timedelta(days=person.days))


def whole(felt: float) -> int:
    """A rating as it is given: a whole number from 0 to 10."""
    return max(0, min(10, round(felt)))


def rated(felt: float, noise: float) -> float:
    """The expected rating of something felt with noise: the sum of P(rating > k)."""
    return sum(
        0.5 * math.erfc((limit + 0.5 - felt) / (noise * math.sqrt(2))) for limit in range(10)
    )


def _poisson(chance: random.Random, rate: float) -> int:
    limit, product, count = math.exp(-rate), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


SCENARIOS: dict[str, World] = {
    "as it is: worst moments, drop-outs, trends": World(),
    "nothing done on no occasion": World(nothing=0.0),
    "the level moves at once": World(step=True),
    "a day's ratings hang together": World(hangs=0.6),
    "what is harder is helped further": World(grows=True),
    "ratings left out after it went badly": World(hides=True),
}
NO_EFFECT: dict[str, World] = {
    name: replace(world, effects=0.0) for name, world in SCENARIOS.items() if not world.grows
}
