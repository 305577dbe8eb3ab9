"""Whether a text is English: by its small words, and only where there is enough to tell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from secondvoice.reader.datafiles import load
from secondvoice.reader.patterns import vocabulary
from secondvoice.reader.words import spellings

if TYPE_CHECKING:
    from collections.abc import Sequence

LOOKED_AT: Final = 2_000
"""Words of a text that are looked at; more would not change the answer."""

Doubt = Literal["", "empty", "no_words", "other_language", "mixed"]


@dataclass(frozen=True, slots=True)
class Language:
    """What the text is written in, and what speaks against being sure of it."""

    code: str | None
    doubt: Doubt


def recognise(words: Sequence[str]) -> Language:
    """Tell English from other languages and from no language.

    Args:
        words: The words of the text as they were written, in lower case.

    Returns:
        The code ``"en"`` or None, with the doubt: ``empty`` for no words at all, ``no_words`` for
        letters that are no words we know, ``mixed`` for English with much of another language.
    """
    looked = [word for word in words[:LOOKED_AT] if word[0].isalpha()]
    if not looked:
        return Language(None, "empty" if not words else "no_words")
    english, known, other = _lists()
    in_english = sum(map(english.__contains__, looked))
    familiar = sum(map(known.__contains__, looked))
    elsewhere = sum(map(other.__contains__, looked))
    share = (in_english + familiar) / len(looked)
    if elsewhere > max(in_english + familiar, 0.25 * len(looked)):
        return Language(None, "other_language")
    if share < (0.3 if len(looked) < 12 else 0.22):
        return Language(None, "other_language" if _foreign_letters(looked) else "no_words")
    if elsewhere >= 3 and elsewhere > 0.2 * len(looked):
        return Language("en", "mixed")
    return Language("en", "")


def _foreign_letters(words: Sequence[str]) -> bool:
    return any(not word.isascii() for word in words)


@cache
def _lists() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    # Small words and spellings of English, what patterns know beside the small words, and the rest.
    data = load("language")
    small = frozenset(data["english"].split())
    known = vocabulary() - small
    return small | spellings().words.keys(), known, frozenset(data["other"].split()) - known - small
