"""First-person words that are left as they are: numerals, nouns, oaths, and the one who judges."""

from __future__ import annotations

from typing import Final

from secondvoice.reader._turning.lists import listed, phrases
from secondvoice.reader._turning.sentence import DASHES, ELLIPSIS, Sentence
from secondvoice.reader._turning.words import (
    AUXILIARIES,
    FINITE,
    I_WORDS,
    JOINING,
    SUBORDINATING,
)

_PAUSES: Final = DASHES | {",", ELLIPSIS}
_SMALL: Final = JOINING | SUBORDINATING | AUXILIARIES | listed("small")
_AFTER_WILL: Final = listed("after_will")
_AFTER_WOULD: Final = _AFTER_WILL | listed("after_would")
_ASKED: Final = listed("asked")
_ASK_OPENERS: Final = listed("ask_openers")
_CROWNED: Final = listed("crowned")
_HOURS: Final = listed("hours")
_JUDGED: Final = I_WORDS | listed("judged")
_LETTER_BEFORE: Final = listed("letter_before")
_MINED: Final = listed("mined")
_MINES: Final = listed("mines")
_NOT_BEFORE_WILL: Final = listed("not_before_will")
_NOT_BEFORE_WOULD: Final = listed("not_before_would")
_NUMERAL_AFTER: Final = listed("numeral_after")
_NUMERAL_BEFORE: Final = listed("numeral_before")
_OPINIONS: Final = listed("opinions")
_OPINION_FILLERS: Final = listed("opinion_fillers")
_OPINION_OPENERS: Final = listed("opinion_openers")
_SWORN_BY: Final = listed("sworn_by")
_VERBS_OF_GOD: Final = listed("verbs_of_god")
_INTERJECTIONS: Final = phrases("interjections")


def is_kept(sentence: Sentence, at: int) -> bool:
    """Whether the word at a place, one of ``TURNED`` or made from "I", is not to be turned."""
    word = sentence.words[at]
    if _is_part_of_name(sentence, at):
        return True
    check = _CHECKS.get(word)
    return check is not None and check(sentence, at)


def _is_part_of_name(sentence: Sentence, at: int) -> bool:
    # me-time, I-95, my_file, @me, /my/page, me.com: but "I-I can't" and "useless-I'm" are words.
    text, start, end = sentence.source.text, sentence.starts[at], sentence.ends[at]
    before, after = text[start - 1 : start], text[end : end + 1]
    if (before and before in "@#\\+") or (after and after in "@\\="):
        return True
    if before and before in "-_" and text[max(0, start - 2) : start - 1].isalnum():
        return not _stutters(sentence, at, at - 1) and "'" not in sentence.words[at]
    if after and after in "-_" and text[end + 1 : end + 2].isalnum():
        return not _stutters(sentence, at, at + 1) and "'" not in sentence.words[at]
    if after == "." and text[end + 1 : end + 2].isalpha():
        # i.e, I.V., me.com; but "i hate me.i really do".
        following = sentence.words[at + 2]
        dotted = text[end + 2 : end + 3] == "." and len(sentence.words[at]) == 1
        return (
            dotted
            or (following == "e" and len(sentence.words[at]) == 1)
            or following in ("com", "uk", "org")
        )
    if before == "." and len(word := text[max(0, start - 3) : start]) > 1:
        return word[-2].isalpha() and not word[:-2].isalpha() and len(sentence.words[at]) == 1
    return _in_address(text, start)


def _in_address(text: str, start: int) -> bool:
    if start == 0 or text[start - 1] not in "/.":
        return False
    stretch = text[max(0, start - 100) : start].split()
    return bool(stretch) and ("www." in stretch[-1] or "://" in stretch[-1])


def _stutters(sentence: Sentence, at: int, other: int) -> bool:
    word = sentence.words[other]
    return word in I_WORDS or word == sentence.words[at] or len(word) == 1


def _is_no_pronoun(sentence: Sentence, at: int) -> bool:
    before, after = sentence.words[at - 1], sentence.words[at + 1]
    if before == "(" and after == ")":
        return True
    if after == "/" and sentence.words[at + 2] in ("o", "os"):
        return True
    if before in _LETTER_BEFORE or sentence.words[at + 2] == "ii":
        return True
    if after == ")" and at == sentence.first:
        return True
    return (
        _is_numeral(sentence, at)
        or _is_initial(sentence, at)
        or _is_judge(sentence, at)
        or _is_you_and_i(sentence, at)
    )


def _is_numeral(sentence: Sentence, at: int) -> bool:
    words = sentence.words
    before = words[at - 1]
    in_war = before == "ww" or (before == "war" and words[at - 2] == "world")
    crowned = words[at - 2] in _CROWNED
    if not (in_war or crowned or before in _NUMERAL_AFTER) or sentence.written(at) != "I":
        return False
    capital = sentence.written(at - 1)[:1].isupper()
    if in_war or (crowned and capital):
        return True
    named = capital and at - 1 > sentence.first
    return named or sentence.edge(at + 1) or words[at + 1] in _NUMERAL_BEFORE


def _is_initial(sentence: Sentence, at: int) -> bool:
    # Robert I. Smith
    text, end = sentence.source.text, sentence.ends[at]
    if text[end : end + 2] != ". " or not text[end + 2 : end + 3].isupper():
        return False
    name = sentence.written(at - 1)
    return (
        sentence.written(at) == "I"
        and name[:1].isupper()
        and not name.isupper()
        and sentence.words[at - 1] not in _SMALL
    )


def _is_you_and_i(sentence: Sentence, at: int) -> bool:
    # "You and I both know": the critic and the self, as it stands.
    words = sentence.words
    opens = sentence.edge(at - 3) or words[at - 3] == "between"
    return words[at - 1] == "and" and words[at - 2] == "you" and opens


def _is_judge(sentence: Sentence, at: int) -> bool:
    # "I think I'm a fraud" judges; said to a friend it is "I think you're a fraud".
    verb = at + 1
    if sentence.words[verb] not in _OPINIONS and sentence.words[verb] not in _OPINION_FILLERS:
        return False
    while sentence.words[verb] in _OPINION_FILLERS and verb < at + 4:
        verb += 1
    opinion = sentence.words[verb]
    if opinion not in _OPINIONS or not _begins_clause(sentence, at):
        return False
    judged = sentence.words[verb + 1]
    if opinion == "mean" and judged in _PAUSES:
        return True
    if judged == "no":
        return sentence.words[verb + 2] == "one"
    if judged in ("it", "that") and sentence.words[verb + 2] not in I_WORDS:
        return sentence.words[verb + 2] in FINITE
    return judged in I_WORDS or judged in _JUDGED


def _begins_clause(sentence: Sentence, at: int) -> bool:
    before = sentence.words[at - 1]
    return sentence.edge(at - 1) or before in _OPINION_OPENERS or _opens_with(sentence, at)


def _opens_with(sentence: Sentence, at: int) -> bool:
    # An interjection without a comma: "god I think I'm…".
    return at - 1 == sentence.first and (sentence.words[at - 1],) in _INTERJECTIONS


def _is_idle_me(sentence: Sentence, at: int) -> bool:
    words = sentence.words
    before, earlier, after = words[at - 1], words[at - 2], words[at + 1]
    if _is_you_and_i(sentence, at) or _is_illness(sentence, at):
        return True
    if (earlier, before) in (("you", "ask"), ("woe", "is")):
        return True
    if before == "dear" and at - 1 <= sentence.first + 1:
        return True
    return before in _ASKED and after not in ("to", "down") and _asks(sentence, at - 1)


def _is_illness(sentence: Sentence, at: int) -> bool:
    # "I have ME", "ME/CFS"
    if sentence.written(at) != "ME":
        return False
    ill = sentence.words[at - 1] in ("have", "had", "has", "got", "my", "severe", "mild")
    return sentence.words[at + 1] == "/" or (ill and not sentence.written(at - 1).isupper())


def _asks(sentence: Sentence, at: int) -> bool:
    # "Leave me alone", "Please just let me sleep": asked of others, at the start of a sentence.
    for place in range(at - 1, max(-1, at - 5), -1):
        if sentence.words[place] not in _ASK_OPENERS and not sentence.edge(place):
            return False
        if place == sentence.first:
            return True
    return at <= sentence.first


def _is_oath(sentence: Sentence, at: int) -> bool:
    # "oh my", "my, my", "my god", "fuck my life", "mark my words"
    before, after = sentence.words[at - 1], sentence.words[at + 1]
    if before == "oh" and (sentence.edge(at + 1) or after in _SWORN_BY or after == "days"):
        return True
    if after in _PAUSES and (at == sentence.first or "my" in (before, sentence.words[at - 2])):
        return True
    if after == "my":
        return at == sentence.first
    if after in ("life", "words"):
        return before in ("fuck", "mark") and at - 1 <= sentence.first
    if after not in _SWORN_BY or (after == "word" and not sentence.edge(at + 2)):
        return False
    begins = sentence.edge(at - 1) or before in ("oh", "but", "and")
    return begins and sentence.words[at + 2] not in _VERBS_OF_GOD


def _is_noun(sentence: Sentence, at: int) -> bool:
    before, after = sentence.words[at - 1], sentence.words[at + 1]
    return before in _MINES or after in _MINED


def _is_hour(sentence: Sentence, at: int) -> bool:
    before, after = sentence.words[at - 1], sentence.words[at + 1]
    if before == "i" or after == "i":
        return False
    return before in _HOURS or before[-1:].isdigit()


def _is_ill(sentence: Sentence, at: int) -> bool:
    before, after = sentence.words[at - 1], sentence.words[at + 1]
    if before in ("so", "too", "very"):
        before = sentence.words[at - 2]
    return before in _NOT_BEFORE_WILL or after not in _AFTER_WILL


def _is_id(sentence: Sentence, at: int) -> bool:
    before, after = sentence.words[at - 1], sentence.words[at + 1]
    if before in _NOT_BEFORE_WOULD:
        return True
    return after not in _AFTER_WOULD and not (after.endswith("ed") and len(after) > 3)


def _is_injection(sentence: Sentence, at: int) -> bool:
    # "the IM injection"; but "IM SO TIRED".
    if sentence.written(at) != "IM":
        return False
    before = sentence.written(at - 1)
    after = sentence.words[at + 1]
    return after in ("injection", "dose", "shot", "meds", "route") or (
        before.lower() in ("the", "an", "his", "her", "via", "by", "of") and not before.isupper()
    )


_CHECKS: Final = {
    "i": _is_no_pronoun,
    "me": _is_idle_me,
    "my": _is_oath,
    "mine": _is_noun,
    "am": _is_hour,
    "ill": _is_ill,
    "id": _is_id,
    "im": _is_injection,
}
