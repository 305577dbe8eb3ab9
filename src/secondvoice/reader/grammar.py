"""The small language in which patterns are written, and how it becomes a regular expression.

A pattern is a row of words, matched against words that were already brought to one spelling
(:mod:`secondvoice.reader.words`), each followed by one space. Besides words there are::

    (a|b c)    one of these          {name}   a class of words from lexicon.toml
    x?         x or nothing          x*3      x, up to three times
    ~2         up to two words, none of them a negation or a comma
    !(a|b)     not followed by       ^  $     start, end of a clause

Repetition is always bounded and units of text are short, so no pattern can run away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NEGATIONS: Final = frozenset(
    {"not", "never", "no", "nobody", "hardly", "without", "neither", "nor", "nothing", "none"}
)
"""Words a gap never steps over: what stands behind them is not meant the same way."""

_GAP: Final = rf"(?!(?:{'|'.join(sorted(NEGATIONS))}|,) )[^ ]+ "
_START: Final = (
    "(?:(?<!.)|(?<=, )|"
    + "|".join(
        rf"(?<=\b{word} )"
        for word in [
            "and",
            "but",
            "so",
            "because",
            "that",
            "then",
            "oh",
            "god",
            "like",
            "ugh",
            "well",
            "yet",
        ]
    )
    + ")"
)
_END: Final = r"(?=, |$)"
_SIGN: Final = re.compile(r"!\(|[()|?^$]|\*\d|~\d|\{\w+\}|[^\s()|?*~{}^$!]+")

# Words so frequent that waiting for them would wake a pattern in every sentence. The higher the
# figure, the worse the word serves as an anchor; any other word costs 1.
_COMMON: Final[Mapping[str, int]] = {
    word: cost
    for cost, words in (
        (90, "i a the to and , it of"),
        (60, "am is was my me you that in not be have do for on so"),
        (30, "can will would all just are at with this what if they he she we but or as your"),
        (12, "up no get go want did know think like one out people when how more too had who"),
        (5, "feel never always everyone should good time about there because than why make really"),
    )
    for word in words.split()
}


class PatternError(ValueError):
    """A pattern in a data file that cannot be understood."""


@dataclass(frozen=True)
class Shape:
    """A piece of a pattern: its regular expression and what it cannot do without.

    Attributes:
        regex: The regular expression.
        needs: Sets of words; wherever the piece matches, one word of each set occurs.
    """

    regex: str
    needs: tuple[frozenset[str], ...]

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The set that is rarest in ordinary text; empty where nothing is needed."""
        return min(self.needs, key=cost, default=frozenset())


@cache
def cost(words: frozenset[str]) -> int:
    """How often these words would wake a pattern for nothing: the rarer, the less."""
    return sum(_COMMON.get(word, 1) for word in words)


class Grammar:
    """Turns patterns into shapes, with the word classes they may name.

    Args:
        classes: Name of a class to its members; a member is itself a pattern.
    """

    def __init__(self, classes: Mapping[str, Sequence[str]]) -> None:
        self._classes = classes
        self._shapes: dict[str, Shape] = {}

    def branches(self, pattern: str) -> tuple[Shape, ...]:
        """The shapes of a pattern that is a choice, one for each; of any other, the one.

        Each branch is tried on its own, and only where the words occur that it needs.
        """
        inside = _choices(pattern)
        return tuple(self.shape(branch) for branch in inside)

    def shape(self, pattern: str) -> Shape:
        """The shape of one pattern.

        Raises:
            PatternError: If the pattern is malformed, names no known class or loops.
        """
        signs: list[str] = _SIGN.findall(pattern)
        if "".join(signs) != "".join(pattern.split()):
            raise PatternError(f"The pattern {pattern!r} holds a sign that means nothing here.")
        shape, rest = self._choice(signs, 0)
        if rest != len(signs):
            raise PatternError(f"The pattern {pattern!r} closes a bracket that it never opened.")
        return shape

    def _choice(self, signs: list[str], at: int) -> tuple[Shape, int]:
        branches = []
        while True:
            shape, at = self._row(signs, at)
            branches.append(shape)
            if at < len(signs) and signs[at] == "|":
                at += 1
                continue
            return _either(branches), at

    def _row(self, signs: list[str], at: int) -> tuple[Shape, int]:
        parts: list[Shape] = []
        while at < len(signs) and signs[at] not in {")", "|"}:
            sign = signs[at]
            if sign in {"(", "!("}:
                inner, at = self._choice(signs, at + 1)
                if at >= len(signs):
                    raise PatternError("A bracket is opened and never closed.")
                part = inner if sign == "(" else Shape(f"(?!{inner.regex})", ())
            else:
                part = self._atom(sign)
            at += 1
            if at < len(signs) and (signs[at] == "?" or signs[at][0] == "*"):
                most = 1 if signs[at] == "?" else int(signs[at][1])
                part = Shape(f"(?:{part.regex}){{0,{most}}}", ())
                at += 1
            parts.append(part)
        if not parts:
            raise PatternError("A pattern, or a branch of one, is empty.")
        needs = tuple(need for part in parts for need in part.needs)
        return Shape("".join(part.regex for part in parts), needs), at

    def _atom(self, sign: str) -> Shape:
        if sign == "^":
            return Shape(_START, ())
        if sign == "$":
            return Shape(_END, ())
        if sign[0] == "~":
            return Shape(f"(?:{_GAP}){{0,{sign[1]}}}", ())
        if sign[0] == "{":
            return self._class(sign[1:-1])
        if sign[0] in "?*":
            raise PatternError("A repetition stands where there is nothing to repeat.")
        return Shape(re.escape(sign) + " ", (frozenset({sign}),))

    def _class(self, name: str) -> Shape:
        known = self._shapes.get(name)
        if known is None:
            if name not in self._classes:
                raise PatternError(f"There is no class of words named {name!r} in lexicon.toml.")
            self._shapes[name] = Shape("", ())
            known = _either([self.shape(member) for member in self._classes[name]])
            self._shapes[name] = known
        return known


def _either(branches: list[Shape]) -> Shape:
    if len(branches) == 1:
        return branches[0]
    anchors = [branch.anchors for branch in branches]
    needs = (frozenset().union(*anchors),) if all(anchors) else ()
    return Shape(f"(?:{'|'.join(branch.regex for branch in branches)})", needs)


def _choices(pattern: str) -> list[str]:
    # "(a b|c d)" as a whole is a choice of "a b" and "c d"; "(a|b) c" is not one.
    signs: list[str] = _SIGN.findall(pattern)
    if not signs or signs[0] != "(":
        return [pattern]
    branches: list[list[str]] = [[]]
    depth = 0
    for at, sign in enumerate(signs):
        depth += (sign in {"(", "!("}) - (sign == ")")
        if depth == 0 and at < len(signs) - 1:
            return [pattern]
        if depth == 1 and sign == "|":
            branches.append([])
        elif 0 < at < len(signs) - 1:
            branches[-1].append(sign)
    return [" ".join(branch) for branch in branches]
