"""Whether a "was" belongs to "I", and so becomes "were".

No grammar of English is at hand, so this looks for the subject with a few rules, each of which
leaves "was" as it is when in doubt: "the boss was" must never become "the boss were". Every look
back is bounded, so that the work stays linear in the length of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from secondvoice.reader._turning.lists import listed, phrases
from secondvoice.reader._turning.sentence import DASHES, ELLIPSIS, QUOTES, Sentence
from secondvoice.reader._turning.words import (
    AUXILIARIES,
    EITHER,
    FINITE,
    I_WORDS,
    JOINING,
    OTHERS,
    SUBORDINATING,
    THIRD,
    TIMES,
    WAS,
    WH,
)

if TYPE_CHECKING:
    from collections.abc import Collection

_FARTHEST: Final = 40
"""Words that a look back goes at most."""

_BEFORE_WAS_I: Final = WH | listed("before_was_i")
_CLEFT: Final = listed("cleft")
_BREAKS: Final = frozenset((*",;:()", ELLIPSIS)) | DASHES | QUOTES
_AROUND_ASIDE: Final = frozenset(",)") | DASHES
_ALL: Final = listed("all_people")
_NOUN_OPENERS: Final = listed("noun_openers")
_ADVERBS: Final = listed("adverbs")
_NOT_ADVERBS: Final = listed("not_adverbs")
_ASIDES: Final = phrases("asides")


def belongs_to_i(sentence: Sentence, at: int, agreed: Collection[int]) -> bool:
    """Whether the "was" at a place has "I" for its subject.

    Args:
        sentence: The sentence.
        at: Where "was" or "wasn't" stands in it.
        agreed: The places before it for which this was true.
    """
    words = sentence.words
    if words[at + 1] == "i":
        return _inverted(sentence, at)
    before = _before_adverbs(sentence, at - 1)
    word = words[before]
    if word in ("myself", "meself"):
        return words[before - 1] in I_WORDS
    if word == "i":
        return not (words[before - 1] in ("but", "except") and words[before - 2] in _ALL)
    if word in ("who", "that"):
        return _antecedent_is_i(sentence, before)
    if word in _AROUND_ASIDE:
        return _i_before_aside(sentence, before) or (
            word == "," and _goes_on(sentence, before, agreed, by_comma=True)
        )
    return word in JOINING and _goes_on(sentence, before, agreed, by_comma=False)


def _is_adverb(word: str) -> bool:
    return word in _ADVERBS or (word.endswith("ly") and word not in _NOT_ADVERBS and len(word) > 4)


def _before_adverbs(sentence: Sentence, at: int) -> int:
    for _ in range(_FARTHEST):
        if at < 0:
            break
        if _is_adverb(sentence.words[at]) and not (
            at > sentence.first and sentence.written(at)[0].isupper()
        ):
            at -= 1
            continue
        for length in (2, 3, 4):
            if tuple(sentence.words[max(0, at - length + 1) : at + 1]) in _ASIDES:
                at -= length
                break
        else:
            break
    return max(at, -1)


def _inverted(sentence: Sentence, at: int) -> bool:
    # "why was I", "so was I"; but not "my mistake was I trusted him".
    for place in range(at - 1, max(-1, at - 6), -1):
        word = sentence.words[place]
        if word in _BEFORE_WAS_I or word in _BREAKS or word in JOINING or word in SUBORDINATING:
            return True
        if word in I_WORDS or word in OTHERS:
            return False
    return at < 2 or sentence.words[at] != "was"


def _antecedent_is_i(sentence: Sentence, at: int) -> bool:
    # "I, who was", "it was me who was"; but not "he asked me who was there".
    words = sentence.words
    comma = words[at - 1] == ","
    before = at - 2 if comma else at - 1
    if words[at] == "that" and (comma or words[before - 1] not in _CLEFT):
        return False
    return words[before] == "i" or (
        words[before] in ("me", "myself") and (comma or words[before - 1] in _CLEFT)
    )


def _i_before_aside(sentence: Sentence, at: int) -> bool:
    # "I, of course, was", "I (stupidly) was".
    words = sentence.words
    opening = "(" if words[at] == ")" else words[at]
    for place in range(at - 1, max(0, at - _FARTHEST), -1):
        if words[place] == opening:
            return words[place - 1] == "i"
    return False


def _goes_on(sentence: Sentence, at: int, agreed: Collection[int], *, by_comma: bool) -> bool:
    # "I am lazy and was always lazy": the subject is that of the part before. With by_comma, only
    # a comma joins ("I was late, was rude"), and the part before has to be such a part itself.
    if by_comma and not _is_part_of_list(sentence, at, agreed):
        return False
    at = _before_relative_clause(sentence, at)
    for place in range(at - 1, max(-1, at - 1 - _FARTHEST), -1):
        subject = _subject(sentence, place, agreed)
        if subject is not None:
            return subject
    return False


def _before_relative_clause(sentence: Sentence, at: int) -> int:
    # "I rang in sick, which was a lie, and was caught": what the two commas hold is passed over.
    if sentence.words[at - 1] == ",":
        for place in range(at - 2, max(0, at - _FARTHEST), -1):
            if sentence.words[place] == ",":
                return place if sentence.words[place + 1] in ("who", "which") else at
    return at


def _subject(sentence: Sentence, at: int, agreed: Collection[int]) -> bool | None:
    # Whether the word shows that the subject here is "I" (True) or another (False).
    word = sentence.words[at]
    subject: bool | None = None
    if word in I_WORDS:
        subject = not _in_relative_clause(sentence, at)
    elif word in WAS:
        subject = at in agreed
    elif word in AUXILIARIES:
        subject = _auxiliary_subject(sentence, at)
    elif word in EITHER:
        subject = False if sentence.words[at + 1] in FINITE else None
    elif word in OTHERS or word in THIRD or word in (";", ":", "("):
        subject = False
    elif word == "am":
        subject = True
    return subject


def _auxiliary_subject(sentence: Sentence, at: int) -> bool | None:
    before = _before_adverbs(sentence, at - 1)
    word = sentence.words[before]
    if word == "i":
        return not _in_relative_clause(sentence, before)
    carries_on = sentence.edge(before) or word in JOINING or word in AUXILIARIES or word == "to"
    return None if carries_on or sentence.words[at + 1] == "i" else False


def _in_relative_clause(sentence: Sentence, at: int) -> bool:
    # "the thing I said … was": a noun group right before "I", and no time ("the other day I").
    words = sentence.words
    before = words[at - 1]
    if sentence.edge(at - 1) or before in TIMES or before in JOINING or before in SUBORDINATING:
        return before == "that" and words[at - 2] not in FINITE and at >= 2
    for place in range(at - 1, max(-1, at - 5), -1):
        if sentence.edge(place):
            return False
        if words[place] in _NOUN_OPENERS:
            return sentence.edge(place - 1) or words[place - 1] in JOINING
    return False


def _is_part_of_list(sentence: Sentence, at: int, agreed: Collection[int]) -> bool:
    for place in range(at - 1, max(-2, at - _FARTHEST), -1):
        if sentence.edge(place) or sentence.words[place] in JOINING:
            first = place + 1
            while first < at and _is_adverb(sentence.words[first]):
                first += 1
            return sentence.words[first] in I_WORDS or first in agreed
    return False
