"""Where the friend's name goes, and what becomes of the word after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from secondvoice.reader._turning.lists import listed, phrases
from secondvoice.reader._turning.sentence import (
    APOSTROPHES,
    DASHES,
    ELLIPSIS,
    QUOTES,
    Sentence,
    Words,
)
from secondvoice.reader._turning.speech import ENDED, FILLER
from secondvoice.reader._turning.words import EITHER, I_WORDS, TURNED, WH, YOU

_NO_NAME: Final = listed("no_name")
_CAPITAL: Final = listed("capital")
_FIRST_NAMES: Final = listed("first_names")
_COMMON_WORDS: Final = listed("common_words")
_NAMED_DOES: Final = listed("named_does")
_OPENERS: Final = listed("openers") | EITHER
_INTERJECTIONS: Final = phrases("interjections")
_LONGEST_INTERJECTION: Final = max(len(phrase) for phrase in _INTERJECTIONS)
_AFTER_INTERJECTION: Final = I_WORDS | YOU | WH | listed("after_interjection")
_BULLET: Final = re.compile(r"\s*(?:[-*•–·>]+\s+|\(?\d{1,3}[.)]\s+)+")
_WORD: Final = re.compile(rf"[^\W_]|[{FILLER}{ENDED}]")
_START: Final = 600
"""Code points looked at to find where the name goes."""

_PAUSES: Final = frozenset((*",.!?:\n", ELLIPSIS)) | DASHES
_STOPS: Final = frozenset((*".!?\n", ELLIPSIS))
_OUTBURST: Final = 3
"""Words in a first sentence that is only an outburst ("Stupid, stupid, stupid."), at most."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the name goes.

    Attributes:
        at: The place that it goes to.
        word: The place of the word that it goes before: signs of emphasis may lie between.
        comma: Where a comma has to be added before it, or None.
        instead: Where the name ends that it replaces, or None: "Tom, you idiot" is said to Sam.
    """

    at: int
    word: int
    comma: int | None = None
    instead: int | None = None


def called(friend: str) -> str:
    """The name as one calls it: trimmed, on one line; empty where it is a description.

    "A friend" and "my sister" say who somebody is. Nobody is addressed so.
    """
    name = " ".join(friend.split()).strip(" ,;:!?")
    first, _, rest = name.lower().partition(" ")
    return "" if rest and first in _NO_NAME else name


def is_named(text: str, name: str) -> bool:
    """Whether the text says this name already, as a whole word.

    In lower case it counts too ("sam hates me"), unless it is an ordinary word ("will", "grace").
    """
    kinds = f"[{APOSTROPHES}]"
    common = name.lower() in _COMMON_WORDS
    if common:
        name = name.title()
    pattern = re.sub(kinds, lambda _: kinds, re.escape(name))
    whole = rf"(?<![^\W_]){pattern}(?![^\W_])"
    if not common:
        return re.search(whole, text, re.IGNORECASE) is not None
    # At the start of a sentence "Will" may be the verb: then only a comma shows the name.
    return re.search(rf"{whole}(?=,)|(?<=[a-z,] ){whole}", text) is not None


def place(source: Words, *, to_self: bool) -> Place | None:
    """Where the name goes in a text: before its first word, or after an outcry.

    Args:
        source: The text.
        to_self: Whether a name with "you" may be the person's own.

    Returns:
        The place; None where the text has no word.
    """
    bullet = _BULLET.match(source.text)
    begin = bullet.end() if bullet else 0
    first = _WORD.search(source.text, begin)
    if first is None:
        return None
    head = source.cut(begin, first.start() + _START)
    if to_self and _calls_self(head):
        return Place(head.starts[head.first], -1, instead=head.ends[head.first])
    after, comma = _after_outcry(head)
    if after == head.first:
        after = _after_outburst(head)
    word = head.starts[after]
    return Place(_before_signs(source.text, word), word, comma)


def lowered(source: Words, at: int) -> tuple[int, str] | None:
    """The word at a place in lower case, and where it ends; None where its capital stays.

    Names, acronyms, shouted words and other scripts keep it.
    """
    sentence = source.cut(at, at + _START)
    written = sentence.written(0)
    if not written or not written.isascii() or not written[0].isupper():
        return None
    following = sentence.written(1)
    if len(written) > 1 and not written[1:].islower():
        return None
    if sentence.words[0] in I_WORDS:
        return None
    if len(written) == 1 and (written != "A" or (following.isupper() and len(following) > 1)):
        return None
    if _is_name(sentence, 0) or re.search(rf"[a-z,;] {written}\b", source.text[at : at + _START]):
        return None
    return sentence.ends[0], written.lower()


def _is_name(sentence: Sentence, at: int) -> bool:
    word = sentence.words[at].removesuffix("'s")
    following, written = sentence.words[at + 1], sentence.written(at + 1)
    if word in _CAPITAL or word in _FIRST_NAMES:
        return True
    if word in _OPENERS:
        return False
    if following == "and" and sentence.words[at + 2] in ("i", "me"):
        return True
    if following in _NAMED_DOES:
        return not word.endswith("s")
    named = following in _CAPITAL or following in _FIRST_NAMES or following in I_WORDS
    return written[:1].isupper() and not written.isupper() and not named


def _calls_self(head: Sentence) -> bool:
    # "Tom, you idiot": the person's own name.
    at = head.first
    return (
        head.words[at] in _FIRST_NAMES and head.words[at + 1] == "," and head.words[at + 2] in YOU
    )


def _after_outcry(head: Sentence) -> tuple[int, int | None]:
    # "God, …", "Ugh. …", "fuck fuck fuck i …": the word after it, and where a comma is missing.
    at, comma = head.first, None
    found = at
    while length := _outcry(head, at):
        at += length
        if head.words[at] in _PAUSES:
            while head.words[at] in _PAUSES:
                at += 1
            comma = None
        elif head.words[at] in _AFTER_INTERJECTION or head.words[at] in I_WORDS:
            comma = head.ends[at - 1]
        elif not _outcry(head, at):
            break
        else:
            continue
        if head.edge(at) and head.words[at] not in QUOTES:
            return head.first, None
        found = at
    return (found, comma) if found != head.first else (found, None)


def _outcry(head: Sentence, at: int) -> int:
    for length in range(_LONGEST_INTERJECTION, 0, -1):
        if tuple(head.words[at : at + length]) in _INTERJECTIONS:
            return length
    return 0


def _after_outburst(head: Sentence) -> int:
    # "Stupid, stupid, stupid. I never learn."
    at, seen = head.first, 0
    while at < len(head.starts) and head.words[at] not in _STOPS:
        word = head.words[at]
        if word in QUOTES or word in YOU or word in I_WORDS or word in TURNED:
            return head.first
        seen += not head.edge(at)
        at += 1
    if head.words[at] == "?":
        return head.first
    while head.words[at] in _PAUSES:
        at += 1
    if seen <= _OUTBURST and head.words[at] in I_WORDS:
        return at
    return head.first


def _before_signs(text: str, at: int) -> int:
    # *I*, £14k, #fail
    while at > 0 and text[at - 1] in "*_~£$€#@+":
        at -= 1
    return at
