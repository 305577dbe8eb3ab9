"""What is kept of growth: what is not to be offered, what is known of the critic, experiments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from secondvoice.growth.helps import experiment
from secondvoice.records.kinds import record_kind

REFUSED: Final = "refused"
REFUSED_THING: Final = UUID("6f2d9b1e-4f0a-5c57-9d7e-2b8c1a0e5d34")
"""There is one list of what is not to be offered, and it is always this thing."""

CRITIC: Final = "critic"
CRITIC_THING: Final = UUID("b7c0a9d2-13e4-5b68-8f21-5d9e7c3a6f10")
"""There is one critic in a diary, and it is always this thing."""

EXPERIMENT: Final = "self_experiment"


@record_kind(REFUSED, version=1, only_one=True, named=True)
@dataclass(frozen=True, slots=True)
class Refused:
    """Ids of practices that "What helps me" must not offer again, in the order of refusing."""

    practices: tuple[str, ...] = ()

    def with_one(self, name: str) -> Refused:
        """The same with one more; twice is once."""
        return self if name in self.practices else replace(self, practices=(*self.practices, name))

    def without(self, name: str) -> Refused:
        """The same without one."""
        return replace(self, practices=tuple(one for one in self.practices if one != name))


@dataclass(frozen=True, slots=True)
class Subject:
    """Something of which the critic speaks, in the person's own words.

    ``words``: a moment with one of them in the critic's words, or in what happened, belongs to it.
    """

    name: str
    words: tuple[str, ...] = ()


@record_kind(CRITIC, version=1, only_one=True, named=True)
@dataclass(frozen=True, slots=True)
class Critic:
    """What a person says of their critic: a name for it, what it may be afraid of, its subjects."""

    name: str = ""
    afraid: str = ""
    subjects: tuple[Subject, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was said."""
        return not (self.name or self.afraid or self.subjects)

    @property
    def text(self) -> str:
        """Everything that was written, a line each."""
        parts = [self.name, self.afraid]
        for subject in self.subjects:
            parts += [subject.name, *subject.words]
        return "\n".join(parts)


@dataclass(frozen=True, slots=True)
class Told:
    """A day of an experiment: how hard it was, 0 to 10 or None, and whether the plan was done."""

    on: date
    hard: int | None = None
    done: bool | None = None

    def __post_init__(self) -> None:
        if self.hard is not None and not 0 <= self.hard <= 10:
            raise ValueError("How hard a day was lies from 0 to 10.")


@record_kind(EXPERIMENT, version=1)
@dataclass(frozen=True, slots=True)
class Experiment:
    """An experiment on oneself: all that its plan was made of, and its days.

    ``one`` and ``other`` are ids of practices; ``other`` is empty for none. ``seed`` is the lot as
    a decimal number, from which the order of the blocks follows. ``plan`` is the plan as it was
    shown before the first day, so that a later wording cannot change what was promised.
    ``stopped``: they ended it before its last day.

    Raises:
        ValueError: no plan follows from it, which only a file from elsewhere can bring; it is then
            told like any record that does not open.
    """

    one: str
    other: str
    start: date
    seed: str
    pairs: int
    block_days: int
    settle: int = 0
    plan: tuple[str, ...] = ()
    days: tuple[Told, ...] = ()
    stopped: bool = False

    def __post_init__(self) -> None:
        try:
            experiment.plan(
                self.one,
                self.other,
                start=self.start,
                seed=int(self.seed),
                pairs=self.pairs,
                block_days=self.block_days,
                settle=self.settle,
            )
        except OverflowError:
            raise ValueError("An experiment ends before the year 10000.") from None

    def told(self, day: Told) -> Experiment:
        """The same with a day told; one that was told before gives way."""
        others = tuple(one for one in self.days if one.on != day.on)
        return replace(self, days=tuple(sorted((*others, day), key=lambda one: one.on)))

    def without(self, first: date, last: date) -> Experiment:
        """The same without the days from ``first`` to ``last``; its plan stays."""
        return replace(self, days=tuple(one for one in self.days if not first <= one.on <= last))

    def on(self, day: date) -> Told:
        """What was told of a day."""
        return next((one for one in self.days if one.on == day), Told(day))
