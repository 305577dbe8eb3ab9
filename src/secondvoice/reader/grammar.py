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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

NEGATIONS: Final = frozenset(
    {"not", "never", "no", "nobody", "hardly", "without", "neither", "nor", "nothing", "none"}
)
"""Words a gap never steps over: what stands behind them is not meant the same way."""

_GAP: Final = rf"(?!(?:{'|'.join(sorted(NEGATIONS))}|,) )[^ ]+ "
_START: Final = (
    "(?:(?<!.)|(?<=, )|"
    + "|".join(
        rf"(?<=\b{word} )" for word in "and but so because that then oh god like ugh well yet".split()
    )
    + ")"
)
_END: Final = r"(?=, |$)"
_TOKEN: Final = re.compile(r"!\(|[()|?^$]|\*\d|~\d|\{\w+\}|[^\s()|?*~{}^$!]+")

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


@dataclass(frozen=True, slots=True)
class Shape:
    """A piece of a pattern: its regular expression and the words one of which it cannot do without.

    ``anchors`` is None where the piece may match with none of any fixed set of words.
    """

    regex: str
    anchors: frozenset[str] | None

    @property
    def cost(self) -> int:
        """How often these anchors would wake the pattern for nothing; lower is better."""
        if self.anchors is None:
            return 10_000
        return sum(_COMMON.get(word, 1) for word in self.anchors)


class Grammar:
    """Turns patterns into shapes, with the word classes they may name.

    Args:
        classes: Name of a class to its members; a member is itself a pattern.
    """

    def __init__(self, classes: Mapping[str, Sequence[str]]) -> None:
        self._classes = classes
        self._shapes: dict[str, Shape] = {}

    def shape(self, pattern: str) -> Shape:
        """The shape of one pattern.

        Raises:
            PatternError: If the pattern is malformed, names no known class or loops.
        """
        tokens: list[str] = _TOKEN.findall(pattern)
        if "".join(tokens) != "".join(pattern.split()):
            raise PatternError(f"The pattern {pattern!r} holds a sign that means nothing here.")
        shape, rest = self._choice(tokens, 0)
        if rest != len(tokens):
            raise PatternError(f"The pattern {pattern!r} closes a bracket that it never opened.")
        return shape

    def members(self, name: str) -> frozenset[str]:
        """All words that occur in a class, for those who only need to know that one is there."""
        anchors = self._class(name).anchors
        return anchors if anchors is not None else frozenset()

    def _choice(self, tokens: list[str], at: int) -> tuple[Shape, int]:
        branches = []
        while True:
            shape, at = self._row(tokens, at)
            branches.append(shape)
            if at < len(tokens) and tokens[at] == "|":
                at += 1
                continue
            return _either(branches), at

    def _row(self, tokens: list[str], at: int) -> tuple[Shape, int]:
        parts: list[Shape] = []
        while at < len(tokens) and tokens[at] not in {")", "|"}:
            token = tokens[at]
            if token in {"(", "!("}:
                inner, at = self._choice(tokens, at + 1)
                if at >= len(tokens):
                    raise PatternError("A bracket is opened and never closed.")
                part = inner if token == "(" else Shape(f"(?!{inner.regex})", None)
            else:
                part = self._atom(token)
            at += 1
            if at < len(tokens) and (tokens[at] == "?" or tokens[at][0] == "*"):
                most = 1 if tokens[at] == "?" else int(tokens[at][1])
                part = Shape(f"(?:{part.regex}){{0,{most}}}", None)
                at += 1
            parts.append(part)
        if not parts:
            raise PatternError("A pattern, or a branch of one, is empty.")
        best = min(parts, key=lambda shape: shape.cost)
        return Shape("".join(part.regex for part in parts), best.anchors), at

    def _atom(self, token: str) -> Shape:
        if token == "^":
            return Shape(_START, None)
        if token == "$":
            return Shape(_END, None)
        if token[0] == "~":
            return Shape(f"(?:{_GAP}){{0,{token[1]}}}", None)
        if token[0] == "{":
            return self._class(token[1:-1])
        if token[0] in "?*":
            raise PatternError("A repetition stands where there is nothing to repeat.")
        return Shape(re.escape(token) + " ", frozenset({token}))

    def _class(self, name: str) -> Shape:
        known = self._shapes.get(name)
        if known is None:
            if name not in self._classes:
                raise PatternError(f"There is no class of words named {name!r} in lexicon.toml.")
            self._shapes[name] = Shape("", None)
            known = _either([self.shape(member) for member in self._classes[name]])
            self._shapes[name] = known
        return known


def _either(branches: list[Shape]) -> Shape:
    if len(branches) == 1:
        return branches[0]
    anchors: frozenset[str] | None = frozenset()
    for branch in branches:
        anchors = None if anchors is None or branch.anchors is None else anchors | branch.anchors
    return Shape(f"(?:{'|'.join(branch.regex for branch in branches)})", anchors)
