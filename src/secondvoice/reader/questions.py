"""Each hidden rule said back as a question, as near to the person's own words as is safe."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from secondvoice.reader.datafiles import load
from secondvoice.reader.friend import turn
from secondvoice.reader.reading import ASSUMPTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from secondvoice.reader.hits import Hit

ASKED_FROM: Final = 0.3
"""Score from which an assumption is asked about."""

LONGEST_ECHO: Final = 14
"""Words of the person's own that a question repeats at most."""

# Words that a question never says back: it asks about the rule, it does not repeat the blow.
_BLOWS: Final = ("contemptuous", "harsh", "labelling")


def questions(text: str, hits: Sequence[Hit], found: Mapping[str, float]) -> dict[str, str]:
    """The questions for the assumptions found, in the order of the interface.

    Args:
        text: The text as given.
        hits: What was found in it.
        found: The score of each assumption.
    """
    asked: dict[str, str] = {}
    for name in ASSUMPTIONS:
        if found.get(name, 0.0) >= ASKED_FROM:
            alike = [hit for hit in hits if name in hit.pattern.marks]
            strongest = max(alike, key=lambda hit: hit.weight(name))
            asked[name] = _question(name, text, hits, strongest)
    return asked


def _question(name: str, text: str, hits: Sequence[Hit], hit: Hit) -> str:
    wording = _wordings()[name]
    for row in wording.get("when", ()):
        low = text[hit.start : hit.tail].lower()
        if any(word in low for word in row["says"]):
            return str(row["ask"])
    if "echo" in wording:
        said = _echo(text, hits, hit)
        if said and said.split()[0].lower() in wording["starts"]:
            return str(wording["echo"]).replace("{said}", said)
    return str(wording["ask"])


def _echo(text: str, hits: Sequence[Hit], hit: Hit) -> str:
    # The clause from the hit to its end, turned to "you"; nothing if it holds a blow or is long.
    start, end = hit.start, hit.tail
    for other in hits:
        if other.start < end and start < other.end and _is_blow(other):
            return ""
    said = " ".join(text[start:end].split())
    if not said.isprintable() or len(said.split()) > LONGEST_ECHO or '"' in said:
        return ""
    turned = turn(said, "").strip().rstrip(".!?;,:")
    return turned[:1].lower() + turned[1:]


def _is_blow(hit: Hit) -> bool:
    return any(hit.pattern.marks.get(mark, 0.0) >= ASKED_FROM for mark in _BLOWS)


@cache
def _wordings() -> dict[str, dict[str, Any]]:
    wordings: dict[str, dict[str, Any]] = load("questions")
    return wordings
