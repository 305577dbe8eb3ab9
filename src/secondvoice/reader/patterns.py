"""The patterns: kept as data, checked on loading, compiled when first needed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final, Literal

from secondvoice.reader.datafiles import load
from secondvoice.reader.grammar import Grammar, PatternError, Shape
from secondvoice.reader.reading import ASSUMPTIONS, POLES, TONES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

FILES: Final = (
    "self_judgment",
    "insults",
    "isolation",
    "over_identification",
    "mindfulness",
    "common_humanity",
    "self_kindness",
    "counterfeit",
    "assumptions",
    "tone",
    "care",
)
"""The data files that hold patterns, in ``data/``."""

GUARD_FILES: Final = ("guards",)
"""The data files that hold guards."""

OTHER_MARKS: Final = ("counterfeit", "about_other", "idiom")
"""Marks that are no field of a reading but change one: false kindness, talk about somebody else,
and figures of speech that silence a care pattern at the same words."""

_KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys(POLES, "pole"),
    **dict.fromkeys(ASSUMPTIONS, "assumption"),
    **dict.fromkeys(TONES, "tone"),
    **dict.fromkeys(("offer", "now"), "care"),
}

Group = Literal["unkind", "kind", "care"]
Needs = Literal["", "critic", "fragment", "answer", "voice"]


def kind_of(mark: str) -> Kind | None:
    """The kind of span that a mark makes, or None for a mark that makes no span."""
    return _KINDS.get(mark)


@dataclass(frozen=True)
class Branch:
    """One way in which a pattern can be met.

    Attributes:
        shape: Its regular expression and the words it needs.
    """

    shape: Shape

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The branch compiled; done on first use so that starting up stays quick."""
        return re.compile("(?<![^ ])" + self.shape.regex)


@dataclass(frozen=True)
class Pattern:
    """One pattern of a data file.

    Attributes:
        id: Its name, unique, in the form ``file.what_it_is``.
        pattern: The words, in the language of :mod:`secondvoice.reader.grammar`.
        marks: What it is a sign of, each with a weight in 0..1.
        why: One plain sentence for the person who wrote the words.
        examples: Texts in which it must fire.
        counters: Near misses in which it must not.
        needs: ``"voice"``: only where "you" is the writer (a critic's words or an answer);
            ``"critic"`` or ``"answer"``: only in that voice; ``"fragment"``: only where nobody
            else is being talked of.
        guarded: Whether the guards apply to it.
        branches: The ways in which it can be met.
    """

    id: str
    pattern: str
    marks: dict[str, float]
    why: str
    examples: tuple[str, ...]
    counters: tuple[str, ...]
    needs: Needs
    guarded: bool
    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class Guard:
    """Words around a hit that change what it means: "my boss said …", "I used to think …".

    Attributes:
        id: Its name.
        pattern: The words, matched right before the hit, or right after it.
        place: Where it stands: right before the hit, right after it, anywhere in the unit.
        factor: What the weights are multiplied by, in 0..1.
        touches: The groups of marks to which it applies.
        examples: Texts whose self-criticism it takes away or softens.
        counters: Near misses that keep theirs.
        regex_source: The regular expression as text.
    """

    id: str
    pattern: str
    place: Literal["before", "after", "unit"]
    factor: float
    touches: tuple[Group, ...]
    examples: tuple[str, ...]
    counters: tuple[str, ...]
    regex_source: str

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The guard compiled; one that stands before is tied to the end of what comes before."""
        end = "$" if self.place == "before" else ""
        return re.compile(f"(?<![^ ])(?:{self.regex_source}){end}")


@dataclass(frozen=True)
class Book:
    """All patterns and guards, with the index that says which words wake which pattern."""

    patterns: tuple[Pattern, ...]
    guards: tuple[Guard, ...]
    waking: dict[str, tuple[tuple[int, Pattern, Branch], ...]]

    def awake(self, words: Iterable[str]) -> list[tuple[Pattern, Branch]]:
        """The branches worth trying on a unit with these words."""
        here = frozenset(words)
        found: dict[int, tuple[Pattern, Branch]] = {}
        for word in self.waking.keys() & here:
            for at, pattern, branch in self.waking[word]:
                # A plain loop: this is the innermost one, run for every sentence.
                for need in branch.shape.needs:
                    if need.isdisjoint(here):
                        break
                else:
                    found[at] = pattern, branch
        return [found[at] for at in sorted(found)]


@cache
def book() -> Book:
    """The patterns and guards, read once.

    Raises:
        PatternError: If a data file holds something that cannot be understood.
    """
    grammar = Grammar(load("lexicon")["classes"])
    patterns: list[Pattern] = []
    for name in FILES:
        patterns += (_pattern(grammar, row) for row in load(name).get("pattern", ()))
    guards = [_guard(grammar, row) for name in GUARD_FILES for row in load(name)["guard"]]
    waking: dict[str, list[tuple[int, Pattern, Branch]]] = {}
    branches = ((pattern, branch) for pattern in patterns for branch in pattern.branches)
    for at, (pattern, branch) in enumerate(branches):
        for word in branch.shape.anchors:
            waking.setdefault(word, []).append((at, pattern, branch))
    return Book(
        tuple(patterns),
        tuple(guards),
        {word: tuple(places) for word, places in waking.items()},
    )


@cache
def vocabulary() -> frozenset[str]:
    """Every English word that the patterns, guards and classes name."""
    word = re.compile(r"[a-z']+")
    found: set[str] = set()
    for members in load("lexicon")["classes"].values():
        for member in members:
            found.update(word.findall(member))
    for name in FILES:
        for row in load(name).get("pattern", ()):
            if row.get("english", True):
                found.update(word.findall(row["pattern"]))
    return frozenset(found)


def _texts(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _pattern(grammar: Grammar, row: dict[str, Any]) -> Pattern:
    for mark in row["marks"]:
        if mark not in _KINDS and mark not in OTHER_MARKS:
            raise PatternError(f"The pattern {row['id']} marks {mark!r}, which is no known mark.")
    branches = tuple(Branch(shape) for shape in grammar.branches(row["pattern"]))
    if not all(branch.shape.anchors for branch in branches):
        raise PatternError(f"The pattern {row['id']} has no word that it cannot do without.")
    return Pattern(
        id=row["id"],
        pattern=row["pattern"],
        marks=row["marks"],
        why=row["why"],
        examples=_texts(row["example"]),
        counters=_texts(row["counter"]),
        needs=row.get("needs", ""),
        guarded=row.get("guarded", True),
        branches=branches,
    )


def _guard(grammar: Grammar, row: dict[str, Any]) -> Guard:
    return Guard(
        id=row["id"],
        pattern=row["pattern"],
        place=row["place"],
        factor=row["factor"],
        touches=tuple(row["touches"]),
        examples=_texts(row["example"]),
        counters=_texts(row["counter"]),
        regex_source=grammar.shape(row["pattern"]).regex,
    )
