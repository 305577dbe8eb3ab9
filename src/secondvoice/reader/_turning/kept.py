"""First-person words that are left as they are: numerals, nouns, oaths, and the one who judges."""

from __future__ import annotations

from typing import Final

from secondvoice.reader._turning import words as w
from secondvoice.reader._turning.sentence import DASHES, ELLIPSIS, Sentence


_PAUSES: Final = DASHES | {",", ELLIPSIS}
_SMALL: Final = w.JOINING | w.SUBORDINATING | w.AUXILIARIES | frozenset("am not even like".split())


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
    if before and before in "@#\\+" or (after and after in "@\\="):
        return True
    if before and before in "-_" and text[max(0, start - 2) : start - 1].isalnum():
        return not _stutters(sentence, at, at - 1) and "'" not in sentence.words[at]
    if after and after in "-_" and text[end + 1 : end + 2].isalnum():
        return not _stutters(sentence, at, at + 1) and "'" not in sentence.words[at]
    if after == "." and text[end + 1 : end + 2].isalpha():
        # i.e, I.V., me.com; but "i hate me.i really do".
        following = sentence.words[at + 2]
        dotted = text[end + 2 : end + 3] == "." and len(sentence.words[at]) == 1
        return dotted or following == "e" or following in ("com", "uk", "org")
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
    return word in w.I_WORDS or word == sentence.words[at] or len(word) == 1


def _is_no_pronoun(sentence: Sentence, at: int) -> bool:
    before, after = sentence.words[at - 1], sentence.words[at + 1]
    if before == "(" and after == ")":
        return True
    if after == "/" and sentence.words[at + 2] in ("o", "os"):
        return True
    if before in w.LETTER_BEFORE or sentence.words[at + 2] == "ii":
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
    if sentence.written(at) != "I":
        return False
    before, after = sentence.words[at - 1], sentence.words[at + 1]
    if before in ("war", "ww") and (before == "ww" or sentence.words[at - 2] == "world"):
        return True
    if sentence.words[at - 2] in w.CROWNED and sentence.written(at - 1)[:1].isupper():
        return True
    if before not in w.NUMERAL_AFTER:
        return False
    named = sentence.written(at - 1)[:1].isupper() and at - 1 > sentence.first
    return named or sentence.edge(at + 1) or after in w.NUMERAL_BEFORE


def _is_initial(sentence: Sentence, at: int) -> bool:
    # Robert I. Smith
    if sentence.written(at) != "I" or at == 0 or sentence.edge(at - 1):
        return False
    text, end = sentence.source.text, sentence.ends[at]
    rest = text[end : end + 3]
    if len(rest) < 3 or rest[:2] != ". " or not rest[2].isupper():
        return False
    name = sentence.written(at - 1)
    return name[0].isupper() and not name.isupper() and sentence.words[at - 1] not in _SMALL


def _is_you_and_i(sentence: Sentence, at: int) -> bool:
    # "You and I both know": the critic and the self, as it stands.
    return sentence.words[at - 1] == "and" and sentence.words[at - 2] == "you"


def _is_judge(sentence: Sentence, at: int) -> bool:
    # "I think I'm a fraud" judges; said to a friend it is "I think you're a fraud".
    verb = at + 1
    while sentence.words[verb] in w.OPINION_FILLERS and verb < at + 4:
        verb += 1
    opinion = sentence.words[verb]
    if opinion not in w.OPINIONS or not _begins_clause(sentence, at):
        return False
    judged = sentence.words[verb + 1]
    if opinion == "mean" and judged in _PAUSES:
        return True
    if judged == "no":
        return sentence.words[verb + 2] == "one"
    if judged in ("it", "that") and sentence.words[verb + 2] not in w.I_WORDS:
        return sentence.words[verb + 2] in w.FINITE
    return judged in w.I_WORDS or judged in w.JUDGED


def _begins_clause(sentence: Sentence, at: int) -> bool:
    before = sentence.words[at - 1]
    return sentence.edge(at - 1) or before in w.OPINION_OPENERS or _opens_with(sentence, at)


def _opens_with(sentence: Sentence, at: int) -> bool:
    # An interjection without a comma: "god I think I'm…".
    return at - 1 == sentence.first and (sentence.words[at - 1],) in w.INTERJECTIONS


def _is_idle_me(sentence: Sentence, at: int) -> bool:
    before, after = sentence.words[at - 1], sentence.words[at + 1]
    if before in ("and", "ask") and sentence.words[at - 2] == "you":
        return True
    if before == "dear" and at - 1 <= sentence.first + 1:
        return True
    if before == "is" and sentence.words[at - 2] == "woe":
        return True
    if sentence.written(at) == "ME":
        if after == "/":
            return True
        ill = before in ("have", "had", "has", "got", "my", "severe", "mild")
        if ill and not sentence.written(at - 1).isupper():
            return True
    return before in w.ASKED and after not in ("to", "down") and _asks(sentence, at - 1)


def _asks(sentence: Sentence, at: int) -> bool:
    # "Leave me alone", "Please just let me sleep": asked of others, at the start of a sentence.
    for place in range(at - 1, max(-1, at - 5), -1):
        if sentence.words[place] not in w.ASK_OPENERS and not sentence.edge(place):
            return False
        if place == sentence.first:
            return True
    return at <= sentence.first


def _is_oath(sentence: Sentence, at: int) -> bool:
    before, after = sentence.words[at - 1], sentence.words[at + 1]
    if before == "oh" and (sentence.edge(at + 1) or after in w.SWORN_BY or after == "days"):
        return True
    if at == sentence.first and after == ",":
        return True
    if after == "word" and not sentence.edge(at + 2):
        return False
    if after in w.SWORN_BY:
        begins = sentence.edge(at - 1) or before in ("oh", "but", "and")
        return begins and sentence.words[at + 2] not in w.VERBS_OF_GOD
    if after in ("life", "words"):
        return before in ("fuck", "mark") and at - 1 <= sentence.first
    return False


def _is_noun(sentence: Sentence, at: int) -> bool:
    before, after = sentence.words[at - 1], sentence.words[at + 1]
    return before in w.MINES or after in w.MINED


def _is_hour(sentence: Sentence, at: int) -> bool:
    before, after = sentence.words[at - 1], sentence.words[at + 1]
    if before == "i" or after == "i":
        return False
    return before in w.HOURS or before[-1:].isdigit()


def _is_ill(sentence: Sentence, at: int) -> bool:
    before, after = sentence.words[at - 1], sentence.words[at + 1]
    if before in ("so", "too", "very"):
        before = sentence.words[at - 2]
    return before in w.NOT_BEFORE_WILL or after not in w.AFTER_WILL


def _is_id(sentence: Sentence, at: int) -> bool:
    before, after = sentence.words[at - 1], sentence.words[at + 1]
    if before in w.NOT_BEFORE_WOULD:
        return True
    return after not in w.AFTER_WOULD and not (after.endswith("ed") and len(after) > 3)


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
