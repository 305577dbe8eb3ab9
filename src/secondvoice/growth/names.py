"""What is called how: practices, answers by their parts, and kinds of moment."""

from __future__ import annotations

from typing import Any

from secondvoice.growth.helps.occasion import ANSWER
from secondvoice.growth.occasions import OWN_ANSWER
from secondvoice.poles import COMPASSIONATE, Pole
from secondvoice.practices.catalogue import practices
from secondvoice.texts import texts


def words_of(section: str) -> dict[str, Any]:
    """A section of the room's own words."""
    table: dict[str, Any] = texts("secondvoice.growth", "growth.toml")[section]
    return table


def called(what: str) -> str:
    """What something that was done is called: "Soles of the feet", "An answer with mindfulness".

    Args:
        what: as an occasion names it, and not ``NOTHING``. The id of a practice that is no longer
            in the library is its own name.
    """
    said = words_of("helps")["names"]
    if what == OWN_ANSWER:
        return str(said["own_answer"])
    if what.startswith(ANSWER):
        parts = [Pole(name).label for name in what.removeprefix(ANSWER).split("+")]
        if len(parts) == len(COMPASSIONATE):
            return str(said["whole_answer"])
        return str(said["answer"].format(parts=_listed(parts, said["and"])))
    if what in said:
        return str(said[what])
    here = practices()
    return here[what].title if what in here else what


def kind_called(kind: str) -> str:
    """What a kind of moment is called: "moments of isolation"."""
    return str(words_of("helps")["kinds"].get(kind, kind))


def _listed(names: list[str], last: str) -> str:
    return last.join(part for part in (", ".join(names[:-1]), names[-1]) if part)
