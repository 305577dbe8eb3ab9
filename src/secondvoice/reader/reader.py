"""Reading a text: the one function that puts the parts together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from secondvoice.poles import COMPASSIONATE
from secondvoice.reader import parts, scoring
from secondvoice.reader.deciding import decider, lowered, together
from secondvoice.reader.features import names_writer
from secondvoice.reader.hits import find
from secondvoice.reader.language import Language, recognise
from secondvoice.reader.marks import for_care, marks, spans
from secondvoice.reader.questions import questions
from secondvoice.reader.reading import ASSUMPTIONS, POLES, TONES, About, Reading, Voice
from secondvoice.reader.windows import windows
from secondvoice.reader.words import level
from secondvoice.tongues import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from secondvoice.reader.hits import Found, Hit

FEWEST_WORDS: Final = 3
"""Words below which a text without a mark is too short to say anything about."""

MISSING_BELOW: Final = 0.5
"""Share of a component below which an answer is said not to have it yet."""

NOW_FROM: Final = 0.6
"""Share of danger said outright from which a call of the model alone is ``now``; else ``offer``.

Where patterns call, they decide the level: they know a denial and the past. Of what the model alone
called from 0.5 on, folded over the corpus, 32 of 50 were said outright; from 0.6 on, 29 of 38.
"""

SAYING: Final = 1.5
"""Log-odds by which the model's share of danger is lowered where a figure of speech is known.

Such a line is never called ``now`` by the model alone.
"""

RARER: Final = 7 / 3
"""How many times likelier a harsh line is in the corpus than in life (the odds). Ours: no count of
what people write is known to us.

A base rate that differs moves the odds by this factor (Saerens, Latinne and Decaestecker 2002,
*Neural Computation* 14, 21-41, formula 2.4). Poles are left as the corpus has them, so that what
they state can be checked there.
"""

UNSURE_FROM: Final = 0.5
"""Share of lines that cannot be told from which the reader declines."""

POLE_FROM: Final = 0.5
"""Share of a pole from which a text is about the writer, whatever else is in it."""

HELD_AT: Final = 0.49
"""Share that words to an unnamed "you" reach at most, where whose they are is not known."""

_UNCLEAR: Final = (0.5, 0.65)
_MARKED_TONES: Final = tuple(tone for tone in TONES if tone != "plain")
_THOUSANDTHS: Final = [thousandth / 1000 for thousandth in range(1001)]
_PLAIN: Final = 0.4999
_YOU: Final = frozenset(["you", "your", "yours", "yourself"])
_NOT_OF_THE_WRITER: Final = frozenset(["other", "none", "care", "now", "event", "verdict"])
_REASONS: Final = {
    "empty": later("There is nothing to read yet."),
    "no_words": later("These don't look like words that the reader knows."),
    "other_language": later("This doesn't look like English, and the reader only knows English."),
    "mixed": later(
        "Much of this is in another language, so the reader may have missed what matters."
    ),
    "short": later("This is too short to tell."),
    "whose": later(
        "These words do not show whether they are said to yourself or to somebody else."
    ),
    "unsure": later("These words alone do not show how they are meant."),
    "unclear": later("There may be something here, but not enough to be sure."),
}


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
        hits = [hit for hit in found.hits if _is_care(hit)]
        return _declined(text, language, len(found.words), hits, friend)
    by = decider()
    decided = [by.decide(window, voice) for window in windows(low, found)]
    shares = together(decided)
    held = voice is None and _speaks_to_somebody(found)
    reason = _doubt(language, len(found.words), shares)
    if held and not reason and max(shares[pole] for pole in POLES) >= HELD_AT:
        reason = _REASONS["whose"]
    if held:
        shares = _held_back(shares)
    show = not (held or (reason and shares["unsure"] >= UNSURE_FROM))
    care, calls = scoring.care(found.hits)
    saying = any("idiom" in hit.pattern.marks for hit in found.hits)
    danger = lowered(shares["care"], SAYING) if saying else shares["care"]
    if care == "none" and danger >= by.model.least["care"]:
        care = "now" if shares["now"] >= NOW_FROM and not saying else "offer"
    now = {
        "text": text,
        "language": language.code,
        "about": _about(shares),
        "self_critical": round(_self_critical(shares["critical"]), 3),
        "kindness": round(_kindness(shares), 3),
        "poles": _rounded(POLES, shares),
        "tone": _tones(shares),
        "assumptions": _rounded(ASSUMPTIONS, shares),
        "missing": _missing(shares) if voice == "answer" else (),
        "care": care,
        "sure": not reason,
        "reason": reason,
    }

    def later(name: str) -> dict[str, Any]:
        if name == "friend":
            return {"friend": _turned(text, friend)}
        if name in ("event", "verdict"):
            event, verdict = parts.split(text, low, found, decided, by)
            return {"event": event, "verdict": verdict}
        shown = marks(decided, by) if show else []
        felt = [] if calls else for_care(decided, by, care)
        return {
            "spans": spans(text, [*shown, *felt], calls),
            "questions": questions(text, shown),
        }

    reading: Reading = Reading.unfolding(now, later)
    return reading


def _speaks_to_somebody(found: Found) -> bool:
    # "You" with no voice, and nothing that shows whether it is the writer.
    words = {word for part in found.stretches for unit in part.units for word in unit.words}
    return not _YOU.isdisjoint(words) and not names_writer(words)


def _held_back(shares: dict[str, float]) -> dict[str, float]:
    return {
        label: share if label in _NOT_OF_THE_WRITER else min(share, HELD_AT)
        for label, share in shares.items()
    }


def _declined(text: str, language: Language, words: int, hits: list[Hit], friend: str) -> Reading:
    care, calls = scoring.care(hits)
    return Reading(
        text=text,
        language=None,
        about="none",
        self_critical=0.0,
        kindness=0.0,
        poles=dict.fromkeys(POLES, 0.0),
        tone=dict.fromkeys(TONES, 0.0),
        assumptions=dict.fromkeys(ASSUMPTIONS, 0.0),
        spans=spans(text, (), calls),
        event=None,
        verdict=None,
        friend=_turned(text, friend),
        missing=(),
        care=care,
        sure=False,
        reason=_REASONS["short" if 0 < words < FEWEST_WORDS else language.doubt],
        questions={},
    )


def _turned(text: str, friend: str) -> str:
    from secondvoice.reader.friend import turn  # Nobody waits for it who does not ask for it.

    return turn(text, friend)


def _is_care(hit: Hit) -> bool:
    return not hit.pattern.marks.keys().isdisjoint({"now", "offer", "idiom"})


def _missing(shares: dict[str, float]) -> tuple[str, ...]:
    return tuple(pole.value for pole in COMPASSIONATE if shares[pole.value] < MISSING_BELOW)


def _kindness(shares: dict[str, float]) -> float:
    # The expected step of the scale from -2 to 2, brought to -1..1.
    kind = shares["kind"] + shares["devoted"]
    return (kind - shares["unkind"] - shares["attack"]) / 2.0


def _self_critical(share: float) -> float:
    odds = share / max(1.0 - share, 1e-9) / RARER
    return odds / (1.0 + odds)


def _tones(shares: dict[str, float]) -> dict[str, float]:
    tones = _rounded(_MARKED_TONES, shares)
    return {**tones, "plain": round(1.0 - max(tones.values()), 3)}


def _rounded(names: Sequence[str], shares: dict[str, float]) -> dict[str, float]:
    """The shares of some labels to three digits.

    Which thousandth is nearest is plain but right between two: only there it needs ``round``, which
    spells the number out to tell.
    """
    found: dict[str, float] = {}
    for name in names:
        share = shares[name]
        exact = share * 1000.0
        near = int(exact + 0.5)
        plain = -_PLAIN < exact - near < _PLAIN
        found[name] = _THOUSANDTHS[near] if plain else round(share, 3)
    return found


def _about(shares: dict[str, float]) -> About:
    # A pole is how the writer is treated, so words that have one are about the writer.
    if max(shares[pole] for pole in POLES) >= POLE_FROM:
        return "self"
    mine = 1.0 - shares["other"] - shares["none"]
    if mine >= max(shares["other"], shares["none"]):
        return "self"
    return "other" if shares["other"] > shares["none"] else "none"


def _doubt(language: Language, words: int, shares: dict[str, float]) -> str:
    strongest = max(shares["critical"], *(shares[pole] for pole in POLES))
    if words < FEWEST_WORDS and strongest < _UNCLEAR[0]:
        return _REASONS["short"]
    if language.doubt:
        return _REASONS[language.doubt]
    if shares["unsure"] >= UNSURE_FROM and strongest < _UNCLEAR[1]:
        return _REASONS["unsure"]
    if _UNCLEAR[0] <= shares["critical"] and strongest < _UNCLEAR[1]:
        return _REASONS["unclear"]
    return ""
