"""What the model learns to tell, one question each, in the order of the file that it is kept in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from secondvoice.reader.model import LABELS
from secondvoice.reader.reading import ASSUMPTIONS, POLES, TONES

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus_format import Line

PARTS: Final = ("event", "verdict")
"""Labels of clauses; all others are labels of whole lines."""

JUDGED_UNSURE: Final = frozenset(["other", "none", "care", "now", "unsure"])
"""Labels that a line has even where a reader should decline it."""


OF_WORDS: Final = frozenset(["care", "now"])
"""Labels for which patterns call by themselves, so that the model goes by the words alone.

Patterns were written for lines of the corpus: there they look surer than they are elsewhere.
"""


def question(label: str) -> Callable[[Line], bool]:
    """The question behind a label of lines: given a line, is it so?

    Raises:
        KeyError: If there is no such label of lines.
    """
    if label in POLES:
        return lambda line: label in line.poles
    if label in TONES:
        return lambda line: label in line.tone
    if label in ASSUMPTIONS:
        return lambda line: label in line.assumptions
    return _OTHERS[label]


_OTHERS: Final[dict[str, Callable[[Line], bool]]] = {
    "critical": lambda line: not {"self_judgment", "isolation"}.isdisjoint(line.poles),
    "unkind": lambda line: line.kindness < 0,
    "attack": lambda line: line.kindness == -2,
    "kind": lambda line: line.kindness > 0,
    "devoted": lambda line: line.kindness == 2,
    "other": lambda line: line.about == "other",
    "none": lambda line: line.about == "none",
    "care": lambda line: line.care != "none",
    "now": lambda line: line.care == "now",
    "unsure": lambda line: not line.sure,
}

assert set(LABELS) == {*POLES, *TONES, *ASSUMPTIONS, *_OTHERS, *PARTS} - {"plain"}  # noqa: S101
