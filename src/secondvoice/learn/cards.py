"""The cards: what each says, what there is to try, and what it rests on."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from secondvoice.learn.evidence import Evidence, evidence
from secondvoice.texts import texts
from secondvoice.tongues import each_tongue

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 150
"""Words of a card with its title and what there is to try: what can be read in a hard minute."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence or a few of a card, and the ids of the claims that they rest on."""

    say: str
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One card.

    ``short`` is its name in a list. ``to`` is the name of the page where what there is to try can
    be done, with ``link`` to say so; both may be empty. ``experiment``: it can be tried out, with
    being asked about it later (the page ``experiment_new``, with the card's id). ``sure`` says how
    sure all of it is, in words; ``rests_on`` has every claim behind it, those against it too.
    """

    id: str
    title: str
    short: str
    paragraphs: tuple[tuple[Said, ...], ...]
    attempt: str
    link: str
    to: str
    experiment: bool
    sure: str
    rests_on: tuple[Evidence, ...]

    @property
    def words(self) -> int:
        """How many words there are to read before "How sure is this?"."""
        said = " ".join(each.say for each in itertools.chain(*self.paragraphs))
        return len(f"{self.title} {said} {self.attempt}".split())

    def sayings(self) -> Iterator[Said]:
        """Everything it says, what there is to try too, with what each rests on."""
        yield Said(self.title, ())
        yield from itertools.chain(*self.paragraphs)
        yield Said(self.attempt, ())


@each_tongue
def cards() -> dict[str, Card]:
    """Every card by its id, in the order of the list.

    Raises:
        ValueError: a card names a claim that is not in ``evidence.toml``, or a sentence of it one
            that the card does not list.
    """
    entries: dict[str, dict[str, Any]] = texts("secondvoice.learn", "cards.toml")["cards"]
    return {id_: _card(id_, entry) for id_, entry in entries.items()}


def _card(id_: str, entry: dict[str, Any]) -> Card:
    known = evidence()
    listed = tuple(entry["rests_on"])
    paragraphs = tuple(
        tuple(Said(each["say"], tuple(each.get("rests_on", ()))) for each in paragraph)
        for paragraph in entry["paragraphs"]
    )
    if unknown := set(listed) - known.keys():
        raise ValueError(f"The card {id_!r} rests on {sorted(unknown)}, not in evidence.toml.")
    named = {name for each in itertools.chain(*paragraphs) for name in each.rests_on}
    if unlisted := named - set(listed):
        raise ValueError(f"A sentence of the card {id_!r} rests on {sorted(unlisted)}, unlisted.")
    return Card(
        id=id_,
        title=entry["title"],
        short=entry["short"],
        paragraphs=paragraphs,
        attempt=entry["try"],
        link=entry.get("link", ""),
        to=entry.get("to", ""),
        experiment=entry.get("experiment", False),
        sure=entry["sure"],
        rests_on=tuple(known[name] for name in listed),
    )
