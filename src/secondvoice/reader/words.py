"""From a text as people type it to words in one spelling, each still tied to its place.

Every step keeps offsets whole: characters are only ever replaced one for one, and a word that
stands for two ("im" for "i am") points both at the stretch that was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from secondvoice.reader.datafiles import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LONGEST_UNIT: Final = 60
"""Words in one unit at most; longer stretches without a full stop are cut there."""

MOST_KEPT: Final = 12_000
"""Words of one meaning that are remembered; then all are forgotten at once."""

LONGEST_WORD: Final = 40
"""Letters after which a run of letters is no longer taken for a word."""

_SAME_SIGN: Final = (
    ("\u2019", "'"),
    ("\u2018", "'"),
    ("\u02bc", "'"),
    ("\u00b4", "'"),
    ("`", "'"),
    ("\u201c", '"'),
    ("\u201d", '"'),
    ("\u201e", '"'),
    ("\u00ab", '"'),
    ("\u00bb", '"'),
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u200b", " "),
    ("\ufeff", " "),
    ("\u2014", ","),
    ("\u2013", ","),
    ("\u2026", ","),
)
_TOKEN: Final = re.compile(r"[^\W_]+(?:['*-][^\W_]+|\*+[^\W_]*)*|&|,|[:()]|(?<=\s)-+(?=\s)|\.\.+")
# Signs with a space or quote behind them, any "!" and "?", the end of a line; as each begins with
# one of a few signs, the search leaps from one to the next.
_STOP: Final = re.compile(r"[.!?;\n](?:(?<=\n)|[.!?;]*(?=[\s\"')\]]|$)|(?<=[!?])[!?]*)")
_WRAPPED_FROM: Final = 55
"""Letters from which a line that goes on in lower case was broken by a program, not by a person."""

_RUN: Final = re.compile(r"([^\W\d_])\1\1")
_RUNS: Final = re.compile(r"([^\W\d_])\1{2,}")


@dataclass(slots=True)
class Unit:
    """One stretch of text, about a sentence long, as words in one spelling.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends, its closing sign included.
        words: Its words; a comma stands for every kind of pause.
        starts: For each word, where it begins in the text.
        ends: For each word, where it ends.
        line: The words, each followed by one space: what patterns are matched against.
        asks: Whether it ends in a question mark.
    """

    start: int
    end: int
    words: list[str]
    starts: list[int]
    ends: list[int]
    asks: bool
    line: str = field(init=False)

    def __post_init__(self) -> None:
        self.line = " ".join(self.words) + " " if self.words else ""


@dataclass(frozen=True, slots=True)
class Spelling:
    """The spellings of ``spelling.toml``, ready for use."""

    words: Mapping[str, tuple[str, ...]]
    after: Mapping[str, frozenset[str]]
    before: Mapping[str, tuple[tuple[str, ...], frozenset[str]]]
    merges: Mapping[tuple[str, str], str]
    seconds: frozenset[str]


def level(text: str) -> str:
    """The text in lower case with one sign for each kind of apostrophe, quote and space.

    The result has exactly as many code points as the text.
    """
    for sign, same in _SAME_SIGN:
        if sign in text:
            text = text.replace(sign, same)
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)


def stretches(low: str) -> Iterator[tuple[int, int]]:
    """The places of the units of a levelled text: about a sentence each, end sign included."""
    begin = line = 0
    for match in _STOP.finditer(low):
        end = match.end()
        follows = low[end : end + 2].lstrip(" ")[:1]
        if match.group() == "\n":
            wrapped = end - line > _WRAPPED_FROM and follows.islower()
            line = end
            if wrapped:
                continue
        elif match.group().startswith("..") and follows.islower():
            continue
        yield begin, end
        begin = end
    if begin < len(low):
        yield begin, len(low)


def tokens(low: str, start: int, end: int) -> list[re.Match[str]]:
    """The words and signs of a stretch as they were written."""
    return list(_TOKEN.finditer(low, start, end))


def units(
    low: str, start: int, end: int, found: Sequence[re.Match[str]], *, to_self: bool
) -> list[Unit]:
    """The units of one stretch, in one spelling.

    Args:
        low: The levelled text.
        start: Where the stretch begins.
        end: Where it ends.
        found: Its :func:`tokens`.
        to_self: Whether "you" is the writer: "you are so lazy" is then read as "i am so lazy".
    """
    words, starts, ends = _spelled(found)
    if to_self and not _YOU.isdisjoint(words):
        words = _turned_to_self(words)
    asks = "?" in low[max(start, end - 6) : end]
    if len(words) <= LONGEST_UNIT:
        return [Unit(start, end, words, starts, ends, asks)]
    return [
        Unit(
            start if at == 0 else starts[at],
            end if at + LONGEST_UNIT >= len(words) else starts[at + LONGEST_UNIT],
            words[at : at + LONGEST_UNIT],
            starts[at : at + LONGEST_UNIT],
            ends[at : at + LONGEST_UNIT],
            asks and at + LONGEST_UNIT >= len(words),
        )
        for at in range(0, len(words), LONGEST_UNIT)
    ]


def _spelled(found: Sequence[re.Match[str]]) -> tuple[list[str], list[int], list[int]]:
    raw = [match[0] for match in found]
    quick = _always()
    known = list(map(quick.get, raw))
    if all(known):
        # Words that mean themselves wherever they stand: most sentences of a diary have no other.
        return (
            cast("list[str]", known),
            [match.start() for match in found],
            [match.end() for match in found],
        )
    spelling = spellings()
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, word in enumerate(known):
        start, end = found[at].span()
        if word is not None:
            words.append(word)
            starts.append(start)
            ends.append(end)
            continue
        written = raw[at]
        after = raw[at + 1] if at + 1 < len(raw) else ""
        meant = _meant(spelling, written, words[-1] if words else "", after)
        if len(meant) == 1 and words:
            merged = spelling.merges.get((words[-1], meant[0]))
            if merged is not None:
                words[-1], ends[-1] = merged, end
                continue
        if len(meant) == 1 and _stands_alone(spelling, written, meant[0]):
            if len(quick) >= MOST_KEPT:
                quick.clear()
            quick[written] = meant[0]
        words += meant
        starts += [start] * len(meant)
        ends += [end] * len(meant)
    return words, starts, ends


def _stands_alone(spelling: Spelling, written: str, meant: str) -> bool:
    # Whether no neighbour changes what it means.
    return (
        written not in spelling.before
        and written not in spelling.after
        and meant not in spelling.seconds
        and len(written) <= LONGEST_WORD
    )


@cache
def _always() -> dict[str, str]:
    # Words as written that mean one word wherever they stand, as they were met.
    return {}


def _meant(spelling: Spelling, written: str, before: str, after: str) -> tuple[str, ...]:
    if not written[0].isalnum() and written != "&":
        return (",",)
    if len(written) > LONGEST_WORD:
        return ("#",)
    meant, when = spelling.before.get(written, _NEVER)
    if after in when:
        return meant
    if before in spelling.after.get(written, ()):
        return ("have",)
    known = spelling.words.get(written)
    if known is not None:
        return known
    return _calmed(spelling, written) if _RUN.search(written) else (written,)


def _calmed(spelling: Spelling, written: str) -> tuple[str, ...]:
    # "sooooo stuuupid": one letter first, then two ("fullll"), whichever is a known word.
    once, twice = _RUNS.sub(r"\1", written), _RUNS.sub(r"\1\1", written)
    for calm in (once, twice):
        if calm in spelling.words:
            return spelling.words[calm]
        if calm in _listed():
            return (calm,)
    return (once,)


_NEVER: Final[tuple[tuple[str, ...], frozenset[str]]] = ((), frozenset())
_YOU: Final = frozenset({"you", "your", "yours", "yourself"})
_OF_SELF: Final = {"your": "my", "yours": "mine", "yourself": "myself"}
_VERB: Final = {"are": "am", "were": "was"}
_BEFORE_OBJECT: Final = frozenset(
    [
        "to",
        "with",
        "for",
        "at",
        "of",
        "about",
        "on",
        "from",
        "like",
        "likes",
        "liked",
        "love",
        "hate",
        "loves",
        "hates",
        "tell",
        "told",
        "let",
        "make",
        "makes",
        "made",
        "give",
        "gave",
        "gives",
        "help",
        "hurt",
        "blame",
        "forgive",
        "see",
        "hear",
        "thank",
        "than",
        "without",
        "behind",
        "around",
        "hold",
        "believe",
        "proud",
        "want",
        "wants",
        "wanted",
        "need",
        "needs",
        "miss",
        "misses",
        "call",
        "calls",
        "called",
        "leave",
        "leaves",
        "left",
        "trust",
        "respect",
        "respects",
        "stand",
        "judge",
        "judging",
        "against",
        "near",
        "by",
        "past",
        "over",
        "beside",
        "calling",
        "telling",
    ]
)


def _turned_to_self(words: list[str]) -> list[str]:
    turned: list[str] = []
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        if word == "you":
            verb_next = at + 1 < len(words) and words[at + 1] in _AFTER_SUBJECT
            turned.append("me" if before in _BEFORE_OBJECT and not verb_next else "i")
        elif word in _OF_SELF:
            turned.append(_OF_SELF[word])
        elif word in _VERB and (before == "you" or words[at + 1 : at + 2] == ["you"]):
            turned.append(_VERB[word])
        else:
            turned.append(word)
    return turned


_AFTER_SUBJECT: Final = frozenset(
    [
        "are",
        "were",
        "can",
        "could",
        "will",
        "would",
        "should",
        "must",
        "might",
        "may",
        "have",
        "had",
        "do",
        "did",
        "always",
        "never",
        "just",
        "only",
        "need",
        "deserve",
    ]
)


@cache
def spellings() -> Spelling:
    """The spellings, read once."""
    data: dict[str, Any] = load("spelling")
    words = {written: tuple(meant.split()) for written, meant in data["words"].items()}
    keep = set(data["fuzzy"]["keep"]) | set(data["fuzzy"]["words"])
    for word in data["fuzzy"]["words"]:
        for slip in _slips(word):
            if slip not in keep:
                words.setdefault(slip, (word,))
    before: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {}
    after: dict[str, frozenset[str]] = {}
    for row in data["next"]:
        if "after" in row:
            after[row["written"]] = frozenset(row["after"])
        else:
            before[row["written"]] = (tuple(row["means"].split()), frozenset(row["when"]))
    merges = {(row["first"], row["second"]): row["means"] for row in data["merge"]}
    return Spelling(words, after, before, merges, frozenset(second for _, second in merges))


@cache
def _listed() -> frozenset[str]:
    # Words that patterns and classes know, so that drawn-out letters find their way back.
    from secondvoice.reader.patterns import vocabulary

    return vocabulary()


def _slips(word: str) -> Iterator[str]:
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at] + word[at:]
        if at + 1 < len(word):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
