"""The patterns: kept as data, checked on loading, compiled when first needed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Final, Literal

from secondvoice.reader.datafiles import load
from secondvoice.reader.grammar import Grammar, PatternError, Shape, cost
from secondvoice.reader.reading import ASSUMPTIONS, POLES, TONES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    "care_kinds",
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
    def needs(self) -> tuple[frozenset[str], ...]:
        """Sets of words of each of which one must be there, the rarest set first."""
        return tuple(sorted(set(self.shape.needs), key=cost))

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
        fitted: Whether the model was fitted with it among its features. Patterns of danger that
            came later call by themselves, and the model is not told of them.
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
    fitted: bool
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
        needs: Sets of words of each of which one must be in the unit.
        regex_source: The regular expression as text.
        fitted: Whether it was there when the model was fitted.
    """

    id: str
    pattern: str
    place: Literal["before", "after", "unit"]
    factor: float
    touches: tuple[Group, ...]
    examples: tuple[str, ...]
    counters: tuple[str, ...]
    needs: tuple[frozenset[str], ...]
    regex_source: str
    fitted: bool

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The guard compiled; one that stands before is tied to the end of what comes before."""
        end = "$" if self.place == "before" else ""
        return re.compile(f"(?<![^ ])(?:{self.regex_source}){end}")


@dataclass(frozen=True)
class Book:
    """All patterns and guards, with the index that says which words wake which pattern.

    Attributes:
        patterns: The patterns, in the order of their files.
        guards: The guards.
        branches: Each way in which a pattern can be met, with its pattern.
        waking: For each word, the branches that it lets through, as bits of one whole number: the
            first row of bits for their rarest need, the next for the next, and so on.
        open: The same bits for what needs nothing: it is let through by no word at all.
    """

    patterns: tuple[Pattern, ...]
    guards: tuple[Guard, ...]
    branches: tuple[tuple[Pattern, Branch], ...]
    waking: dict[str, int]
    open: int

    def awake(self, words: Iterable[str]) -> list[tuple[Pattern, Branch]]:
        """The branches worth trying on a unit with these words: those whose needs are all met.

        A branch has words of which one must be there, for each of its needs. That is told for all
        branches at once, and never hides one whose regular expression would match.
        """
        bits = reduce(or_, filter(None, map(self.waking.get, words)), self.open)
        count = len(self.branches)
        left = bits & (bits >> count) & (bits >> 2 * count) & (bits >> 3 * count)
        left &= (1 << count) - 1
        found: list[tuple[Pattern, Branch]] = []
        here: frozenset[str] | None = None
        while left:
            lowest = left & -left
            left ^= lowest
            each = self.branches[lowest.bit_length() - 1]
            if len(each[1].needs) > NEEDS:
                here = here or frozenset(words)
                if any(need.isdisjoint(here) for need in each[1].needs[NEEDS:]):
                    continue
            found.append(each)
        return found


NEEDS: Final = 4
"""Needs of a branch that the index of a book holds; :meth:`Book.awake` looks at further ones."""


def _bits(branches: Sequence[tuple[Pattern, Branch]]) -> tuple[dict[str, int], int]:
    """The index of a book: for each word its bits, and those of what needs nothing."""
    by_need: dict[frozenset[str], int] = {}
    count, nothing = len(branches), 0
    for at, (_, branch) in enumerate(branches):
        for row in range(NEEDS):
            bit = 1 << (row * count + at)
            if row < len(branch.needs):
                need = branch.needs[row]
                by_need[need] = by_need.get(need, 0) | bit
            else:
                nothing |= bit
    waking: dict[str, int] = {}
    for need, bits in by_need.items():
        for word in need:
            waking[word] = waking.get(word, 0) | bits
    return waking, nothing


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
    branches = tuple((pattern, branch) for pattern in patterns for branch in pattern.branches)
    return Book(tuple(patterns), tuple(guards), branches, *_bits(branches))


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
        fitted=row.get("fitted", True),
        branches=branches,
    )


def _guard(grammar: Grammar, row: dict[str, Any]) -> Guard:
    shape = grammar.shape(row["pattern"])
    return Guard(
        id=row["id"],
        pattern=row["pattern"],
        place=row["place"],
        factor=row["factor"],
        touches=tuple(row["touches"]),
        examples=_texts(row["example"]),
        counters=_texts(row["counter"]),
        needs=shape.needs,
        regex_source=shape.regex,
        fitted=row.get("fitted", True),
    )
