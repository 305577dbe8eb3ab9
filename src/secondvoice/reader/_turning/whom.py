"""Whom "you" means, where a person writes both "I" and "you".

* Themself, as the critic speaks: "I can't believe you did that". Such a sentence is said already
  the way one would say it to a friend, and is left as it is.
* Somebody else: "I let you down". With "I" turned to "you", the other has to become "they": "you
  let them down". The verbs stay, since "they" takes the same ones as "you".
* Anybody ("you'd think I'd learn") or nobody to worry about ("I always choke, you idiot"): "you"
  stays beside the turned "I".

The first sentence that shows one of the first two decides for the whole text.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from secondvoice.reader._turning.lists import listed
from secondvoice.reader._turning.words import AUXILIARIES, I_WORDS, SUBORDINATING, YOU

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from secondvoice.reader._turning.sentence import Sentence


class Whom(Enum):
    """Whom "you" means."""

    SELF = auto()
    OTHER = auto()
    ANYBODY = auto()


_ME: Final = listed("me")
_FAR: Final = 12
"""Words between the two people of one clause, at most."""

_BREAKS: Final = listed("breaks")
_BREAKS_BEFORE: Final = _BREAKS | listed("breaks_before")
_JUDGES: Final = listed("judges")
_STRIKES: Final = listed("strikes")
_MAKES: Final = listed("makes")
_MADE: Final = listed("made")
_INSULTS: Final = listed("insults")
_GLOATING: Final = listed("gloating")
_GENERIC: Final = listed("generic")
_FILLING: Final = listed("filling")


def whom(sentences: Iterable[Sentence]) -> Whom:
    """Whom "you" means in a text.

    Args:
        sentences: The sentences of the text in which "you" stands, in order.
    """
    for sentence in sentences:
        found = _shown(sentence)
        if found is not None:
            return found
    return Whom.ANYBODY


def says_as_critic(sentence: Sentence) -> bool:
    """Whether both "I" and "you" stand in one clause: where "you" is the self, "I" the critic."""
    return any(_critic(sentence, at) or _clash(sentence, at) for at in _people(sentence))


def other_forms(sentence: Sentence) -> Iterator[tuple[int, str]]:
    """For a sentence in which "you" is somebody else: each place with its word in "they"."""
    for at in _people(sentence):
        word = sentence.words[at]
        if word in ("you", "u"):
            yield at, "them" if _is_object(sentence, at) else "they"
        else:
            yield at, _THEY[word]


_THEY: Final = {
    "your": "their",
    "ur": "their",
    "yours": "theirs",
    "yourself": "themselves",
    "you're": "they're",
    "youre": "they're",
    "you've": "they've",
    "youve": "they've",
    "you'd": "they'd",
    "youd": "they'd",
    "you'll": "they'll",
    "youll": "they'll",
}


def _people(sentence: Sentence) -> Iterator[int]:
    # Each "you" that is a person: no "you know", no "thank you", no "you idiot".
    for at, word in enumerate(sentence.words):
        if word not in YOU:
            continue
        after = sentence.words[at + 1]
        if word == "you":
            if after in _INSULTS or sentence.words[at - 1] in ("thank", "bless"):
                continue
            if after in _FILLING and sentence.edge(at + 2):
                continue
            opens = sentence.edge(at - 1) or sentence.words[at - 1] == "between"
            joined = opens and after == "and" and sentence.words[at + 2] in ("i", "me")
            if joined or (after == "ask" and sentence.words[at + 2] == "me"):
                continue
        yield at


def _shown(sentence: Sentence) -> Whom | None:
    for at, word in enumerate(sentence.words):
        if word in YOU and _insulted(sentence, at):
            return Whom.SELF
    clash = False
    for at in _people(sentence):
        if _critic(sentence, at):
            return Whom.SELF
        clash = clash or _clash(sentence, at)
    return Whom.OTHER if clash else None


def _insulted(sentence: Sentence, at: int) -> bool:
    # "you idiot", "you're so stupid", "you are such an idiot"
    if sentence.words[at] not in ("you", "you're", "youre", "u", "ur"):
        return False
    for place in range(at + 1, at + 6):
        if sentence.edge(place):
            return False
        if sentence.words[place] in _INSULTS:
            return True
        if sentence.words[place] not in _BEFORE_INSULT:
            return False
    return False


_BEFORE_INSULT: Final = listed("before_insult")


def _critic(sentence: Sentence, at: int) -> bool:
    # "I can't believe you did that", "I'm ashamed of you", "you disgust me".
    judge = _i_before(sentence, at)
    if judge is not None:
        between = sentence.words[judge + 1 : at]
        if "hope" in between:
            return not _GLOATING.isdisjoint(sentence.words[at + 1 : at + 4])
        return not _JUDGES.isdisjoint(between) and not _first_person_after(sentence, at)
    for place in range(at + 1, at + 6):
        if sentence.edge(place):
            return False
        if sentence.words[place] in _ME:
            between = sentence.words[at + 1 : place]
            if not _STRIKES.isdisjoint(between):
                return True
            then = sentence.words[place + 1 : place + 4]
            return not _MAKES.isdisjoint(between) and not _MADE.isdisjoint(then)
    return False


def _clash(sentence: Sentence, at: int) -> bool:
    # "I let you down", "you deserve better than me"
    if sentence.words[at] == "you" and sentence.words[at - 1] == "and":
        return sentence.words[at - 2] in ("me", "i")
    if _i_before(sentence, at) is not None:
        return True
    if sentence.words[at + 1] in _GENERIC or sentence.words[at + 2] in _GENERIC:
        return False
    for place in range(at + 1, at + _FAR):
        if (
            sentence.edge(place)
            or sentence.words[place] in _BREAKS
            or sentence.words[place] in I_WORDS
        ):
            return False
        if sentence.words[place] in _ME:
            return True
    return False


def _i_before(sentence: Sentence, at: int) -> int | None:
    for place in range(at - 1, max(-1, at - _FAR), -1):
        word = sentence.words[place]
        if sentence.edge(place) or word in _BREAKS_BEFORE or word == "myself":
            return None
        if word in I_WORDS:
            return place
    return None


def _first_person_after(sentence: Sentence, at: int) -> bool:
    for place in range(at + 1, at + _FAR):
        if sentence.edge(place) or sentence.words[place] in _BREAKS:
            return False
        if sentence.words[place] in _ME or sentence.words[place] in I_WORDS:
            return True
    return False


_PREPOSITIONS: Final = listed("prepositions")
_BARE: Final = listed("bare")
_CLAUSE_TAKING: Final = listed("clause_taking")
_AFTER_OBJECT: Final = listed("after_object")


def _is_object(sentence: Sentence, at: int) -> bool:
    before, last = sentence.words[at - 1], sentence.edge(at + 1)
    if sentence.edge(at - 1):
        return False
    if before in _PREPOSITIONS or before in _BARE:
        return True
    if before in SUBORDINATING or before in ("and", "but", "or", "so"):
        return last
    if before in AUXILIARIES or before == "are":
        return False
    after = sentence.words[at + 1]
    if before in _CLAUSE_TAKING:
        return last
    return last or after in _AFTER_OBJECT or (after.endswith("ly") and len(after) > 4)
