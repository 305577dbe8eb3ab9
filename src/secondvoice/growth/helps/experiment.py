"""An experiment on oneself: two things, or one and none, in blocks whose order is drawn by lot.

An N-of-1 trial of paired blocks (Guyatt et al. 1986 [mem]; as StudyU's designs, Konigorski et al.
2022 [mem]). The plan is written before the first day and says how it will be read, so that nobody,
the program included, can choose the reading that pleases. It is read by the test that the lot
itself gives (Fisher 1935 [mem]): how many of the 2^pairs ways in which it could have fallen would
show a difference at least as large? That asks for no bell curve, and a trend over the weeks or days
that hang together do not spoil it. The interval holds the differences that the same test would not
refuse; for pairs these are bounded by the means of parts of the pairs (Hartigan 1969 [mem]).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import product
from statistics import fmean
from typing import TYPE_CHECKING, Final, Literal

from secondvoice.growth.helps.occasion import NOTHING
from secondvoice.growth.helps.words import by, points, words
from secondvoice.tongues import month_name, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LEAST_PAIRS: Final = 6
"""With six pairs the rarest outcome has a chance of 2 in 64, the first below 1 in 20."""

MOST_PAIRS: Final = 12
MOST_DAYS: Final = 14

LEVEL: Final = 0.05
"""The interval holds the true difference in 95 of 100 experiments; a difference counts as seen
where the test says 0.05 or less. The two always agree."""

_TIE: Final = 1e-9

Verdict = Literal["running", "early", "one", "other", "none"]


@dataclass(frozen=True, slots=True)
class Block:
    """Some days in a row on which the same is done. ``what`` is an id; ``NOTHING``: none."""

    first: date
    days: int
    what: str

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first + timedelta(days=self.days - 1)


@dataclass(frozen=True, slots=True)
class Plan:
    """What was planned before the first day. Two blocks that follow one another are a pair.

    ``settle``: so many first days of each block do not count.
    """

    one: str
    other: str
    blocks: tuple[Block, ...]
    settle: int = 0

    @property
    def first(self) -> date:
        """The first day."""
        return self.blocks[0].first

    @property
    def last(self) -> date:
        """The last day."""
        return self.blocks[-1].last

    @property
    def pairs(self) -> tuple[tuple[Block, Block], ...]:
        """The blocks two by two, as they follow one another."""
        return tuple(zip(self.blocks[::2], self.blocks[1::2], strict=True))

    def on(self, day: date) -> Block | None:
        """The block of a day; None before the first day and after the last."""
        for block in self.blocks:
            if block.first <= day <= block.last:
                return block
        return None

    def sentences(self, names: Mapping[str, str]) -> tuple[str, ...]:
        """The plan as it is shown before the first day.

        Args:
            names: what each of the two is called, by id; ``NOTHING`` need not be among them.
        """
        said, least = words("experiment"), LEAST_PAIRS
        question = said["question" if self.other != NOTHING else "question_nothing"]
        lines = [
            question.format(one=names[self.one], other=names.get(self.other, "")),
            said["blocks" if self.blocks[0].days > 1 else "blocks_one"].format(
                pairs=len(self.pairs),
                days=self.blocks[0].days,
                first=_day(self.first),
                last=_day(self.last),
            ),
        ]
        if self.settle:
            lines.append(
                said["settle" if self.settle > 1 else "settle_one"].format(settle=self.settle)
            )
        lines += [said["measure"], said["one_change"], said["counts"]]
        lines += [said["end"].format(least=least), said["stop"]]
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of it: how hard it was, 0 to 10 or None, and whether what was planned was done."""

    day: date
    hard: int | None = None
    done: bool | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair for the picture: the mean of how hard the days of each were, 0 to 10."""

    first: date
    one: float
    other: float

    @property
    def lighter(self) -> float:
        """By how many points the days with ``one`` were less hard."""
        return self.other - self.one


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it.

    ``lighter`` is by how many points of ten the days with ``one`` were less hard than those with
    ``other`` (below nought: harder), ``low`` to ``high`` its 95 % interval, ``p`` the chance of a
    difference as large if nothing but the lot made it. All None while it runs, or with too few
    whole pairs. ``days``: counted. ``as_planned``: share of the days, of those that say so, on
    which what was planned was done; None where no day says so.
    """

    verdict: Verdict
    sentence: str
    pairs: tuple[Pair, ...] = ()
    lighter: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    days: int = 0
    as_planned: float | None = None


def plan(
    one: str,
    other: str = NOTHING,
    *,
    start: date,
    seed: int,
    pairs: int = 8,
    block_days: int = 3,
    settle: int = 0,
) -> Plan:
    """Plan an experiment.

    Args:
        one: id of a practice.
        other: id of another one, or ``NOTHING``.
        start: the first day.
        seed: the lot; by it alone, the same plan comes again on any machine.
        pairs: of blocks, 6 to 12. In each pair both come, in an order drawn by lot.
        block_days: length of a block, 1 to 14.
        settle: so many first days of each block do not count, fewer than ``block_days``.

    Raises:
        ValueError: both are the same, or a number is outside its range.
    """
    if one in {other, NOTHING}:
        raise ValueError("An experiment compares one practice with another, or with none.")
    if not LEAST_PAIRS <= pairs <= MOST_PAIRS:
        raise ValueError(f"An experiment has {LEAST_PAIRS} to {MOST_PAIRS} pairs of blocks.")
    if not 1 <= block_days <= MOST_DAYS:
        raise ValueError(f"A block has 1 to {MOST_DAYS} days.")
    if not 0 <= settle < block_days:
        raise ValueError("At least one day of each block has to count.")
    blocks: list[Block] = []
    for number in range(pairs):
        order = (one, other) if _lot(seed, number) else (other, one)
        for what in order:
            first = start + timedelta(days=len(blocks) * block_days)
            blocks.append(Block(first, block_days, what))
    return Plan(one, other, tuple(blocks), settle)


def result(plan: Plan, days: Iterable[Day], *, today: date, names: Mapping[str, str]) -> Result:
    """Read an experiment, as the plan says.

    Args:
        plan: by :func:`plan`.
        days: one for each day at most; of two of the same day the later one counts.
        today: while it is not past the last day, nothing is worked out.
        names: what each of the two is called in the sentence, by id.

    Raises:
        ValueError: a day's number lies outside 0 to 10.
    """
    said = words("result")
    if today <= plan.last:
        return Result("running", said["running"].format(last=_day(plan.last)))
    by_day = {each.day: each for each in days if plan.on(each.day)}
    if any(each.hard is not None and not 0 <= each.hard <= 10 for each in by_day.values()):
        raise ValueError("How hard a day was lies from 0 to 10.")
    whole, counted = _whole(plan, by_day)
    told = [each.done for each in by_day.values() if each.done is not None]
    as_planned = fmean(told) if told else None
    if len(whole) < LEAST_PAIRS:
        sentence = said["early"].format(pairs=len(whole), least=LEAST_PAIRS)
        return Result("early", sentence, whole, days=counted, as_planned=as_planned)
    differences = [pair.lighter for pair in whole]
    lighter, p = fmean(differences), by_lot(differences)
    low, high = interval(differences)
    verdict: Verdict = "none" if p > LEVEL else ("one" if lighter > 0 else "other")
    sentence = _sentence(plan, verdict, (low, high), p, names)
    return Result(verdict, sentence, whole, lighter, low, high, p, counted, as_planned)


def by_lot(differences: Sequence[float]) -> float:
    """The two-sided p-value of the sign-flip test: all 2^n ways in which the lot could have fallen.

    Args:
        differences: one for each pair.
    """
    seen = abs(sum(differences)) - _TIE
    ways = product((1, -1), repeat=len(differences))
    as_large = sum(
        abs(sum(sign * each for sign, each in zip(way, differences, strict=True))) >= seen
        for way in ways
    )
    return float(as_large / 2 ** len(differences))


def interval(differences: Sequence[float], level: float = LEVEL) -> tuple[float, float]:
    """The differences that the test does not refuse at that level, as one interval.

    A way that flips some pairs refuses no value between the mean of those that it flips and the
    mean of the others; so the ends are found by counting sorted means.

    Args:
        differences: one for each pair; six or more for a level of 0.05.
        level: chance of missing the truth, at least 2 in 2^n.

    Raises:
        ValueError: too few pairs for that level.
    """
    count = len(differences)
    total = sum(differences)
    ends = []
    for way in range(1, 2**count - 1):
        flipped = [each for place, each in enumerate(differences) if way >> place & 1]
        inside = sum(flipped)
        means = inside / len(flipped), (total - inside) / (count - len(flipped))
        ends.append((min(means), max(means)))
    # Two ways, all flipped and none, refuse no value at all.
    allowed = int(level * 2**count + _TIE) - 2
    if allowed < 0:
        raise ValueError("Too few pairs for an interval of that level.")
    lows = sorted(low for low, _ in ends)
    highs = sorted((high for _, high in ends), reverse=True)
    return lows[allowed], highs[allowed]


def _whole(plan: Plan, by_day: Mapping[date, Day]) -> tuple[tuple[Pair, ...], int]:
    whole, counted = [], 0
    for pair in plan.pairs:
        hard = {block.what: _counting(block, plan.settle, by_day) for block in pair}
        if all(hard.values()):
            means = {what: fmean(numbers) for what, numbers in hard.items()}
            whole.append(Pair(pair[0].first, means[plan.one], means[plan.other]))
            counted += sum(map(len, hard.values()))
    return tuple(whole), counted


def _counting(block: Block, settle: int, by_day: Mapping[date, Day]) -> list[int]:
    found = []
    for number in range(settle, block.days):
        day = by_day.get(block.first + timedelta(days=number))
        if day is not None and day.hard is not None:
            found.append(day.hard)
    return found


def _sentence(
    plan: Plan, verdict: Verdict, ends: tuple[float, float], p: float, names: Mapping[str, str]
) -> str:
    said = words("result")
    called = {NOTHING: said["nothing"], **names}
    if verdict == "none":
        most = max(-ends[0], ends[1])
        return str(said["none"].format(most=points(most, most)))
    return str(
        said[verdict].format(
            one=called[plan.one],
            other=called[plan.other],
            by=by(*ends) if verdict == "one" else by(-ends[1], -ends[0]),
            p=max(1, round(100 * p)),
        )
    )


def _lot(seed: int, number: int) -> bool:
    """Heads or tails, the same on every machine and in every version of Python."""
    return sha256(f"{seed}:{number}".encode()).digest()[0] % 2 == 0


def _day(day: date) -> str:
    return say("{day} {month}").format(day=day.day, month=month_name(day))
