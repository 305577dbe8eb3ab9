"""The corpus as numbers: which features are in which line, and what is so of it."""

from __future__ import annotations

import math
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from scipy.sparse import csr_matrix

from secondvoice.reader import scoring
from secondvoice.reader.hits import find
from secondvoice.reader.model import stretch_factor
from secondvoice.reader.parts import clauses
from secondvoice.reader.patterns import book
from secondvoice.reader.windows import clause_of, of_window, windows
from secondvoice.reader.words import level

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))  # the corpus is read by the script that checks it

import corpus  # noqa: E402
import corpus_format  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corpus_format import Line
    from secondvoice.reader.reading import Voice

FOLDER: Final = ROOT / "data" / "selftalk"
LEAST: Final = 3
"""Lines in which a feature must be met to be learned from."""

LETTERS: Final = 0.4
"""How much a feature of letters counts beside one of words, before anything is learned."""

COMMON: Final = 0.02
"""Share of lines above which a word by itself is left out."""

RAREST: Final = 8.0
"""Minus the logarithm of the share of lines at which a feature counts in full."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One text, or one clause of one, with what is known of it.

    Attributes:
        names: Its features.
        words: How many words it has.
        line: The line that it comes from.
        event: For a clause: whether it tells what happened.
        verdict: For a clause: whether it is what the voice adds.
        called: For a line: whether patterns that the model is fitted with call for care.
    """

    names: frozenset[str]
    words: int
    line: Line
    event: bool = False
    verdict: bool = False
    called: bool = False


def sides() -> dict[str, list[Line]]:
    """The lines of the corpus by side.

    Raises:
        SystemExit: If the corpus does not pass its format.
    """
    themes = corpus.themes_of(FOLDER)
    lines, problems = corpus_format.load(FOLDER)
    if problems:
        raise SystemExit("The corpus has errors; run scripts/corpus.py check:\n" + problems[0])
    found: dict[str, list[Line]] = {"train": [], "validation": [], "test": []}
    for line in lines:
        found[corpus.side(line, themes)].append(line)
    return found


def voice_of(line: Line) -> Voice | None:
    """The voice of a line as the reader takes it."""
    return cast("Voice | None", line.voice or None)


def whole(line: Line) -> Sample:
    """A line as one sample."""
    low = level(line.text)
    found = find(low, voice_of(line), fitted=True)
    made = windows(low, found)
    names = frozenset(name for window in made for name, _, _ in of_window(window))
    called = scoring.care(found.hits)[0] != "none"
    return Sample(names, sum(window.words for window in made), line, called=called)


def in_clauses(line: Line) -> list[Sample]:
    """The clauses of a line with an uncompassionate pole, each as a sample; none of other lines."""
    if not line.hard_poles or not line.sure:
        return []
    low = level(line.text)
    found = find(low, voice_of(line), fitted=True)
    event, verdict = places(line.text, line.event), places(line.text, line.verdict)
    made = []
    for start, end in clauses(low, found):
        clause = clause_of(found, start, end)
        inside = [at for at in range(start, end) if low[at].isalnum()]
        if inside and clause.words:
            share = [sum(at in part for at in inside) / len(inside) for part in (event, verdict)]
            made.append(
                Sample(
                    frozenset(clause.names()), clause.words, line, share[0] > 0.5, share[1] > 0.5
                )
            )
    return made


def places(text: str, stretches: Sequence[str]) -> set[int]:
    """The places of the characters of the labelled stretches of a text."""
    found: set[int] = set()
    for stretch in stretches:
        if stretch == "*":
            return set(range(len(text)))
        at = text.find(stretch)
        found.update(range(at, at + len(stretch)))
    return found


def calls_for_care(name: str) -> bool:
    """Whether a feature is a pattern of danger or of a figure of speech, or how strong they are."""
    kind, _, rest = name.partition(":")
    if kind == "M":
        return rest.partition(">")[0] in _CARE
    return kind == "P" and rest in _of_care()


_CARE: Final = frozenset(["now", "offer", "idiom"])


@cache
def _of_care() -> frozenset[str]:
    return frozenset(each.id for each in book().patterns if not _CARE.isdisjoint(each.marks))


def known(samples: Sequence[Sample]) -> dict[str, float]:
    """The features to learn from, in order, with what each counts before anything is learned.

    A feature must be met in :data:`LEAST` samples. Common words by themselves are left out: what
    they would tell is how the corpus is written. The rarer a feature, the more it counts, as in
    TF-IDF (Sparck Jones 1972, *Journal of Documentation* 28, 11-21); patterns count in full.
    """
    met = Counter(name for sample in samples for name in sample.names)
    return {
        name: _counts(name, met[name] / len(samples))
        for name in sorted(met)
        if met[name] >= LEAST and not _too_common(name, met[name] / len(samples))
    }


def _too_common(name: str, share: float) -> bool:
    if share <= COMMON or name.startswith(("P:", "M:", "#")) or " " in name:
        return False
    return not any(sign.isupper() for sign in name.rpartition("|")[2])


def _counts(name: str, share: float) -> float:
    if name.startswith(("P:", "M:")):
        return 1.0
    rarity = min(1.0, max(0.1, -math.log(share) / RAREST))
    return rarity * (LETTERS if name[0] == "#" and len(name) > 1 else 1.0)


def matrix(samples: Sequence[Sample], names: Mapping[str, float]) -> Any:
    """The samples as rows, the features as columns, each one scaled as the reader does.

    Returns:
        A ``scipy.sparse.csr_matrix`` of shape (samples, features).
    """
    column = {name: at for at, name in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, sample in enumerate(samples):
        factor = stretch_factor(sample.words)
        for name in sorted(sample.names):
            at = column.get(name)
            if at is not None:
                rows.append(row)
                columns.append(at)
                values.append(factor * names[name])
    return csr_matrix((values, (rows, columns)), shape=(len(samples), len(names)))
