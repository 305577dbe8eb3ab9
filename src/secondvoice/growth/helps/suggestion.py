"""What to offer next: what is known, weighed against what might be better.

Thompson sampling (Thompson 1933, *Biometrika* 25, 285–294): of each practice that may be offered, a
value is drawn from what is believed of it, and the highest is offered. So what helps is offered
most, and what is not known well gets its turn as long as it might be better.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from secondvoice.growth.helps.estimates import Z80, Estimate
from secondvoice.growth.helps.prior import LITERATURE
from secondvoice.growth.helps.words import times, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from uuid import UUID

NEW_APART: Final = 0.6
"""The SD of what a practice that was never rated does beyond what all do; see ``Prior.apart``."""

BOLD: Final = 0.3
"""By how much of its SD a value is drawn round its middle. Less than 1, since a person does a
practice some dozens of times and not thousands: trying out has to pay soon (Chapelle and Li 2011
[mem] do the same). Chosen by the regret in ``docs/what-helps.md``. [own]"""

WORTH: Final = 2
"""The prior weighs as much as so many practices when the middle of all is looked for. [own]"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One practice to offer, and why.

    ``reason`` is ``known`` (it probably helps), ``open`` (too early to say), ``same`` (no
    difference was seen), ``new`` (never rated) or ``only`` (nothing else may be offered).
    ``sentence`` says it.
    """

    what: str
    kind: str
    reason: str
    sentence: str


def suggest(
    estimates: Iterable[Estimate],
    offered: Collection[str],
    *,
    seed: int,
    kind: str = "",
    refused: Collection[str] = (),
) -> Suggestion | None:
    """What to offer.

    Args:
        estimates: by :func:`what_helps`.
        offered: ids of what may be offered today. The caller asks ``practices.pace.offered`` of
            each; nothing that is not in here comes back, however much it helped.
        seed: by :func:`day_seed`, so that a page that is opened twice in a day offers the same.
        kind: the kind of moment that it is for; empty: any.
        refused: ids of what the person does not want to be offered again, ever.

    Returns:
        None where nothing is left to offer. What made things heavier is not offered either.
    """
    kept = list(estimates)
    fitting = _fitting(kept, kind)
    heavier = {each.what for each in kept if each.verdict == "heavier" and each.kind in {"", kind}}
    # Sorted, so that the order in which they are handed in changes nothing.
    open_ = sorted(set(offered) - set(refused) - heavier)
    if not open_:
        return None
    chance = random.Random(seed)  # noqa: S311 (a suggestion, and the same one all day; no secret)
    middle = _middle(kept)
    drawn = {what: _draw(fitting.get(what), middle, chance) for what in open_}
    best = max(open_, key=lambda what: drawn[what])
    estimate = fitting.get(best)
    reason = "only" if len(open_) == 1 else _reason(estimate)
    count = times(estimate.times if estimate else 0)
    return Suggestion(
        best,
        estimate.kind if estimate else "",
        reason,
        str(words("suggestion")[reason].format(times=count)),
    )


def day_seed(person: UUID, day: date) -> int:
    """The seed of a person's day, 0 to 2⁶⁴ − 1: another one each day, and for each person."""
    return int.from_bytes(sha256(person.bytes + day.isoformat().encode()).digest()[:8], "big")


def expected(
    estimates: Iterable[Estimate], offered: Iterable[str], *, kind: str = ""
) -> dict[str, float]:
    """By how many points of ten each of what is offered is believed to help in a kind of moment."""
    kept = list(estimates)
    fitting, middle = _fitting(kept, kind), _middle(kept)
    return {what: fitting[what].mid if what in fitting else middle for what in offered}


def _fitting(estimates: Iterable[Estimate], kind: str) -> dict[str, Estimate]:
    """The estimate of each for that kind of moment, where there is one, or else over all kinds."""
    overall, in_kind = {}, {}
    for each in estimates:
        if not each.kind:
            overall[each.what] = each
        elif each.kind == kind:
            in_kind[each.what] = each
    return overall | in_kind


def _middle(estimates: Iterable[Estimate]) -> float:
    """What to expect of a practice that was never rated: the middle of those that were."""
    mids = [each.mid for each in estimates if not each.kind]
    return (WORTH * LITERATURE.general[0] + sum(mids)) / (WORTH + len(mids))


def _draw(estimate: Estimate | None, middle: float, chance: random.Random) -> float:
    if estimate is None:
        return chance.gauss(middle, BOLD * NEW_APART)
    own = estimate.own
    # What is unsure of all alike does not tell them apart, so only what is its own is drawn.
    spread = (estimate.high - estimate.mid) / Z80 if own is None else own
    return chance.gauss(estimate.mid, BOLD * spread)


def _reason(estimate: Estimate | None) -> str:
    if estimate is None:
        return "new"
    return {"helps": "known", "none": "same"}.get(estimate.verdict, "open")
