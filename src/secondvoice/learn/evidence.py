"""What a card rests on: who found what in whom, how large, and what speaks against it.

The claims are in ``evidence.toml``, what they were read in is in ``bibliography.json`` (CSL-JSON,
the format of Zotero and citation processors).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from secondvoice.texts import texts
from secondvoice.tongues import each_tongue, figure, say

Measure = Literal["r", "retest", "g", "beta"]
"""``r`` a correlation, ``retest`` one between two takings, ``g`` a difference between two groups in
standard deviations (Hedges' g or Cohen's d), ``beta`` a standardised coefficient."""

MINUS = "−"


@dataclass(frozen=True, slots=True)
class Effect:
    """One figure that a source gives.

    ``label`` says of what, in a few words. ``value`` is in the unit of ``measure``; ``low`` and
    ``high`` are the ends of its 95 % interval, both None where the source read gives none.
    """

    label: str
    measure: Measure
    value: float
    low: float | None = None
    high: float | None = None

    @property
    def name(self) -> str:
        """What kind of figure it is, in a word."""
        return str(texts("secondvoice.learn", "learn.toml")["measure"][self.measure]["name"])

    @property
    def interval(self) -> str:
        """``0.52 (0.32 to 0.71)``, or the value alone."""
        if self.low is None or self.high is None:
            return number(self.value)
        return say("{value} ({low} to {high})").format(
            value=number(self.value), low=number(self.low), high=number(self.high)
        )


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim was read. ``unchecked`` names what of the entry nobody has looked up."""

    authors: str
    year: str
    title: str
    container: str
    doi: str
    url: str
    unchecked: tuple[str, ...]

    @property
    def short(self) -> str:
        """``Breines and Chen 2012``."""
        return f"{self.authors} {self.year}".strip()

    @property
    def address(self) -> str:
        """Where it can be opened: its DOI as an address before any other, or empty."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim with its size and its caveat.

    ``verified`` is false where a figure is from memory: such a figure is not in ``effects``, and
    where all of the claim is from memory ``n`` is empty, whatever the file holds.
    """

    id: str
    claim: str
    design: str
    n: str
    against: str
    bias: str
    caveat: str
    verified: bool
    effects: tuple[Effect, ...]
    source: Source


@each_tongue
def evidence() -> dict[str, Evidence]:
    """Every claim of the file by its id, in its order.

    Raises:
        ValueError: a claim names a source that is not in the bibliography, or gives one end of an
            interval without the other.
    """
    sources = bibliography()
    return {id_: _evidence(id_, entry, sources) for id_, entry in _entries().items()}


@each_tongue
def bibliography() -> dict[str, Source]:
    """Every source by its id."""
    return {str(item["id"]): _source(item) for item in csl()}


@cache
def csl() -> list[dict[str, Any]]:
    """The bibliography as it stands in its file. Do not change what comes back."""
    raw = files("secondvoice.learn").joinpath("bibliography.json").read_text(encoding="utf-8")
    loaded: list[dict[str, Any]] = json.loads(raw)
    return loaded


def number(value: float) -> str:
    """With two places, and a true minus."""
    return figure(f"{value:.2f}".replace("-", MINUS))


def _entries() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = texts("secondvoice.learn", "evidence.toml")["evidence"]
    return loaded


def _evidence(id_: str, entry: dict[str, Any], sources: dict[str, Source]) -> Evidence:
    source = sources.get(entry["source"])
    if source is None:
        raise ValueError(
            f"The claim {id_!r} names {entry['source']!r}, which is not in bibliography.json."
        )
    read = entry["known"] == "source"
    effects = [each for each in entry.get("effects", ()) if read and _read(each)]
    return Evidence(
        id=id_,
        claim=entry["claim"],
        design=entry["design"],
        n=entry.get("n", "") if read else "",
        against=entry.get("against", ""),
        bias=entry.get("bias", ""),
        caveat=entry.get("caveat", ""),
        verified=read and len(effects) == len(entry.get("effects", ())),
        effects=tuple(_effect(id_, each) for each in effects),
        source=source,
    )


def _read(effect: dict[str, Any]) -> bool:
    return bool(effect.get("known", "source") == "source")


def _effect(id_: str, entry: dict[str, Any]) -> Effect:
    if ("low" in entry) != ("high" in entry):
        raise ValueError(f"The interval of {entry['label']!r} in {id_!r} has one end only.")
    return Effect(**{key: value for key, value in entry.items() if key != "known"})


def _source(item: dict[str, Any]) -> Source:
    names = [str(name.get("family") or name.get("literal")) for name in item.get("author", ())]
    match names:
        case [] | [_]:
            authors = "".join(names)
        case [one, other]:
            authors = say("{one} and {other}").format(one=one, other=other)
        case _:
            authors = say("{first} and others").format(first=names[0])
    parts = texts("secondvoice.learn", "learn.toml")["parts"]
    issued = item.get("issued", {}).get("date-parts", [[""]])
    return Source(
        authors=authors,
        year=str(issued[0][0]),
        title=str(item.get("title", "")),
        container=str(item.get("container-title", "")),
        doi=str(item.get("DOI", "")),
        url=str(item.get("URL", "")),
        unchecked=tuple(parts[part] for part in item.get("custom", {}).get("unchecked", ())),
    )
