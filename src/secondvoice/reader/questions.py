"""Each hidden rule said back as a question, as near to the person's own words as is safe."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from secondvoice.reader.datafiles import load
from secondvoice.reader.reading import ASSUMPTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from secondvoice.reader.marks import Mark

LONGEST_ECHO: Final = 14
"""Words of the person's own that a question repeats at most."""

# Words that a question never says back: it asks about the rule, it does not repeat the blow.
_BLOWS: Final = ("contemptuous", "harsh", "labelling")


def questions(text: str, found: Sequence[Mark]) -> dict[str, str]:
    """The questions for the assumptions that are marked, in the order of the interface.

    Args:
        text: The text as given.
        found: The marks on it.
    """
    asked: dict[str, str] = {}
    for name in ASSUMPTIONS:
        alike = [mark for mark in found if mark.name == name]
        if alike:
            strongest = max(alike, key=lambda mark: mark.weight)
            asked[name] = _question(name, text, found, strongest)
    return asked


def _question(name: str, text: str, found: Sequence[Mark], mark: Mark) -> str:
    wording = _wordings()[name]
    for row in wording.get("when", ()):
        low = text[mark.start : mark.tail].lower()
        if any(word in low for word in row["says"]):
            return str(row["ask"])
    if "echo" in wording:
        said = _echo(text, found, mark)
        if said and said.split()[0].lower() in wording["starts"]:
            return str(wording["echo"]).replace("{said}", said)
    return str(wording["ask"])


def _echo(text: str, found: Sequence[Mark], mark: Mark) -> str:
    # The clause from the mark to its end, turned to "you"; nothing if it holds a blow or is long.
    start, end = mark.start, mark.tail
    for other in found:
        if other.name in _BLOWS and other.start < end and start < other.end:
            return ""
    said = " ".join(text[start:end].split())
    if not said.isprintable() or len(said.split()) > LONGEST_ECHO or '"' in said:
        return ""
    from secondvoice.reader.friend import turn  # As in the reader: where it is asked for.

    turned = turn(said, "").strip().rstrip(".!?;,:")
    return turned[:1].lower() + turned[1:]


@cache
def _wordings() -> dict[str, dict[str, Any]]:
    wordings: dict[str, dict[str, Any]] = load("questions")
    return wordings
