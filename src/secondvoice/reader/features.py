"""What the model looks at: words, their neighbours, their families, who does it, and what fired.

A feature is a string, and stands for the words between two places of a unit. The score of a text is
a sum over its features, so each of them can be traced back to the words that carried it.

=================  =====================================================================
``lazy``           a word
``FAULT``          the family that it belongs to (``data/families.toml``)
``so lazy``        two neighbours, each as a word or as its family; ``^`` begins a unit,
                   ``.`` or ``?`` ends it
``i am so``        three neighbours; ``i am TRAIT_BAD`` with the last one as its family
``not _ KINDVERB`` a family with what stands before its neighbour
``I|lazy``         a word or family under the one who was named last: the writer (``I``),
                   the writer's own (``my``), another (``he``), ``we``, ``it``, ``all`` …
``!lazy``          a word shortly after "not", "never" and the like; ``I|!KIND`` likewise
``+FAULT``         a family in a unit that names the writer, ``-FAULT`` in one that does not
``#laz``           letters of a word, so that a word never met is not nothing
``P:…``, ``M:…``   a pattern that fired, and how strongly patterns speak for a mark
=================  =====================================================================
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, TypeVar

from secondvoice.reader.datafiles import load
from secondvoice.reader.model import APART

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Feature = tuple[str, int, int]
"""A feature with the first and the last of the words it stands for, as places in the unit."""

NOT_FOR: Final = 4
"""Words after a negation that count as negated."""

_NEGATIONS: Final = frozenset(
    ["not", "never", "no", "nor", "without", "hardly", "nobody", "nothing", "cannot"]
)
_NAMED: Final = {
    "i": "I",
    "me": "I",
    "myself": "I",
    "my": "my",
    "mine": "my",
    "we": "we",
    "us": "we",
    "our": "we",
    "you": "you",
    "your": "you",
    "it": "it",
    "this": "it",
    "that": "it",
    "there": "it",
    "who": "who",
    "what": "what",
}
NAMES: Final = ("0", "all", "he", *sorted(set(_NAMED.values())))
"""Who can be named last; "0" where nobody was."""

Made = TypeVar("Made")
Under = dict[bool, dict[str, tuple[Made, Made]]]
"""Whether the unit names the writer, then who was named last, then whether there is a negation."""

_WRITER: Final = frozenset(["i", "me", "my", "mine", "myself"])
_OTHERS: Final = frozenset(["HE", "KIN", "FOLK"])
_ALL: Final = frozenset(["ALLFOLK", "NOFOLK"])
_NOBODY_IN_PARTICULAR: Final = frozenset(["all", "most", "half", "many", "lots", "loads"])


@cache
def families() -> dict[str, tuple[str, ...]]:
    """The families of each word that has any, in capitals."""
    found: dict[str, list[str]] = {}
    for name, words in load("families")["families"].items():
        for word in words.split():
            found.setdefault(word, []).append(name.upper())
    return {word: tuple(names) for word, names in found.items()}


@cache
def subjects() -> dict[str, str]:
    """Whom a word names, for those that name somebody."""
    found = dict(_NAMED)
    for word, names in families().items():
        if word in found or word in _NOBODY_IN_PARTICULAR:
            continue
        if not _OTHERS.isdisjoint(names):
            found[word] = "he"
        elif not _ALL.isdisjoint(names):
            found[word] = "all"
    return found


def of_word(word: str) -> list[str]:
    """The features of a word by itself."""
    found = [word, *families().get(word, ())]
    if word.isalpha():
        framed = f"<{word}>"
        for length in (3, 4, 5):
            found += ["#" + framed[at : at + length] for at in range(len(framed) - length + 1)]
    return found


def of_pair(one: str, two: str) -> list[str]:
    """The features of two neighbours; either may be an edge."""
    firsts, seconds = families().get(one, ()), families().get(two, ())
    found = [f"{one} {two}"]
    found += [f"{first} {two}" for first in firsts]
    found += [f"{one} {second}" for second in seconds]
    found += [f"{first} {second}" for first in firsts for second in seconds]
    return found


def of_triple(one: str, two: str, three: str) -> list[str]:
    """The features of three neighbours; either end may be an edge."""
    lasts = families().get(three, ())
    found = [f"{one} {two} {three}"]
    found += [f"{one} {two} {last}" for last in lasts]
    found += [f"{one} {APART} {last}" for last in lasts]
    found += [f"{first} {APART} {last}" for first in families().get(one, ()) for last in lasts]
    return found


def of_subject(who: str, word: str, *, negated: bool, own: bool) -> list[str]:
    """The features of a word under the one who was named last.

    Args:
        who: Who that was.
        word: The word.
        negated: Whether a negation stands shortly before it.
        own: Whether the writer is named anywhere in the unit.
    """
    names = families().get(word, ())
    sign = "+" if own else "-"
    found = [f"{who}|{word}", *(f"{who}|{name}" for name in names)]
    found += [sign + name for name in names]
    if negated:
        found.append(f"!{word}")
        found += [f"{who}|!{name}" for name in names]
    return found


def under(make: Callable[[str, bool, bool], Made]) -> Under[Made]:
    """Something for each way in which a word can stand: under whom, negated, in whose unit.

    Args:
        make: Makes it from who was named last, whether a negation stands shortly before the word,
            and whether the unit names the writer.
    """
    return {
        own: {who: (make(who, False, own), make(who, True, own)) for who in NAMES}
        for own in (False, True)
    }


def subject_line(words: Sequence[str], ways: Under[Made]) -> list[Made]:
    """For each word of a unit what was made for the way in which it stands there."""
    named, here = subjects(), ways[names_writer(words)]
    who, left = "0", 0
    plain, negated = here[who]
    found: list[Made] = []
    for word in words:
        if word in _NEGATIONS:
            left = NOT_FOR
        found.append(negated if left > 0 else plain)
        left -= 1
        now = named.get(word)
        if now is not None and not (who == "my" and now == "he"):
            who = now
            plain, negated = here[who]
    return found


def names_writer(words: Iterable[str]) -> bool:
    """Whether the writer is named in a unit."""
    return not _WRITER.isdisjoint(words)


def features(words: Sequence[str], *, asks: bool) -> Iterator[Feature]:
    """All features of a unit but those of patterns.

    Args:
        words: The words of a unit, in the reader's one spelling.
        asks: Whether it ends in a question mark.

    Yields:
        Each feature with the places of the words it stands for; one that is met twice comes twice.
    """
    if not words:
        return
    line = ["^", *words, "?" if asks else "."]
    last = len(words) - 1
    for at, word in enumerate(words):
        for name in of_word(word):
            yield name, at, at
    for at, (who, negated, own) in enumerate(subject_line(words, _WAYS)):
        for name in of_subject(who, words[at], negated=negated, own=own):
            yield name, at, at
    for at in range(len(line) - 1):
        for name in of_pair(line[at], line[at + 1]):
            yield name, max(at - 1, 0), min(at, last)
    for at in range(len(line) - 2):
        for name in of_triple(line[at], line[at + 1], line[at + 2]):
            yield name, max(at - 1, 0), min(at + 1, last)


_WAYS: Final = under(lambda who, negated, own: (who, negated, own))
