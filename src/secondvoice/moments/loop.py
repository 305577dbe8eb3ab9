"""The rules of the loop: whose words are whose, what is shown on them, what an answer has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from secondvoice.marks import pieces
from secondvoice.poles import COMPASSIONATE, UNCOMPASSIONATE, Pole
from secondvoice.reader import Reading, Span, read
from secondvoice.reader.friend import turn

if TYPE_CHECKING:
    from secondvoice.marks import Piece
    from secondvoice.moments.record import Moment, SetAside
    from secondvoice.reader.reading import Voice

FOUND = 0.5
"""From this score (0 to 1) on a pole counts as found."""

SHOWN_KINDS = ("pole", "assumption")
"""The spans that are drawn on the words; tone is said in a line, care leads to people."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """What the reader found in the words of a moment, without what the person set aside."""

    happened: tuple[Piece, ...]
    voice: tuple[Piece, ...]
    event: str
    tones: tuple[str, ...]
    question: str
    care: str
    sure: bool
    unread: bool
    poles: tuple[str, ...]

    @property
    def marked(self) -> tuple[Piece, ...]:
        """The marked pieces of both texts, in the order of their numbers."""
        return tuple(piece for piece in (*self.happened, *self.voice) if piece.notes)


@dataclass(frozen=True, slots=True)
class Readings:
    """What the reader says of each text of a moment; None for one that is empty.

    Reading is the dearest part of a save, so a request reads each text once and hands this on.
    """

    happened: Reading | None
    voice: Reading | None
    answer: Reading | None


def readings(moment: Moment) -> Readings:
    """Read what stands in a moment now."""
    return Readings(
        happened=_read(moment.happened, None, moment.friend),
        voice=_read(moment.voice, "critic", moment.friend),
        answer=_read(moment.answer, "answer", moment.friend),
    )


def critic_words(moment: Moment) -> str:
    """What the harsh voice said: its own field, else the verdict in what happened, else all."""
    if moment.voice.strip():
        return moment.voice.strip()
    happened = moment.happened.strip()
    if not happened:
        return ""
    verdict = read(happened).verdict
    return verdict.strip() if verdict and verdict.strip() else happened


def unread(found: Readings) -> bool:
    """Whether the critic's words are in a language that the reader does not know."""
    return cannot_be_read(found.voice or found.happened)


def cannot_be_read(reading: Reading | None) -> bool:
    """Whether there are words, and none that the reader knows."""
    return reading is not None and reading.language is None


def as_to_a_friend(moment: Moment, found: Readings | None = None) -> str:
    """The critic's words turned round and said to the friend of the moment.

    Words that cannot be read stay as they are: turning them would be guessing.
    """
    if unread(found or readings(moment)):
        return critic_words(moment)
    return turn(critic_words(moment), moment.friend)


def notice(moment: Moment, found: Readings | None = None) -> Noticed:
    """What the reader finds in the critic's words, to be shown on them.

    Args:
        moment: the one at hand.
        found: its readings, where they are at hand already.
    """
    found = found or readings(moment)
    happened, voice = found.happened, found.voice
    told, said = _marks(moment, found)
    main = voice or happened
    return Noticed(
        happened=tuple(pieces(moment.happened, told, first=1)),
        voice=tuple(pieces(moment.voice, said, first=1)),
        event=(main.event or "") if main is not None and voice is None else "",
        tones=_tones(main),
        question=_question(main, moment.set_aside),
        care=care(happened, voice),
        sure=main.sure if main is not None else False,
        unread=unread(found),
        poles=_pole_names(told, said),
    )


def with_marks(moment: Moment, found: Readings | None = None) -> Moment:
    """The moment with the poles and parts that the reader finds in it now."""
    found = found or readings(moment)
    poles = _pole_names(*_marks(moment, found))
    return replace(moment, marks=poles, parts=parts(moment, found))


def parts(moment: Moment, found: Readings | None = None) -> tuple[str, ...]:
    """Which of the three components the answer has, in the order of an answer."""
    reading = (found or readings(moment)).answer
    if reading is None or not reading.sure:
        return ()
    return tuple(pole.value for pole in COMPASSIONATE if pole.value not in reading.missing)


def missing(moment: Moment, found: Readings | None = None) -> tuple[Pole, ...]:
    """The components that a written answer lacks; none for an answer the reader can't judge."""
    reading = (found or readings(moment)).answer
    if reading is None or not reading.sure:
        return ()
    return tuple(Pole(name) for name in reading.missing)


def care(*found: Reading | None) -> str:
    """The most careful level that any of the readings asks for: none, offer or now."""
    order = ("none", "offer", "now")
    return max((each.care for each in found if each), key=order.index, default="none")


def care_beside(moment: Moment) -> str:
    """What the words beside the two voices ask for: why one wouldn't say it, and the next step."""
    step = f"{moment.right_if}\n{moment.right_then}"
    return care(*(_read(text, None, moment.friend) for text in (moment.why, step)))


def in_danger(found: Readings) -> bool:
    """Whether the words of a moment say outright that somebody may be in danger.

    Such words are not turned round: nobody is helped by hearing them said to a friend.
    """
    return care(found.happened, found.voice) == "now"


def set_aside(moment: Moment, mark: SetAside) -> Moment:
    """The moment with a mark said to be wrong; twice is once."""
    if mark in moment.set_aside:
        return moment
    return with_marks(replace(moment, set_aside=(*moment.set_aside, mark)))


def _read(text: str, voice: Voice | None, friend: str) -> Reading | None:
    return read(text, voice=voice, friend=friend) if text.strip() else None


def _marks(moment: Moment, found: Readings) -> tuple[list[Span], list[Span]]:
    """The spans to show on what happened, and on what the voice said."""
    # Where both are filled in, what happened is an account: only the voice is marked.
    told = _shown(found.happened, moment.set_aside) if found.voice is None else []
    return told, _shown(found.voice, moment.set_aside)


def _pole_names(told: list[Span], said: list[Span]) -> tuple[str, ...]:
    names = {span.name for span in (*told, *said) if span.kind == "pole"}
    return tuple(pole.value for pole in UNCOMPASSIONATE if pole.value in names)


def _shown(reading: Reading | None, aside: tuple[SetAside, ...]) -> list[Span]:
    if reading is None or not reading.sure:
        return []
    gone = {(mark.kind, mark.name, mark.text) for mark in aside}
    return [
        span
        for span in reading.spans
        if span.kind in SHOWN_KINDS
        and (span.kind, span.name, span.text) not in gone
        and not (span.kind == "pole" and Pole(span.name).compassionate)
    ]


def _tones(reading: Reading | None) -> tuple[str, ...]:
    if reading is None or not reading.sure:
        return ()
    return tuple(name for name in reading.tones if name not in {"warm", "encouraging"})[:2]


def _question(reading: Reading | None, aside: tuple[SetAside, ...]) -> str:
    """The most likely hidden rule as a question, unless it was set aside."""
    if reading is None or not reading.sure:
        return ""
    gone = {mark.name for mark in aside if mark.kind == "assumption"}
    likely = max(
        (name for name in reading.questions if name not in gone),
        key=lambda name: reading.assumptions[name],
        default=None,
    )
    return reading.questions[likely] if likely else ""
