"""A person's own harsh words, turned round and said to a friend by name.

"I'm such an idiot. I always ruin everything." becomes "Sam, you're such an idiot. You always ruin
everything.", and the person is asked whether they would say that to Sam. So it has to be exactly
their own words, with only the person changed:

* I, me, my, mine, myself and their short forms become you, your, yours, yourself; "am" becomes
  "are", and "was" becomes "were" where its subject is "I". All other words stay as they were
  typed, slips included. A word that is put in is spelled properly ("im" gives "you're"), with the
  apostrophe the person uses, and in their case ("i" gives "you", "I AM" gives "YOU ARE").
* Somebody else's words in quotation marks stay, byte for byte; a text wholly in quotation marks
  is the person's own voice and is turned.
* "You" to oneself stays. Where "you" is the self and "I" the critic ("I can't believe you did
  that"), the sentence is said that way already and stays whole. Where "you" is somebody else ("I
  let you down"), the other becomes "they".
* The one who judges stays "I", and what is judged turns: "I think I'm a fraud" is said to a friend
  as "I think you're a fraud". This holds for think, guess, suppose, reckon, suspect, bet, swear,
  doubt and mean, at the start of a clause, before what they judge. "I thought I could cope" tells
  what happened, and turns whole.
* The name is said once, first, or after an outcry ("God, Sam, you're…"). Where the text holds the
  name already it is not said again: "Sam hates me" gives "Sam hates you".
* What is not English is left as it is.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from secondvoice.reader._turning import address
from secondvoice.reader._turning.agreement import belongs_to_i
from secondvoice.reader._turning.kept import is_kept
from secondvoice.reader._turning.lists import listed
from secondvoice.reader._turning.sentence import APOSTROPHES, Sentence, Words
from secondvoice.reader._turning.speech import ENDED, blank, others_words
from secondvoice.reader._turning.whom import Whom, other_forms, says_as_critic, whom
from secondvoice.reader._turning.words import I_WORDS, TURNED, WAS

_FIRST: Final = re.compile(
    r"(?<![^\W_])(?:i(?:'(?:m|am|ve|d|ll|s|mma|ma|dve)|m|ve|d|ll|am|mma)?|me|my|mine|myself|meself|am)"
    r"(?![^\W_])"
)
_YOU: Final = re.compile(
    r"(?<![^\W_])(?:you(?:r|rs|rself|re|ve|ll|d|'(?:re|ve|ll|d))?|u|ur)(?![^\W_])"
)
_LOUD: Final = re.compile(r"[^\W\d_a-z][^\W\d_a-z]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LOOKED_AT: Final = 2_000
"""Code points by which another language is told from English."""

_WRITTEN_WITH_I: Final = I_WORDS | {"id", "ill"}
"""Words whose capital shows nothing: it may be that of "I"."""

# Small words of languages in which "me" and "am" are words too.
_ELSEWHERE: Final = listed("elsewhere")
_ENGLISH: Final = listed("english")
_SPEECH: Final = listed("speech")
_KIN_DIALECT: Final = listed("kin_dialect")
_TO_ME: Final = listed("to_me")


class _Change(NamedTuple):
    start: int
    end: int
    text: str


def turn(text: str, friend: str = "Sam") -> str:
    """Turn a person's words about themself round, and say them to a friend.

    Args:
        text: What the person wrote: any text of any length. The work is linear in its length.
        friend: The friend's name. Empty, or a description ("a friend", "my sister"): the words
            are turned and nobody is called by name.

    Returns:
        The words turned round. Never raises for any string.
    """
    source = Words(blank(text, others_words(text)))
    name = address.called(friend)
    meant = _whom(source)
    place = None
    if name and not address.is_named(text, name):
        place = address.place(source, to_self=meant is not Whom.OTHER)
    if _is_not_english(source):
        changes = [_Change(place.at, place.at, f"{name}, ")] if place else []
        return _rewritten(text, changes)
    changes = _turned(source, meant, place.word if place else -1)
    if place:
        changes = sorted(changes + _addressed(source, name, place, changes))
    return _rewritten(text, changes)


def _is_not_english(source: Words) -> bool:
    words = _WORD.findall(source.low, 0, _LOOKED_AT)
    elsewhere = sum(word in _ELSEWHERE for word in words)
    return elsewhere > 1 and elsewhere > sum(word in _ENGLISH for word in words)


def _turned(source: Words, meant: Whom, after_name: int) -> list[_Change]:
    if not _FIRST.search(source.low):
        return []
    apostrophe = "’" if "’" in source.text else "'"
    changes: list[_Change] = []
    for start, end in source.sentences():
        has_first = _FIRST.search(source.low, start, end)
        has_you = meant is not Whom.ANYBODY and _YOU.search(source.low, start, end)
        if not has_first and not has_you:
            continue
        sentence = source.cut(start, end)
        if has_you and meant is Whom.SELF and says_as_critic(sentence):
            continue
        if has_you and meant is Whom.OTHER:
            changes += _to_they(sentence, after_name)
        if has_first:
            changes += _Turner(sentence, after_name, apostrophe).changes()
    changes.sort()
    return changes


def _whom(source: Words) -> Whom:
    if not _YOU.search(source.low) or not _FIRST.search(source.low):
        return Whom.ANYBODY
    return whom(
        source.cut(start, end)
        for start, end in source.sentences()
        if _YOU.search(source.low, start, end)
    )


def _to_they(sentence: Sentence, after_name: int) -> list[_Change]:
    changes = []
    for at, word in other_forms(sentence):
        start, end = sentence.starts[at], sentence.ends[at]
        written = sentence.written(at)
        new = _with_apostrophe_of(written, word, "'")
        if written.isupper() and len(written) > 1:
            new = new.upper()
        elif written[0].isupper() and start != after_name:
            new = new.capitalize()
        changes.append(_Change(start, end, new))
    return changes


class _Turner:
    """Turns the first person of one sentence."""

    def __init__(self, sentence: Sentence, after_name: int, apostrophe: str) -> None:
        self._sentence = sentence
        self._after_name = after_name
        self._apostrophe = apostrophe
        self._agreed: set[int] = set()
        text, start, end = sentence.source.text, sentence.starts[0], sentence.ends[-1]
        self._has_loud = _LOUD.search(text, start, end) is not None

    def changes(self) -> list[_Change]:
        """What changes in the sentence, in order."""
        changes: list[_Change] = []
        skip = -1
        for at, word in enumerate(self._sentence.words):
            if word not in TURNED or at == skip:
                continue
            if word in WAS:
                if not belongs_to_i(self._sentence, at, self._agreed):
                    continue
                self._agreed.add(at)
            elif is_kept(self._sentence, at):
                continue
            end = at
            if word == "i" and self._sentence.words[at + 1] in ("m", "ve", "ll"):
                # "i m", "I 've": an apostrophe gone astray.
                end = skip = at + 1
            changes.append(self._change(at, end))
        return changes

    def _change(self, at: int, last: int) -> _Change:
        sentence = self._sentence
        start, end = sentence.starts[at], sentence.ends[last]
        written = sentence.source.text[start:end]
        word = sentence.words[at] if last == at else "i'" + sentence.words[last]
        if (word == "me" and self._is_dialect(at)) or (
            word == "mine" and sentence.words[at + 1] == "own"
        ):
            new = "your"
        elif word == "am" and self._leaves_out_i(at):
            new = "you are"
        else:
            new = TURNED[word]
        return _Change(
            start, end, self._in_case(at, _with_apostrophe_of(written, new, self._apostrophe))
        )

    def _in_case(self, at: int, new: str) -> str:
        written = self._sentence.written(at)
        capital = written[0].isupper()
        if len(written) > 1 and written.isupper():
            return new.upper()
        if self._sentence.words[at] not in _WRITTEN_WITH_I:
            capital = capital and self._sentence.starts[at] != self._after_name
            return new[0].upper() + new[1:] if capital else new
        if written == "I" and self._is_shouted(at):
            return new.upper()
        return new[0].upper() + new[1:] if capital and self._begins(at) else new

    def _begins(self, at: int) -> bool:
        # Whether a capital is due here, which "I" itself does not show.
        sentence = self._sentence
        if sentence.starts[at] == self._after_name:
            return False
        before = sentence.words[at - 1]
        if at == sentence.first or before in ("!", "?"):
            return True
        if before == ")" and at - 2 == sentence.first:
            # The mark of a list: "2)".
            return sentence.words[at - 2].isdigit()
        if before == ".":
            # "hate me.I": a full stop with a space would have ended the sentence, or is "e.g."
            return sentence.ends[at - 1] == sentence.starts[at]
        return before == ENDED and sentence.words[at + 1] not in _SPEECH

    def _is_dialect(self, at: int) -> bool:
        # "me mum"; but "he told me Mum was ill".
        sentence = self._sentence
        named = sentence.written(at + 1)[:1].isupper() and not sentence.written(at).isupper()
        return (
            sentence.words[at + 1] in _KIN_DIALECT
            and sentence.words[at - 1] not in _TO_ME
            and not named
        )

    def _leaves_out_i(self, at: int) -> bool:
        return at == self._sentence.first and self._sentence.words[at + 1] != "i"

    def _is_shouted(self, at: int) -> bool:
        if not self._has_loud:
            return False
        sentence = self._sentence
        before, after = sentence.written(at - 1), sentence.written(at + 1)
        if not _is_loud(before) and not _is_loud(after):
            return False
        if _is_loud(before) and _is_loud(after):
            return True
        if not before or not before[0].isalnum():
            return _is_loud(sentence.written(at + 2)) or not sentence.written(at + 2)
        if not after or not after[0].isalnum():
            return _is_loud(sentence.written(at - 2))
        return False


def _is_loud(written: str) -> bool:
    return written.isupper() and (len(written) > 1 or written == "A")


def _with_apostrophe_of(written: str, new: str, default: str) -> str:
    sign = next((sign for sign in written if sign in APOSTROPHES), default)
    return new.replace("'", sign)


def _addressed(
    source: Words, name: str, place: address.Place, changes: list[_Change]
) -> list[_Change]:
    if place.instead is not None:
        return [_Change(place.at, place.instead, name)]
    added = [_Change(place.at, place.at, f"{name}, ")]
    if place.comma is not None:
        added.append(_Change(place.comma, place.comma, ","))
    if all(change.start != place.word for change in changes):
        lowered = address.lowered(source, place.word)
        if lowered:
            added.append(_Change(place.word, *lowered))
    return added


def _rewritten(text: str, changes: list[_Change]) -> str:
    parts: list[str] = []
    at = 0
    for change in changes:
        parts += (text[at : change.start], change.text)
        at = change.end
    parts.append(text[at:])
    return "".join(parts)
