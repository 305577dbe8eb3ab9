"""Reading a text: the one function that puts the parts together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from secondvoice.poles import COMPASSIONATE
from secondvoice.reader import parts, scoring
from secondvoice.reader.friend import turn
from secondvoice.reader.hits import KIND_MARKS, Found, Hit, find
from secondvoice.reader.language import Language, recognise
from secondvoice.reader.questions import questions
from secondvoice.reader.reading import POLES, About, Reading, Voice
from secondvoice.reader.words import level, spellings

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST_WORDS: Final = 3
"""Words below which a text without a mark is too short to say anything about."""

_SELF_FROM: Final = 0.25
_UNCLEAR: Final = (0.2, 0.5)
_REASONS: Final = {
    "empty": "There is nothing to read yet.",
    "no_words": "These don't look like words that the reader knows.",
    "other_language": "This doesn't look like English, and the reader only knows English.",
    "mixed": "Much of this is in another language, so the reader may have missed what matters.",
    "short": "This is too short to tell.",
    "unclear": "There may be something here, but not enough to be sure.",
}
_SELF_WORDS: Final = frozenset({"i", "me", "my", "myself", "mine"})
_OTHER_WORDS: Final = frozenset(
    [
        "he",
        "she",
        "they",
        "him",
        "her",
        "them",
        "his",
        "their",
        "hers",
        "theirs",
        "himself",
        "herself",
        "themselves",
        "mother",
        "father",
        "sister",
        "brother",
        "boss",
        "manager",
        "friend",
        "friends",
        "husband",
        "wife",
        "partner",
        "son",
        "daughter",
        "colleague",
        "teacher",
        "neighbour",
        "neighbor",
        "kids",
        "children",
        "parents",
        "you",
        "your",
        "yourself",
        "people",
        "everyone",
        "someone",
        "who",
    ]
)


def read(text: str, *, voice: Voice | None = None, friend: str = "Sam") -> Reading:
    """Read a text for how it speaks to the person who wrote it.

    Args:
        text: Any text, of any length; it is read in time linear in its length.
        voice: ``"critic"`` where the text is known to be the inner critic speaking, ``"answer"``
            where it is an answer to it; in both, "you" is the writer. None where neither is known.
        friend: The name to which the words are turned round; empty for no name.

    Returns:
        What was found, with reasons. Never raises for any string.
    """
    low = level(text)
    found = find(low, voice)
    language = recognise(found.words)
    if language.code is None:
        found.hits = [hit for hit in found.hits if _is_care(hit)]
    marks = scoring.scores(found.hits)
    critical = scoring.self_critical(marks)
    kind = scoring.kindness(marks, critical)
    pole_scores = scoring.poles(marks)
    rule_scores = scoring.assumptions(marks)
    care, calls = scoring.care(found.hits)
    reason = _doubt(language, found, marks, critical)
    event, verdict = parts.split(text, low, found.stretches, found.hits)
    return Reading(
        text=text,
        language=language.code,
        about=_about(found, marks, critical, voice),
        self_critical=round(critical, 3),
        kindness=round(kind, 3),
        poles=pole_scores,
        tone=scoring.tones(marks, readable=language.code is not None),
        assumptions=rule_scores,
        spans=scoring.spans(text, found.hits, calls),
        event=event if language.code else None,
        verdict=verdict,
        friend=turn(text, friend),
        missing=_missing(pole_scores) if voice == "answer" else (),
        care=care,
        sure=not reason,
        reason=reason,
        questions=questions(text, found.hits, rule_scores),
    )


def _is_care(hit: Hit) -> bool:
    return not hit.pattern.marks.keys().isdisjoint({"now", "offer", "idiom"})


def _missing(pole_scores: dict[str, float]) -> tuple[str, ...]:
    return tuple(
        pole.value for pole in COMPASSIONATE if pole_scores[pole.value] < scoring.PRESENT_FROM
    )


def _doubt(language: Language, found: Found, marks: scoring.Scores, critical: float) -> str:
    strongest = max((critical, *(marks.get(pole, 0.0) for pole in POLES)))
    if found.words and len(found.words) < FEWEST_WORDS and strongest < _UNCLEAR[0]:
        return _REASONS["short"]
    if language.doubt:
        return _REASONS[language.doubt]
    unclear = _UNCLEAR[0] <= marks.get("self_judgment", 0.0) and strongest < _UNCLEAR[1]
    return _REASONS["unclear"] if unclear else ""


def _about(found: Found, marks: scoring.Scores, critical: float, voice: Voice | None) -> About:
    own = max((critical, *(marks.get(mark, 0.0) for mark in KIND_MARKS)))
    other = marks.get("about_other", 0.0)
    if own >= max(_SELF_FROM, other):
        return "self"
    mine, theirs = _named(found.words, voice)
    if other > _SELF_FROM or theirs > mine:
        return "other"
    return "self" if mine else "none"


def _named(words: Sequence[str], voice: Voice | None) -> tuple[int, int]:
    spelled = spellings().words
    mine = theirs = 0
    you = {"you", "your", "yourself"} if voice else set()
    for word in words[:4_000]:
        first = spelled[word][0] if word in spelled else word
        if first in _SELF_WORDS or first in you:
            mine += 1
        elif first in _OTHER_WORDS:
            theirs += 1
    return mine, theirs
